"""Placements as pages and files are given them."""

from __future__ import annotations

import dataclasses
import typing

if typing.TYPE_CHECKING:
    import datetime as dt
    import decimal
    import uuid

    from career_relay.domain.ground.agencies.rules import Refund
    from career_relay.domain.people.candidates.queries import Person
    from career_relay.domain.people.placements.models import FeeTerms, Placement


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A placement in the list of one of its organizations. `person_name` is empty where the person is no longer visible.

    `partner_name` is the employer to the agency and the agency to the employer. `refund_yen` is what was given back.
    `next_check_on` is the first check that nobody has answered.
    """

    placement_id: uuid.UUID
    introduction_id: uuid.UUID
    person_name: str
    partner_name: str
    title: str
    start_on: dt.date
    state: str
    state_name: str
    ended_on: dt.date | None
    fee_yen: int
    refund_yen: int
    uses_slot: bool
    is_outside: bool
    next_check_on: dt.date | None


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One page of a list of placements, how many the whole list has, and how many placements there are by state."""

    lines: tuple[Line, ...]
    total: int
    page: int
    pages: int
    counts: dict[str, int]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class CheckLine:
    """A check of one placement. `person_left_on` is the person's own word, which counts once it is confirmed.

    `is_spared` is a check that was never asked: its day was still to come when the person had left.
    """

    check_id: uuid.UUID
    placement_id: uuid.UUID
    person_name: str
    partner_name: str
    title: str
    days: int
    due_on: dt.date
    asked_at: dt.datetime | None
    answer: str
    answer_name: str
    answered_side: str
    answered_side_name: str
    answered_at: dt.datetime | None
    person_left_on: dt.date | None
    is_spared: bool


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class EntryLine:
    """What fell due or was given back, with all that an invoice says of it."""

    placement_id: uuid.UUID
    on: dt.date
    kind: str
    kind_name: str
    amount_yen: int
    reason_name: str
    person_name: str
    employer_name: str
    agency_name: str
    title: str
    start_on: dt.date
    ended_on: dt.date | None
    salary_yen: int
    basis_name: str
    percent: decimal.Decimal | None
    fixed: int | None


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """All that one of its organizations sees of a placement. `may` says what can be recorded now.

    That is `confirm_start`, `not_started` and `record_leaving`; checks that can be answered stand in `open_checks`.
    """

    placement: Placement
    line: Line
    fee: FeeTerms
    refunds: tuple[Refund, ...]
    entries: tuple[EntryLine, ...]
    checks: tuple[CheckLine, ...]
    identity: Person | None
    agency_name: str
    end_reason_name: str
    may: frozenset[str]

    def open_checks(self, today: dt.date) -> list[CheckLine]:
        """Return the checks whose day has come and that nobody has answered."""
        return [check for check in self.checks if not check.answer and check.due_on <= today]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class OwnLine:
    """A placement as the person themselves sees it: no word of money."""

    placement_id: uuid.UUID
    introduction_id: uuid.UUID
    employer_name: str
    agency_name: str
    title: str
    start_on: dt.date
    state: str
    state_name: str
    ended_on: dt.date | None
    checks: tuple[CheckLine, ...]

    def open_checks(self, today: dt.date) -> list[CheckLine]:
        """Return the checks that the person can answer."""
        return [check for check in self.checks if not check.answer and check.due_on <= today]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Retention:
    """Of those for whom it is known, how many were in post so many days after the start.

    `percent` is None where so few are known that a share says nothing.
    """

    days: int
    in_post: int
    known: int
    percent: decimal.Decimal | None


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """One organization's placements of a year of reports (from 1 April), by day of start; money by day of entry."""

    year: int
    agreed: int
    joined: int
    by_slot: int
    not_started: int
    left: int
    fees_yen: int
    refunds_yen: int
    retention: tuple[Retention, ...]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Cooperation:
    """What one partner brought: people hired and still hired, by slot, and what that cost."""

    organization_id: uuid.UUID
    name: str
    hired: int
    by_slot: int
    left: int
    fees_yen: int
    refunds_yen: int
