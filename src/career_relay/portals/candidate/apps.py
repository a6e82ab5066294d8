from __future__ import annotations

from django.apps import AppConfig


class CandidateConfig(AppConfig):
    name = "career_relay.portals.candidate"
    label = "portal_candidate"
