from __future__ import annotations

import concurrent.futures
import datetime as dt
import typing

from django.db import connection, connections, transaction

from career_relay.domain.circle.referrals import operations, pseudonyms
from career_relay.domain.circle.referrals.models import Referral
from career_relay.domain.ground.credits.models import Entry
from career_relay.domain.ground.programmes import queries as programmes
from career_relay.domain.ground.programmes.models import DEFAULT_PROGRAMME_ID
from career_relay.kernel import ids
from career_relay.kernel.tenancy.context import acting_as
from tests.world import NOW, make_tenant

if typing.TYPE_CHECKING:
    import uuid

EMAIL = "a@people.example"


def refer(organization_id: uuid.UUID) -> operations.Referred:
    newcomer = operations.Newcomer(
        email=EMAIL, phone="", source_type="rejected", has_introduction_consent=True, is_known_to_network=False
    )
    with acting_as(organization=organization_id):
        return operations.refer(
            registration_id=ids.new(),
            organization_id=organization_id,
            programme_id=DEFAULT_PROGRAMME_ID,
            newcomer=newcomer,
            now=NOW,
        )


def insert_counted(organization_id: uuid.UUID) -> None:
    """Count the person behind the back of the lock, as no code of ours does."""
    person = pseudonyms.of(organization_id=organization_id, email=EMAIL, phone="")
    Referral.objects.create(
        id=ids.new(),
        organization_id=organization_id,
        programme_id=DEFAULT_PROGRAMME_ID,
        registration_id=ids.new(),
        person_key=person.person,
        mailbox_key=person.mailbox,
        state="counted",
        reason="",
        policy_version=programmes.policy_at(DEFAULT_PROGRAMME_ID, NOW),
        counted_at=NOW,
        blocks_until=NOW + dt.timedelta(days=365),
    )


def waits_for_a_lock() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_stat_clear_snapshot()")
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
        )
        [number] = cursor.fetchone()
    return bool(number)


def refer_in_a_thread(organization_id: uuid.UUID) -> operations.Referred:
    try:
        return refer(organization_id)
    finally:
        connections.close_all()


def test_constraint_that_knows_better_than_the_check_means_the_same_person(fresh_database: object) -> None:
    tenant = make_tenant("employer", "アルファ精機株式会社", "alpha")
    with concurrent.futures.ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            with acting_as(organization=tenant.id):
                insert_counted(tenant.id)
            rival = pool.submit(refer_in_a_thread, tenant.id)
            while not rival.done() and not waits_for_a_lock():
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
