from __future__ import annotations

from django.apps import AppConfig


class CreditsConfig(AppConfig):
    name = "career_relay.domain.ground.credits"
    label = "credits"
