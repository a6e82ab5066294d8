from __future__ import annotations

import concurrent.futures
import datetime as dt
import typing

import pytest
from django.db import connections, transaction

from career_relay.domain.circle.referrals import operations, pseudonyms
from career_relay.domain.circle.referrals.models import Referral
from career_relay.domain.ground.credits.models import Entry
from career_relay.domain.ground.organizations.models import Member, Organization
from career_relay.domain.ground.programmes import queries as programmes
from career_relay.domain.ground.programmes.models import DEFAULT_PROGRAMME_ID
from career_relay.kernel import ids
from career_relay.kernel.tenancy.context import acting_as
from tests import database
from tests.world import NOW, add_address, make_tenant

if typing.TYPE_CHECKING:
    import uuid

    from tests.world import World

EMAIL = "a@people.example"


PERSON = ids.new()


def refer(
    organization_id: uuid.UUID, candidate_id: uuid.UUID = PERSON, email: str = EMAIL, source_type: str = "rejected"
) -> operations.Referred:
    newcomer = operations.Newcomer(
        candidate_id=candidate_id,
        email=email,
        phone="",
        source_type=source_type,
        has_introduction_consent=True,
        is_known_to_network=False,
    )
    with acting_as(organization=organization_id):
        return operations.refer(
            registration_id=ids.new(),
            organization_id=organization_id,
            programme_id=DEFAULT_PROGRAMME_ID,
            newcomer=newcomer,
            now=NOW,
        )


def insert_counted(organization_id: uuid.UUID, candidate_id: uuid.UUID = PERSON, email: str = EMAIL) -> None:
    """Count the person behind the back of the lock, as no code of ours does."""
    person = pseudonyms.of(organization_id=organization_id, candidate_id=candidate_id, email=email, phone="")
    Referral.objects.create(
        organization_id=organization_id,
        programme_id=DEFAULT_PROGRAMME_ID,
        registration_id=ids.new(),
        person_key=person.person,
        address_key=person.address,
        mailbox_key=person.mailbox,
        state="counted",
        reason="",
        policy_version=programmes.policy_at(DEFAULT_PROGRAMME_ID, NOW),
        counted_at=NOW,
        blocks_until=NOW + dt.timedelta(days=365),
    )


def refer_in_a_thread(organization_id: uuid.UUID) -> operations.Referred:
    try:
        return refer(organization_id)
    finally:
        connections.close_all()


@pytest.mark.parametrize(("candidate_id", "email"), [(PERSON, "b@people.example"), (ids.new(), EMAIL)])
def test_constraint_that_knows_better_than_the_check_means_the_same_person(
    fresh_database: object, candidate_id: uuid.UUID, email: str
) -> None:
    tenant = make_tenant("employer", "アルファ精機株式会社", "alpha")
    with concurrent.futures.ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            with acting_as(organization=tenant.id):
                insert_counted(tenant.id, candidate_id, email)
            rival = pool.submit(refer_in_a_thread, tenant.id)
            while not rival.done() and not database.waits_for_a_lock():
                concurrent.futures.wait([rival], 0.02)
        referred = rival.result()
    assert (referred.referral.state, referred.referral.reason) == ("not_counted", "same_person")
    assert (referred.number, referred.slots) == (0, ())
    with acting_as(organization=tenant.id):
        assert sorted(Referral.objects.values_list("state", flat=True)) == ["counted", "not_counted"]
        assert not Entry.objects.exists()


def test_refer_keeps_the_policy_it_was_decided_by(fresh_database: object) -> None:
    tenant = make_tenant("employer", "アルファ精機株式会社", "alpha")
    referral = refer(tenant.id).referral
    assert referral.policy_version == programmes.policy_at(DEFAULT_PROGRAMME_ID, NOW)
    assert referral.blocks_until == NOW.replace(year=2027)


def test_id_of_a_referral_which_the_ledger_repeats_tells_no_time(world: World) -> None:
    referral = refer(world.alpha.id).referral
    with acting_as(organization=world.alpha.id):
        assert Entry.objects.get().natural_key == str(referral.pk)
    assert referral.pk.version == 4


@pytest.mark.parametrize("source_type", ["rejected", "leaver"])
def test_chain_of_addresses_and_people_is_one_person(world: World, source_type: str) -> None:
    """Erased and back with the old address, then a new address: no key of the last row is that of the first."""
    again = ids.new()
    outcomes = [
        refer(world.alpha.id).referral,
        refer(world.alpha.id, again, EMAIL, source_type).referral,
        refer(world.alpha.id, again, "b@people.example").referral,
        refer(world.beta.id, again, "b@people.example").referral,
    ]
    second = "same_person" if source_type == "rejected" else "not_rejected"
    assert [referral.reason for referral in outcomes] == ["", second, "same_person", ""]


def test_person_who_waits_in_review_does_not_get_past_it_with_another_address(world: World) -> None:
    waiting = refer(world.alpha.id, email="someone@alpha.example").referral
    moved = refer(world.alpha.id, email="b@people.example").referral
    assert (waiting.reason, moved.state, moved.reason) == ("own_domain", "review", "probably_same_person")


@pytest.mark.parametrize(
    ("email", "reason"),
    [
        ("private+jobs@gmail.com", "member"),
        ("pri.vate@googlemail.com", "member"),
        ("owner+x@alpha.example", "member"),
        ("someone@alpha.example", "own_domain"),
        ("someone@mail.alpha.example", "own_domain"),
        ("someone@subsidiary.example", "own_domain"),
        ("someone@gmail.com", ""),
        ("someone@unproved.example", ""),
        ("someone@beta.example", ""),
    ],
)
@pytest.mark.parametrize("removed_at", [None, NOW])
def test_own_people_go_to_review_whatever_domain_is_declared(
    world: World, email: str, reason: str, removed_at: dt.datetime | None
) -> None:
    for address in ("p.rivate@gmail.com", "someone.else@subsidiary.example"):
        add_address(world.alpha.owner, address)
    add_address(world.alpha.owner, "owner@unproved.example", is_confirmed=False)
    with acting_as(organization=world.alpha.id):
        Organization.objects.update(mail_domain="")
        Member.objects.update(removed_at=removed_at)
    assert refer(world.alpha.id, email=email).referral.reason == reason


def test_declared_domain_is_the_own_domain_without_a_member_there(world: World) -> None:
    with acting_as(organization=world.alpha.id):
        Organization.objects.update(mail_domain="declared.example")
    assert refer(world.alpha.id, email="someone@declared.example").referral.reason == "own_domain"
