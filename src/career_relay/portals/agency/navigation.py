"""What an agency's people find in the left navigation: only rooms that exist, and only those they may enter."""

from __future__ import annotations

import typing

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from career_relay.design.shapes import NavItem
from career_relay.domain.ground.organizations import rules

if typing.TYPE_CHECKING:
    from career_relay.domain.ground.organizations.queries import Seat

_AGENCY = _("紹介会社の登録")


def items(seat: Seat) -> list[NavItem]:
    """Return the agency's pages that this seat may open."""
    found = [NavItem(label=_("今日"), url=reverse("agency:home"), also=("/agency/offers/",), icon="home")]
    if rules.may(seat.role, "see_people"):
        found += [
            NavItem(label=_("担当している方"), url=reverse("agency:people"), icon="people"),
            NavItem(label=_("推薦"), url=reverse("agency:introductions"), also=("/agency/board/",), icon="send"),
            NavItem(label=_("成約"), url=reverse("agency:placements"), icon="handshake"),
            NavItem(label=_("求人"), url=reverse("agency:postings"), icon="briefcase"),
            NavItem(label=_("紹介の依頼"), url=reverse("agency:calls"), icon="inbox"),
            NavItem(label=_("事業報告"), url=reverse("agency:reports"), icon="chart"),
        ]
    if rules.may(seat.role, "manage_agency"):
        found += [
            NavItem(label=_("管理簿"), url=reverse("agency:books"), also=("/agency/books/",), icon="document"),
            NavItem(label=_("職業紹介の許可"), url=reverse("agency:licence"), icon="shield", group=_AGENCY),
            NavItem(label=_("受け入れの設定"), url=reverse("agency:desk"), icon="settings", group=_AGENCY),
            NavItem(label=_("事業所"), url=reverse("agency:offices"), icon="building", group=_AGENCY),
            NavItem(label=_("手数料と返戻金"), url=reverse("agency:fees"), icon="ledger", group=_AGENCY),
        ]
    return found
