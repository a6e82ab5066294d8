from __future__ import annotations

import typing

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from career_relay.capabilities.messaging.models import Message
from career_relay.domain.ground.agencies import operations, queries
from career_relay.domain.ground.agencies.models import Licence, Stop
from career_relay.domain.ground.agencies.operations import errors
from career_relay.domain.ground.agreements import queries as agreements
from career_relay.domain.ground.organizations.operations.errors import UnableToActWithoutRight
from career_relay.flows import check_licence
from career_relay.kernel import actors
from career_relay.kernel.errors import DomainError
from career_relay.kernel.tenancy.context import acting_as
from tests.domain.ground.agencies import room
from tests.domain.ground.agencies.room import TODAY
from tests.world import NOW

if typing.TYPE_CHECKING:
    import collections.abc
    import uuid

    from tests.world import World


def submitted(world: World) -> uuid.UUID:
    with acting_as(organization=world.agency.id):
        operations.save_desk(details=room.DESK, **room.by(world.agency))
        room.open_office(world.agency)
        room.publish(world.agency)
        return room.submit(world.agency).pk


def given(world: World) -> dict[str, typing.Any]:
    return {
        "operator_id": world.operator.id,
        "agency_id": world.agency.id,
        "actor": actors.user(world.operator.owner.pk),
        "now": NOW,
    }


def mails(world: World) -> dict[str, str]:
    with acting_as(organization=world.agency.id):
        return {one.kind: one.to_address for one in Message.objects.all()}


def state(world: World) -> str:
    with acting_as(organization=world.agency.id):
        return queries.standing(world.agency.id, TODAY).state


def test_confirming_licenses_the_agency_and_proposes_an_agreement(world: World) -> None:
    licence_id = submitted(world)
    check_licence.confirm_licence(licence_id=licence_id, **given(world))
    assert state(world) == "licensed"
    assert mails(world)["licence_confirmed"] == "manager@agency.example"
    with acting_as(organization=world.agency.id):
        [line] = agreements.of_organization(world.agency.id)
        assert (line.agreement.state, line.waits_for_us) == ("proposed", True)
        assert Licence.objects.get().decided_by == str(given(world)["actor"])


def test_confirming_a_renewal_leaves_the_agreement_as_it_is(world: World) -> None:
    check_licence.confirm_licence(licence_id=submitted(world), **given(world))
    with acting_as(organization=world.agency.id):
        renewed = room.submit(world.agency, is_renewal=True)
    check_licence.confirm_licence(licence_id=renewed.pk, **given(world))
    with acting_as(organization=world.agency.id):
        assert len(agreements.of_organization(world.agency.id)) == 1


def test_refusing_tells_the_reason_and_proposes_nothing(world: World) -> None:
    licence_id = submitted(world)
    check_licence.refuse_licence(licence_id=licence_id, reason="番号が読めません。", **given(world))
    assert state(world) == "refused"
    assert mails(world) == {"licence_refused": "manager@agency.example"}
    with acting_as(organization=world.agency.id):
        assert agreements.of_organization(world.agency.id) == []


def test_stop_and_resume(world: World) -> None:
    check_licence.confirm_licence(licence_id=submitted(world), **given(world))
    check_licence.stop_agency(reason="苦情を確認しています。", **given(world))
    assert state(world) == "stopped"
    assert ProcrastinateJob.objects.filter(task_name="take_people_back").count() == 1
    check_licence.resume_agency(**given(world))
    assert state(world) == "licensed"
    assert {"agency_stopped", "agency_resumed"} < mails(world).keys()
    with acting_as(organization=world.agency.id):
        assert Stop.objects.get().by == str(given(world)["actor"])


CALLS: dict[str, collections.abc.Callable[..., object]] = {
    "confirm": check_licence.confirm_licence,
    "refuse": lambda **by: check_licence.refuse_licence(reason="理由", **by),
    "stop": lambda licence_id, **by: check_licence.stop_agency(reason="理由", **by),
    "resume": lambda licence_id, **by: check_licence.resume_agency(**by),
}


@pytest.mark.parametrize("who", ["alpha", "agency", "school", "stranger"])
@pytest.mark.parametrize("call", CALLS)
def test_nobody_but_the_operator_decides(world: World, who: str, call: str) -> None:
    licence_id = submitted(world)
    found = getattr(world, who)
    own_id, user = (world.operator.id, found) if who == "stranger" else (found.id, found.owner)
    by = given(world) | {"operator_id": own_id, "actor": actors.user(user.pk)}
    with pytest.raises(UnableToActWithoutRight):
        CALLS[call](licence_id=licence_id, **by)
    assert state(world) == "waiting"


@pytest.mark.parametrize("call", CALLS)
def test_only_agencies_are_decided_upon(world: World, call: str) -> None:
    by = given(world) | {"agency_id": world.alpha.id}
    with pytest.raises(DomainError) as refusal:
        CALLS[call](licence_id=submitted(world), **by)
    assert refusal.type is errors.UnableToFindAgency


def test_licence_of_another_agency_is_not_decided(world: World) -> None:
    submitted(world)
    with pytest.raises(errors.UnableToDecideLicence):
        check_licence.confirm_licence(licence_id=world.alpha.id, **given(world))


def test_operator_reads_what_the_agency_told(world: World) -> None:
    licence_id = submitted(world)
    whose: dict[str, typing.Any] = {"operator_id": world.operator.id, "agency_id": world.agency.id, "today": TODAY}
    on_file = check_licence.on_file(**whose)
    assert (on_file.line.standing.state, [one.pk for one in on_file.licences]) == ("waiting", [licence_id])
    assert on_file.desk is not None
    assert on_file.fees is not None
    assert (len(on_file.offices), on_file.stops) == (1, ())
    licence = check_licence.evidence(licence_id=licence_id, **whose)
    assert licence is not None
    assert bytes(licence.evidence) == room.PDF
    assert check_licence.evidence(licence_id=world.alpha.id, **whose) is None


@pytest.mark.parametrize("who", ["alpha", "agency", "school"])
def test_nobody_else_reads_it(world: World, who: str) -> None:
    whose: dict[str, typing.Any] = {"operator_id": getattr(world, who).id, "agency_id": world.agency.id, "today": TODAY}
    licence_id = submitted(world)
    with pytest.raises(errors.UnableToFindAgency):
        check_licence.on_file(**whose)
    with pytest.raises(errors.UnableToFindAgency):
        check_licence.evidence(licence_id=licence_id, **whose)
