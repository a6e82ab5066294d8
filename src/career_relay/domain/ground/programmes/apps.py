from __future__ import annotations

from django.apps import AppConfig


class ProgrammesConfig(AppConfig):
    name = "career_relay.domain.ground.programmes"
    label = "programmes"
