"""The people introduced to an employer as their list shows them: tabs and rows."""

from __future__ import annotations

import dataclasses
import typing

from django.core.paginator import Page, Paginator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from career_relay.design.shapes import NavItem
from career_relay.domain.ground.organizations import rules
from career_relay.domain.people.introductions import queries
from career_relay.domain.people.introductions.models import Side
from career_relay.domain.people.introductions.queries import shapes
from career_relay.portals.employer.applications import addresses
from career_relay.portals.employer.introductions import words

if typing.TYPE_CHECKING:
    import datetime as dt

    from django.http import QueryDict
    from django.utils.functional import _StrPromise

    from career_relay.design.shapes import Tone
    from career_relay.domain.ground.organizations.queries import Seat

WAITING: typing.Final = "waiting"
GROUPS: typing.Final[dict[str, _StrPromise]] = {
    WAITING: gettext_lazy("対応待ち"),
    "open": gettext_lazy("選考中"),
    "ended": gettext_lazy("終わり"),
}
_EMPTY: typing.Final[dict[str, tuple[_StrPromise, _StrPromise]]] = {
    WAITING: (
        gettext_lazy("貴社の対応を待っている方はいません"),
        gettext_lazy(
            "紹介会社が案内した求人に、ご本人が「はい」と答えると、ここに届きます。返事を待っている方は「選考中」にいます。"
        ),
    ),
    "open": (
        gettext_lazy("選考中の方はいません"),
        gettext_lazy("紹介会社に紹介を依頼すると、条件に合う方が、ご本人の同意のあとに、ここに届きます。"),
    ),
    "ended": (
        gettext_lazy("終わった選考はありません"),
        gettext_lazy("入社、お見送り、辞退になった方が、ここに残ります。"),
    ),
}


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """Somebody who was introduced."""

    line: queries.Line

    @property
    def name(self) -> str:
        """Who it is; a stand-in once the employer sees them no longer."""
        return self.line.person_name or _("（お名前は表示できません）")

    @property
    def agency_name(self) -> str:
        return self.line.agency_name

    @property
    def stage_tone(self) -> Tone:
        return words.tone(self.line.state)

    @property
    def waits(self) -> str:
        return words.waits(self.line)

    @property
    def tone(self) -> Tone | str:
        """The colour at the row's edge: of those whom the employer lets wait too long."""
        return "caution" if self.line.is_late and self.line.waits_for == Side.EMPLOYER else ""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Inbox:
    """The page's content."""

    tabs: list[NavItem]
    group: str
    rows: list[Row]
    page: Page[int]
    may_request: bool

    @property
    def empty_title(self) -> str:
        return str(_EMPTY[self.group][0])

    @property
    def empty_words(self) -> str:
        """What would fill the empty list."""
        return str(_EMPTY[self.group][1])


def inbox(seat: Seat, query: QueryDict, now: dt.datetime) -> Inbox:
    """Return the people the address asks for: those who wait for the employer, at first."""
    asked = query.get("state", "")
    group = asked if asked in GROUPS else WAITING
    found = queries.inbox(seat.organization_id, now=now, state_group=group, page=addresses.page_number(query))
    return Inbox(
        tabs=[
            NavItem(label=label, url=f"?state={one}", count=found.counts[one], current=one == group)
            for one, label in GROUPS.items()
        ],
        group=group,
        rows=[Row(line=line) for line in found.lines],
        page=Paginator(range(found.total), shapes.PAGE_SIZE).page(found.page),
        may_request=rules.may(seat.role, "request_people"),
    )
