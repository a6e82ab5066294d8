from __future__ import annotations

from django.apps import AppConfig


class RunsConfig(AppConfig):
    name = "career_relay.capabilities.runs"
    label = "runs"
