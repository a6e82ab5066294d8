"""Decisions about applications that need no database: the order of stages, and when telling somebody is overdue."""

from __future__ import annotations

import dataclasses
import datetime as dt
import typing

from career_relay.domain.hiring.applications.models import Applicant, Application
from career_relay.domain.hiring.intake.vocabulary import Stage
from career_relay.kernel.japanese import folding, working_days

if typing.TYPE_CHECKING:
    import collections.abc

    from django.db.models import Field

# `on_hold` stands beside the order: by itself it tells of no stage that was reached.
RANKS: typing.Final[dict[str, int]] = {
    Stage.ON_HOLD.value: 0,
    **{stage.value: rank for rank, stage in enumerate((one for one in Stage if one != Stage.ON_HOLD), start=1)},
}

# What a member may correct, by where it stands and what it is.
OF_APPLICANT: typing.Final = frozenset({"name", "kana", "email", "phone"})
MOMENTS: typing.Final = frozenset({"decided_at", "told_at"})
DAYS: typing.Final = frozenset({"joined_on", "left_on"})
OF_APPLICATION: typing.Final = MOMENTS | DAYS | {"outcome", "stage", "recruiter", "reason"}
CORRECTABLE: typing.Final = OF_APPLICANT | OF_APPLICATION
# A correction keeps the day that a move wrote under the name of its stage.
_DAY_OF: typing.Final = "day:"


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class DayOfMoves:
    """An application on a day on which it is moved.

    `known` has the days of its stages, `written` those of them that moves of this day wrote. `moves` lead from stage to
    stage, the last one being made now. `held_from` is where it stood before it was put on hold earlier than today.
    """

    today: dt.date
    known: collections.abc.Mapping[str, dt.date]
    written: collections.abc.Collection[str]
    moves: collections.abc.Sequence[tuple[str, str]]
    held_from: str


def column(field: str) -> Field[typing.Any, typing.Any]:
    """Return the column of a field that may be corrected."""
    owner = Applicant if field in OF_APPLICANT else Application
    return typing.cast("Field[typing.Any, typing.Any]", owner._meta.get_field(field))


def day_field(stage: str) -> str:
    """Return the name under which a correction keeps the day of a stage."""
    return f"{_DAY_OF}{stage}"


def stage_of_day(field: str) -> str:
    """Return the stage whose day a correction keeps; empty if it keeps something else."""
    return field.removeprefix(_DAY_OF) if field.startswith(_DAY_OF) else ""


def search_text(name: str, kana: str) -> str:
    """Return what searching looks through: name and reading in the form that is compared."""
    return " ".join(filter(None, (folding.fold(name), folding.fold(kana))))


def is_first(stage: str) -> bool:
    """Tell whether every application has reached the stage by being one."""
    return RANKS[stage] == 1


def from_stage_on(stage: str) -> list[str]:
    """Return the stage and those after it."""
    return [one for one, rank in RANKS.items() if rank >= RANKS[stage]]


def latest_known(known: collections.abc.Mapping[str, dt.date], today: dt.date) -> str:
    """Return the latest stage that was certainly reached: whoever has no day of any has applied."""
    passed = (stage for stage, day in known.items() if day <= today and stage != Stage.ON_HOLD)
    return max(passed, key=RANKS.__getitem__, default=Stage.APPLIED.value)


def way(moves: collections.abc.Iterable[collections.abc.Sequence[str]]) -> list[str]:
    """Return the stages by which moves led to the last one, oldest first, without detours that ended where they began."""
    passed: list[str] = []
    for before, after in moves:
        passed = passed or [before]
        passed = [*passed[: passed.index(after) if after in passed else None], after]
    return passed


def days_of_move(of: DayOfMoves) -> dict[str, dt.date | None]:
    """Return which stages are to have another day after the last move; None takes one back.

    A stage that is reached gets today, unless its day is known. What moves of today wrote falls away where the stage
    was, after all, not reached. So whoever comes back to where the day began has the days that were there.
    """
    start = of.moves[0][0]
    stood = of.held_from if start == Stage.ON_HOLD else start
    passed = way(of.moves)
    stage = passed[-1]
    changed: dict[str, dt.date | None] = {
        one: None for one in of.written if one not in passed or _is_beyond(one, stage)
    }
    is_reached = stage == Stage.ON_HOLD or any(_is_beyond(stage, one) for one in [stood, *passed])
    if is_reached and stage not in {start, stood, *of.known}:
        changed[stage] = of.today
    return changed


def _is_beyond(stage: str, other: str) -> bool:
    return other != Stage.ON_HOLD and RANKS[stage] > RANKS[other]


def last_overdue_day(today: dt.date, limit: int) -> dt.date:
    """Return the latest day of a decision that was to be told by now: more than `limit` working days lie after it."""
    day, passed = today, 0
    while True:
        passed += working_days.is_working_day(day)
        day -= dt.timedelta(days=1)
        if passed > limit:
            return day


def median(counts: typing.Mapping[int, int]) -> float | None:
    """Return the middle of values that are given with how often each occurs; of an even number, between the two."""
    total = sum(counts.values())
    if not total:
        return None
    return (_at(counts, (total - 1) // 2) + _at(counts, total // 2)) / 2


def _at(counts: typing.Mapping[int, int], position: int) -> int:
    """Return the value at a position of the sorted values."""
    for value in sorted(counts):
        position -= counts[value]
        if position < 0:
            return value
    raise IndexError(position)
