from __future__ import annotations

from django.apps import AppConfig


class OperatorConfig(AppConfig):
    name = "career_relay.portals.operator"
    label = "portal_operator"
