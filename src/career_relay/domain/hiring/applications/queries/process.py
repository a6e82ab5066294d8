"""How applications went: how far they came, how long it took, how they ended. Each figure leads to its own list."""

from __future__ import annotations

import collections
import dataclasses
import datetime as dt
import typing

from career_relay.domain.hiring.applications import filters as narrowing
from career_relay.domain.hiring.applications import rules
from career_relay.domain.hiring.applications.queries import selecting, sql
from career_relay.domain.hiring.intake import vocabulary
from career_relay.domain.hiring.intake.vocabulary import Outcome, Stage
from career_relay.kernel import clock

if typing.TYPE_CHECKING:
    import uuid

    from career_relay.domain.hiring.applications.filters import Filters

MOST_REASONS: typing.Final = 20
USUAL_MONTHS: typing.Final = 6
_ALWAYS: typing.Final = frozenset(
    rules.RANKS[one] for one in (Stage.APPLIED, Stage.OFFER, Stage.ACCEPTED, Stage.JOINED)
)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A number of applications out of others, and the filters whose list has exactly these."""

    number: int
    out_of: int
    filters: Filters

    @property
    def share(self) -> float | None:
        return self.number / self.out_of if self.out_of else None


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Cohort:
    """The applications of a month (all months together: None), and how many of them reached each stage shown."""

    month: dt.date | None
    reached: list[Figure]

    @property
    def applied(self) -> Figure:
        return self.reached[0]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """The median of calendar days until a stage (until the decision: an empty string), and of how many it is one.

    Until a stage: from the day before it that is known, be it of another stage or of the application. Until the
    decision: from the application.
    """

    stage: str
    median_days: float | None
    figure: Figure

    @property
    def stage_name(self) -> str:
        return str(Stage(self.stage).label) if self.stage else ""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """How applications ended, by whose decision; with a reason, those of that reason (`-`: none recorded)."""

    outcome: str
    reason: str
    figure: Figure

    @property
    def outcome_name(self) -> str:
        return str(Outcome(self.outcome).label)

    @property
    def side(self) -> str:
        return vocabulary.side_of(Outcome(self.outcome)).value

    @property
    def side_name(self) -> str:
        return str(vocabulary.side_of(Outcome(self.outcome)).label)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Process:
    """The figures of one choice of applications. Out of: all of them (of a month: all of that month)."""

    filters: Filters
    stages: list[Stage]
    all: Cohort
    months: list[Cohort]
    to_decision: Waiting
    between: list[Waiting]
    endings: list[Ending]
    reasons: list[Ending]


def usual_period(now: dt.datetime) -> tuple[dt.date, dt.date]:
    """Return the first and the last day of the months that are looked at when nothing is chosen: this and those before."""
    first = clock.start_of_day_in_japan(clock.day_in_japan(now).replace(day=1))
    return clock.day_in_japan(clock.months_later(first, 1 - USUAL_MONTHS)), _last_day(clock.day_in_japan(first))


def process(organization_id: uuid.UUID, filters: Filters) -> Process:
    """Return the figures of the applications that the filters leave, which are those that `find` lists.

    Reached: standing at the stage or a later one, or having a day of one. Stages at which nobody stopped and of which
    there is no day are left out, except applied, offer, accepted and joined. A filter by known days has no effect.
    """
    filters = filters.without("dated")
    counts = sql.tally(organization_id, selecting.rows(organization_id, filters))
    by_month = _by_month(counts)
    days = _days(counts)
    present = {rank for month in by_month.values() for rank in month} | {rules.RANKS[stage] for stage in days if stage}
    stages = [Stage(stage) for stage, rank in rules.RANKS.items() if rank and rank in present | _ALWAYS]
    together = sum(by_month.values(), collections.Counter[int]())
    total = together.total()
    waiting = [
        _waiting(filters, stage, days.get(stage, {}), total) for stage in ["", *(one.value for one in stages[1:])]
    ]
    return Process(
        filters=filters,
        stages=stages,
        all=_cohort(filters, None, together, stages),
        months=[_cohort(_of_month(filters, month), month, by_month[month], stages) for month in sorted(by_month)],
        to_decision=waiting[0],
        between=[one for one in waiting[1:] if one.figure.number],
        endings=_endings(filters, counts, total),
        reasons=_reasons(filters, counts),
    )


def _by_month(counts: list[sql.Count]) -> dict[dt.date, collections.Counter[int]]:
    """Return, for each month, how many came exactly so far, by rank."""
    months: dict[dt.date, collections.Counter[int]] = collections.defaultdict(collections.Counter)
    for count in counts:
        if count.kind == "reached":
            months[dt.date.fromisoformat(count.first)][int(count.second)] += count.number
    return months


def _days(counts: list[sql.Count]) -> dict[str, dict[int, int]]:
    """Return how often each number of days occurs, by stage; by the empty string for the decision."""
    stages = {str(rank): stage for stage, rank in rules.RANKS.items()}
    days: dict[str, dict[int, int]] = collections.defaultdict(dict)
    for count in counts:
        if count.kind in {"days", "decided"}:
            days[stages.get(count.first, "")][int(count.second)] = count.number
    return days


def _cohort(filters: Filters, month: dt.date | None, ranks: collections.Counter[int], stages: list[Stage]) -> Cohort:
    reached = [sum(number for rank, number in ranks.items() if rank >= rules.RANKS[stage]) for stage in stages]
    return Cohort(
        month=month,
        reached=[
            Figure(
                number=number, out_of=reached[0], filters=dataclasses.replace(filters, reached=_named(filters, stage))
            )
            for stage, number in zip(stages, reached, strict=True)
        ],
    )


def _named(filters: Filters, stage: Stage) -> str:
    """Return the later of the stage and the one that the filters ask for, which both must have been reached."""
    if rules.is_first(stage):
        return filters.reached
    return max(filters.reached or stage, stage, key=rules.RANKS.__getitem__)


def _of_month(filters: Filters, month: dt.date) -> Filters:
    first, last = max(month, filters.applied_from or month), _last_day(month)
    return dataclasses.replace(filters, applied_from=first, applied_to=min(last, filters.applied_to or last))


def _last_day(month: dt.date) -> dt.date:
    return (month + dt.timedelta(days=31)).replace(day=1) - dt.timedelta(days=1)


def _waiting(filters: Filters, stage: str, days: typing.Mapping[int, int], total: int) -> Waiting:
    dated = dataclasses.replace(filters, dated=stage or narrowing.DECIDED)
    figure = Figure(number=sum(days.values()), out_of=total, filters=dated)
    return Waiting(stage=stage, median_days=rules.median(days), figure=figure)


def _endings(filters: Filters, counts: list[sql.Count], total: int) -> list[Ending]:
    ended = collections.Counter[str]()
    for count in _ended(counts):
        ended[count.first] += count.number
    return [
        _ending(filters, one.value, filters.reason, ended[one.value], total) for one in Outcome if one.value in ended
    ]


def _reasons(filters: Filters, counts: list[sql.Count]) -> list[Ending]:
    """Return the reasons that were met most often, out of all that ended the same way; of a hire nobody asks for one."""
    ended = [count for count in _ended(counts) if count.first != Outcome.HIRED]
    of_outcome = collections.Counter[str]()
    for count in ended:
        of_outcome[count.first] += count.number
    most = sorted(ended, key=lambda count: (-count.number, count.first, count.second))[:MOST_REASONS]
    return [
        _ending(filters, count.first, count.second or narrowing.NOT_RECORDED, count.number, of_outcome[count.first])
        for count in most
    ]


def _ended(counts: list[sql.Count]) -> list[sql.Count]:
    return [count for count in counts if count.kind == "ended"]


def _ending(filters: Filters, outcome: str, reason: str, number: int, out_of: int) -> Ending:
    alike = dataclasses.replace(filters, outcome=outcome, reason=reason)
    return Ending(outcome=outcome, reason=reason, figure=Figure(number=number, out_of=out_of, filters=alike))
