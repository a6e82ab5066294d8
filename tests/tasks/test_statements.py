from __future__ import annotations

import datetime as dt
import typing

import pytest

from career_relay.capabilities.runs import operations as runs
from career_relay.capabilities.runs import queries
from career_relay.flows import export_statement
from career_relay.kernel import actors
from career_relay.kernel.tenancy.context import acting_as
from career_relay.tasks import statements
from tests.world import NOW, World

if typing.TYPE_CHECKING:
    from career_relay.capabilities.runs.models import Run


def requested(world: World) -> Run:
    with acting_as(organization=world.alpha.id):
        return export_statement.request_statement(
            organization_id=world.alpha.id,
            month=dt.date(2026, 11, 1),
            language="ja",
            actor=actors.user(world.alpha.owner.pk),
            now=NOW,
        )


def test_export_statement_makes_the_file(world: World) -> None:
    run = requested(world)
    statements.export_statement(run=str(run.pk), organization=str(world.alpha.id))
    with acting_as(organization=world.alpha.id):
        found, made = queries.run(run.pk), queries.file(run.pk)
    assert found is not None
    assert made is not None
    assert (found.state, found.done, made[0].startswith("ledger_202611_")) == ("done", 1, True)
    assert made[1].decode("utf-8-sig").splitlines()[0].startswith("No.,日付,内容")


def test_export_statement_for_another_organization_finds_nothing(world: World) -> None:
    run = requested(world)
    statements.export_statement(run=str(run.pk), organization=str(world.beta.id))
    with acting_as(organization=world.alpha.id):
        found = queries.run(run.pk)
    assert found is not None
    assert found.state == "accepted"


def test_export_statement_that_breaks_ends_in_words(world: World) -> None:
    with acting_as(organization=world.alpha.id):
        run = runs.accept(
            organization_id=world.alpha.id,
            kind="export_statement",
            parameters={"month": "no month", "language": "ja"},
            total=1,
            actor=actors.user(world.alpha.owner.pk),
            now=NOW,
        )
    with pytest.raises(ValueError, match="isoformat"):
        statements.export_statement(run=str(run.pk), organization=str(world.alpha.id))
    with acting_as(organization=world.alpha.id):
        found, [failure] = queries.run(run.pk), queries.failures(run.pk)
    assert found is not None
    assert (found.state, failure.cause) == (
        "failed",
        "途中で問題が起き、ファイルを作れませんでした。もう一度お試しください。",
    )
