"""What an employer's people find in the left navigation: only rooms that exist, and only those they may enter."""

from __future__ import annotations

import typing

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from career_relay.design.shapes import NavItem
from career_relay.domain.ground.organizations import rules

if typing.TYPE_CHECKING:
    from career_relay.domain.ground.organizations.queries import Seat

_CREDIT = _("無料紹介枠")


def items(seat: Seat) -> list[NavItem]:
    """Return the employer's pages that this seat may open."""
    found = [NavItem(label=_("ホーム"), url=reverse("employer:home"), icon="home")]
    if rules.may(seat.role, "see_applicants"):
        people = reverse("employer:applications")
        found.append(
            NavItem(
                label=_("応募者"), url=people, also=("/employer/applicants/", reverse("employer:board")), icon="people"
            )
        )
    if rules.may(seat.role, "see_notices"):
        notices = reverse("employer:notices")
        found.append(NavItem(label=_("未通知の不採用"), url=reverse("employer:untold"), icon="clock"))
        found.append(
            NavItem(label=_("お見送りのご連絡"), url=notices, also=("/employer/notice-templates/",), icon="mail")
        )
    if rules.may(seat.role, "see_process"):
        found += [
            NavItem(label=_("求人"), url=reverse("employer:postings"), icon="briefcase"),
            NavItem(label=_("採用の流れ"), url=reverse("employer:process"), icon="flow"),
        ]
    if rules.may(seat.role, "import_applications"):
        found.append(NavItem(label=_("応募者の取り込み"), url=reverse("employer:imports"), icon="upload"))
    if rules.may(seat.role, "see_stakeholders"):
        found.append(NavItem(label=_("関係者"), url=reverse("employer:stakeholders"), icon="building"))
    if rules.may(seat.role, "see_links"):
        found.append(NavItem(label=_("リレーリンク"), url=reverse("employer:links"), icon="link"))
    if rules.may(seat.role, "see_ledger"):
        found += [
            NavItem(label=_("枠の状況"), url=reverse("employer:slots"), icon="ticket", group=_CREDIT),
            NavItem(label=_("クレジット台帳"), url=reverse("employer:ledger"), icon="ledger", group=_CREDIT),
            NavItem(label=_("数え方と対象外"), url=reverse("employer:counting"), icon="info", group=_CREDIT),
        ]
    return found
