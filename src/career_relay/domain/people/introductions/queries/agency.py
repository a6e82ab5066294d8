"""What an agency sees of the introductions it makes. Names come with the access alone."""

from __future__ import annotations

import dataclasses
import typing

from django.db.models import Count, F, Q, Window
from django.db.models.functions import RowNumber

from career_relay.domain.people.candidates.models import Identity
from career_relay.domain.people.introductions.models import ENDED, RUNNING, Block, Introduction, Side
from career_relay.domain.people.introductions.queries import shapes
from career_relay.domain.people.routing.models import Assignment
from career_relay.kernel.japanese import folding

if typing.TYPE_CHECKING:
    import datetime as dt
    import uuid

    from django.db.models import QuerySet

OPEN, OVER = "open", "ended"
CARDS: typing.Final = 50
COLUMNS: typing.Final = (*RUNNING, Introduction.State.JOINED.value)
_GROUPS: typing.Final = {OPEN: RUNNING, OVER: (*ENDED, Introduction.State.JOINED.value)}


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A stage of the board: how many stand there, and those that changed last."""

    state: str
    name: str
    total: int
    cards: tuple[shapes.Line, ...]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Ready:
    """Somebody whom the agency looks after, and to whom it has put no posting that is still open."""

    assignment_id: uuid.UUID
    person_name: str
    accepted_at: dt.datetime | None


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Preparing:
    """Those without an open introduction: how many, and who waits longest."""

    total: int
    people: tuple[Ready, ...]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """What is open, by whose turn it is, the longest unchanged first."""

    for_person: tuple[shapes.Line, ...]
    for_employer: tuple[shapes.Line, ...]
    for_agency: tuple[shapes.Line, ...]


def introductions(
    organization_id: uuid.UUID,
    *,
    now: dt.datetime,
    words: str = "",
    state_group: str = OPEN,
    stage: str = "",
    adviser_id: uuid.UUID | None = None,
    page: int = 1,
) -> shapes.Page:
    """Return the agency's introductions, the last changed first, narrowed by name, job, company, stage or adviser.

    Names are compared as they are read (高崎 finds 髙﨑), among the agency's own people.
    """
    ours = _of(organization_id, adviser_id)
    found = ours.filter(state__in=_GROUPS.get(state_group, RUNNING))
    if stage:
        found = found.filter(state=stage)
    if wanted := words.strip():
        told = Q(title__icontains=wanted) | Q(employer_name__icontains=wanted)
        found = found.filter(told | Q(candidate_id__in=_named(organization_id, wanted)))
    return shapes.page_of(found, _counts(ours), page, now)


def board(organization_id: uuid.UUID, *, now: dt.datetime, adviser_id: uuid.UUID | None = None) -> list[Column]:
    """Return the stages with their newest cards, in a number of queries that does not grow."""
    ours = _of(organization_id, adviser_id).filter(state__in=COLUMNS)
    rank = Window(RowNumber(), partition_by=F("state"), order_by=[F("changed_at").desc(), F("pk").desc()])
    newest = shapes.listed(ours).annotate(rank=rank).filter(rank__lte=CARDS).order_by("-changed_at", "-pk")
    counts, cards = _counts(ours), shapes.lines(newest, now)
    return [
        Column(
            state=state,
            name=str(Introduction.State(state).label),
            total=counts[state],
            cards=tuple(card for card in cards if card.state == state),
        )
        for state in COLUMNS
    ]


def preparing(organization_id: uuid.UUID, *, today: dt.date, adviser_id: uuid.UUID | None = None) -> Preparing:
    """Return the people in charge with no open introduction, who waits longest first: neither hired nor kept from it."""
    busy = Introduction.objects.filter(organization_id=organization_id, state__in=COLUMNS).values("assignment_id")
    kept = _blocks(organization_id, today).values("candidate_id")
    found = (
        Assignment.objects.filter(organization_id=organization_id, state=Assignment.State.ACTIVE)
        .exclude(pk__in=busy)
        .exclude(is_chosen=False, candidate_id__in=kept)
    )
    if adviser_id:
        found = found.filter(adviser=adviser_id)
    first = list(found.order_by("answered_at", "pk")[:CARDS])
    people = Identity.objects.filter(candidate_id__in=[one.candidate_id for one in first])
    names = dict(people.values_list("candidate_id", "name"))
    return Preparing(
        total=found.count(),
        people=tuple(
            Ready(assignment_id=one.pk, person_name=names.get(one.candidate_id, ""), accepted_at=one.answered_at)
            for one in first
        ),
    )


def blocked_until(organization_id: uuid.UUID, assignment_id: uuid.UUID, *, today: dt.date) -> dt.date | None:
    """Return the last day on which the agency may propose nothing to somebody it placed; None where it may (law L11)."""
    unchosen = Assignment.objects.filter(pk=assignment_id, organization_id=organization_id, is_chosen=False)
    found = _blocks(organization_id, today).filter(candidate_id__in=unchosen.values("candidate_id"))
    return found.order_by("-until").values_list("until", flat=True).first()


def introduction(organization_id: uuid.UUID, introduction_id: uuid.UUID, *, now: dt.datetime) -> shapes.File | None:
    """Return one introduction of the agency; None if it has no such one."""
    row = shapes.listed(_of(organization_id, None)).filter(pk=introduction_id).first()
    return shapes.file(row, Side.AGENCY, now) if row else None


def of_assignment(organization_id: uuid.UUID, assignment_id: uuid.UUID, *, now: dt.datetime) -> list[shapes.Line]:
    """Return what was put before one person, the newest first."""
    found = _of(organization_id, None).filter(assignment_id=assignment_id)
    return shapes.lines(shapes.listed(found).order_by("-proposed_at", "-pk"), now)


def waiting(organization_id: uuid.UUID, *, now: dt.datetime) -> Waiting:
    """Return what is open by whose turn it is, so that somebody can be reminded."""
    found = shapes.listed(_of(organization_id, None).filter(state__in=RUNNING))
    open_ones = shapes.lines(found.order_by("changed_at", "pk"), now)

    def of(side: Side) -> tuple[shapes.Line, ...]:
        return tuple(line for line in open_ones if line.waits_for == side)

    return Waiting(for_person=of(Side.PERSON), for_employer=of(Side.EMPLOYER), for_agency=of(Side.AGENCY))


def _blocks(organization_id: uuid.UUID, today: dt.date) -> QuerySet[Block]:
    return Block.objects.filter(organization_id=organization_id, until__gte=today)


def _of(organization_id: uuid.UUID, adviser_id: uuid.UUID | None) -> QuerySet[Introduction]:
    found = Introduction.objects.filter(organization_id=organization_id)
    return found.filter(assignment__adviser=adviser_id) if adviser_id else found


def _counts(found: QuerySet[Introduction]) -> dict[str, int]:
    counted = dict(found.order_by().values_list("state").annotate(Count("pk")))
    by_state = {state.value: counted.get(state.value, 0) for state in Introduction.State}
    return by_state | {group: sum(by_state[state] for state in states) for group, states in _GROUPS.items()}


def _named(organization_id: uuid.UUID, words: str) -> list[uuid.UUID]:
    wanted = folding.fold(words)
    ours = Introduction.objects.filter(organization_id=organization_id).values("candidate_id")
    names = Identity.objects.filter(candidate_id__in=ours).values_list("candidate_id", "name")
    return [candidate_id for candidate_id, name in names if wanted in folding.fold(name)]
