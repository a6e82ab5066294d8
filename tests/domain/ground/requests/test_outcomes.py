"""What comes of a request, told by those who introduce and place: the slot goes along, and nothing counts twice."""

from __future__ import annotations

import pytest

from career_relay.domain.ground.credits import operations as ledger
from career_relay.domain.ground.credits import queries as ledger_queries
from career_relay.domain.ground.requests import operations, queries
from career_relay.kernel import actors, ids
from career_relay.kernel.tenancy.context import acting_as
from tests.flows import requesting
from tests.flows.caring import Desk
from tests.world import NOW, Tenant, World


@pytest.fixture
def alpha(world: World) -> Tenant:
    requesting.earn(world.alpha)
    return world.alpha


@pytest.fixture
def agency(world: World) -> Desk:
    return requesting.bound(world.alpha, world.operator, "one")


def test_slot_goes_along_until_the_hire(alpha: Tenant, agency: Desk) -> None:
    call, key = requesting.accepted(alpha, agency, uses_slot=True), ids.new()
    for happened, state in [("introduced", "introduced"), ("fell_through", "reserved"), ("introduced", "introduced")]:
        requesting.tell(alpha, happened, call)
        assert requesting.slots(alpha) == [state]
    for _twice in range(2):
        requesting.tell(alpha, "filled", call, key=key)
    assert requesting.slots(alpha) == ["used"]
    over = requesting.request(alpha, call.request_id)
    assert (over.state, over.close_reason, over.closed_at) == ("filled", "filled", NOW)
    assert [one.state for one in requesting.calls(alpha, call.request_id)] == ["closed"]
    with pytest.raises(operations.UnableToFillRequest):
        requesting.tell(alpha, "filled", call, key=ids.new())
    assert ledger_queries.differences() == []


def test_a_slot_stands_for_one_person_at_a_time(alpha: Tenant, agency: Desk) -> None:
    call = requesting.accepted(alpha, agency, uses_slot=True)
    requesting.tell(alpha, "introduced", call)
    with pytest.raises(operations.UnableToIntroduceByCall):
        requesting.tell(alpha, "introduced", call)
    for _twice in range(2):
        requesting.tell(alpha, "fell_through", call)
    assert requesting.slots(alpha) == ["reserved"]


def test_for_a_fee_several_are_introduced_at_once(alpha: Tenant, agency: Desk) -> None:
    call = requesting.accepted(alpha, agency)
    for happened in ("introduced", "introduced", "fell_through"):
        requesting.tell(alpha, happened, call)
    [after] = requesting.calls(alpha, call.request_id)
    assert (after.introductions, after.is_introduced) == (1, True)
    for key in (ids.new(), ids.new()):
        requesting.tell(alpha, "filled", call, key=key)
    assert requesting.request(alpha, call.request_id).state == "filled"
    assert requesting.slots(alpha) == ["available"]


def test_slot_comes_back_when_nobody_starts(alpha: Tenant, agency: Desk) -> None:
    call, key = requesting.accepted(alpha, agency, uses_slot=True), ids.new()
    requesting.tell(alpha, "introduced", call)
    for _twice in range(2):
        requesting.tell(alpha, "not_started", call, key=key)
    assert requesting.slots(alpha) == ["available"]
    over = requesting.request(alpha, call.request_id)
    assert (over.state, over.close_reason) == ("closed", "not_started")
    requesting.tell(alpha, "fell_through", call)
    with pytest.raises(operations.UnableToFillRequest):
        requesting.tell(alpha, "filled", call, key=ids.new())
    assert ledger_queries.differences() == []


def test_slot_of_an_early_leaver_comes_back_once_and_serves_another_request(alpha: Tenant, agency: Desk) -> None:
    call, key = requesting.accepted(alpha, agency, uses_slot=True), ids.new()
    requesting.tell(alpha, "introduced", call)
    requesting.tell(alpha, "filled", call, key=key)
    with acting_as(organization=alpha.id):
        slot_id = queries.slot_of_call(alpha.id, call.pk)
        assert slot_id is not None
        for _twice in range(2):
            operations.left_early(organization_id=alpha.id, slot_id=slot_id, key=key, actor=actors.SYSTEM, now=NOW)
    again = requesting.asked(alpha, agency, uses_slot=True)
    with acting_as(organization=alpha.id):
        assert queries.slot_of_call(alpha.id, again.pk) == slot_id
        assert queries.by_slot(alpha.id)[slot_id].request_id == again.request_id
        operations.left_early(organization_id=alpha.id, slot_id=slot_id, key=key, actor=actors.SYSTEM, now=NOW)
    requesting.tell(alpha, "filled", call, key=key)
    assert requesting.slots(alpha) == ["reserved"]
    assert ledger_queries.differences() == []


def test_nobody_is_introduced_by_a_call_that_is_not_taken_on(alpha: Tenant, agency: Desk) -> None:
    call = requesting.asked(alpha, agency)
    with pytest.raises(operations.UnableToIntroduceByCall):
        requesting.tell(alpha, "introduced", call)
    requesting.accept(agency, call)
    requesting.withdraw(alpha, call.request_id)
    with pytest.raises(operations.UnableToIntroduceByCall):
        requesting.tell(alpha, "introduced", call)


def test_outcomes_are_the_employer_s_own(world: World, alpha: Tenant, agency: Desk) -> None:
    call = requesting.accepted(alpha, agency, uses_slot=True)
    for tenant in (world.beta, agency.tenant):
        with pytest.raises(operations.UnableToFindCall):
            requesting.tell(tenant, "introduced", call)
        with pytest.raises(ledger.UnableToFindSlot), acting_as(organization=tenant.id):
            ledger.introduce(organization_id=tenant.id, slot_id=ids.new(), now=NOW)
    assert requesting.slots(alpha) == ["reserved"]
