"""The postings an agency keeps, as their list shows them: tabs, search, rows."""

from __future__ import annotations

import dataclasses
import typing

from django.core.paginator import Page, Paginator
from django.urls import reverse
from django.utils.http import urlencode

from career_relay.design.shapes import NavItem
from career_relay.domain.ground.organizations import rules
from career_relay.domain.ground.postings import queries
from career_relay.domain.ground.postings.models import JobPosting
from career_relay.portals.agency import addresses
from career_relay.portals.agency.posting_forms import NarrowForm

if typing.TYPE_CHECKING:
    import datetime as dt

    from django.http import QueryDict

    from career_relay.domain.ground.organizations.queries import Seat

State: typing.Final = JobPosting.State


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A posting in the list; `is_over` when its days are past."""

    line: queries.SheetLine
    is_over: bool


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class PostingList:
    """The page's content."""

    tabs: list[NavItem]
    form: NarrowForm
    page: Page[typing.Any]
    rows: list[Row]
    state: str
    is_empty: bool
    is_narrowed: bool
    may_write: bool

    @property
    def clear_url(self) -> str:
        return f"{reverse('agency:postings')}?{urlencode({'state': self.state})}"


def posting_list(seat: Seat, query: QueryDict, today: dt.date) -> PostingList:
    """Return the postings the address asks for: those somebody is looked for, or those that are closed."""
    state = State.CLOSED if query.get("state") == State.CLOSED else State.OPEN
    words = query.get("q", "").strip()
    found = queries.of_agency(seat.organization_id, words=words, state=state, page=addresses.page_number(query))
    return PostingList(
        tabs=_tabs(found.counts, state, words),
        form=NarrowForm(initial={"q": words}),
        page=Paginator(range(found.total), queries.PAGE_SIZE).page(found.page),
        rows=[Row(line=one, is_over=bool(one.valid_until and one.valid_until < today)) for one in found.lines],
        state=state,
        is_empty=not any(found.counts.values()),
        is_narrowed=bool(words),
        may_write=rules.may(seat.role, "take_people"),
    )


def _tabs(counts: dict[str, int], state: str, words: str) -> list[NavItem]:
    kept = {"q": words} if words else {}
    return [
        NavItem(
            label=one.label, url=f"?{urlencode({'state': one.value} | kept)}", count=counts[one], current=one == state
        )
        for one in (State.OPEN, State.CLOSED)
    ]
