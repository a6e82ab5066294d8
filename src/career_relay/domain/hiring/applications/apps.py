from __future__ import annotations

from django.apps import AppConfig


class ApplicationsConfig(AppConfig):
    name = "career_relay.domain.hiring.applications"
    label = "applications"
