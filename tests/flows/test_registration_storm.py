"""Many at once, the same one at once, and a crash at any moment."""

from __future__ import annotations

import concurrent.futures
import functools
import threading
import typing

import psycopg
import pytest
from django.db import connection, connections

from career_relay.domain.circle.referrals.models import Referral
from career_relay.domain.ground.credits import queries as ledger
from career_relay.domain.ground.credits.models import Slot
from career_relay.domain.people.candidates import queries as candidates
from career_relay.kernel.tenancy.context import acting_as
from tests.examples import examples
from tests.flows import story
from tests.world import NOW, make_tenant

if typing.TYPE_CHECKING:
    import collections.abc
    import uuid

    from career_relay.flows.register_candidate import Registered
    from tests.world import Tenant

    Execute = collections.abc.Callable[..., typing.Any]

THREADS = 8
EACH = examples(10, in_ci=25)
TOGETHER = THREADS * EACH


class Crash(Exception):
    """The program ends here."""


@pytest.fixture
def alpha(fresh_database: dict[str, str]) -> Tenant:
    return make_tenant("employer", "アルファ精機株式会社", "alpha")


def at_once(work: collections.abc.Sequence[collections.abc.Callable[[], Registered]]) -> list[Registered]:
    """Do all pieces of work at the same time, each in a thread of its own, and return their results."""
    barrier = threading.Barrier(len(work))

    def do(piece: collections.abc.Callable[[], Registered]) -> Registered:
        try:
            barrier.wait()
            return piece()
        finally:
            connections.close_all()

    with concurrent.futures.ThreadPoolExecutor(len(work)) as pool:
        return list(pool.map(do, work))


def slots_and_numbers(organization_id: uuid.UUID) -> tuple[list[int], list[int]]:
    """Return the ordinals of the slots, and after how many counts each was granted."""
    with acting_as(organization=organization_id):
        slots = list(Slot.objects.order_by("ordinal").select_related("lot__origin"))
        counted = [slot.lot.origin for slot in slots]
        return [slot.ordinal for slot in slots], [ledger.counted_up_to(entry) for entry in counted if entry]


def test_eight_threads_register_many_people_each_for_one_employer(alpha: Tenant) -> None:
    link = story.open_link(alpha)

    def come(thread: int) -> Registered:
        results = [story.register(link, f"p{thread}-{number}@people.example") for number in range(EACH)]
        assert {result.state for result in results} == {"counted"}
        return results[-1]

    at_once([functools.partial(come, thread) for thread in range(THREADS)])
    assert slots_and_numbers(alpha.id) == (list(range(1, TOGETHER // 10 + 1)), list(range(10, TOGETHER + 1, 10)))
    with acting_as(organization=alpha.id):
        assert Referral.objects.filter(state="counted").count() == TOGETHER
        assert ledger.differences() == []


def test_same_person_confirming_eight_sign_ups_at_once_is_one_person_counted_once(alpha: Tenant) -> None:
    link = story.open_link(alpha)
    sign_ups = [story.sign_up(f"{'  ' if n % 2 else ''}Same@people.example") for n in range(THREADS)]
    results = at_once([functools.partial(story.confirm, link, sign_up) for sign_up in sign_ups])
    assert sorted(result.state for result in results) == ["counted"] + ["not_counted"] * (THREADS - 1)
    assert sorted(result.is_returning for result in results) == [False] + [True] * (THREADS - 1)
    assert {result.candidate_id for result in results} == {candidates.by_address("same@people.example")}


def test_eight_confirmations_of_one_sign_up_at_once_are_one_registration(alpha: Tenant) -> None:
    link = story.open_link(alpha)
    sign_up = story.sign_up("a@people.example")
    code = story.code_of(sign_up)
    results = at_once([functools.partial(story.confirm, link, sign_up, NOW, code)] * THREADS)
    assert results == [results[0]] * THREADS
    assert results[0].state == "counted"
    with acting_as(organization=alpha.id):
        assert Referral.objects.count() == 1


def test_crash_at_any_statement_leaves_all_or_nothing_and_a_retry_completes_it(
    alpha: Tenant, fresh_database: dict[str, str]
) -> None:
    link = story.open_link(alpha)
    for number in range(9):
        story.register(link, f"p{number}@people.example")
    sign_up = story.sign_up("tenth@people.example", purposes=["agency_introduction", "employer_recontact"])
    code = story.code_of(sign_up)
    before = contents(fresh_database["superuser"])
    crashes = 0
    while (result := confirm_until(crashes, link, sign_up, code)) is None:
        assert contents(fresh_database["superuser"]) == before, f"statement {crashes}"
        crashes += 1
    assert crashes > 60
    assert result.state == "counted"
    assert slots_and_numbers(alpha.id) == ([1], [10])
    after = contents(fresh_database["superuser"])
    assert story.confirm(link, sign_up, NOW, code) == result
    assert contents(fresh_database["superuser"]) == after


def confirm_until(statements: int, link: story.Link, sign_up: uuid.UUID, code: str) -> Registered | None:
    """Confirm a sign-up with a crash after so many statements; None if it came to that."""
    try:
        with connection.execute_wrapper(crashing_after(statements)):
            return story.confirm(link, sign_up, NOW, code)
    except Crash:
        return None


def crashing_after(statements: int) -> Execute:
    left = statements

    def execute_or_crash(execute: Execute, *arguments: typing.Any) -> typing.Any:
        nonlocal left
        if left == 0:
            raise Crash
        left -= 1
        return execute(*arguments)

    return execute_or_crash


def contents(url: str) -> dict[str, str]:
    """Return a fingerprint of every table, past row security."""
    with psycopg.connect(url) as connected:
        tables = connected.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
        query = psycopg.sql.SQL("SELECT coalesce(md5(string_agg(t::text, '' ORDER BY t::text)), '') FROM {} t")
        found = {}
        for (table,) in tables:
            row = connected.execute(query.format(psycopg.sql.Identifier(table))).fetchone()
            found[table] = row[0] if row else ""
    return found
