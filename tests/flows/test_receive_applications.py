"""From the click to the applications and back, as the worker does it; and what stands after a crash."""

from __future__ import annotations

import datetime as dt
import typing

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from career_relay.capabilities.facts.models import Fact
from career_relay.capabilities.runs import queries as runs
from career_relay.capabilities.runs.models import Run
from career_relay.domain.hiring.applications import sql
from career_relay.domain.hiring.applications.models import Applicant, Application, Gram, StageEvent
from career_relay.domain.hiring.applications.operations import imports
from career_relay.domain.hiring.intake import operations as intake
from career_relay.domain.hiring.intake import queries
from career_relay.domain.hiring.intake.models import Batch, Row
from career_relay.flows import receive_applications as flow
from career_relay.kernel import actors
from career_relay.kernel.tenancy.context import acting_as
from career_relay.tasks import imports as tasks
from tests.domain.hiring.intake import desk
from tests.world import NOW, Tenant, World

if typing.TYPE_CHECKING:
    import collections.abc

    Request = collections.abc.Callable[..., Run]
    Task = collections.abc.Callable[..., None]

LINES = [desk.person(number) for number in range(1, 8)]


def asked(tenant: Tenant, request: Request, batch: Batch, now: dt.datetime = NOW) -> Run:
    with acting_as(organization=tenant.id):
        return request(
            organization_id=tenant.id,
            batch_id=batch.pk,
            language="ja",
            actor=actors.user(tenant.owner.pk),
            now=now,
        )


def done(tenant: Tenant, request: Request, task: Task, batch: Batch) -> Run:
    run = asked(tenant, request, batch)
    task(run=str(run.pk), organization=str(tenant.id))
    return reread(tenant, run)


def reread(tenant: Tenant, run: Run) -> Run:
    with acting_as(organization=tenant.id):
        found = runs.run(run.pk)
    assert found is not None
    return found


def state(tenant: Tenant, batch: Batch) -> str:
    with acting_as(organization=tenant.id):
        return Batch.objects.get(pk=batch.pk).state


def mapped(tenant: Tenant, *lines: str) -> Batch:
    with acting_as(organization=tenant.id):
        return desk.mapped(tenant, desk.sheet(*(lines or LINES)))


def written(tenant: Tenant) -> list[int]:
    with acting_as(organization=tenant.id):
        return [model.objects.count() for model in (Applicant, Application, StageEvent, Gram)]


def test_file_goes_in_and_is_taken_back(world: World) -> None:
    alpha = world.alpha
    batch = mapped(alpha)
    run = done(alpha, flow.request_check, tasks.check_import, batch)
    assert (run.kind, run.state, run.total, run.done, state(alpha, batch)) == ("import_check", "done", 7, 7, "checked")
    assert written(alpha) == [0, 0, 0, 0]
    run = done(alpha, flow.request_commit, tasks.commit_import, batch)
    assert (run.kind, run.state, state(alpha, batch), written(alpha)[:3]) == (
        "import_commit",
        "done",
        "committed",
        [7, 7, 7],
    )
    run = done(alpha, flow.request_undo, tasks.undo_import, batch)
    assert (run.kind, run.state, state(alpha, batch), written(alpha)) == (
        "import_undo",
        "done",
        "undone",
        [0, 0, 0, 0],
    )


def test_request_puts_the_work_off_to_the_worker(world: World) -> None:
    run = asked(world.alpha, flow.request_check, mapped(world.alpha))
    job = ProcrastinateJob.objects.get()
    assert (job.task_name, job.args) == ("check_import", {"run": str(run.pk), "organization": str(world.alpha.id)})


def test_fact_names_who_asked_and_only_counts(world: World) -> None:
    batch = mapped(world.alpha)
    done(world.alpha, flow.request_check, tasks.check_import, batch)
    done(world.alpha, flow.request_commit, tasks.commit_import, batch)
    with acting_as(organization=world.alpha.id):
        [fact] = Fact.objects.filter(kind="import.committed")
    assert (fact.actor, fact.data, fact.subject_id) == (
        f"user:{world.alpha.owner.pk}",
        {"created": 7, "updated": 0},
        batch.pk,
    )


def test_refused_request_leaves_no_run_and_no_job(world: World) -> None:
    batch = mapped(world.alpha)
    with pytest.raises(intake.errors.UnableToChangeImport):
        asked(world.alpha, flow.request_commit, batch)
    with acting_as(organization=world.alpha.id):
        assert (Run.objects.count(), ProcrastinateJob.objects.count()) == (0, 0)


def test_unknown_word_stops_before_anything_is_begun(world: World) -> None:
    batch = mapped(world.alpha, desk.person(1, 選考ステップ="謎選考"))
    with pytest.raises(intake.errors.UnableToCheckUnknownValues):
        asked(world.alpha, flow.request_check, batch)
    assert state(world.alpha, batch) == "mapped"


def test_crash_leaves_nothing_and_says_so(world: World) -> None:
    alpha = world.alpha
    batch = mapped(alpha)
    done(alpha, flow.request_check, tasks.check_import, batch)
    with acting_as(organization=alpha.id):
        Row.objects.filter(line=5).update(cells=["broken"])
    run = asked(alpha, flow.request_commit, batch)
    with pytest.raises(IndexError):
        tasks.commit_import(run=str(run.pk), organization=str(alpha.id))
    with acting_as(organization=alpha.id):
        [failure] = runs.failures(run.pk)
    assert (reread(alpha, run).state, state(alpha, batch), written(alpha)) == ("failed", "checked", [0, 0, 0, 0])
    assert (
        failure.cause == "途中で問題が起き、処理を終えられませんでした。何も変わっていません。もう一度お試しください。"
    )


def test_crash_in_the_last_statement_leaves_nothing(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    alpha = world.alpha
    batch = mapped(alpha)
    done(alpha, flow.request_check, tasks.check_import, batch)
    run = asked(alpha, flow.request_commit, batch)
    monkeypatch.setattr(sql, "_INSERT_EVENTS", "SELECT 1 / 0")
    with pytest.raises(Exception, match="division by zero"):
        tasks.commit_import(run=str(run.pk), organization=str(alpha.id))
    assert (reread(alpha, run).state, state(alpha, batch), written(alpha)) == ("failed", "checked", [0, 0, 0, 0])
    monkeypatch.undo()
    assert done(alpha, flow.request_commit, tasks.commit_import, batch).state == "done"


def test_job_of_a_worker_that_died_begins_anew(world: World) -> None:
    alpha = world.alpha
    batch = mapped(alpha)
    run = asked(alpha, flow.request_check, batch)
    with acting_as(organization=alpha.id):
        Run.objects.filter(pk=run.pk).update(state=Run.State.RUNNING, started_at=NOW, done=4)
    tasks.check_import(run=str(run.pk), organization=str(alpha.id))
    assert (reread(alpha, run).state, reread(alpha, run).done, state(alpha, batch)) == ("done", 7, "checked")


def test_job_of_a_worker_that_died_after_the_commit_only_closes_the_run(world: World) -> None:
    alpha = world.alpha
    batch = mapped(alpha)
    done(alpha, flow.request_check, tasks.check_import, batch)
    run = asked(alpha, flow.request_commit, batch)
    with acting_as(organization=alpha.id):
        imports.commit(organization_id=alpha.id, batch_id=batch.pk, actor=actors.SYSTEM, now=NOW)
    tasks.commit_import(run=str(run.pk), organization=str(alpha.id))
    assert (reread(alpha, run).state, written(alpha)[1]) == ("done", 7)


def test_job_delivered_twice_does_its_work_once(world: World) -> None:
    batch = mapped(world.alpha)
    run = done(world.alpha, flow.request_check, tasks.check_import, batch)
    tasks.check_import(run=str(run.pk), organization=str(world.alpha.id))
    assert reread(world.alpha, run).state == "done"


def test_job_for_another_organization_finds_nothing(world: World) -> None:
    batch = mapped(world.alpha)
    run = asked(world.alpha, flow.request_check, batch)
    tasks.check_import(run=str(run.pk), organization=str(world.beta.id))
    assert (reread(world.alpha, run).state, state(world.alpha, batch)) == ("accepted", "checking")


def committed(tenant: Tenant) -> Batch:
    with acting_as(organization=tenant.id):
        return desk.committed(tenant, desk.sheet(*LINES))[0]


def test_forget_deletes_the_rows_of_every_organization(world: World) -> None:
    for tenant in (world.alpha, world.beta):
        committed(tenant)
    assert flow.forget_imports(now=NOW + dt.timedelta(days=6)) == 0
    assert flow.forget_imports(now=NOW + dt.timedelta(days=7)) == 2
    for tenant in (world.alpha, world.beta):
        with acting_as(organization=tenant.id):
            assert (Row.objects.count(), Application.objects.count()) == (0, 7)
    assert queries.expired(NOW + dt.timedelta(days=8)) == []
