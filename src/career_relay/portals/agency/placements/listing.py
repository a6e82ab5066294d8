"""The agency's hires as their list shows them, with the figures of the year and the months to take along."""

from __future__ import annotations

import dataclasses
import typing

from django.core.paginator import Page, Paginator
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from career_relay.design.shapes import NavItem
from career_relay.domain.ground.agencies import queries as agencies
from career_relay.domain.ground.organizations import rules as seats
from career_relay.domain.people.placements import queries
from career_relay.domain.people.placements.models import Placement
from career_relay.domain.people.placements.queries.parties import PAGE_SIZE
from career_relay.domain.people.placements.rules import fiscal_year
from career_relay.kernel import clock
from career_relay.portals.agency import addresses
from career_relay.portals.agency.placements import words
from career_relay.portals.agency.placements.forms import MonthForm
from career_relay.portals.agency.words import overdue

if typing.TYPE_CHECKING:
    import datetime as dt

    from django.http import QueryDict

    from career_relay.design.shapes import Tone
    from career_relay.domain.ground.agencies.rules import Standing
    from career_relay.domain.ground.organizations.queries import Seat


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A hire in the list."""

    line: queries.Line
    state_tone: Tone
    is_due: bool
    start_overdue: str
    check_overdue: str

    @property
    def tone(self) -> Tone | str:
        """The colour at the row's edge."""
        return "caution" if self.is_due else ""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class PlacementList:
    """The page's content."""

    standing: Standing
    tabs: list[NavItem]
    page: Page[typing.Any]
    rows: list[Row]
    is_narrowed: bool
    figures: queries.Figures
    month_form: MonthForm | None


def placement_list(seat: Seat, query: QueryDict, now: dt.datetime) -> PlacementList:
    """Return the hires the address asks for."""
    agency, today = seat.organization_id, clock.day_in_japan(now)
    state = next((one for one in Placement.State.values if one == query.get("state")), "")
    found = queries.placements(agency, state=state, page=addresses.page_number(query))
    return PlacementList(
        standing=agencies.standing(agency, today),
        tabs=_tabs(found.counts, state),
        page=Paginator(range(found.total), PAGE_SIZE).page(found.page),
        rows=[_row(one, today) for one in found.lines],
        is_narrowed=bool(state),
        figures=queries.figures(agency, fiscal_year(today), today),
        month_form=MonthForm(None, today=today) if seats.may(seat.role, "see_runs") else None,
    )


def _row(one: queries.Line, today: dt.date) -> Row:
    start_on = one.start_on if one.state == Placement.State.AGREED else None
    check_on = one.next_check_on if one.state == Placement.State.JOINED else None
    is_start_due, is_check_due = (on is not None and on <= today for on in (start_on, check_on))
    return Row(
        line=one,
        state_tone=words.TONES[one.state],
        is_due=is_start_due or (is_check_due and one.is_outside),
        start_overdue=overdue(start_on, today) if start_on else "",
        check_overdue=overdue(check_on, today) if check_on else "",
    )


def _tabs(counts: dict[str, int], state: str) -> list[NavItem]:
    every = NavItem(label=_("すべて"), url=reverse("agency:placements"), count=sum(counts.values()), current=not state)
    return [
        every,
        *[
            NavItem(label=one.label, url=f"?{urlencode({'state': one.value})}", count=counts[one], current=one == state)
            for one in Placement.State
        ],
    ]
