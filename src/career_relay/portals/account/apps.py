from __future__ import annotations

from django.apps import AppConfig


class AccountConfig(AppConfig):
    name = "career_relay.portals.account"
    label = "portal_account"
