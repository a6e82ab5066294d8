"""Steps of an import whose worker breaks or dies: what is said of them afterwards, and what stays behind."""

from __future__ import annotations

import contextlib
import typing

import pytest
from django.db import DataError, connection

from career_relay.capabilities.runs import queries as runs
from career_relay.domain.hiring.applications.models import Application
from career_relay.domain.hiring.intake.models import Batch
from career_relay.flows import receive_applications as flow
from career_relay.kernel.tenancy.context import acting_as
from career_relay.tasks import imports as tasks
from career_relay.tasks.runs import end_abandoned_runs
from tests.flows import mailings
from tests.flows.takings import LATER, application, checked, request, reread, row, take_in, waiting

if typing.TYPE_CHECKING:
    import collections.abc
    import uuid

    from tests.flows.mailings import Desk
    from tests.world import World

    Execute = collections.abc.Callable[..., typing.Any]

CLOSING = ('UPDATE "runs_run"', '"finished_at"')


class Crash(Exception):
    """The worker is gone."""


@pytest.fixture
def at(world: World) -> Desk:
    return mailings.desk(world.alpha, joins=False)


@contextlib.contextmanager
def breaking(error: type[Exception], at_statement: str, holding: str = "") -> collections.abc.Iterator[None]:
    """Raise where the work first comes to a statement that begins so, and holds this."""
    is_broken = False

    def execute_or_break(execute: Execute, sql: typing.Any, *rest: typing.Any) -> typing.Any:
        nonlocal is_broken
        if not is_broken and str(sql).lstrip().startswith(at_statement) and holding in str(sql):
            is_broken = True
            raise error
        return execute(sql, *rest)

    with connection.execute_wrapper(execute_or_break):
        yield
    assert is_broken


def perform(at: Desk, task: Execute, run_id: uuid.UUID) -> None:
    task(run=str(run_id), organization=str(at.tenant.id))


def ended(at: Desk, run_id: uuid.UUID) -> tuple[str, int, list[str]]:
    """Return how a run ended, how much of it was done, and what it says went wrong."""
    with acting_as(organization=at.tenant.id):
        run = runs.run(run_id)
        assert run is not None
        return run.state, run.done, [failure.cause for failure in runs.failures(run_id)]


def given_up(run_id: uuid.UUID) -> None:
    """Stand for the queue, which gives a job up when worker after worker dies of it."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = 'failed' WHERE args->>'run' = %s", [str(run_id)])


def test_import_that_was_taken_in_is_never_said_to_have_failed(at: Desk) -> None:
    batch = checked(at, row(), row(3))
    run_id = request(at, batch, flow.request_commit)
    with breaking(Crash, *CLOSING), pytest.raises(Crash):
        perform(at, tasks.commit_import, run_id)
    assert ended(at, run_id) == ("done", 2, [])
    assert reread(at, batch).state == Batch.State.COMMITTED


def test_import_that_was_taken_in_before_its_job_was_given_up_is_done(at: Desk) -> None:
    batch = checked(at, row())
    run_id = request(at, batch, flow.request_commit)
    with breaking(Crash, *CLOSING), pytest.raises(Crash):
        flow.commit_import(run_id=run_id, organization_id=at.tenant.id, now=LATER)
    assert ended(at, run_id)[0] == "running"
    given_up(run_id)
    end_abandoned_runs(0)
    assert ended(at, run_id) == ("done", 1, [])
    assert reread(at, batch).state == Batch.State.COMMITTED


def test_job_that_comes_back_late_leaves_the_step_alone_that_has_begun_since(at: Desk) -> None:
    batch = checked(at, row())
    old = request(at, batch, flow.request_commit)
    with breaking(Crash, *CLOSING), pytest.raises(Crash):
        flow.commit_import(run_id=old, organization_id=at.tenant.id, now=LATER)
    new = request(at, batch, flow.request_undo)
    perform(at, tasks.commit_import, old)
    assert ended(at, old) == ("done", 1, [])
    assert (reread(at, batch).state, reread(at, batch).run_id) == (Batch.State.UNDOING, new)
    perform(at, tasks.undo_import, new)
    assert (ended(at, new)[0], reread(at, batch).state) == ("done", Batch.State.UNDONE)


@pytest.mark.parametrize(
    ("step", "task", "statement"),
    [
        (flow.request_check, tasks.check_import, "ANALYZE import_line"),
        (flow.request_check, tasks.check_import, "CREATE TEMPORARY TABLE import_match"),
        (flow.request_commit, tasks.commit_import, "INSERT INTO applications_application"),
    ],
    ids=["reading", "checking", "writing"],
)
def test_rows_do_not_stay_on_the_connection_of_a_worker_when_a_step_breaks(
    at: Desk, step: Execute, task: Execute, statement: str
) -> None:
    run_id = request(at, checked(at, row()), step)
    with breaking(DataError, statement), pytest.raises(DataError):
        perform(at, task, run_id)
    assert ended(at, run_id) == ("failed", 0, [str(tasks.CAUSE)])
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass('pg_temp.import_line')")
        assert cursor.fetchone() == (None,)


def test_what_is_kept_of_a_refused_undo_names_nobody(at: Desk) -> None:
    batch = take_in(at, row())
    run_id = request(at, batch, flow.request_undo)
    waiting(at, 1)
    perform(at, tasks.undo_import, run_id)
    assert ended(at, run_id) == (
        "failed",
        0,
        [
            "取り消せません。取り込みのあとに、次の応募が使われているためです：連絡した、または連絡の送信を決めた応募 1 件。"
            "送信を待っている連絡は止める、あとの取り込みは先に取り消す、ほかは応募ごとに訂正してください。"
        ],
    )
    with acting_as(organization=at.tenant.id):
        assert Application.objects.get() == application(at)
    assert reread(at, batch).state == Batch.State.COMMITTED
