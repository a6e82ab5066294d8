from __future__ import annotations

import datetime as dt
import typing

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from career_relay.domain.hiring.applications import queries
from career_relay.domain.hiring.applications.models import Application
from career_relay.domain.hiring.applications.queries import listing
from tests.domain.hiring.applications.records import DAY, Records, moment
from tests.world import NOW

if typing.TYPE_CHECKING:
    from tests.world import World

TODAY = moment("2026-11-20")  # a Friday; the limit is three working days
HOURS = st.integers(0, 24 * 20)


@pytest.fixture
def records(world: World) -> Records:
    return Records(world.alpha)


def waiting(records: Records, now: dt.datetime = TODAY, **chosen: typing.Any) -> queries.Untold:
    with records.acting():
        return queries.untold(records.id, now, **chosen)


def rejected(records: Records, day: str = "", **about: typing.Any) -> Application:
    return records.apply(**{"outcome": "rejected", "decided_at": moment(day) if day else None, **about})


def test_untold_has_whom_the_employer_rejected_and_nobody_told(records: Records) -> None:
    wanted = rejected(records, "2026-11-19")
    rejected(records, "2026-11-10", told_at=NOW)
    for outcome in ("withdrew", "hired", "closed", "excluded", "in_progress"):
        records.apply(outcome=outcome, decided_at=moment("2026-11-10"))
    found = waiting(records)
    assert [line.application.id for line in found.lines] == [wanted.pk]
    assert (found.waiting, found.overdue, found.limit_days) == (1, 0, 3)


@pytest.mark.parametrize(
    ("now", "day", "passed", "is_overdue"),
    [
        ("2026-11-20", "2026-11-20", 0, False),
        ("2026-11-20", "2026-11-17", 3, False),
        ("2026-11-20", "2026-11-16", 4, True),
        ("2026-11-23", "2026-11-17", 3, False),  # 勤労感謝の日
        ("2026-11-24", "2026-11-17", 4, True),
        ("2027-01-06", "2026-12-28", 3, False),  # New Year
        ("2027-01-07", "2026-12-28", 4, True),
    ],
)
def test_untold_counts_working_days_in_japan(
    records: Records, now: str, day: str, passed: int, *, is_overdue: bool
) -> None:
    rejected(records, day)
    found = waiting(records, moment(now) + dt.timedelta(hours=23))
    assert [(line.working_days, line.is_overdue) for line in found.lines] == [(passed, is_overdue)]
    assert found.overdue == is_overdue


def test_untold_puts_unknown_days_between_overdue_and_the_others(records: Records) -> None:
    new, unknown, overdue = rejected(records, "2026-11-19"), rejected(records), rejected(records, "2026-11-02")
    found = waiting(records)
    assert [(line.application.id, line.working_days, line.is_overdue) for line in found.lines] == [
        (overdue.pk, 13, True),
        (unknown.pk, None, False),
        (new.pk, 1, False),
    ]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.none() | HOURS, max_size=9))
def test_untold_order_is_overdue_unknown_others_each_oldest_first(records: Records, hours: list[int | None]) -> None:
    with transaction.atomic():
        for back in hours:
            rejected(records, decided_at=None if back is None else TODAY - dt.timedelta(hours=back))
        found = waiting(records)
        transaction.set_rollback(True)
    keys = [(line.is_overdue, line.application.decided_at) for line in found.lines]
    assert keys == sorted(keys, key=lambda key: (not key[0], key[1] is not None, key[1] or TODAY))
    assert (found.waiting, found.overdue) == (len(hours), sum(is_overdue for is_overdue, _ in keys))


def test_untold_leaves_out_what_a_notice_is_about_to_tell(records: Records) -> None:
    on_its_way, wanted = rejected(records, "2026-11-02"), rejected(records, "2026-11-02")
    with records.acting():
        told_of = Application.objects.filter(pk=on_its_way.pk).values_list("pk", flat=True)
    found = waiting(records, on_its_way=told_of)
    assert [line.application.id for line in found.lines] == [wanted.pk]
    assert (found.waiting, found.overdue, [count.waiting for count in found.recruiters]) == (1, 1, [1])
    with records.acting():
        assert queries.untold_counts(records.id, TODAY, on_its_way=told_of) == (1, 1)
        assert queries.untold_counts(records.id, TODAY) == (2, 2)


def test_untold_counts_by_posting_and_recruiter_under_the_other_choice(records: Records) -> None:
    posting = records.posting("経理")
    rejected(records, "2026-11-02", posting_id=posting, recruiter="林")
    rejected(records, "2026-11-19", posting_id=posting)
    wanted = rejected(records, "2026-11-19", recruiter="林")
    count = queries.UntoldCount
    found = waiting(records)
    assert found.postings == [
        count(value=str(posting), name="経理", waiting=2, overdue=1),
        count(value="-", name="", waiting=1, overdue=0),
    ]
    assert found.recruiters == [
        count(value="林", name="林", waiting=2, overdue=1),
        count(value="-", name="", waiting=1, overdue=0),
    ]
    narrowed = waiting(records, posting="-", recruiter="林")
    assert [line.application.id for line in narrowed.lines] == [wanted.pk]
    assert (narrowed.waiting, narrowed.overdue) == (1, 0)
    assert [one.waiting for one in narrowed.postings] == [1, 1]
    assert [one.waiting for one in narrowed.recruiters] == [1]
    assert waiting(records, posting=str(posting), recruiter="-").waiting == 1


def test_untold_pages_hold_each_row_once(records: Records, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listing, "PAGE_SIZE", 2)
    made = {rejected(records, "2026-11-19").pk for _ in range(5)}
    pages = [waiting(records, page=page) for page in (0, 2, 9)]
    assert [(page.page, page.pages, len(page.lines)) for page in pages] == [(1, 3, 2), (2, 3, 2), (3, 3, 1)]
    assert {line.application.id for page in pages for line in page.lines} == made


def test_untold_shows_only_the_employers_own(records: Records, world: World) -> None:
    other = Records(world.beta)
    rejected(records, "2026-11-02")
    assert waiting(other).waiting == 0
    with other.acting():
        assert queries.untold(records.id, TODAY).lines == []
        assert queries.untold_counts(records.id, TODAY) == (0, 0)


@pytest.mark.parametrize("rows", [1, 3])
def test_untold_asks_four_queries_however_many_rows(records: Records, rows: int) -> None:
    for number in range(rows):
        rejected(records, "2026-11-02", posting_id=records.posting(f"求人 {number}"), applied_at=NOW - number * DAY)
    with records.acting(), CaptureQueriesContext(connection) as asked:
        queries.untold(records.id, TODAY)
    assert len(asked) == 4
