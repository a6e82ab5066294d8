from __future__ import annotations

from django.apps import AppConfig


class PublicConfig(AppConfig):
    name = "career_relay.portals.public"
    label = "portal_public"
