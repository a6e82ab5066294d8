from __future__ import annotations

from django.apps import AppConfig


class OrganizationsConfig(AppConfig):
    name = "career_relay.domain.ground.organizations"
    label = "organizations"
