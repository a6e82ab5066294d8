"""The postings as their list shows them, with what came in for each."""

from __future__ import annotations

import dataclasses
import typing

from django.core.paginator import Page, Paginator
from django.utils.translation import gettext as _

from career_relay.design.shapes import NavItem
from career_relay.domain.ground.organizations import rules
from career_relay.domain.ground.postings import queries as postings
from career_relay.domain.ground.postings.models import EmploymentType
from career_relay.domain.hiring.applications.queries import counting
from career_relay.portals.employer.applications import addresses

if typing.TYPE_CHECKING:
    from django.http import QueryDict

    from career_relay.domain.ground.organizations.queries import Seat

CLOSED: typing.Final = "closed"
PAGE_SIZE: typing.Final = 50


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A posting with its counts."""

    line: postings.PostingLine
    counts: counting.PostingCounts

    @property
    def employment_type(self) -> str:
        return str(EmploymentType(self.line.employment_type).label) if self.line.employment_type else ""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class PostingList:
    """The list in one of its two views, and what stands around it."""

    tabs: list[NavItem]
    page: Page[Row]
    is_empty: bool
    may_manage: bool
    may_see_people: bool
    may_import: bool


def posting_list(seat: Seat, query: QueryDict) -> PostingList:
    """Return the postings somebody is looked for, or those that are closed."""
    counts = counting.by_posting(seat.organization_id)
    nothing = counting.PostingCounts()
    rows = [
        Row(line=line, counts=counts.get(line.id, nothing)) for line in postings.of_organization(seat.organization_id)
    ]
    is_open = [row for row in rows if row.line.is_open]
    closed = [row for row in rows if not row.line.is_open]
    shows_closed = query.get("state") == CLOSED
    return PostingList(
        tabs=[
            NavItem(label=_("募集中"), url="?", count=len(is_open), current=not shows_closed),
            NavItem(label=_("募集終了"), url=f"?state={CLOSED}", count=len(closed), current=shows_closed),
        ],
        page=Paginator(closed if shows_closed else is_open, PAGE_SIZE).get_page(addresses.page_number(query)),
        is_empty=not rows,
        may_manage=rules.may(seat.role, "correct_applications"),
        may_see_people=rules.may(seat.role, "see_applicants"),
        may_import=rules.may(seat.role, "import_applications"),
    )
