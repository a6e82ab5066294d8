from __future__ import annotations

from django.apps import AppConfig


class LinksConfig(AppConfig):
    name = "career_relay.domain.hiring.links"
    label = "links"
