from __future__ import annotations

from django.apps import AppConfig


class AgenciesConfig(AppConfig):
    name = "career_relay.domain.ground.agencies"
    label = "agencies"
