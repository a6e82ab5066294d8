"""Complaints as the operator reads them: what people told about agencies, what is overdue, and one with its answer.

Who wrote a complaint is on no page; of whom the operator hears by name is up to the person.
"""

from __future__ import annotations

import dataclasses
import typing

from django.core.paginator import Page, Paginator
from django.urls import reverse
from django.utils.translation import gettext as _

from career_relay.design.shapes import NavItem
from career_relay.domain.ground.organizations import queries as organizations
from career_relay.domain.people.complaints import queries
from career_relay.domain.people.complaints.models import OPEN, Complaint
from career_relay.kernel import clock

if typing.TYPE_CHECKING:
    import collections.abc
    import datetime as dt
    import uuid

    from django.db.models import QuerySet
    from django.http import QueryDict

    from career_relay.design.shapes import Tone

PAGE_SIZE: typing.Final = 50
TONES: typing.Final[dict[str, Tone]] = {
    Complaint.State.RECEIVED: "caution",
    Complaint.State.CHECKING: "info",
    Complaint.State.ANSWERED: "positive",
    Complaint.State.CLOSED: "neutral",
}


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A complaint with the name of the agency it is about."""

    complaint: Complaint
    agency: str
    today: dt.date

    @property
    def tone(self) -> Tone:
        return TONES[self.complaint.state]

    @property
    def is_open(self) -> bool:
        return self.complaint.state in OPEN

    @property
    def is_new(self) -> bool:
        return self.complaint.state == Complaint.State.RECEIVED

    @property
    def is_late(self) -> bool:
        return self.is_open and self.complaint.due_on < self.today


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ComplaintList:
    """The list in one of its views."""

    tabs: list[NavItem]
    page: Page[Complaint]
    rows: list[Row]
    is_empty: bool


def complaint_list(operator_id: uuid.UUID, query: QueryDict, now: dt.datetime) -> ComplaintList:
    """Return the complaints that the address asks for, the most urgent first. The caller acts as the operator."""
    today, views = clock.day_in_japan(now), _views()
    counts = queries.counts(operator_id, today)
    chosen = query.get("state", "")
    chosen = chosen if chosen in views else ""
    page = Paginator(_shown(operator_id, chosen, today), PAGE_SIZE).get_page(query.get("page"))
    return ComplaintList(
        tabs=[_tab(code, label, counts[code or "all"], chosen) for code, label in views.items()],
        page=page,
        rows=_rows(page.object_list, today),
        is_empty=not counts["all"],
    )


def complaint(operator_id: uuid.UUID, complaint_id: uuid.UUID, now: dt.datetime) -> Row | None:
    """Return one complaint; None for one that did not come to this operator. The caller acts as it."""
    found = queries.one(operator_id, complaint_id)
    return _rows([found], clock.day_in_japan(now))[0] if found else None


def _shown(operator_id: uuid.UUID, chosen: str, today: dt.date) -> QuerySet[Complaint]:
    found = queries.of_operator(operator_id)
    if chosen == "overdue":
        return found.filter(state__in=OPEN, due_on__lt=today)
    return found.filter(state=chosen) if chosen else found


def _rows(found: collections.abc.Iterable[Complaint], today: dt.date) -> list[Row]:
    shown = list(found)
    names = organizations.names_of([one.agency_id for one in shown])
    return [Row(complaint=one, agency=names[one.agency_id].name, today=today) for one in shown]


def _views() -> dict[str, str]:
    states = {state.value: str(state.label) for state in Complaint.State}
    return {"": _("すべて"), "overdue": _("回答の遅れ"), **states}


def _tab(code: str, label: str, count: int, chosen: str) -> NavItem:
    address = reverse("operator:complaints")
    url = f"{address}?state={code}" if code else address
    return NavItem(label=label, url=url, count=count, current=code == chosen)
