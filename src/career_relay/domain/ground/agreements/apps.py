from __future__ import annotations

from django.apps import AppConfig


class AgreementsConfig(AppConfig):
    name = "career_relay.domain.ground.agreements"
    label = "agreements"
