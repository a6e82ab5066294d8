from __future__ import annotations

from django.apps import AppConfig


class RoutingConfig(AppConfig):
    name = "career_relay.domain.people.routing"
    label = "routing"
