from __future__ import annotations

import datetime as dt
import decimal
import typing

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from career_relay.domain.ground.agencies import operations, queries
from career_relay.domain.ground.agencies.models import Desk, FeeTable, Licence, Office, Reminder, Stop
from career_relay.kernel import actors
from career_relay.kernel.tenancy.context import acting_as
from tests.domain.ground.agencies import room
from tests.domain.ground.agencies.room import TODAY, by
from tests.world import NOW, make_tenant

if typing.TYPE_CHECKING:
    from tests.world import Tenant, World

A_DAY = dt.timedelta(days=1)


def stop(world: World, agency: Tenant) -> None:
    with acting_as(organization=agency.id):
        operations.stop(
            organization_id=agency.id, reason="確認中", decided_by=actors.user(world.operator.owner.pk), now=NOW
        )


def lines(world: World) -> dict[str, queries.AgencyLine]:
    with acting_as(organization=world.operator.id):
        return {line.name: line for line in queries.overview(TODAY)}


def test_rows_of_an_agency_are_its_own(world: World) -> None:
    room.complete(world.agency, world.operator)
    stop(world, world.agency)
    with acting_as(organization=world.agency.id):
        licence = Licence.objects.get()
        operations.remind_of_end(
            organization_id=world.agency.id, licence_id=licence.pk, today=licence.valid_until, now=NOW
        )
    counts = {}
    for name, tenant in (("itself", world.agency), ("school", world.school), ("operator", world.operator)):
        with acting_as(organization=tenant.id):
            counts[name] = [one.objects.count() for one in (Desk, Office, Licence, Stop, FeeTable, Reminder)]
    assert counts == {"itself": [1] * 6, "school": [0] * 6, "operator": [0] * 6}


def test_standing_follows_what_the_agency_has(world: World) -> None:
    agency, found = world.agency, []
    with acting_as(organization=agency.id):
        found.append(queries.standing(agency.id, TODAY))
        operations.save_desk(details=room.DESK, **by(agency))
        room.open_office(agency)
        room.publish(agency)
        licence = room.submit(agency)
        found.append(queries.standing(agency.id, TODAY))
        operations.confirm_licence(
            organization_id=agency.id, licence_id=licence.pk, decided_by=actors.user(world.operator.owner.pk), now=NOW
        )
        found.append(queries.standing(agency.id, TODAY))
        found.append(queries.standing(agency.id, licence.valid_until + A_DAY))
    stop(world, agency)
    with acting_as(organization=agency.id):
        found.append(queries.standing(agency.id, TODAY))
    assert [(one.state, len(one.missing)) for one in found] == [
        ("incomplete", 4),
        ("waiting", 1),
        ("licensed", 0),
        ("expired", 1),
        ("stopped", 0),
    ]


def test_lists_of_licences_leave_the_files_alone(world: World) -> None:
    with acting_as(organization=world.agency.id):
        room.submit(world.agency)
        [licence] = queries.licences(world.agency.id)
        assert "evidence" in licence.get_deferred_fields()


def test_cards_give_public_particulars_of_agencies_alone(world: World) -> None:
    room.complete(world.agency, world.operator)
    with acting_as(organization=world.agency.id):
        room.publish(world.agency, average_rate=decimal.Decimal("31.4"), average_year=2025)
    other = make_tenant("agency", "あたらしい紹介", "new-agency")
    with acting_as(candidate=world.hana.pk):
        found = queries.cards([world.agency.id, other.id, world.alpha.id, world.hana.pk])
    assert found[world.agency.id] == queries.Card(
        organization_id=world.agency.id,
        name="つなぐ人材紹介株式会社",
        number=room.NUMBER,
        valid_until=TODAY + A_DAY * 1000,
        phone=room.DESK.phone,
        email=room.DESK.email,
        message=room.DESK.message,
        office_prefecture="13",
        average_rate=decimal.Decimal("31.4"),
        average_year=2025,
    )
    assert (found[other.id].number, found[other.id].phone, found[other.id].valid_until) == ("", "", None)
    assert set(found) == {world.agency.id, other.id}


def test_directory_lists_agencies_while_they_are_licensed(world: World) -> None:
    other = make_tenant("agency", "あたらしい紹介", "new-agency")
    room.complete(world.agency, world.operator)
    with acting_as(organization=other.id):
        operations.save_desk(details=room.DESK, **by(other))
        room.open_office(other)
        room.publish(other)
        room.submit(other)
    with acting_as(organization=world.alpha.id):
        [listed] = queries.directory(TODAY)
        assert (listed.name, listed.prefectures, listed.number) == (world.agency.organization.name, [], room.NUMBER)
        end = TODAY + A_DAY * 1000
        assert [len(queries.directory(day)) for day in (TODAY - A_DAY * 31, end, end + A_DAY)] == [0, 1, 0]
    stop(world, world.agency)
    assert queries.directory(TODAY) == []


@pytest.mark.parametrize("missing", ["desk", "office", "fees"])
def test_directory_leaves_out_who_is_not_ready(world: World, missing: str) -> None:
    agency = world.agency
    with acting_as(organization=agency.id):
        room.confirm(agency, world.operator)
        if missing != "desk":
            operations.save_desk(details=room.DESK, **by(agency))
        if missing != "office":
            room.open_office(agency)
        if missing != "fees":
            room.publish(agency)
        assert queries.standing(agency.id, TODAY).missing == (missing,)
    assert queries.directory(TODAY) == []


def test_overview_answers_the_operator_alone(world: World) -> None:
    room.complete(world.agency, world.operator)
    seen = []
    for principal in (
        {"organization": world.agency.id},
        {"organization": world.alpha.id},
        {"organization": world.school.id},
        {"candidate": world.hana.pk},
        {"user": world.operator.owner.pk},
        {},
    ):
        with acting_as(**principal):
            seen.append(queries.overview(TODAY))
    assert seen == [[]] * 6
    assert list(lines(world)) == [world.agency.organization.name]


def test_overview_tells_the_same_standing_as_the_agency_sees(world: World) -> None:
    other = make_tenant("agency", "あたらしい紹介", "new-agency")
    room.complete(world.agency, world.operator)
    stop(world, world.agency)
    with acting_as(organization=other.id):
        licence = room.submit(other)
        operations.refuse_licence(
            organization_id=other.id,
            licence_id=licence.pk,
            reason="番号が違います。",
            decided_by=actors.user(world.operator.owner.pk),
            now=NOW,
        )
        room.submit(other, NOW + A_DAY)
    found = lines(world)
    for tenant in (world.agency, other):
        with acting_as(organization=tenant.id):
            assert found[tenant.organization.name].standing == queries.standing(tenant.id, TODAY)
    assert found["あたらしい紹介"].waiting_since == NOW + A_DAY
    assert found["あたらしい紹介"].shares_number_with == (world.agency.organization.name,)
    assert found[world.agency.organization.name].shares_number_with == ()


def test_overview_costs_the_same_however_many_there_are(world: World) -> None:
    with acting_as(organization=world.operator.id):
        with CaptureQueriesContext(connection) as one:
            queries.overview(TODAY)
        for number in range(2):
            make_tenant("agency", f"紹介 {number}", f"agency-{number}")
        with CaptureQueriesContext(connection) as three:
            assert len(queries.overview(TODAY)) == 3
    assert len(three) == len(one)


def test_endings_are_those_that_are_not_told_or_renewed(world: World) -> None:
    room.complete(world.agency, world.operator)
    with acting_as(organization=world.agency.id):
        licence = Licence.objects.get()
    end = licence.valid_until
    expected = queries.Ending(organization_id=world.agency.id, licence_id=licence.pk, valid_until=end)
    assert [queries.ending(end - A_DAY * left) for left in (91, 90, 0, -1)] == [[], [expected], [expected], [expected]]
    with acting_as(organization=world.agency.id):
        operations.remind_of_end(organization_id=world.agency.id, licence_id=licence.pk, today=end + A_DAY, now=NOW)
    assert queries.ending(end + A_DAY) == []


@pytest.mark.parametrize(("gap", "told"), [(0, False), (1, False), (2, True)])
def test_confirmed_renewal_that_follows_is_not_reminded_of(world: World, gap: int, *, told: bool) -> None:
    room.complete(world.agency, world.operator)
    with acting_as(organization=world.agency.id):
        end = Licence.objects.get().valid_until
        beginning = {"valid_from": end + A_DAY * gap, "valid_until": end + A_DAY * 1000}
        room.confirm(world.agency, world.operator, NOW + A_DAY * 990, is_renewal=True, **beginning)
    assert bool(queries.ending(end)) is told
