from __future__ import annotations

from django.apps import AppConfig


class IntroductionsConfig(AppConfig):
    name = "career_relay.domain.people.introductions"
    label = "introductions"
