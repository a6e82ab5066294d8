from __future__ import annotations

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "career_relay.domain.hiring.notices"
    label = "notices"
