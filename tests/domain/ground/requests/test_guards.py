"""What the database refuses, whoever asks and however the program went wrong."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, ProgrammingError

from career_relay.domain.ground.requests.models import Call, Request
from career_relay.kernel.tenancy.context import acting_as
from tests.flows import requesting
from tests.flows.caring import Desk
from tests.world import Tenant, World


@pytest.fixture
def agency(world: World) -> Desk:
    return requesting.bound(world.alpha, world.operator, "one")


@pytest.fixture
def call(world: World, agency: Desk) -> Call:
    requesting.earn(world.alpha)
    return requesting.asked(world.alpha, agency, uses_slot=True)


@pytest.mark.parametrize("answer", [{"state": "accepted"}, {"state": "declined", "decline_reason": "other"}])
def test_employer_answers_no_call_in_the_agency_s_place(world: World, call: Call, answer: dict[str, str]) -> None:
    with pytest.raises(IntegrityError, match="for the agency to answer"), acting_as(organization=world.alpha.id):
        Call.objects.filter(pk=call.pk).update(**answer)


def test_call_that_is_over_stays_over(world: World, agency: Desk, call: Call) -> None:
    requesting.withdraw(world.alpha, call.request_id)
    with pytest.raises(IntegrityError, match="is over"), acting_as(organization=agency.id):
        Call.objects.filter(pk=call.pk).update(state="accepted")


def test_what_was_asked_for_is_never_rewritten(world: World, agency: Desk, call: Call) -> None:
    for organization in (world.alpha.id, agency.id):
        with pytest.raises(ProgrammingError, match="permission denied"), acting_as(organization=organization):
            Call.objects.filter(pk=call.pk).update(uses_slot=False)
        with pytest.raises(ProgrammingError, match="permission denied"), acting_as(organization=organization):
            Request.objects.filter(pk=call.request_id).update(needs="別の人")
        with pytest.raises(ProgrammingError, match="permission denied"), acting_as(organization=organization):
            Call.objects.filter(pk=call.pk).delete()


def test_agency_finds_the_call_and_nothing_of_the_request(agency: Desk, call: Call) -> None:
    with acting_as(organization=agency.id):
        assert (list(Call.objects.all()), list(Request.objects.all())) == ([call], [])


def copied(call: Call, tenant: Tenant, **changes: object) -> None:
    """Write another request as the tenant, like the one of the call."""
    with acting_as(organization=tenant.id):
        request = Request.objects.get(pk=call.request_id)
        request.pk, request._state.adding = None, True
        for name, value in changes.items():
            setattr(request, name, value)
        request.id = Request._meta.pk.get_default()
        request.save(force_insert=True)


def test_a_slot_serves_one_open_request(world: World, call: Call) -> None:
    with pytest.raises(IntegrityError, match="request_one_open_per_slot"):
        copied(call, world.alpha)


def test_request_points_to_rows_of_its_own_employer(world: World, call: Call) -> None:
    foreign = requesting.posting(world.beta)
    with pytest.raises(IntegrityError, match="request_posting_same_tenant"):
        copied(call, world.alpha, slot_id=None, posting_id=foreign.pk)
