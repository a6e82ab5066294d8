from __future__ import annotations

from django.apps import AppConfig


class StakeholdersConfig(AppConfig):
    name = "career_relay.domain.hiring.stakeholders"
    label = "stakeholders"
