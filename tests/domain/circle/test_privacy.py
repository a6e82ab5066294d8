from __future__ import annotations

import typing

import pytest
from django.db import connection

from career_relay.kernel.tenancy.context import acting_as
from tests import database
from tests.flows import story

if typing.TYPE_CHECKING:
    import uuid

    from career_relay.flows.register_candidate import Registered
    from tests.world import World

NAME, EMAIL, PHONE, WORK = "髙﨑 ひみつ", "himitsu.canary@people.example", "080-9876-5432", "canary-occupation"
JOBS = {"procrastinate_jobs", "procrastinate_events"}


def rows_seen(principal: dict[str, uuid.UUID]) -> dict[str, str]:
    """Return every row of every table that the principal can reach, as text."""
    found = {}
    with acting_as(**principal), connection.cursor() as cursor:
        for table in list(database.each_table(connection)):
            cursor.execute(f"SELECT coalesce(string_agg(t::text, chr(10)), '') FROM \"{table}\" t")
            [found[table]] = cursor.fetchone()
    return found


def come(world: World, **choices: typing.Any) -> Registered:
    link = story.open_link(world.alpha)
    return story.register(link, EMAIL, name=NAME, phone=PHONE, occupation=WORK, **choices)


def principals(world: World) -> list[dict[str, uuid.UUID]]:
    """Return everybody on the employers' and the network's side, and nobody."""
    tenants = [world.alpha, world.beta, world.agency, world.school, world.operator]
    return [{}] + [{"organization": tenant.id, "user": user.pk} for tenant in tenants for user in tenant.users.values()]


def test_nobody_but_the_person_reaches_who_they_are(world: World) -> None:
    result = come(world, purposes=["agency_introduction", "employer_recontact", "school_information", "statistics"])
    for principal in principals(world):
        for table, text in rows_seen(principal).items():
            for canary in (NAME, "himitsu", "98765432", WORK):
                assert canary not in text, (principal, table, canary)
    own = "".join(rows_seen({"candidate": result.candidate_id}).values())
    assert all(canary in own for canary in (NAME, EMAIL, "+818098765432", WORK))


@pytest.mark.parametrize("purposes", [["agency_introduction"], ["agency_introduction", "employer_recontact"]])
def test_employer_reaches_no_pointer_to_a_person_whatever_they_agree_to(world: World, purposes: list[str]) -> None:
    result = come(world, purposes=purposes)
    pointer = str(result.candidate_id)
    for principal in principals(world):
        where = {
            table for table, text in rows_seen(principal).items() if pointer in text or pointer.replace("-", "") in text
        }
        assert where - JOBS == set(), principal


def test_person_reaches_nothing_of_the_employers_counts(world: World) -> None:
    result = come(world)
    seen = rows_seen({"candidate": result.candidate_id})
    hidden = ("credits_", "referrals_referral", "links_", "organizations_")
    assert {table for table, text in seen.items() if table.startswith(hidden) and text} == set()
