"""Taking applications in with real commits: what others see meanwhile, and what stands after a crash anywhere."""

from __future__ import annotations

import typing

import psycopg
import pytest
from django.db import connection

from career_relay.capabilities.runs.models import Run
from career_relay.domain.hiring.applications.operations import imports
from career_relay.flows import receive_applications as flow
from career_relay.kernel import actors
from career_relay.kernel.tenancy.context import acting_as
from tests.domain.hiring.intake import desk
from tests.world import NOW, Tenant, make_tenant

if typing.TYPE_CHECKING:
    import collections.abc

    from career_relay.domain.hiring.intake.models import Batch

    Execute = collections.abc.Callable[..., typing.Any]
    Seen = list[typing.Any]

WRITTEN = """
    SELECT 'person', id::text, to_jsonb(t)::text FROM applications_applicant t
    UNION ALL SELECT 'application', id::text, to_jsonb(t)::text FROM applications_application t
    UNION ALL SELECT 'stage', id::text, to_jsonb(t)::text FROM applications_stageevent t
    UNION ALL SELECT 'gram', applicant_id::text || gram, '' FROM applications_gram t
    UNION ALL SELECT 'before', id::text, to_jsonb(t)::text FROM applications_before t
    UNION ALL SELECT 'posting', id::text, to_jsonb(t)::text FROM postings_jobposting t
    UNION ALL SELECT 'fact', id::text, kind FROM facts_fact t WHERE kind LIKE 'import.%'
    ORDER BY 1, 2
"""


class Crash(Exception):
    """The worker is gone."""


@pytest.fixture
def alpha(fresh_database: dict[str, str]) -> Tenant:
    return make_tenant("employer", "アルファ精機株式会社", "alpha")


@pytest.fixture
def outside(alpha: Tenant, fresh_database: dict[str, str]) -> collections.abc.Iterator[psycopg.Connection[typing.Any]]:
    """Look at the database from another connection."""
    with psycopg.connect(fresh_database["superuser"], autocommit=True) as found:
        yield found


def request(tenant: Tenant, batch: Batch, wish: Execute) -> Run:
    with acting_as(organization=tenant.id):
        run: Run = wish(
            organization_id=tenant.id,
            batch_id=batch.pk,
            language="ja",
            actor=actors.user(tenant.owner.pk),
            now=NOW,
        )
    return run


def checked(tenant: Tenant) -> Batch:
    """Bring in a file that adds, changes and leaves alone."""
    with acting_as(organization=tenant.id):
        desk.committed(tenant, desk.sheet(desk.person(1), desk.person(2)))
        lines = [
            desk.person(1, 選考結果="採用", 応募者名="鈴木 二子"),
            *(desk.person(number) for number in range(2, 8)),
        ]
        return desk.checked(tenant, desk.sheet(*lines))


def crashing_after(statements: int) -> Execute:
    left = statements

    def execute_or_crash(execute: Execute, *arguments: typing.Any) -> typing.Any:
        nonlocal left
        if left == 0:
            raise Crash
        left -= 1
        return execute(*arguments)

    return execute_or_crash


def crashes_until_done(tenant: Tenant, batch: Batch, wish: Execute, step: Execute, look: Execute) -> int:
    """Try a step with a crash one statement later each time, and look after each; return how often it crashed."""
    crashes = 0
    while True:
        run = request(tenant, batch, wish)
        before = look()
        try:
            with connection.execute_wrapper(crashing_after(crashes)):
                step(run_id=run.pk, organization_id=tenant.id, now=NOW)
        except Crash:
            crashes += 1
        else:
            return crashes
        if look() != before:  # only closing the run is left
            step(run_id=run.pk, organization_id=tenant.id, now=NOW)
            return crashes
        flow.break_off_import(run_id=run.pk, organization_id=tenant.id, cause="x", now=NOW)


def test_crash_at_any_statement_leaves_all_or_nothing(alpha: Tenant, outside: psycopg.Connection[typing.Any]) -> None:
    def look() -> Seen:
        return outside.execute(WRITTEN).fetchall()

    batch = checked(alpha)
    before = look()
    assert crashes_until_done(alpha, batch, flow.request_commit, flow.commit_import, look) > 40
    after = look()
    kinds = [kind for kind, *_rest in after]
    assert (kinds.count("application"), kinds.count("before"), kinds.count("fact")) == (7, 1, 2)
    assert crashes_until_done(alpha, batch, flow.request_undo, flow.undo_import, look) > 25
    facts = {row for row in look() if row[0] == "fact"}
    assert [row for row in look() if row[0] != "fact"] == [row for row in before if row[0] != "fact"]
    assert len(facts) == 3


def test_progress_is_seen_from_outside_while_the_rows_are_read(
    alpha: Tenant, outside: psycopg.Connection[typing.Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(imports, "ROWS_AT_ONCE", 2)
    run = request(alpha, checked(alpha), flow.request_commit)
    seen: Seen = []

    def look(execute: Execute, *arguments: typing.Any) -> typing.Any:
        seen.append(outside.execute("SELECT done, state FROM runs_run WHERE id = %s", [run.pk]).fetchone())
        return execute(*arguments)

    with connection.execute_wrapper(look):
        flow.commit_import(run_id=run.pk, organization_id=alpha.id, now=NOW)
    assert list(dict.fromkeys(seen)) == [
        (0, "accepted"),
        (0, "running"),
        (2, "running"),
        (4, "running"),
        (6, "running"),
        (7, "running"),
    ]
