from __future__ import annotations

from django.apps import AppConfig


class LimitsConfig(AppConfig):
    name = "career_relay.capabilities.limits"
    label = "limits"
