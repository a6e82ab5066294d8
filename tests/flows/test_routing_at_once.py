"""Several at the same moment, and a crash at any moment, with real commits."""

from __future__ import annotations

import concurrent.futures
import contextlib
import datetime as dt
import threading
import typing

import psycopg
import pytest
from django.db import connection, connections

from career_relay.domain.people.routing import operations as routing
from career_relay.domain.people.routing.models import Assignment
from career_relay.flows.keep_deadlines import Kept, keep_deadlines
from career_relay.flows.route_candidate import route_candidate, route_waiting
from career_relay.flows.withdraw_consent import withdraw_consent
from career_relay.kernel.errors import DomainError
from career_relay.kernel.tenancy.context import acting_as
from tests.flows import caring, rivals
from tests.world import NOW, make_tenant

if typing.TYPE_CHECKING:
    import collections.abc

    from career_relay.domain.people.candidates.models import Candidate
    from tests.flows.caring import Desk

    Act = collections.abc.Callable[[], typing.Any]

LATER = NOW + dt.timedelta(minutes=5)
WRITTEN = """
    SELECT 'assignment', id::text, to_jsonb(t)::text FROM routing_assignment t
    UNION ALL SELECT 'access', id::text, to_jsonb(t)::text FROM candidates_access t
    UNION ALL SELECT 'record', id::text, to_jsonb(t)::text FROM consents_provisionrecord t
    UNION ALL SELECT 'fact', id::text, kind FROM facts_fact t
    UNION ALL SELECT 'mail', id::text, kind FROM messaging_message t
    UNION ALL SELECT 'job', id::text, task_name FROM procrastinate_jobs t
    ORDER BY 1, 2
"""


class Crash(Exception):
    """The program ends here."""


@pytest.fixture
def agency(fresh_database: dict[str, str]) -> Desk:
    return caring.new_desk(make_tenant("operator", "運営", "operator"), "agency")


def at_once(acts: collections.abc.Sequence[Act]) -> list[typing.Any]:
    """Do all at the same time, each in a thread of its own; return results, and refusals where there were any."""
    barrier = threading.Barrier(len(acts))

    def do(act: Act) -> typing.Any:
        try:
            barrier.wait()
            return act()
        except DomainError as refusal:
            return refusal
        finally:
            connections.close_all()

    with concurrent.futures.ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(do, acts))


def written(address: str) -> list[typing.Any]:
    with psycopg.connect(address) as outside:
        return outside.execute(WRITTEN).fetchall()


def of_kind(found: list[typing.Any], kind: str) -> int:
    return sum(one == kind for one, *_rest in found)


def test_eight_acceptances_at_once_are_one(agency: Desk, fresh_database: dict[str, str]) -> None:
    person = caring.person("a@people.example")
    offer = caring.route(person)
    results = at_once([lambda: caring.accept(agency, offer.pk, LATER)] * 8)
    refusals = [one for one in results if isinstance(one, DomainError)]
    assert [type(one) for one in refusals] == [routing.UnableToAnswerAssignment] * 7
    found = written(fresh_database["superuser"])
    assert (of_kind(found, "access"), of_kind(found, "record")) == (1, 2)


def test_eight_routing_runs_at_once_ask_one_agency_for_each_person(agency: Desk) -> None:
    caring.new_desk(agency.operator, "other")
    people = [caring.person(f"{number}@people.example") for number in range(6)]
    alone: list[Act] = [lambda: route_candidate(candidate_id=people[0].pk, now=NOW)] * 4
    everybody: list[Act] = [lambda: route_waiting(now=NOW)] * 4
    routed = at_once([*alone, *everybody])
    assert sum(one.offered for one in routed) == len(people)
    assert [caring.states(person.pk) for person in people] == [["offered"]] * len(people)


@pytest.mark.parametrize("statement", ['SELECT "candidates_candidate"', "INSERT", "UPDATE"])
def test_withdrawal_during_an_acceptance_closes_what_it_opened(agency: Desk, statement: str) -> None:
    """The rival waits where we hold the person, and comes before us where we do not yet."""
    person = caring.person("a@people.example")
    offer = caring.route(person)
    with contextlib.suppress(DomainError), rivals.coming_before(statement, lambda: leave(person)):
        caring.accept(agency, offer.pk, LATER)
    assert caring.states(person.pk) == ["ended"]
    assert caring.name_seen(agency.id, person.pk) == ""


@pytest.mark.parametrize("statement", ['SELECT "candidates_candidate"', "UPDATE", "DELETE"])
def test_acceptance_during_a_withdrawal_shows_nobody(agency: Desk, statement: str) -> None:
    person = caring.person("a@people.example")
    offer = caring.route(person)

    def accept() -> str:
        try:
            caring.accept(agency, offer.pk, LATER)
        except DomainError:
            return "refused"
        return "accepted"

    with rivals.coming_before(statement, accept):
        leave(person)
    assert caring.states(person.pk) == ["ended"]
    assert caring.name_seen(agency.id, person.pk) == ""


def test_contact_told_while_deadlines_are_kept_keeps_the_person(agency: Desk) -> None:
    """The list said that the first contact is late; it was told before the person was taken back."""
    person = caring.person("a@people.example")
    taken = caring.take(agency, person)
    assert taken.late_at

    with rivals.coming_before('SELECT "candidates_candidate"', lambda: tell(agency, taken, LATER)):
        assert keep_deadlines(now=taken.late_at) == Kept(lapsed=0, escalated=0, ended=0)
    assert caring.states(person.pk) == ["active"]
    assert caring.name_seen(agency.id, person.pk) == "山田 空"


def test_agreement_resumed_while_deadlines_are_kept_keeps_the_person(agency: Desk) -> None:
    person = caring.person("a@people.example")
    caring.take(agency, person)
    caring.suspend(agency)
    with rivals.coming_before('SELECT "candidates_candidate"', lambda: caring.resume(agency)):
        assert keep_deadlines(now=LATER) == Kept(lapsed=0, escalated=0, ended=0)
    assert caring.states(person.pk) == ["active"]


def test_consent_renewed_while_deadlines_are_kept_keeps_the_person(agency: Desk) -> None:
    person = caring.person("a@people.example")
    offer = caring.route(person)
    over = NOW.replace(year=2028)
    caring.license_(agency.tenant, agency.operator, now=over)
    with rivals.coming_before(
        'SELECT "candidates_candidate"', lambda: caring.agree_to_introduction(person.pk, over - dt.timedelta(seconds=1))
    ):
        keep_deadlines(now=over)
    assert [one.end_reason for one in caring.assignments(person.pk) if one.pk == offer.pk] == [""]


@pytest.mark.parametrize("statement", ["SELECT pg_advisory", 'INSERT INTO "routing_assignment"'])
def test_withdrawal_during_routing_leaves_no_offer(agency: Desk, statement: str) -> None:
    person = caring.person("a@people.example")
    with rivals.coming_before(statement, lambda: leave(person)):
        route_waiting(now=LATER)
    assert set(caring.states(person.pk)) <= {"ended"}


@pytest.mark.parametrize(
    "statement", ["SELECT pg_advisory", 'UPDATE "consents_consent"', 'SELECT "routing_assignment"']
)
def test_routing_during_a_withdrawal_offers_nobody(agency: Desk, statement: str) -> None:
    person = caring.person("a@people.example")
    with rivals.coming_before(statement, lambda: route_waiting(now=LATER)):
        leave(person)
    assert set(caring.states(person.pk)) <= {"ended"}


def test_crash_at_any_statement_of_an_acceptance_leaves_all_or_nothing(
    agency: Desk, fresh_database: dict[str, str]
) -> None:
    person = caring.person("a@people.example")
    offer = caring.route(person)
    before = written(fresh_database["superuser"])
    crashes = 0
    while not accepted_until(crashes, agency, offer):
        assert written(fresh_database["superuser"]) == before, f"statement {crashes}"
        assert caring.name_seen(agency.id, person.pk) == ""
        crashes += 1
    assert crashes > 25
    after = written(fresh_database["superuser"])
    added = {kind: of_kind(after, kind) - of_kind(before, kind) for kind in ("access", "record", "fact", "mail")}
    assert added == {"access": 1, "record": 2, "fact": 2, "mail": 1}
    assert caring.name_seen(agency.id, person.pk) == "山田 空"


def accepted_until(statements: int, agency: Desk, offer: Assignment) -> bool:
    """Accept with a crash after so many statements; False if it came to that."""
    left = statements

    def execute_or_crash(execute: typing.Any, *arguments: typing.Any) -> typing.Any:
        nonlocal left
        if left == 0:
            raise Crash
        left -= 1
        return execute(*arguments)

    try:
        with connection.execute_wrapper(execute_or_crash):
            caring.accept(agency, offer.pk, LATER)
    except Crash:
        return False
    return True


def tell(agency: Desk, taken: Assignment, now: dt.datetime) -> None:
    with acting_as(organization=agency.id):
        routing.record_contact(
            organization_id=agency.id,
            assignment_id=taken.pk,
            channel="phone",
            purpose="first",
            summary="",
            happened_at=now,
            actor=agency.adviser,
            now=now,
        )


def leave(person: Candidate) -> None:
    withdraw_consent(candidate_id=person.pk, now=LATER)
