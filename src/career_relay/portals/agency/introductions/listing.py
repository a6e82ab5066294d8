"""The agency's introductions as their list shows them: tabs, filters, rows."""

from __future__ import annotations

import dataclasses
import typing

from django.core.paginator import Page, Paginator
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from career_relay.design.shapes import NavItem
from career_relay.domain.ground.agencies import queries as agencies
from career_relay.domain.ground.organizations import queries as organizations
from career_relay.domain.people.introductions import queries
from career_relay.domain.people.introductions.queries.shapes import PAGE_SIZE
from career_relay.kernel import clock
from career_relay.portals.agency import addresses
from career_relay.portals.agency.introductions import words
from career_relay.portals.agency.introductions.forms import NarrowForm

if typing.TYPE_CHECKING:
    import datetime as dt

    from django.http import QueryDict

    from career_relay.design.shapes import Tone
    from career_relay.domain.ground.agencies.rules import Standing
    from career_relay.domain.ground.organizations.queries import Seat

OPEN: typing.Final = "open"
ENDED: typing.Final = "ended"


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """An introduction in the list."""

    line: queries.Line
    stage_tone: Tone
    waits_for: str

    @property
    def tone(self) -> Tone | str:
        """The colour at the row's edge."""
        return "caution" if self.line.is_late else ""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class IntroductionList:
    """The page's content."""

    standing: Standing
    tabs: list[NavItem]
    form: NarrowForm
    page: Page[typing.Any]
    rows: list[Row]
    group: str
    is_narrowed: bool

    @property
    def is_open(self) -> bool:
        """Whether the list is of those that go on."""
        return self.group == OPEN

    @property
    def clear_url(self) -> str:
        return f"{reverse('agency:introductions')}?{urlencode({'state': self.group})}"


def introduction_list(seat: Seat, query: QueryDict, now: dt.datetime) -> IntroductionList:
    """Return the introductions the address asks for: those that go on, or those that are over."""
    agency, group = seat.organization_id, ENDED if query.get("state") == ENDED else OPEN
    members = list(organizations.members(agency))
    adviser = next((one.pk for one in members if str(one.pk) == query.get("adviser")), None)
    stages = words.stages(is_open=group == OPEN)
    stage = next((code for code, _label in stages if code == query.get("stage")), "")
    typed = query.get("q", "").strip()
    found = queries.introductions(
        agency,
        now=now,
        words=typed,
        state_group=group,
        stage=stage,
        adviser_id=adviser,
        page=addresses.page_number(query),
    )
    return IntroductionList(
        standing=agencies.standing(agency, clock.day_in_japan(now)),
        tabs=_tabs(found.counts, group),
        form=NarrowForm(
            shown={"q": typed, "stage": stage, "adviser": str(adviser or "")}, stages=stages, members=members
        ),
        page=Paginator(range(found.total), PAGE_SIZE).page(found.page),
        rows=[row(one) for one in found.lines],
        group=group,
        is_narrowed=bool(typed or stage or adviser),
    )


def row(one: queries.Line) -> Row:
    """Return an introduction as a list shows it."""
    return Row(line=one, stage_tone=words.tone(one.state), waits_for=words.waits_for(one))


def views(*, on_board: bool) -> list[NavItem]:
    """Return the ways to look at introductions: as a list or as a board."""
    return [
        NavItem(label=_("一覧"), url=reverse("agency:introductions"), current=not on_board),
        NavItem(label=_("ボード"), url=reverse("agency:board"), current=on_board),
    ]


def _tabs(counts: dict[str, int], group: str) -> list[NavItem]:
    tabs = [(OPEN, _("進行中")), (ENDED, _("終わった推薦"))]
    return [
        NavItem(label=label, url=f"?{urlencode({'state': one})}", count=counts[one], current=one == group)
        for one, label in tabs
    ]
