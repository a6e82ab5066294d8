"""What members of every kind of organization find in the left navigation."""

from __future__ import annotations

import typing

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from career_relay.design.shapes import NavItem
from career_relay.domain.ground.organizations import rules

if typing.TYPE_CHECKING:
    from career_relay.domain.ground.organizations.queries import Seat

_GROUP = _("組織")


def items(seat: Seat) -> list[NavItem]:
    """Return the pages of the organization that this seat may open."""
    found = [
        NavItem(label=_("組織の情報"), url=reverse("account:organization"), icon="building", group=_GROUP),
        NavItem(label=_("メンバー"), url=reverse("account:members"), icon="people", group=_GROUP),
    ]
    if rules.may(seat.role, "see_agreements"):
        found.append(NavItem(label=_("連携協定"), url=reverse("account:agreements"), icon="handshake", group=_GROUP))
    if rules.may(seat.role, "see_mail"):
        found.append(NavItem(label=_("メール"), url=reverse("account:mails"), icon="mail", group=_GROUP))
    if rules.may(seat.role, "see_runs"):
        found.append(NavItem(label=_("処理の状況"), url=reverse("account:runs"), icon="refresh", group=_GROUP))
    return found
