from __future__ import annotations

from django.apps import AppConfig


class ComplaintsConfig(AppConfig):
    name = "career_relay.domain.people.complaints"
    label = "complaints"
