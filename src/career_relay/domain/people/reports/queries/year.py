"""What counts in an agency's yearly report, read from the rooms it is kept in. The caller acts as the agency."""

from __future__ import annotations

import dataclasses
import datetime as dt
import typing

from django.db.models import Max, Q

from career_relay.capabilities.facts.models import Fact
from career_relay.domain.ground.agencies import queries as agencies
from career_relay.domain.ground.agencies.models import Licence, Office
from career_relay.domain.ground.postings.models import JobPosting
from career_relay.domain.people.placements import rules as placements
from career_relay.domain.people.placements.models import Check, EndReason, FeeEntry, Placement
from career_relay.domain.people.reports.rules import year as rules
from career_relay.domain.people.routing.models import Assignment
from career_relay.kernel import clock

if typing.TYPE_CHECKING:
    import collections.abc
    import uuid

STARTED: typing.Final = (Placement.State.JOINED, Placement.State.LEFT)
A_DAY: typing.Final = dt.timedelta(days=1)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Particulars:
    """What the report says of the agency itself: as of the day of the figures, the refunds as of that day too."""

    number: str
    offices: int
    responsible: int
    gives_back: bool | None


def books(organization_id: uuid.UUID, period: rules.Period) -> rules.Books:
    """Return everything of the agency's that may count in a year."""
    return rules.Books(
        postings=tuple(_postings(organization_id, period)),
        seekers=tuple(_seekers(organization_id, period)),
        hires=tuple(_hires(organization_id, period)),
        money=tuple(_money(organization_id, period)),
    )


def particulars(organization_id: uuid.UUID, period: rules.Period) -> Particulars:
    """Return what the report says of the agency itself; `gives_back` is None without a fee table."""
    end = clock.start_of_day_in_japan(period.as_of + A_DAY)
    there = Office.objects.filter(organization_id=organization_id, opened_at__lt=end)
    offices = there.filter(Q(removed_at=None) | Q(removed_at__gte=end)).values_list("responsible_name", flat=True)
    confirmed = Licence.objects.filter(organization_id=organization_id, state=Licence.State.CONFIRMED)
    numbers = confirmed.filter(valid_from__lte=period.as_of).order_by("-valid_until").values_list("number", flat=True)
    fees = agencies.fee_table(organization_id, period.as_of)
    names = list(offices)
    return Particulars(
        number=numbers.first() or "",
        offices=len(names),
        responsible=len(set(names)),
        gives_back=bool(fees.table.refunds) if fees else None,
    )


def _postings(organization_id: uuid.UUID, period: rules.Period) -> collections.abc.Iterator[rules.Posting]:
    end = clock.start_of_day_in_japan(period.as_of + A_DAY)
    kept = JobPosting.objects.filter(organization_id=organization_id)
    known = kept.filter(Q(received_on__lte=period.as_of) | Q(received_on=None, created_at__lt=end))
    closed = _closed(organization_id)
    for row in known.order_by("pk").values(
        "pk", "occupation", "openings", "received_on", "valid_until", "state", "created_at", "terms"
    ):
        terms = row["terms"] or {}
        yield rules.Posting(
            key=row["pk"],
            occupation=row["occupation"],
            length=rules.length(terms.get("contract", ""), terms.get("contract_detail", "")),
            openings=row["openings"],
            received_on=row["received_on"] or clock.day_in_japan(row["created_at"]),
            over_on=_over_on(row, closed.get(row["pk"])),
        )


def _over_on(row: collections.abc.Mapping[str, typing.Any], closed_at: dt.datetime | None) -> dt.date | None:
    """Return the first day on which a posting was no longer open: closed by hand, or beyond its last valid day."""
    days = [row["valid_until"] + A_DAY] if row["valid_until"] else []
    if row["state"] == JobPosting.State.CLOSED:
        days.append(clock.day_in_japan(closed_at or row["created_at"]))
    return min(days, default=None)


def _closed(organization_id: uuid.UUID) -> dict[uuid.UUID | None, dt.datetime]:
    """Return when the state of the agency's postings was changed last."""
    changes = Fact.objects.filter(
        organization_id=organization_id, kind="posting.changed", data__fields__contains="state"
    )
    return dict(changes.order_by().values_list("subject_id").annotate(last=Max("occurred_at")))


def _seekers(organization_id: uuid.UUID, period: rules.Period) -> collections.abc.Iterator[rules.Seeker]:
    end = clock.start_of_day_in_japan(period.as_of + A_DAY)
    accepted = Assignment.objects.filter(organization_id=organization_id, contact_by__isnull=False, answered_at__lt=end)
    still = Q(ended_at=None) | Q(ended_at__gte=clock.start_of_day_in_japan(period.first))
    rows = accepted.filter(still).order_by("pk").values_list("pk", "occupations", "answered_at", "ended_at")
    for key, occupations, answered_at, ended_at in rows:
        yield rules.Seeker(
            key=key,
            occupation=next(iter(occupations), ""),
            accepted_on=clock.day_in_japan(typing.cast("dt.datetime", answered_at)),
            ended_on=clock.day_in_japan(ended_at) if ended_at else None,
        )


def _hires(organization_id: uuid.UUID, period: rules.Period) -> collections.abc.Iterator[rules.Hire]:
    started = Placement.objects.filter(
        organization_id=organization_id, state__in=STARTED, start_on__range=(period.first, period.last)
    )
    in_post = Q(checks__answer=Check.Answer.IN_POST)
    for row in started.annotate(seen_at=Max("checks__answered_at", filter=in_post)).order_by("pk"):
        yield rules.Hire(
            key=row.pk,
            occupation=row.occupation,
            is_regular=row.is_regular,
            is_indefinite=row.contract == placements.INDEFINITE,
            start_on=row.start_on,
            left_on=row.ended_on,
            left_by_employer=row.end_reason == EndReason.EMPLOYER,
            seen_on=clock.day_in_japan(row.seen_at) if row.seen_at else None,
        )


def _money(organization_id: uuid.UUID, period: rules.Period) -> collections.abc.Iterator[rules.Money]:
    entries = FeeEntry.objects.filter(organization_id=organization_id, on__range=(period.first, period.last))
    rows = entries.order_by("on", "pk").values_list("placement_id", "placement__occupation", "on", "amount_yen")
    for key, occupation, on, amount_yen in rows:
        yield rules.Money(key=key, occupation=occupation, on=on, amount_yen=amount_yen)
