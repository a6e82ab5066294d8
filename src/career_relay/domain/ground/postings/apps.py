from __future__ import annotations

from django.apps import AppConfig


class PostingsConfig(AppConfig):
    name = "career_relay.domain.ground.postings"
    label = "postings"
