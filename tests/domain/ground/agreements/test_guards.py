"""What the database refuses, whoever asks and however the program went wrong."""

from __future__ import annotations

import typing

import pytest
from django.db import DatabaseError, IntegrityError, ProgrammingError, connection, transaction

from career_relay.domain.ground.agreements.models import Agreement, AgreementAct, AgreementVersion
from career_relay.kernel.tenancy.context import acting_as
from tests.domain.ground.agreements import deal
from tests.world import NOW, World

if typing.TYPE_CHECKING:
    from tests.world import Tenant

SIGNED = (AgreementVersion, AgreementAct)


def act(agreement: Agreement, by: Tenant, **changes: typing.Any) -> AgreementAct:
    """Write an act past our operations."""
    usual: dict[str, typing.Any] = {
        "organization_id": agreement.organization_id,
        "counterparty_id": agreement.counterparty_id,
        "agreement_id": agreement.pk,
        "version": agreement.offered,
        "act": AgreementAct.Act.ACCEPTED,
        "by_organization_id": by.id,
        "by_user": by.owner,
        "by_name": "だれか",
        "text_hash": deal.offered_hash(by, agreement.pk),
        "at": NOW,
    }
    return AgreementAct.objects.create(**usual | changes)


def put_in_force(agreement: Agreement, by: Tenant, **changes: typing.Any) -> None:
    act(agreement, by, **changes)
    Agreement.objects.update(state="live", version=1)


def test_third_organization_sees_nothing(world: World) -> None:
    deal.live(world.alpha, world.agency)
    for stranger in (world.beta, world.school, world.operator):
        with acting_as(organization=stranger.id):
            assert [model.objects.count() for model in (Agreement, *SIGNED)] == [0, 0, 0]
    with acting_as(candidate=world.hana.pk):
        assert [model.objects.count() for model in (Agreement, *SIGNED)] == [0, 0, 0]
    for party in (world.alpha, world.agency):
        with acting_as(organization=party.id):
            assert [model.objects.count() for model in (Agreement, *SIGNED)] == [1, 1, 2]


def test_act_in_the_other_s_name_is_refused(world: World) -> None:
    agreement = deal.propose(world.alpha, world.agency)
    with (
        pytest.raises(ProgrammingError, match="row-level security"),
        acting_as(organization=world.alpha.id),
    ):
        act(agreement, world.alpha, by_organization_id=world.agency.id)


def test_act_of_a_third_organization_is_refused_even_in_its_own_name(world: World) -> None:
    agreement = deal.propose(world.alpha, world.agency)
    read = deal.offered_hash(world.agency, agreement.pk)
    with (
        pytest.raises(ProgrammingError, match="row-level security"),
        acting_as(organization=world.beta.id),
    ):
        act(agreement, world.agency, by_organization_id=world.beta.id, by_user=world.beta.owner, text_hash=read)


@pytest.mark.parametrize("column", ["organization_id", "counterparty_id"])
def test_act_that_names_other_parties_than_its_agreement_is_refused(world: World, column: str) -> None:
    agreement = deal.propose(world.alpha, world.agency)
    read = deal.offered_hash(world.agency, agreement.pk)
    own = {column: world.beta.id, "by_organization_id": world.beta.id, "by_user": world.beta.owner, "text_hash": read}
    with pytest.raises(IntegrityError, match="agreement_act_same"), acting_as(organization=world.beta.id):
        act(agreement, world.agency, **own)


def test_version_in_the_other_s_name_is_refused(world: World) -> None:
    agreement = deal.propose(world.alpha, world.agency)
    with acting_as(organization=world.alpha.id):
        known = AgreementVersion.objects.get()
    known.pk, known.number, known.by_organization_id = agreement.pk, 2, world.agency.id
    with (
        pytest.raises(ProgrammingError, match="row-level security"),
        acting_as(organization=world.alpha.id),
    ):
        known.save(force_insert=True)


def test_nobody_puts_a_version_in_force_alone(world: World) -> None:
    agreement = deal.propose(world.alpha, world.agency)
    with pytest.raises(IntegrityError, match="not signed by both"), acting_as(organization=world.alpha.id):
        put_in_force(agreement, world.alpha)


def test_two_signatures_under_another_text_are_none(world: World) -> None:
    agreement = deal.propose(world.alpha, world.agency)
    with pytest.raises(IntegrityError, match="not signed by both"), acting_as(organization=world.agency.id):
        put_in_force(agreement, world.agency, text_hash="0" * 64)


def test_signatures_that_the_next_principal_cannot_see_are_none(world: World) -> None:
    agreement = deal.live(world.alpha, world.agency)

    def write_and_slip_away() -> None:
        become(str(world.alpha.id))
        Agreement.objects.filter(pk=agreement.pk).update(reminded=30)
        become(str(world.beta.id))
        connection.cursor().execute("SET CONSTRAINTS ALL IMMEDIATE")

    with pytest.raises(IntegrityError, match="not signed by both"), transaction.atomic():
        write_and_slip_away()


def become(organization: str) -> None:
    """Take a principal's place without the checks that `acting_as` runs."""
    connection.cursor().execute("SELECT set_config('app.organization', %s, true)", [organization])


@pytest.mark.parametrize("model", SIGNED)
def test_what_was_signed_is_never_changed(world: World, model: typing.Any) -> None:
    deal.live(world.alpha, world.agency)
    with pytest.raises(DatabaseError, match="permission denied"), acting_as(organization=world.alpha.id):
        model.objects.update(text_hash="0" * 64)


@pytest.mark.parametrize("model", SIGNED)
def test_what_was_signed_is_never_deleted(world: World, model: typing.Any) -> None:
    deal.live(world.alpha, world.agency)
    with pytest.raises(DatabaseError, match="permission denied"), acting_as(organization=world.alpha.id):
        model.objects.all().delete()


@pytest.mark.parametrize("column", ["organization", "counterparty", "created_at"])
def test_parties_of_an_agreement_stay(world: World, column: str) -> None:
    agreement = deal.live(world.alpha, world.agency)
    value = NOW if column == "created_at" else world.beta.id
    with pytest.raises(ProgrammingError, match="permission denied"), acting_as(organization=world.alpha.id):
        Agreement.objects.filter(pk=agreement.pk).update(**{column: value})


def test_agreement_is_not_deleted(world: World) -> None:
    agreement = deal.propose(world.alpha, world.agency)
    with pytest.raises(ProgrammingError, match="permission denied"), acting_as(organization=world.alpha.id):
        Agreement.objects.filter(pk=agreement.pk)._raw_delete("default")


def test_second_open_agreement_of_a_pair_is_refused_either_way_round(world: World) -> None:
    deal.live(world.alpha, world.agency)
    for one, other in ((world.alpha, world.agency), (world.agency, world.alpha)):
        with (
            pytest.raises(IntegrityError, match="agreement_one_open_per_pair"),
            acting_as(organization=one.id),
        ):
            Agreement.objects.create(organization_id=one.id, counterparty_id=other.id, created_at=NOW, changed_at=NOW)


@pytest.mark.parametrize(
    ("name", "changes"),
    [
        ("agreement_between_two", {"counterparty": "own"}),
        ("agreement_in_force_has_version", {"state": "live"}),
        ("agreement_offer_has_author", {"offered": 1}),
    ],
)
def test_agreement_that_makes_no_sense_is_refused(world: World, name: str, changes: dict[str, typing.Any]) -> None:
    values: dict[str, typing.Any] = {"counterparty_id": world.agency.id, "created_at": NOW, "changed_at": NOW}
    if changes.pop("counterparty", ""):
        values["counterparty_id"] = world.alpha.id
    with pytest.raises(IntegrityError, match=name), acting_as(organization=world.alpha.id):
        Agreement.objects.create(organization_id=world.alpha.id, **values | changes)


@pytest.mark.parametrize("state", ["live", "proposed"])
def test_what_the_other_side_suspended_goes_on_by_it_alone(world: World, state: str) -> None:
    agreement = deal.live(world.operator, world.agency)
    deal.suspend(world.operator, agreement)
    with pytest.raises(IntegrityError, match="suspended by the other side"), acting_as(organization=world.agency.id):
        Agreement.objects.update(state=state, suspended_by=None)
    with acting_as(organization=world.operator.id):
        Agreement.objects.update(state="live", suspended_by=None)


def test_what_is_over_stays_over(world: World) -> None:
    agreement = deal.live(world.operator, world.agency)
    deal.end(world.operator, agreement)
    for party in (world.operator, world.agency):
        with pytest.raises(IntegrityError, match="is over"), acting_as(organization=party.id):
            Agreement.objects.update(state="live")
