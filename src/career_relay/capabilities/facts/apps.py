from __future__ import annotations

from django.apps import AppConfig


class FactsConfig(AppConfig):
    name = "career_relay.capabilities.facts"
    label = "facts"
