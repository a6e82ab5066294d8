"""Two files at a time, and the moments between the last row read and the end."""

from __future__ import annotations

import typing

from django.test import Client
from django.urls import reverse

from career_relay.capabilities.runs import operations as runs
from career_relay.domain.hiring.intake.models import Batch
from career_relay.flows import receive_applications as flow
from career_relay.kernel import actors
from career_relay.kernel.tenancy.context import acting_as
from tests.domain.hiring.intake import desk
from tests.portals.employer.desk import signed_in, text
from tests.world import NOW

if typing.TYPE_CHECKING:
    from career_relay.capabilities.runs.models import Run
    from tests.world import Tenant, World


def checked(tenant: Tenant, number: int) -> Batch:
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


def page(name: str, batch: Batch) -> str:
    return reverse(f"employer:{name}", args=[batch.pk])


def test_second_file_waits_on_its_page_and_is_told_why(world: World) -> None:
    first, second = checked(world.alpha, 1), checked(world.alpha, 2)
    committing(world.alpha, first)
    client: Client = signed_in(world.alpha.owner)
    answer = client.post(page("import_commit", second), follow=True)
    assert answer.redirect_chain == [(page("import_check", second), 302)]
    assert "「applicants.csv」を処理しているためです。" in answer.content.decode()
    assert "1 件を取り込む" in text(answer)


def test_page_says_that_it_writes_when_every_row_is_read(world: World) -> None:
    batch = checked(world.alpha, 1)
    run = committing(world.alpha, batch)
    client: Client = signed_in(world.alpha.owner)
    assert "取り込んでいます" in text(client.get(page("import", batch)))
    with acting_as(organization=world.alpha.id):
        runs.start(run_id=run.pk, now=NOW)
        runs.reach(run_id=run.pk, done=run.total)
    assert "書き込み中です" in text(client.get(page("import", batch)))
