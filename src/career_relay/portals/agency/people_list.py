"""The people an agency looks after, as their list shows them: tabs, filters, rows."""

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
from career_relay.domain.ground.postings import queries as postings
from career_relay.domain.people.routing import queries
from career_relay.domain.people.routing.models import Assignment
from career_relay.domain.people.routing.queries.agency import PAGE_SIZE
from career_relay.kernel import clock
from career_relay.portals.agency import addresses
from career_relay.portals.agency.forms import FilterForm

if typing.TYPE_CHECKING:
    import datetime as dt
    import uuid

    from django.http import QueryDict

    from career_relay.design.shapes import Tone
    from career_relay.domain.ground.agencies.rules import Standing
    from career_relay.domain.ground.organizations.queries import Seat
    from career_relay.domain.ground.postings.models import JobPosting

State: typing.Final = Assignment.State


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """Somebody the agency looks after, or looked after."""

    line: queries.PersonLine
    url: str
    is_late: bool

    @property
    def tone(self) -> Tone | str:
        """The colour at the row's edge."""
        return "negative" if self.is_late else ""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class PeopleList:
    """The page's content. With a `posting`, each name leads to where the posting is proposed to that person."""

    standing: Standing
    posting: JobPosting | None
    tabs: list[NavItem]
    form: FilterForm
    page: Page[typing.Any]
    rows: list[Row]
    state: str
    is_narrowed: bool

    @property
    def shows_names(self) -> bool:
        """Whether the list is of those the agency looks after now."""
        return self.state == State.ACTIVE

    @property
    def clear_url(self) -> str:
        return f"{reverse('agency:people')}?{urlencode({'state': self.state, **_carried(self.posting)})}"


def people_list(seat: Seat, query: QueryDict, now: dt.datetime) -> PeopleList:
    """Return the people the address asks for: those looked after now, or those whose time with the agency is over."""
    agency, state = seat.organization_id, State.ENDED if query.get("state") == State.ENDED else State.ACTIVE
    members = list(organizations.members(agency))
    adviser = next((one.pk for one in members if str(one.pk) == query.get("adviser")), None)
    words = query.get("q", "").strip() if state == State.ACTIVE else ""
    today = clock.day_in_japan(now)
    posting = _posting(agency, query.get("posting", ""), today) if state == State.ACTIVE else None
    found = queries.people(agency, words=words, state=state, adviser_id=adviser, page=addresses.page_number(query))
    return PeopleList(
        standing=agencies.standing(agency, today),
        posting=posting,
        tabs=_tabs(found.counts, state),
        form=FilterForm(words=words, adviser=str(adviser or ""), members=members),
        page=Paginator(range(found.total), PAGE_SIZE).page(found.page),
        rows=[_row(one, posting, now) for one in found.lines],
        state=state,
        is_narrowed=bool(words or adviser),
    )


def _row(one: queries.PersonLine, posting: JobPosting | None, now: dt.datetime) -> Row:
    address = reverse("agency:introduce" if posting else "agency:person", args=[one.assignment_id])
    return Row(
        line=one,
        url=f"{address}?{urlencode(_carried(posting))}" if posting else address,
        is_late=bool(one.contacted_at is None and one.contact_by and one.contact_by <= now),
    )


def _posting(agency: uuid.UUID, asked: str, today: dt.date) -> JobPosting | None:
    """Return the posting that somebody is chosen for, if it may be proposed."""
    proposable = postings.proposable(agency, today) if asked else []
    return next((one for one in proposable if str(one.pk) == asked), None)


def _carried(posting: JobPosting | None) -> dict[str, str]:
    return {"posting": str(posting.pk)} if posting else {}


def _tabs(counts: dict[str, int], state: str) -> list[NavItem]:
    tabs = [(State.ACTIVE, _("担当中")), (State.ENDED, _("終わった担当"))]
    return [
        NavItem(label=label, url=f"?{urlencode({'state': one})}", count=counts[one], current=one == state)
        for one, label in tabs
    ]
