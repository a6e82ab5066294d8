from __future__ import annotations

import typing

import pytest
from django.db import connection

from career_relay.capabilities import queue
from career_relay.capabilities.runs import operations as runs
from career_relay.capabilities.runs import queries
from career_relay.domain.hiring.intake.models import Batch
from career_relay.flows import receive_applications as flow
from career_relay.kernel import actors
from career_relay.kernel.tenancy.context import acting_as
from career_relay.tasks.runs import CAUSE, end_abandoned_runs
from tests.domain.hiring.intake import desk
from tests.world import NOW, World

if typing.TYPE_CHECKING:
    import uuid

    from career_relay.capabilities.runs.models import Run
    from tests.world import Tenant


def checked(tenant: Tenant, number: int = 1) -> Batch:
    with acting_as(organization=tenant.id):
        return desk.checked(tenant, desk.sheet(desk.person(number)))


def committing(tenant: Tenant, batch: Batch) -> Run:
    with acting_as(organization=tenant.id):
        return flow.request_commit(
            organization_id=tenant.id,
            batch_id=batch.pk,
            language="ja",
            actor=actors.user(tenant.owner.pk),
            now=NOW,
        )


def set_status(run_id: uuid.UUID, status: str) -> None:
    """Stand for the queue, which gives a job up when worker after worker dies of it."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = %s WHERE args->>'run' = %s", [status, str(run_id)])


def seen(tenant: Tenant, run: Run) -> tuple[str, list[str]]:
    with acting_as(organization=tenant.id):
        found = queries.run(run.pk)
        assert found is not None
        return found.state, [failure.cause for failure in queries.failures(run.pk)]


def test_import_whose_job_was_given_up_ends_in_words_and_makes_way(world: World) -> None:
    first, second = checked(world.alpha), checked(world.alpha, 2)
    run = committing(world.alpha, first)
    set_status(run.pk, "failed")
    end_abandoned_runs(0)
    assert seen(world.alpha, run) == ("failed", [str(CAUSE)])
    with acting_as(organization=world.alpha.id):
        assert Batch.objects.get(pk=first.pk).state == "checked"
    committing(world.alpha, second)


@pytest.mark.parametrize("status", ["todo", "doing"])
def test_import_whose_job_lives_goes_on(world: World, status: str) -> None:
    run = committing(world.alpha, checked(world.alpha))
    set_status(run.pk, status)
    end_abandoned_runs(0)
    assert seen(world.alpha, run) == ("accepted", [])


def test_other_work_that_was_given_up_ends_in_words_once(world: World) -> None:
    with acting_as(organization=world.alpha.id):
        run = runs.accept(
            organization_id=world.alpha.id,
            kind="export_statement",
            parameters={"month": "2026-11-01", "language": "ja"},
            total=1,
            actor=actors.user(world.alpha.owner.pk),
            now=NOW,
        )
        queue.defer("export_statement", run=run.pk, organization=world.alpha.id)
    set_status(run.pk, "failed")
    for _time in range(2):
        end_abandoned_runs(0)
    assert seen(world.alpha, run) == ("failed", [str(CAUSE)])
