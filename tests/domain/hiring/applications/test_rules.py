from __future__ import annotations

import datetime as dt
import itertools
import statistics

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from career_relay.domain.hiring.applications import rules
from career_relay.domain.hiring.intake.vocabulary import Stage
from career_relay.kernel.japanese import working_days

JUNE, TODAY, TOMORROW = dt.date(2026, 6, 1), dt.date(2026, 11, 24), dt.date(2026, 11, 25)
STAGES = st.sampled_from([stage.value for stage in Stage])
DAYS = st.dictionaries(STAGES, st.sampled_from([JUNE, TODAY, TOMORROW]))


def moved(
    known: dict[str, dt.date], *stages: str, held_from: str = "applied"
) -> tuple[dict[str, dt.date], dict[str, dt.date]]:
    """Move from the first stage on to each of the others within a day; return all days, and those that moves wrote."""
    days, written = dict(known), dict[str, dt.date]()
    moves = [move for move in itertools.pairwise(stages) if move[0] != move[1]]
    for made in range(1, len(moves) + 1):
        day = rules.DayOfMoves(today=TODAY, known=days, written=written.keys(), moves=moves[:made], held_from=held_from)
        for stage, reached in rules.days_of_move(day).items():
            for kept in (days, written):
                if reached:
                    kept[stage] = reached
                else:
                    del kept[stage]
    return days, written


@given(st.lists(st.integers(-5, 400), max_size=60))
def test_median_is_that_of_the_values_counted(values: list[int]) -> None:
    counts = {value: values.count(value) for value in values}
    assert rules.median(counts) == (statistics.median(values) if values else None)


@settings(deadline=None)  # the first look into a year reads its holidays
@given(st.dates(dt.date(2024, 1, 1), dt.date(2028, 1, 1)), st.integers(0, 20))
def test_last_overdue_day_parts_the_days_where_the_limit_is_passed(today: dt.date, limit: int) -> None:
    last = rules.last_overdue_day(today, limit)
    assert working_days.working_days_between(last, today) == limit + 1
    assert working_days.working_days_between(last + dt.timedelta(days=1), today) == limit


@pytest.mark.parametrize(
    ("today", "last"),
    [
        ("2026-11-20", "2026-11-16"),  # Friday: Tuesday to Friday are four working days
        ("2026-11-23", "2026-11-16"),  # a Monday, but a holiday
        ("2027-01-06", "2026-12-27"),  # Monday 28th, then New Year until the 3rd
    ],
)
def test_last_overdue_day_knows_weekends_holidays_and_new_year(today: str, last: str) -> None:
    assert rules.last_overdue_day(dt.date.fromisoformat(today), 3) == dt.date.fromisoformat(last)


def test_from_stage_on_leaves_out_what_stands_beside_the_order() -> None:
    assert rules.from_stage_on(Stage.OFFER) == ["offer", "accepted", "joined"]
    assert rules.from_stage_on(Stage.APPLIED) == [one.value for one in Stage if one != Stage.ON_HOLD]


@pytest.mark.parametrize(
    ("moves", "led"),
    [
        ("documents first", "documents first"),
        ("documents first final first", "documents first"),
        ("documents first final documents", "documents"),
        ("documents first final documents final", "documents final"),
        ("first on_hold second on_hold", "first on_hold"),
    ],
)
def test_way_leaves_out_detours(moves: str, led: str) -> None:
    assert rules.way(itertools.pairwise(moves.split())) == led.split()


@given(DAYS, STAGES, st.lists(STAGES, max_size=6), STAGES)
def test_moves_that_end_where_the_day_began_leave_the_days_as_they_were(
    known: dict[str, dt.date], start: str, between: list[str], held_from: str
) -> None:
    assert moved(known, start, *between, start, held_from=held_from) == (known, {})


@given(DAYS, st.lists(STAGES, min_size=1, max_size=6), STAGES)
def test_moves_touch_no_day_that_was_known_and_leave_none_of_a_later_stage(
    known: dict[str, dt.date], stages: list[str], held_from: str
) -> None:
    days, written = moved(known, *stages, held_from=held_from)
    assert days == known | written
    assert not known.keys() & written.keys()
    last = stages[-1]
    assert last == Stage.ON_HOLD or max((rules.RANKS[one] for one in written), default=0) <= rules.RANKS[last]


@pytest.mark.parametrize(
    ("stages", "held_from", "written"),
    [
        ("documents final", "", {"final"}),
        ("documents first second", "", {"first", "second"}),
        ("documents first second first", "", {"first"}),
        ("documents final first", "", {"first"}),
        ("final first", "", set()),
        ("final documents second", "", {"second"}),
        ("documents on_hold", "", {"on_hold"}),
        ("documents on_hold first", "", {"on_hold", "first"}),
        ("documents on_hold first on_hold", "", {"on_hold"}),
        ("on_hold first", "first", set()),
        ("on_hold documents", "first", set()),
        ("on_hold documents first", "first", set()),
        ("on_hold second", "first", {"second"}),
        ("on_hold first", "applied", {"first"}),
    ],
)
def test_moves_write_the_days_of_what_is_reached_on_the_way(stages: str, held_from: str, written: set[str]) -> None:
    assert moved({}, *stages.split(), held_from=held_from)[1].keys() == written


@pytest.mark.parametrize(
    ("known", "latest"),
    [
        ({}, "applied"),
        ({"on_hold": JUNE}, "applied"),
        ({"first": JUNE, "documents": TODAY, "on_hold": TODAY}, "first"),
        ({"first": JUNE, "final": TOMORROW}, "first"),
    ],
)
def test_latest_known_is_the_latest_stage_whose_day_has_come(known: dict[str, dt.date], latest: str) -> None:
    assert rules.latest_known(known, TODAY) == latest
