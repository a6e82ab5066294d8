from __future__ import annotations

from django.apps import AppConfig


class ReferralsConfig(AppConfig):
    name = "career_relay.domain.circle.referrals"
    label = "referrals"
