"""The mails of a draft as they will be sent, and who is in it: the first, one at random, unusual names, everybody."""

from __future__ import annotations

import dataclasses
import typing
import urllib.parse

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from career_relay.design.shapes import NavItem
from career_relay.domain.hiring.notices import queries
from career_relay.domain.hiring.notices.models import Notice
from career_relay.portals.employer.applications import addresses
from career_relay.portals.employer.notices import words

if typing.TYPE_CHECKING:
    from django.core.paginator import Page
    from django.http import QueryDict
    from django.utils.functional import _StrPromise

    from career_relay.domain.hiring.notices.models import Mailing

MAILS: typing.Final = ("first", "random", "notable", "problems")
SEVERAL: typing.Final = ("notable", "problems")
TO_SEND, LEFT_OUT = "to_send", "left_out"
LeftOut = Notice.LeftOut
MOST_TURNS: typing.Final = 1000
FRAME_POLICY: typing.Final = (
    "sandbox; default-src 'none'; img-src data:; style-src 'unsafe-inline'; frame-ancestors 'self'"
)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody of the draft, and what helps if they are left out."""

    line: queries.PersonLine
    remedy: _StrPromise | str


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class PreviewPage:
    """Either mails or people: which is under the tab that is open."""

    which: str
    counts: queries.Counts
    tabs: list[NavItem]
    mail: queries.Preview | None
    others: list[NavItem]
    next_url: str
    people: Page[queries.PersonLine] | None
    rows: list[Person]


def page(mailing: Mailing, query: QueryDict) -> PreviewPage:
    """Return what the address asks for; without a wish, the first mail, or who is left out when there is none."""
    counts = queries.counts(mailing)
    which = _which(query, counts)
    people = None if which in MAILS else queries.people(mailing, which, addresses.page_number(query))
    turn = _number(query, "seed") or 1
    mails = queries.previews(mailing, typing.cast("typing.Any", which), seed=turn) if which in MAILS else []
    shown = min(_number(query, "mail"), max(len(mails) - 1, 0))
    return PreviewPage(
        which=which,
        counts=counts,
        tabs=_tabs(which, counts),
        mail=mails[shown] if mails else None,
        others=_others(which, mails, shown) if which in SEVERAL else [],
        next_url=_address("random", seed=str(turn % MOST_TURNS + 1)) if which == "random" else "",
        people=people,
        rows=[_person(line) for line in people or []],
    )


def address(mailing: Mailing, which: str) -> str:
    """Return the address of a tab of the draft's preview."""
    known = which if which in {*MAILS, TO_SEND, LEFT_OUT} else MAILS[0]
    return reverse("employer:notice_preview", args=[mailing.pk]) + _address(known)


def framed(html: str) -> HttpResponse:
    """Give the HTML of a mail to the frame that shows it: no script, no request to anywhere, no way out."""
    return HttpResponse(html, headers={"Content-Security-Policy": FRAME_POLICY})


def _which(query: QueryDict, counts: queries.Counts) -> str:
    asked = query.get("which", "")
    if asked in {*MAILS, TO_SEND, LEFT_OUT}:
        return asked
    return MAILS[0] if counts.to_send else LEFT_OUT


def _tabs(which: str, counts: queries.Counts) -> list[NavItem]:
    tabs = [
        ("first", _("最初の 1 通"), None),
        ("random", _("無作為の 1 通"), None),
        ("notable", _("気をつけたい方"), None),
        ("problems", _("問題のある方"), _problems(counts)),
        (TO_SEND, _("送信する方"), counts.to_send),
        (LEFT_OUT, _("送信しない方"), counts.chosen - counts.to_send),
    ]
    return [NavItem(label=label, url=_address(name), count=count, current=name == which) for name, label, count in tabs]


def _problems(counts: queries.Counts) -> int:
    return sum(reason.count for reason in counts.left_out if reason.code == LeftOut.MISSING_VALUE)


def _others(which: str, mails: list[queries.Preview], shown: int) -> list[NavItem]:
    return [
        NavItem(label=mail.name, url=_address(which, mail=str(number)), current=number == shown)
        for number, mail in enumerate(mails)
    ]


def _person(line: queries.PersonLine) -> Person:
    return Person(line=line, remedy=words.REMEDIES.get(line.left_out, ""))


def _address(which: str, **values: str) -> str:
    return f"?{urllib.parse.urlencode({'which': which, **values})}"


def _number(query: QueryDict, name: str) -> int:
    asked = query.get(name, "")
    return min(int(asked), MOST_TURNS) if asked.isascii() and asked.isdigit() and len(asked) <= 9 else 0
