from __future__ import annotations

import collections
import datetime as dt
import itertools
import random
import statistics
import typing

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from career_relay.domain.hiring.applications import queries
from career_relay.domain.hiring.applications.filters import Filters
from career_relay.domain.hiring.applications.models import Application, StageEvent
from career_relay.kernel import clock
from tests.domain.hiring.applications.records import DAY, Records, moment
from tests.world import NOW

if typing.TYPE_CHECKING:
    import collections.abc

    from tests.world import World

STAGES = ["applied", "casual", "documents", "first", "final", "offer", "accepted", "joined", "on_hold"]
ENDS = ["in_progress", "rejected", "rejected", "withdrew", "hired", "closed", "excluded"]


@pytest.fixture
def records(world: World) -> Records:
    return Records(world.alpha)


def went(records: Records, **chosen: typing.Any) -> queries.Process:
    with records.acting():
        return queries.process(records.id, Filters(**chosen))


def figures(process: queries.Process) -> collections.abc.Iterator[queries.Figure]:
    for cohort in (process.all, *process.months):
        yield from cohort.reached
    yield process.to_decision.figure
    yield from (one.figure for one in process.between)
    yield from (one.figure for one in (*process.endings, *process.reasons))


def fill(records: Records, seed: int) -> None:
    """Make applications of which anything may be missing and anything may contradict."""
    chance = random.Random(seed)  # noqa: S311 -- the same rows each time
    postings = [None, records.posting("経理"), records.posting("営業")]
    for _ in range(40):
        applied = moment("2026-04-01") + chance.random() * 120 * DAY
        dated = chance.sample(STAGES, chance.randrange(4))
        outcome = chance.choice(ENDS)
        records.apply(
            days={stage: clock.day_in_japan(applied) + chance.randrange(-5, 40) * DAY for stage in dated},
            applied_at=applied,
            stage=chance.choice(STAGES),
            outcome=outcome,
            reason=chance.choice(["", "条件", "時期"]),
            decided_at=applied + chance.randrange(50) * DAY if chance.random() < 0.7 else None,
            told_at=NOW if chance.random() < 0.5 else None,
            posting_id=chance.choice(postings),
            medium=chance.choice(["", "紹介"]),
        )


@pytest.mark.parametrize("seed", range(3))
def test_every_figure_is_the_total_of_its_own_list(records: Records, world: World, seed: int) -> None:
    fill(records, seed)
    fill(Records(world.beta), seed + 100)
    choices: list[dict[str, typing.Any]] = [
        {},
        {"applied_from": dt.date(2026, 4, 20), "applied_to": dt.date(2026, 6, 10)},
        {"medium": "-", "told": "untold"},
        {"reached": "first", "outcome": "rejected"},
        {"q": "山田", "reason": "-", "dated": "offer"},
    ]
    for chosen in choices:
        process = went(records, **chosen)
        counted = list(figures(process))
        with records.acting():
            totals = [queries.find(records.id, one.filters).total for one in counted]
        assert [one.number for one in counted] == totals
        assert process.all.applied.number == sum(month.applied.number for month in process.months)


@pytest.mark.parametrize("seed", range(2))
def test_medians_are_those_of_the_rows(records: Records, seed: int) -> None:
    fill(records, seed)
    process = went(records)
    decided, until = [], collections.defaultdict(list)
    with records.acting():
        for one in Application.objects.all():
            applied = clock.day_in_japan(one.applied_at)
            if one.decided_at:
                decided.append((clock.day_in_japan(one.decided_at) - applied).days)
            events = sorted(StageEvent.objects.filter(application=one), key=in_order)
            days = [applied, *(event.entered_on for event in events)]
            for event, (before, day) in zip(events, itertools.pairwise(days), strict=True):
                until[event.stage].append(max((day - before).days, 0))
    assert process.to_decision.median_days == statistics.median(decided)
    assert {one.stage: one.median_days for one in process.between} == {
        stage: statistics.median(days) for stage, days in until.items() if stage not in {"applied", "on_hold"}
    }


def in_order(event: StageEvent) -> tuple[dt.date, int]:
    return event.entered_on, ["on_hold", *STAGES].index(event.stage)


def test_process_counts_how_far_people_came_by_month(records: Records) -> None:
    april, may = moment("2026-04-30"), moment("2026-05-01")
    records.apply(applied_at=april, stage="documents", outcome="rejected")
    records.apply(applied_at=april, stage="joined", outcome="hired")
    records.apply(applied_at=may, stage="on_hold", days={"first": dt.date(2026, 5, 9)})
    process = went(records)
    assert [str(stage.label) for stage in process.stages] == ["応募", "書類選考", "一次", "内定", "内定承諾", "入社"]
    assert [(one.month, [figure.number for figure in one.reached]) for one in (process.all, *process.months)] == [
        (None, [3, 3, 2, 1, 1, 1]),
        (dt.date(2026, 4, 1), [2, 2, 1, 1, 1, 1]),
        (dt.date(2026, 5, 1), [1, 1, 1, 0, 0, 0]),
    ]
    assert process.months[0].reached[1].share == 1


def test_process_tells_endings_by_side_and_reason(records: Records) -> None:
    for outcome, reason in (
        ("rejected", "条件"),
        ("rejected", "条件"),
        ("rejected", ""),
        ("withdrew", "時期"),
        ("hired", ""),
    ):
        records.apply(outcome=outcome, reason=reason)
    records.apply()
    process = went(records)
    assert [(one.outcome_name, one.side_name, one.figure.number, one.figure.out_of) for one in process.endings] == [
        ("採用", "なし", 1, 6),
        ("不採用（会社判断）", "会社", 3, 6),
        ("辞退（本人）", "本人", 1, 6),
    ]
    assert [(one.outcome, one.reason, one.figure.number, one.figure.out_of) for one in process.reasons] == [
        ("rejected", "条件", 2, 3),
        ("rejected", "-", 1, 3),
        ("withdrew", "時期", 1, 1),
    ]


@pytest.mark.parametrize("chosen", [{}, {"q": "ー"}])
def test_process_of_nobody_is_empty(records: Records, chosen: dict[str, str]) -> None:
    process = went(records, **chosen)
    assert [figure.number for figure in process.all.reached] == [0, 0, 0, 0]
    assert (process.all.applied.share, process.to_decision.median_days) == (None, None)
    assert (process.months, process.between, process.endings, process.reasons) == ([], [], [], [])


@pytest.mark.parametrize("rows", [1, 3])
def test_process_asks_one_query_however_many_rows(records: Records, rows: int) -> None:
    for _ in range(rows):
        records.apply(days={"first": dt.date(2026, 6, 9)})
    with records.acting(), CaptureQueriesContext(connection) as asked:
        queries.process(records.id, Filters())
    assert len(asked) == 1


@pytest.mark.parametrize(
    ("now", "first", "last"),
    [
        ("2026-11-23", dt.date(2026, 6, 1), dt.date(2026, 11, 30)),
        ("2027-02-01", dt.date(2026, 9, 1), dt.date(2027, 2, 28)),
    ],
)
def test_usual_period_is_this_month_and_those_before(now: str, first: dt.date, last: dt.date) -> None:
    assert queries.usual_period(moment(now)) == (first, last)
