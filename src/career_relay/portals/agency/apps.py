from __future__ import annotations

from django.apps import AppConfig


class AgencyConfig(AppConfig):
    name = "career_relay.portals.agency"
    label = "portal_agency"
