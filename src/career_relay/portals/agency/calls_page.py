"""Requests of employers as an agency sees them: the list by state, and one with what it says."""

from __future__ import annotations

import dataclasses
import typing

from django.core.paginator import Page, Paginator
from django.urls import reverse
from django.utils.translation import gettext_lazy

from career_relay.design.shapes import NavItem
from career_relay.domain.ground.agencies import queries as agencies
from career_relay.domain.ground.organizations import queries as organizations
from career_relay.domain.ground.organizations import rules as seats
from career_relay.domain.ground.postings import rules as sheets
from career_relay.domain.ground.requests import queries
from career_relay.domain.ground.requests.models import Call
from career_relay.kernel import clock
from career_relay.portals.agency import addresses, words

if typing.TYPE_CHECKING:
    import datetime as dt
    import uuid

    from django.http import QueryDict

    from career_relay.design.shapes import Tone
    from career_relay.domain.ground.organizations.queries import Seat

PAGE_SIZE: typing.Final = 50
State: typing.Final = Call.State
TABS: typing.Final = {
    State.ASKED: gettext_lazy("回答待ち"),
    State.ACCEPTED: gettext_lazy("紹介中"),
    queries.PAST: gettext_lazy("終わった依頼"),
}
TONES: typing.Final[dict[str, Tone]] = {State.ASKED: "caution", State.ACCEPTED: "positive"}


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A request in the list."""

    line: queries.CallLine
    time_left: str

    @property
    def tone(self) -> Tone:
        return TONES.get(self.line.state, "neutral")

    @property
    def row_tone(self) -> Tone | str:
        """The colour at the row's edge: it waits, and its time is up."""
        return "caution" if self.line.state == State.ASKED and not self.time_left else ""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class CallList:
    """The page's content."""

    tabs: list[NavItem]
    page: Page[queries.CallLine]
    rows: list[Row]
    state: str

    @property
    def shows_waiting(self) -> bool:
        return self.state == State.ASKED

    @property
    def shows_accepted(self) -> bool:
        return self.state == State.ACCEPTED


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class CallPage:
    """One request. Only an agency that may act says yes or no."""

    call: Call
    employer_name: str
    text: list[tuple[str, str]]
    time_left: str
    may_take: bool
    may_act: bool

    @property
    def tone(self) -> Tone:
        return TONES.get(self.call.state, "neutral")

    @property
    def is_waiting(self) -> bool:
        """Whether there is still time to answer."""
        return self.call.state == State.ASKED and bool(self.time_left)

    @property
    def is_late(self) -> bool:
        """Whether its time is up, and the next agency is about to have it."""
        return self.call.state == State.ASKED and not self.time_left

    @property
    def may_accept(self) -> bool:
        return self.may_take and self.may_act

    @property
    def may_decline(self) -> bool:
        """Whether it may be left to the next agency: it waits, or nobody is introduced by it yet."""
        is_free = self.call.state == State.ACCEPTED and not self.call.is_introduced
        return self.may_take and (self.is_waiting or is_free)

    @property
    def posting_url(self) -> str:
        """The agency's own posting, once it has taken the request on."""
        return reverse("agency:posting", args=[self.call.posting_id]) if self.call.posting_id else ""


def call_list(seat: Seat, query: QueryDict, now: dt.datetime) -> CallList:
    """Return the requests the address asks for: those that wait for an answer, that were taken on, or that are over."""
    lines = queries.of_agency(seat.organization_id)
    asked = query.get("state", "")
    state = asked if asked in TABS else State.ASKED.value
    found = {one: [line for line in lines if _tab(line) == one] for one in TABS}
    if state == State.ASKED:
        found[state].sort(key=lambda line: line.answer_by)
    page = Paginator(found[state], PAGE_SIZE).get_page(addresses.page_number(query))
    return CallList(
        tabs=[
            NavItem(label=label, url=f"?state={one}", count=len(found[one]), current=one == state)
            for one, label in TABS.items()
        ],
        page=page,
        rows=[Row(line=line, time_left=words.time_left(line.answer_by, now)) for line in page],
        state=state,
    )


def call_page(seat: Seat, call_id: uuid.UUID, now: dt.datetime) -> CallPage | None:
    """Return one request put to this agency; None for any other."""
    agency = seat.organization_id
    call = queries.call(call_id)
    if call is None or call.agency_id != agency:
        return None
    return CallPage(
        call=call,
        employer_name=organizations.names_of([call.organization_id])[call.organization_id].name,
        text=sheets.text_of(sheets.Terms.of(call.terms)),
        time_left=words.time_left(call.answer_by, now),
        may_take=seats.may(seat.role, "take_people"),
        may_act=agencies.standing(agency, clock.day_in_japan(now)).may_act,
    )


def _tab(line: queries.CallLine) -> str:
    return line.state if line.state in TABS else queries.PAST
