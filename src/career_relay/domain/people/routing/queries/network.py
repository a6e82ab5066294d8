"""What finds an agency for a person: by way of the gate, in ids, codes and numbers."""

from __future__ import annotations

import dataclasses
import datetime as dt
import typing
import uuid

from career_relay.domain.ground.skills import occupations
from career_relay.domain.people.routing import rules
from career_relay.kernel.tenancy import gate

_FROM_THE_FIRST: typing.Final = (dt.datetime.min.replace(year=1970, tzinfo=dt.UTC), uuid.UUID(int=0))


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """People who wait, and where to go on reading: the last one's time and id; None when these were the last."""

    people: tuple[rules.Wanting, ...]
    after: tuple[dt.datetime, uuid.UUID] | None


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """An open assignment that can't stay as it is, and why: lapsed, overdue, late, agency_stopped or consent_over."""

    assignment_id: uuid.UUID
    candidate_id: uuid.UUID
    organization_id: uuid.UUID
    due: str


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """How one agency keeps up, in numbers. A first contact that is told after the escalation is not in time."""

    organization_id: uuid.UUID
    offered: int
    active: int
    overdue: int
    lapsed: int
    contacted: int
    contacted_in_time: int


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Unplaced:
    """How many people agreed and have no agency, nor one that was asked, and since when the first of them waits."""

    people: int
    oldest: dt.datetime | None


def wanting(
    now: dt.datetime,
    at_once: int,
    most: int,
    after: tuple[dt.datetime, uuid.UUID] | None = None,
    only: uuid.UUID | None = None,
) -> Waiting:
    """Return people who agreed and have fewer open assignments than `at_once`, whoever waits longest first."""
    found = gate.rows("people_to_route", now, at_once, only, *(after or _FROM_THE_FIRST), most)
    last = found[-1] if len(found) == most else None
    return Waiting(
        people=tuple(_wanting(row, at_once) for row in found),
        after=(last["since"], last["candidate_id"]) if last else None,
    )


def serving(now: dt.datetime) -> list[rules.Serving]:
    """Return the agencies that may receive people today."""
    return [
        rules.Serving(
            organization_id=row["organization_id"],
            prefectures=frozenset(row["prefectures"]),
            occupations=frozenset(row["occupations"]),
            employment_types=frozenset(row["employment_types"]),
            free=row["capacity"] - row["people_open"],
            last_offered_at=row["last_offered_at"],
        )
        for row in gate.rows("agencies_to_route", now)
    ]


def untold(now: dt.datetime) -> list[uuid.UUID]:
    """Return the agencies with offers that no mail told them of yet."""
    return [row["organization_id"] for row in gate.rows("agencies_to_route", now) if row["untold"]]


def due(now: dt.datetime, only: uuid.UUID | None = None) -> list[Due]:
    """Return the open assignments whose time is over or whose ground is gone, the oldest first; or one, if it is due."""
    return [Due(**row) for row in gate.rows("assignments_due", now, only)]


def overview(now: dt.datetime) -> list[Figures]:
    """Return the figures of every agency that was ever asked; to the operator alone, to all others none."""
    return [Figures(**row) for row in gate.rows("routing_overview", now)]


def unplaced(now: dt.datetime) -> Unplaced:
    """Return how many people wait without an agency; to the operator alone, to all others none."""
    [row] = gate.rows("people_unplaced", now)
    return Unplaced(**row)


def _wanting(row: dict[str, typing.Any], at_once: int) -> rules.Wanting:
    return rules.Wanting(
        candidate_id=row["candidate_id"],
        prefecture=row["prefecture"],
        occupations=occupations.recognised(row["occupation"]),
        employment_type=row["employment_type"],
        chosen=tuple(row["chosen"]),
        barred=frozenset([*row["excluded"], *row["tried"], *row["open"]]),
        has_agency=bool(row["open"]),
        places=at_once - len(row["open"]),
    )
