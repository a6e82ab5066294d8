"""What agencies publish of their fees, for everybody: by way of the gate, in figures that name no person and no hire."""

from __future__ import annotations

import dataclasses
import json
import typing

from career_relay.domain.ground.agencies import rules as agencies
from career_relay.domain.ground.programmes import queries as programmes
from career_relay.domain.ground.programmes.models import DEFAULT_PROGRAMME_ID
from career_relay.domain.people.placements import rules as placements
from career_relay.domain.people.reports.rules import fees as rules
from career_relay.domain.people.reports.rules import year as years
from career_relay.kernel import clock
from career_relay.kernel.japanese import folding
from career_relay.kernel.tenancy import gate

if typing.TYPE_CHECKING:
    import datetime as dt
    import uuid


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Publisher:
    """An agency whose licence is confirmed and holds today, with its fee table; None where none is in force."""

    organization_id: uuid.UUID
    name: str
    number: str
    valid_until: dt.date
    table: agencies.Table | None
    effective_from: dt.date | None
    has_penalty: bool


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Fees:
    """What one agency publishes: its tables, and what it took in the last year of reports that is over."""

    publisher: Publisher
    period: years.Period
    rates: tuple[rules.Rate, ...]
    includes_slots: bool


def publishers(today: dt.date, words: str = "") -> list[Publisher]:
    """Return the agencies that publish their fees, by name; those whose name or number holds the words."""
    sought = folding.fold(words)
    found = [_publisher(row) for row in gate.rows("fees_published", None, today)]
    return [one for one in found if sought in folding.fold(one.name) or sought in folding.fold(one.number)]


def fees(organization_id: uuid.UUID, now: dt.datetime) -> Fees | None:
    """Return what an agency publishes; None for anything but an agency with a confirmed licence that holds today.

    Whether hires by slot, at no fee, enter the average is the policy's.
    """
    today = clock.day_in_japan(now)
    row = gate.row("fees_published", organization_id, today)
    if row is None:
        return None
    period = years.Period(year=placements.fiscal_year(today) - 1, today=today)
    includes_slots = programmes.policy_at(DEFAULT_PROGRAMME_ID, now).free_placements_enter_fee_average
    groups = gate.rows("fee_groups", organization_id, period.first, period.last, includes_slots)
    return Fees(
        publisher=_publisher(row),
        period=period,
        rates=tuple(rules.published(rules.Group(**group) for group in groups)),
        includes_slots=includes_slots,
    )


def _publisher(row: dict[str, typing.Any]) -> Publisher:
    rates, refunds = (json.loads(row[name]) if row[name] else None for name in ("rates", "refunds"))
    table = agencies.Table(
        rates=tuple(agencies.Rate.of(one) for one in rates or ()),
        refunds=tuple(agencies.Refund.of(one) for one in refunds or ()),
    )
    return Publisher(
        organization_id=row["organization_id"],
        name=row["name"],
        number=row["number"],
        valid_until=row["valid_until"],
        table=None if rates is None else table,
        effective_from=row["effective_from"],
        has_penalty=row["has_penalty"],
    )
