from __future__ import annotations

import typing

import pytest

from career_relay.domain.ground.requests import queries
from career_relay.kernel import ids
from career_relay.kernel.tenancy.context import acting_as
from tests.flows import caring, requesting
from tests.flows.requesting import TERMS
from tests.world import NOW, Tenant, World

if typing.TYPE_CHECKING:
    from tests.flows.caring import Desk


@pytest.fixture
def alpha(world: World) -> Tenant:
    requesting.earn(world.alpha)
    return world.alpha


@pytest.fixture
def agency(world: World) -> Desk:
    return requesting.bound(world.alpha, world.operator, "one")


@pytest.fixture
def other(world: World) -> Desk:
    return requesting.bound(world.alpha, world.operator, "two", slot="none")


def test_employer_reads_its_requests_and_who_was_asked(
    world: World, alpha: Tenant, agency: Desk, other: Desk, django_assert_num_queries: typing.Any
) -> None:
    by_slot = requesting.asked(alpha, agency, uses_slot=True)
    by_fee = requesting.ask(alpha, requesting.posting(alpha, title="営業").pk, other, agency)
    requesting.decline(other, requesting.calls(alpha, by_fee.request_id)[0], "capacity")
    with acting_as(organization=alpha.id):
        with django_assert_num_queries(3):
            lines = queries.of_employer(alpha.id)
        found = queries.request(alpha.id, by_fee.request_id)
        assert queries.request(alpha.id, ids.new()) is None
    assert {line.request_id: (line.title, line.slot_ordinal, line.state_name) for line in lines} == {
        by_slot.request_id: ("経理", 1, "依頼中"),
        by_fee.request_id: ("営業", None, "依頼中"),
    }
    assert found is not None
    assert found.line.asked == found.calls[-1]
    assert [(one.agency_name, one.state_name, one.decline_reason_name) for one in found.calls] == [
        ("two人材紹介株式会社", "見送り", "いまは受けられる件数を超えている"),
        ("one人材紹介株式会社", "回答待ち", ""),
    ]
    assert (found.needs, found.terms, found.asked_by_name) == (requesting.NEEDS, TERMS, "alpha owner")
    assert (found.occupation_name, found.prefecture_name, found.may_withdraw) == ("事務的職業", "東京都", True)
    with acting_as(organization=world.beta.id):
        assert queries.of_employer(alpha.id) == []
        assert queries.request(alpha.id, by_fee.request_id) is None


def test_request_is_not_withdrawable_while_somebody_is_introduced(alpha: Tenant, agency: Desk) -> None:
    call = requesting.accepted(alpha, agency, uses_slot=True)
    requesting.tell(alpha, "introduced", call)
    with acting_as(organization=alpha.id):
        found = queries.request(alpha.id, call.request_id)
    assert found is not None
    assert (found.may_withdraw, found.line.is_introduced, found.line.uses_slot) == (False, True, True)


def test_agency_reads_its_own_calls_by_state(world: World, alpha: Tenant, agency: Desk, other: Desk) -> None:
    waiting = requesting.asked(alpha, agency, uses_slot=True)
    taken = requesting.accepted(alpha, agency)
    over = requesting.asked(alpha, agency)
    requesting.withdraw(alpha, over.request_id)
    requesting.asked(alpha, other)
    with acting_as(organization=agency.id):
        by_state = {
            state: [line.call_id for line in queries.of_agency(agency.id, state)]
            for state in ("asked", "accepted", queries.PAST)
        }
        assert by_state == {"asked": [waiting.pk], "accepted": [taken.pk], "past": [over.pk]}
        assert (len(queries.of_agency(agency.id)), queries.waiting(agency.id)) == (3, 1)
        line = queries.call_line(agency.id, waiting.pk)
        assert queries.call(waiting.pk) == waiting
    assert line is not None
    assert (line.employer_name, line.uses_slot, line.salary) == (
        "アルファ精機株式会社",
        True,
        "5,000,000 円から 7,000,000 円",
    )
    for stranger in (world.beta.id, other.id):
        with acting_as(organization=stranger):
            assert (queries.call(waiting.pk), queries.call_line(stranger, waiting.pk)) == (None, None)


def test_agencies_that_can_be_asked_have_agreement_licence_and_a_place_for_slots(
    world: World, alpha: Tenant, agency: Desk, other: Desk
) -> None:
    caring.new_desk(world.operator, "stranger")
    stopped = requesting.bound(alpha, world.operator, "zz")

    def names(*, uses_slot: bool) -> list[str]:
        with acting_as(organization=alpha.id):
            return [one.name[:3] for one in queries.able(alpha.id, uses_slot=uses_slot, now=NOW)]

    assert (names(uses_slot=False), names(uses_slot=True)) == (["one", "two", "zz人"], ["one", "zz人"])
    caring.stop(stopped)
    assert (names(uses_slot=False), names(uses_slot=True)) == (["one", "two"], ["one"])
