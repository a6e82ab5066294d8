"""What an employer's people find in the left navigation: only rooms that exist, and only those they may enter."""

from __future__ import annotations

import typing

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from career_relay.design.shapes import NavItem
from career_relay.domain.ground.organizations import rules

if typing.TYPE_CHECKING:
    import collections.abc

    from career_relay.domain.ground.organizations.queries import Seat

_INTRODUCTION = _("紹介")
_CREDIT = _("無料紹介枠")


def items(seat: Seat) -> list[NavItem]:
    """Return the employer's pages that this seat may open."""
    found = [NavItem(label=_("ホーム"), url=reverse("employer:home"), icon="home")]
    for right, pages in _ROOMS.items():
        if rules.may(seat.role, right):
            found += pages()
    return found


def _applicants() -> list[NavItem]:
    also = ("/employer/applicants/", reverse("employer:board"))
    return [NavItem(label=_("応募者"), url=reverse("employer:applications"), also=also, icon="people")]


def _notices() -> list[NavItem]:
    notices, also = reverse("employer:notices"), ("/employer/notice-templates/",)
    return [
        NavItem(label=_("未通知の不採用"), url=reverse("employer:untold"), icon="clock"),
        NavItem(label=_("お見送りのご連絡"), url=notices, also=also, icon="mail"),
    ]


def _process() -> list[NavItem]:
    return [
        NavItem(label=_("求人"), url=reverse("employer:postings"), icon="briefcase"),
        NavItem(label=_("採用の流れ"), url=reverse("employer:process"), icon="flow"),
    ]


def _imports() -> list[NavItem]:
    return [NavItem(label=_("応募者の取り込み"), url=reverse("employer:imports"), icon="upload")]


def _stakeholders() -> list[NavItem]:
    return [NavItem(label=_("関係者"), url=reverse("employer:stakeholders"), icon="building")]


def _links() -> list[NavItem]:
    return [NavItem(label=_("リレーリンク"), url=reverse("employer:links"), icon="link")]


def _introductions() -> list[NavItem]:
    """Return what is about people whom agencies introduce: asked for, in selection, hired."""
    return [
        NavItem(label=_("紹介の依頼"), url=reverse("employer:requests"), icon="send", group=_INTRODUCTION),
        NavItem(label=_("推薦された方"), url=reverse("employer:introductions"), icon="handshake", group=_INTRODUCTION),
        NavItem(label=_("入社と在籍"), url=reverse("employer:placements"), icon="check-circle", group=_INTRODUCTION),
    ]


def _credit() -> list[NavItem]:
    return [
        NavItem(label=_("枠の状況"), url=reverse("employer:slots"), icon="ticket", group=_CREDIT),
        NavItem(label=_("クレジット台帳"), url=reverse("employer:ledger"), icon="ledger", group=_CREDIT),
        NavItem(label=_("数え方と対象外"), url=reverse("employer:counting"), icon="info", group=_CREDIT),
    ]


_ROOMS: typing.Final[dict[rules.Right, collections.abc.Callable[[], list[NavItem]]]] = {
    "see_applicants": _applicants,
    "see_notices": _notices,
    "see_process": _process,
    "import_applications": _imports,
    "see_stakeholders": _stakeholders,
    "see_links": _links,
    "see_introductions": _introductions,
    "see_ledger": _credit,
}
