"""An introduction as lists and pages show it, each side with what is its own to know."""

from __future__ import annotations

import dataclasses
import typing

from django.db.models import Exists, F, OuterRef, Subquery

from career_relay.domain.ground.organizations import queries as organizations
from career_relay.domain.ground.postings import rules as postings
from career_relay.domain.people.candidates import queries as candidates
from career_relay.domain.people.candidates.models import Identity
from career_relay.domain.people.introductions import rules
from career_relay.domain.people.introductions.models import Interview, Introduction, Side, Step

if typing.TYPE_CHECKING:
    import collections.abc
    import datetime as dt
    import uuid

    from django.db.models import QuerySet

PAGE_SIZE: typing.Final = 50


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """An introduction in a list. `person_name` is empty without access; `waits_for` is person, employer, agency or empty.

    `interview_at` is when the interview of the present round is, once that is chosen and until it has passed.
    """

    introduction_id: uuid.UUID
    assignment_id: uuid.UUID
    posting_id: uuid.UUID
    person_name: str
    title: str
    employer_name: str
    agency_name: str
    state: str
    state_name: str
    round: int
    changed_at: dt.datetime
    answer_by: dt.datetime
    waits_for: str
    interview_at: dt.datetime | None
    uses_slot: bool
    is_outside: bool
    is_late: bool


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One page of a list, how many the whole list has, and how many there are by state group and by state."""

    lines: tuple[Line, ...]
    total: int
    page: int
    pages: int
    counts: dict[str, int]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """One line of the history, in words."""

    state_before: str
    state_after: str
    state_name: str
    side: str
    side_name: str
    reason_name: str
    note: str
    at: dt.datetime


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """All that one side knows of an introduction, and what it may do now.

    `reasons` are those the side may give. `is_excluded` is told to the person alone: they keep this employer away.
    """

    introduction: Introduction
    line: Line
    identity: candidates.Person | None
    steps: tuple[Move, ...]
    interviews: tuple[Interview, ...]
    terms: postings.Terms
    may: frozenset[rules.Act]
    targets: tuple[str, ...]
    reasons: dict[str, str]
    end_reason_name: str
    is_excluded: bool = False

    @property
    def interview(self) -> Interview | None:
        """The interview of the present round, once times were proposed."""
        return next((one for one in self.interviews if one.round == self.introduction.round), None)


def listed(found: QuerySet[Introduction]) -> QuerySet[Introduction]:
    """Return the introductions with what a line needs."""
    present = Interview.objects.filter(introduction=OuterRef("pk"), round=OuterRef("round"))
    return found.annotate(
        has_open_times=Exists(present.filter(chosen=None)), interview_at=Subquery(present.values("chosen")[:1])
    )


def lines(rows: collections.abc.Iterable[Introduction], now: dt.datetime) -> list[Line]:
    """Return the lines of listed introductions, with names from where they may be read."""
    found = list(rows)
    people = Identity.objects.filter(candidate_id__in={row.candidate_id for row in found})
    names = dict(people.values_list("candidate_id", "name"))
    agencies = organizations.names_of({row.organization_id for row in found}) if found else {}
    return [_line(row, names.get(row.candidate_id, ""), agencies[row.organization_id].name, now) for row in found]


def file(row: Introduction, side: Side, now: dt.datetime, *, is_excluded: bool = False) -> File:
    """Return one listed introduction as a side sees it."""
    [line] = lines([row], now)
    identity = candidates.identity(row.candidate_id)
    steps = list(Step.objects.filter(introduction=row).order_by("at", "pk"))
    interviews = list(Interview.objects.filter(introduction=row).order_by("round"))
    _strip(row, side)
    if side == Side.EMPLOYER and identity is None:
        _silence(row, steps, interviews)
    may = rules.allowed(row.state, side, row.is_outside)
    return File(
        introduction=row,
        line=line,
        identity=identity,
        steps=tuple(_move(step, side) for step in steps),
        interviews=tuple(interviews),
        terms=postings.Terms.of(row.terms),
        may=may,
        targets=rules.targets(row.state) if "advance" in may else (),
        reasons={code: str(label) for code, label in _reasons(side, row).items()},
        end_reason_name=rules.reason_name(row.end_side, row.end_reason),
        is_excluded=is_excluded,
    )


def page_of(found: QuerySet[Introduction], counts: dict[str, int], page: int, now: dt.datetime) -> Page:
    """Return one page of these introductions, the last changed first."""
    total = found.count()
    pages = max(1, -(-total // PAGE_SIZE))
    page = min(max(page, 1), pages)
    rows = listed(found).order_by(F("changed_at").desc(), "-pk")[(page - 1) * PAGE_SIZE : page * PAGE_SIZE]
    return Page(lines=tuple(lines(rows, now)), total=total, page=page, pages=pages, counts=counts)


def _line(row: typing.Any, name: str, agency_name: str, now: dt.datetime) -> Line:
    is_ahead = rules.is_interview_ahead(row.state, row.interview_at, now)
    turn = rules.waits_for(
        row.state, is_outside=row.is_outside, has_open_times=row.has_open_times, is_interview_ahead=is_ahead
    )
    waits_since = max(row.changed_at, row.interview_at or row.changed_at)
    return Line(
        introduction_id=row.pk,
        assignment_id=row.assignment_id,
        posting_id=row.posting_id,
        person_name=name,
        title=row.title,
        employer_name=row.employer_name,
        agency_name=agency_name,
        state=row.state,
        state_name=rules.state_name(row.state, row.round),
        round=row.round,
        changed_at=row.changed_at,
        answer_by=row.answer_by,
        waits_for=turn,
        interview_at=row.interview_at if is_ahead else None,
        uses_slot=row.uses_slot,
        is_outside=row.is_outside,
        is_late=rules.is_late(turn, waits_since, now),
    )


def _move(step: Step, side: Side) -> Move:
    is_told = rules.is_told(side, step.side)
    return Move(
        state_before=step.state_before,
        state_after=step.state_after,
        state_name=rules.state_name(step.state_after, step.round),
        side=step.side,
        side_name=str(step.get_side_display()),
        reason_name=rules.reason_name(step.side, step.reason) if is_told else "",
        note=step.note if is_told or step.state_after == Introduction.State.OFFERED else "",
        at=step.at,
    )


def _reasons(side: Side, row: Introduction) -> dict[str, typing.Any]:
    is_for_employer = side == Side.AGENCY and row.is_outside
    return (rules.REASONS[Side.EMPLOYER] if is_for_employer else {}) | rules.REASONS[side]


def _strip(row: Introduction, side: Side) -> None:
    """Take out, in memory, what is not this side's to read: words between two others, and why another said no."""
    if side == Side.EMPLOYER:
        row.message = ""
    if not rules.is_told(side, row.end_side):
        row.end_reason = row.end_note = ""


def _silence(row: Introduction, steps: list[Step], interviews: list[Interview]) -> None:
    """Take out, in memory, every free word about somebody whom the employer no longer sees."""
    row.fit_note = row.offer_note = row.end_note = ""
    for step in steps:
        step.note = ""
    for interview in interviews:
        interview.place = ""
