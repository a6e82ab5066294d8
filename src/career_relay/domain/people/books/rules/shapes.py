"""What stands behind the lines of the three books, as it is read from the rooms below."""

from __future__ import annotations

import dataclasses
import typing

if typing.TYPE_CHECKING:
    import datetime as dt
    import decimal


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """A posting that the agency took in."""

    company: str
    address: str
    contact: str
    received_on: dt.date
    valid_until: dt.date | None
    is_closed: bool
    title: str
    occupation: str
    openings: int
    place: str
    employment: str
    contract: str
    pay: str


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Seeker:
    """A person whom the agency took on. `ended_on` is the day its time with them was over."""

    name: str
    address: str
    born_on: dt.date | None
    occupation: str
    received_on: dt.date
    ended_on: dt.date | None


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Hire:
    """What became of an accepted offer. `seen_on` is the last day on which somebody said that the person was in post."""

    state: str
    contract: str
    start_on: dt.date
    barred_until: dt.date | None
    left_on: dt.date | None
    left_by_employer: bool
    seen_on: dt.date | None
    refund_yen: int
    refunded_on: dt.date | None


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Handling:
    """One introduction of one person to one company."""

    introduced_on: dt.date
    seeker: str
    company: str
    title: str
    state: str
    hire: Hire | None


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Money:
    """A fee, one that a slot paid for, or what was given back."""

    company: str
    seeker: str
    title: str
    on: dt.date
    kind: str
    kind_name: str
    amount_yen: int
    salary_yen: int
    basis: str
    basis_name: str
    version: int
    percent: decimal.Decimal | None
    fixed: int | None
    start_on: dt.date
    left_on: dt.date | None
