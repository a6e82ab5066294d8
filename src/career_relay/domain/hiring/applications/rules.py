"""Decisions about applications that need no database: the order of stages, and when telling somebody is overdue."""

from __future__ import annotations

import datetime as dt
import typing

from career_relay.domain.hiring.applications.models import Applicant, Application
from career_relay.domain.hiring.intake.vocabulary import Stage
from career_relay.kernel.japanese import folding, working_days

if typing.TYPE_CHECKING:
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


def column(field: str) -> Field[typing.Any, typing.Any]:
    """Return the column of a field that may be corrected."""
    owner = Applicant if field in OF_APPLICANT else Application
    return typing.cast("Field[typing.Any, typing.Any]", owner._meta.get_field(field))


def search_text(name: str, kana: str) -> str:
    """Return what searching looks through: name and reading in the form that is compared."""
    return " ".join(filter(None, (folding.fold(name), folding.fold(kana))))


def is_first(stage: str) -> bool:
    """Tell whether every application has reached the stage by being one."""
    return RANKS[stage] == 1


def from_stage_on(stage: str) -> list[str]:
    """Return the stage and those after it."""
    return [one for one, rank in RANKS.items() if rank >= RANKS[stage]]


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
