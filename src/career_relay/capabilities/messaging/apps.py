from __future__ import annotations

from django.apps import AppConfig


class MessagingConfig(AppConfig):
    name = "career_relay.capabilities.messaging"
    label = "messaging"
