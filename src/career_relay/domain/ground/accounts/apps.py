from __future__ import annotations

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "career_relay.domain.ground.accounts"
    label = "accounts"
