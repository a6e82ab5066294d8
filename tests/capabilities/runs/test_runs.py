from __future__ import annotations

import datetime as dt
import typing
import uuid

import pytest

from career_relay.capabilities.facts.models import Fact
from career_relay.capabilities.runs import operations, queries, rules
from career_relay.kernel import actors
from career_relay.kernel.tenancy.context import acting_as
from tests.world import NOW

if typing.TYPE_CHECKING:
    import collections.abc

    from career_relay.capabilities.runs.models import Run

OWNER = uuid.UUID("01920000-0000-7000-8000-000000000001")
OTHER = uuid.UUID("01920000-0000-7000-8000-000000000002")
MINUTE = dt.timedelta(minutes=1)


@pytest.fixture
def owner(db: None) -> collections.abc.Iterator[uuid.UUID]:
    """Act as the organization whose runs they are."""
    with acting_as(organization=OWNER):
        yield OWNER


def accepted(total: int = 3, *, kind: str = "invite_members", now: dt.datetime = NOW) -> Run:
    parameters = {"items": [{"email": "hana@people.example"}] * total, "language": "ja"}
    return operations.accept(
        organization_id=OWNER, kind=kind, parameters=parameters, total=total, actor=actors.user(OTHER), now=now
    )


def reread(run: Run) -> Run:
    found = queries.run(run.pk)
    assert found is not None
    return found


def handled(done: int, failed: int) -> Run:
    run = accepted(done + failed)
    operations.start(run_id=run.pk, now=NOW)
    for _ in range(done):
        operations.advance(run_id=run.pk)
    for row in range(failed):
        operations.fail_item(run_id=run.pk, row=row + 1, item=f"row {row + 1}", cause="理由")
    return reread(run)


def test_accept_start_advance_finish_count_and_keep_times(owner: uuid.UUID) -> None:
    run = accepted()
    assert (run.state, run.total, run.done, run.started_at) == ("accepted", 3, 0, None)
    started = operations.start(run_id=run.pk, now=NOW + MINUTE)
    assert started is not None
    operations.advance(run_id=run.pk)
    found = reread(run)
    assert (found.state, found.done, found.started_at) == ("running", 1, NOW + MINUTE)


@pytest.mark.parametrize(
    ("done", "failed", "state"), [(3, 0, "done"), (0, 0, "done"), (2, 1, "partly_failed"), (0, 2, "failed")]
)
def test_finish_names_the_state_by_the_counts(owner: uuid.UUID, done: int, failed: int, state: str) -> None:
    run = handled(done, failed)
    operations.finish(run_id=run.pk, now=NOW + MINUTE)
    found = reread(run)
    assert (found.state, found.finished_at) == (state, NOW + MINUTE)


def test_finish_drops_the_work_list_and_keeps_the_rest(owner: uuid.UUID) -> None:
    run = handled(1, 0)
    operations.finish(run_id=run.pk, now=NOW)
    assert reread(run).parameters == {"language": "ja"}


def test_finish_keeps_the_file(owner: uuid.UUID) -> None:
    run = handled(1, 0)
    assert queries.file(run.pk) is None
    operations.finish(run_id=run.pk, now=NOW, file_name="a.csv", file=b"a")
    assert queries.file(run.pk) == ("a.csv", b"a")


def test_finish_records_one_fact(owner: uuid.UUID) -> None:
    run = handled(2, 1)
    assert operations.finish(run_id=run.pk, now=NOW) is not None
    assert operations.finish(run_id=run.pk, now=NOW) is None
    [fact] = Fact.objects.filter(kind="run.finished", subject_id=run.pk)
    assert fact.data == {"kind": "invite_members", "state": "partly_failed", "total": 3, "failed": 1}
    assert fact.actor == f"user:{OTHER}"


def test_start_goes_on_where_a_crash_left_off(owner: uuid.UUID) -> None:
    run = handled(1, 1)
    again = operations.start(run_id=run.pk, now=NOW + MINUTE)
    assert again is not None
    assert (again.done + again.failed, again.started_at) == (2, NOW)


def test_start_of_a_run_that_is_over_finds_nothing(owner: uuid.UUID) -> None:
    run = handled(1, 0)
    operations.finish(run_id=run.pk, now=NOW)
    assert operations.start(run_id=run.pk, now=NOW) is None


@pytest.mark.parametrize(
    ("done", "state", "failed"), [(0, "failed", 3), (2, "partly_failed", 1), (3, "partly_failed", 1)]
)
def test_break_off_closes_the_run_and_says_why(owner: uuid.UUID, done: int, state: str, failed: int) -> None:
    run = accepted(3)
    operations.start(run_id=run.pk, now=NOW)
    for _ in range(done):
        operations.advance(run_id=run.pk)
    operations.break_off(run_id=run.pk, cause="途中で問題が起きました。", now=NOW)
    found = reread(run)
    assert (found.state, found.failed) == (state, failed)
    assert [(failure.row, failure.cause) for failure in queries.failures(run.pk)] == [(0, "途中で問題が起きました。")]


def test_break_off_twice_changes_nothing(owner: uuid.UUID) -> None:
    run = accepted()
    operations.break_off(run_id=run.pk, cause="一度目", now=NOW)
    assert operations.break_off(run_id=run.pk, cause="二度目", now=NOW) is None
    assert [failure.cause for failure in queries.failures(run.pk)] == ["一度目"]


def test_failures_file_lists_rows_in_order(owner: uuid.UUID) -> None:
    run = accepted()
    operations.start(run_id=run.pk, now=NOW)
    operations.fail_item(run_id=run.pk, row=2, item="=cmd", cause="2 行目")
    operations.fail_item(run_id=run.pk, row=1, item="a" * 300, cause="い" * 400)
    content = queries.failures_file(run.pk).decode("utf-8-sig")
    assert content == f"行,内容,原因と対処\r\n1,{'a' * 254},{'い' * 300}\r\n2,'=cmd,2 行目\r\n"


def test_latest_is_newest_first_and_of_one_organization(owner: uuid.UUID) -> None:
    first, second = accepted(), accepted(kind="export_statement", now=NOW + MINUTE)
    assert [run.pk for run in queries.latest(OWNER)] == [second.pk, first.pk]
    assert [run.pk for run in queries.latest(OWNER, kind="invite_members")] == [first.pk]
    assert queries.latest(OTHER) == []


def test_run_of_another_organization_is_not_there(owner: uuid.UUID) -> None:
    run = handled(0, 1)
    with acting_as(organization=OTHER):
        found = (queries.run(run.pk), queries.file(run.pk), queries.failures(run.pk))
        assert (found, operations.start(run_id=run.pk, now=NOW)) == ((None, None, []), None)


@pytest.mark.parametrize(
    ("handled_so_far", "seconds", "rate", "left"),
    [(0, 60, None, None), (2, 60, None, None), (3, 0, None, None), (30, 60, 30.0, 140), (100, 60, 100.0, 0)],
)
def test_rate_and_time_left(handled_so_far: int, seconds: int, rate: float | None, left: int | None) -> None:
    times = {"started_at": NOW, "now": NOW + dt.timedelta(seconds=seconds)}
    assert rules.per_minute(handled=handled_so_far, **times) == rate
    expected = None if left is None else dt.timedelta(seconds=left)
    assert rules.time_left(handled=handled_so_far, total=100, **times) == expected


def test_time_left_of_a_run_that_does_not_run_is_unknown(owner: uuid.UUID) -> None:
    waiting, running = accepted(), handled(3, 0)
    assert (queries.time_left(waiting, now=NOW), queries.per_minute(waiting, now=NOW)) == (None, None)
    assert queries.time_left(running, now=NOW + MINUTE) == dt.timedelta()
    operations.finish(run_id=running.pk, now=NOW + MINUTE)
    assert queries.time_left(reread(running), now=NOW + MINUTE) is None
