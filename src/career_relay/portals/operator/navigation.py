"""What the operator's people find in the left navigation."""

from __future__ import annotations

import typing

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from career_relay.design.shapes import NavItem
from career_relay.domain.ground.organizations import rules

if typing.TYPE_CHECKING:
    from career_relay.domain.ground.organizations.queries import Seat


def items(seat: Seat) -> list[NavItem]:
    """Return the operator's pages that this seat may open."""
    if not rules.may(seat.role, "check_agencies"):
        return []
    return [
        NavItem(label=_("ホーム"), url=reverse("operator:home"), icon="home"),
        NavItem(label=_("紹介会社の一覧"), url=reverse("operator:agencies"), icon="handshake"),
        NavItem(label=_("苦情"), url=reverse("operator:complaints"), icon="alert"),
        NavItem(label=_("事業概況報告"), url=reverse("operator:yearly"), icon="chart"),
    ]
