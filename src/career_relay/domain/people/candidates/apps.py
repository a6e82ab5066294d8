from __future__ import annotations

from django.apps import AppConfig


class CandidatesConfig(AppConfig):
    name = "career_relay.domain.people.candidates"
    label = "candidates"
