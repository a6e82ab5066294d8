from __future__ import annotations

from django.apps import AppConfig


class IntakeConfig(AppConfig):
    name = "career_relay.domain.hiring.intake"
    label = "intake"
