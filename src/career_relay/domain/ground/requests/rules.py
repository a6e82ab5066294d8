"""Which agency is asked next, and until when it may think about it. Pure."""

from __future__ import annotations

import dataclasses
import datetime as dt
import typing

from career_relay.kernel import clock
from career_relay.kernel.japanese import working_days

if typing.TYPE_CHECKING:
    import collections.abc
    import uuid


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What the posting is about. What is empty limits nothing."""

    prefecture: str = ""
    occupation: str = ""
    employment_type: str = ""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Serving:
    """An agency that can be asked: what it serves (empty is all), its open calls, and when it was called last."""

    organization_id: uuid.UUID
    prefectures: frozenset[str] = frozenset()
    occupations: frozenset[str] = frozenset()
    employment_types: frozenset[str] = frozenset()
    open_calls: int = 0
    last_called_at: dt.datetime | None = None


def serves(agency: Serving, wanted: Wanted) -> bool:
    """Tell whether area, occupation and kind of employment fit."""
    pairs = (
        (agency.prefectures, wanted.prefecture),
        (agency.occupations, wanted.occupation),
        (agency.employment_types, wanted.employment_type),
    )
    return all(not served or not one or one in served for served, one in pairs)


def order(wanted: Wanted, agencies: collections.abc.Iterable[Serving]) -> list[uuid.UUID]:
    """Return the agencies in the order they are asked.

    Who serves such postings comes first, then who has fewer open calls, then who has waited longest for one.
    """
    return [one.organization_id for one in sorted(agencies, key=lambda one: (not serves(one, wanted), *_turn(one)))]


def answer_by(now: dt.datetime, days: int) -> dt.datetime:
    """Return the end of work on the day by which an agency answers: so many working days from now."""
    return working_days.end_of_work(now, days)


def search_until(now: dt.datetime, days: int) -> dt.date:
    """Return the last day on which somebody is looked for."""
    return clock.day_in_japan(now) + dt.timedelta(days=days)


def _turn(agency: Serving) -> tuple[int, float, uuid.UUID]:
    called = agency.last_called_at.timestamp() if agency.last_called_at else float("-inf")
    return agency.open_calls, called, agency.organization_id
