from __future__ import annotations

from django.apps import AppConfig


class EmployerConfig(AppConfig):
    name = "career_relay.portals.employer"
    label = "portal_employer"
