"""The board of applications in progress: each stage with its number and its newest cards."""

from __future__ import annotations

import collections
import dataclasses
import typing

from django.db.models import Case, Count, F, Value, When, Window
from django.db.models.functions import RowNumber

from career_relay.domain.hiring.applications import rules
from career_relay.domain.hiring.applications.filters import Filters
from career_relay.domain.hiring.applications.models import Correction, StageEvent
from career_relay.domain.hiring.applications.queries import listing, selecting
from career_relay.domain.hiring.intake.vocabulary import Outcome, Stage
from career_relay.kernel import clock
from career_relay.kernel.japanese import working_days

if typing.TYPE_CHECKING:
    import datetime as dt
    import uuid

    from django.db.models import QuerySet

    from career_relay.domain.hiring.applications.models import Application

MOST_CARDS: typing.Final = 20


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """An application at its stage. `since` and `working_days` are None where nobody wrote down when it got there."""

    application: listing.ApplicationLine
    since: dt.date | None
    working_days: int | None


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A stage: how many applications stand there, and the newest of them."""

    stage: Stage
    total: int
    cards: list[Card]

    @property
    def hidden(self) -> int:
        """How many more there are than cards."""
        return self.total - len(self.cards)


@dataclasses.dataclass(frozen=True, slots=True)
class _Newest:
    identifiers: list[uuid.UUID]
    totals: dict[str, int]


def board(
    organization_id: uuid.UUID, filters: Filters, today: dt.date, *, first: uuid.UUID | None = None
) -> list[Column]:
    """Return the stages of the applications in progress that the filters leave, those applied for last on top.

    `first` stands on top of its stage, however old it is. Who joined is no longer in progress: that stage is there only
    when a file says otherwise.
    """
    wanted = dataclasses.replace(filters, outcome=Outcome.IN_PROGRESS.value, stage="")
    newest = _newest(selecting.rows(organization_id, wanted), first)
    cards = collections.defaultdict(list)
    for card in _cards(organization_id, newest.identifiers, today):
        cards[card.application.stage].append(card)
    stages = [one for one in Stage if one != Stage.JOINED or one in newest.totals]
    return [Column(stage=one, total=newest.totals.get(one, 0), cards=cards[one]) for one in stages]


def standing(organization_id: uuid.UUID, application_id: uuid.UUID) -> listing.ApplicationLine | None:
    """Return an application as it is now; None if the employer has no such one."""
    own = listing.selected(organization_id, Filters()).filter(pk=application_id)
    return next(iter(listing.lines_of(list(own))), None)


def _newest(rows: QuerySet[Application], first: uuid.UUID | None) -> _Newest:
    """Return the ids of the newest at each stage, and how many stand there: both from one look."""
    top = [Case(When(pk=first, then=Value(0)), default=Value(1))] if first else []
    numbered = rows.order_by().annotate(
        total=Window(Count("pk"), partition_by="stage"),
        place=Window(RowNumber(), partition_by="stage", order_by=[*top, "-applied_at", "-pk"]),
    )
    found = list(numbered.filter(place__lte=MOST_CARDS).order_by("place").values_list("pk", "stage", "total"))
    return _Newest([pk for pk, _stage, _total in found], {stage: total for _pk, stage, total in found})


def _cards(organization_id: uuid.UUID, identifiers: list[uuid.UUID], today: dt.date) -> list[Card]:
    reached, moved = _reached(organization_id, identifiers), _moved(organization_id, identifiers)
    cards = []
    for line in listing.lines_of(identifiers):
        applied = clock.day_in_japan(line.applied_at) if line.stage == Stage.APPLIED else None
        since = reached.get(line.id) or applied or moved.get((line.id, line.stage))
        passed = working_days.working_days_between(since, today) if since else None
        cards.append(Card(application=line, since=since, working_days=passed))
    return cards


def _reached(organization_id: uuid.UUID, identifiers: list[uuid.UUID]) -> dict[uuid.UUID, dt.date]:
    """Return the day on which each reached the stage it stands at, as the files have it."""
    events = StageEvent.objects.filter(organization_id=organization_id, application__in=identifiers)
    return dict(events.filter(stage=F("application__stage")).values_list("application_id", "entered_on"))


def _moved(organization_id: uuid.UUID, identifiers: list[uuid.UUID]) -> dict[tuple[uuid.UUID, str], dt.date]:
    """Return the day on which a member last moved each to a stage; coming back on the same day is no move."""
    corrections = Correction.objects.filter(
        organization_id=organization_id, application__in=identifiers, field="stage"
    ).order_by("corrected_at", "pk")
    moves = collections.defaultdict(list)
    for application, moment, *move in corrections.values_list("application_id", "corrected_at", "before", "after"):
        moves[application, clock.day_in_japan(moment)].append(move)
    return {(application, stage): day for (application, day), made in moves.items() for stage in rules.way(made)[1:]}
