from __future__ import annotations

import datetime as dt
import json
import typing

import psycopg
import pytest
from django.db import connection
from psycopg import sql

from career_relay.capabilities.facts.models import Fact
from career_relay.capabilities.messaging.models import Message
from career_relay.domain.circle.referrals.models import Referral, Registration
from career_relay.domain.ground.credits.models import Entry, Holder
from career_relay.domain.people.books.models import SeekerEntry
from career_relay.domain.people.candidates import queries as candidates
from career_relay.domain.people.candidates.operations import UnableToFindCandidate
from career_relay.domain.people.consents.models import Consent
from career_relay.flows import report_agency
from career_relay.flows.erase_candidate import Erased, erase_candidate
from career_relay.kernel import clock, ids
from career_relay.kernel.tenancy.context import acting_as
from career_relay.tasks import people
from tests.flows import story
from tests.portals.agency import desk
from tests.world import NOW, build_world

if typing.TYPE_CHECKING:
    import uuid

    from tests.world import World

LATER = NOW + dt.timedelta(days=3)
NAME, EMAIL, PHONE, WORK = "髙﨑 ひみつ", "himitsu@people.example", "080-9876-5432", "canary-occupation"


def come(world: World) -> uuid.UUID:
    purposes = ["agency_introduction", "employer_recontact"]
    link = story.open_link(world.alpha)
    return story.register(link, EMAIL, name=NAME, phone=PHONE, occupation=WORK, purposes=purposes).candidate_id


def test_erase_candidate_leaves_a_pseudonym_with_all_consents_withdrawn(world: World) -> None:
    person = come(world)
    assert erase_candidate(candidate_id=person, now=LATER) == Erased(candidate_id=person, erased_at=LATER)
    with acting_as(candidate=person):
        assert candidates.identity(person) is None
        assert list(Consent.objects.values_list("withdrawn_at", flat=True)) == [LATER, LATER]
        assert Registration.objects.count() == 1
        kinds = Fact.objects.order_by("sequence").values_list("kind", flat=True)
        assert list(kinds) == [
            "consent.granted",
            "consent.granted",
            "candidate.registered",
            "consent.withdrawn",
            "consent.withdrawn",
            "candidate.erased",
        ]


def test_erase_candidate_leaves_the_employers_count_as_it_was(world: World) -> None:
    person = come(world)
    erase_candidate(candidate_id=person, now=LATER)
    with acting_as(organization=world.alpha.id):
        assert Holder.objects.get().counted == 1
        assert Entry.objects.count() == 1
        assert Referral.objects.get().state == "counted"


def test_erase_candidate_mails_the_last_word_and_forgets_the_address_within_a_day(world: World) -> None:
    person = come(world)
    erase_candidate(candidate_id=person, now=LATER)
    with acting_as(candidate=person):
        mail = Message.objects.get()
    assert (mail.kind, mail.to_address, mail.suppression_list) == ("registration_erased", EMAIL, "")
    assert NAME not in mail.text + mail.html
    with connection.cursor() as cursor:
        cursor.execute("SELECT args, scheduled_at FROM procrastinate_jobs WHERE task_name = 'forget_last_mail'")
        [(arguments, at)] = cursor.fetchall()
    assert (json.loads(arguments), at) == ({"candidate": str(person)}, LATER + dt.timedelta(hours=23))
    people.forget_last_mail(candidate=str(person))
    with acting_as(candidate=person):
        assert not Message.objects.exists()


def test_erase_candidate_twice_gives_the_first_result_and_one_mail(world: World) -> None:
    person = come(world)
    first = erase_candidate(candidate_id=person, now=LATER)
    assert erase_candidate(candidate_id=person, now=LATER + dt.timedelta(hours=1)) == first
    with acting_as(candidate=person):
        assert Message.objects.count() == 1
    with pytest.raises(UnableToFindCandidate):
        erase_candidate(candidate_id=ids.new(), now=LATER)


def test_person_who_was_erased_may_come_again_and_is_not_counted_twice(world: World) -> None:
    person = come(world)
    erase_candidate(candidate_id=person, now=LATER)
    again = story.register(story.create_link(world.alpha), EMAIL, now=LATER)
    assert again.candidate_id != person
    assert (again.is_returning, again.state, again.reason) == (False, "not_counted", "same_person")


def test_second_click_after_erasure_still_gives_its_result(world: World) -> None:
    link = story.open_link(world.alpha)
    sign_up = story.sign_up(EMAIL)
    code = story.code_of(sign_up)
    first = story.confirm(link, sign_up, NOW, code)
    erase_candidate(candidate_id=first.candidate_id, now=NOW)
    assert story.confirm(link, sign_up, NOW, code) == first


def test_no_trace_of_the_person_stays_anywhere_in_the_database(fresh_database: dict[str, str]) -> None:
    world = build_world()
    person = come(world)
    canaries = (NAME, "ひみつ", "himitsu", "98765432", WORK)
    before = dump(fresh_database["superuser"])
    assert [canary for canary in canaries if canary not in before] == []
    erase_candidate(candidate_id=person, now=LATER)
    people.forget_last_mail(candidate=str(person))
    left = dump(fresh_database["superuser"])
    assert str(person) in left
    assert [canary for canary in canaries if canary in left] == []


def test_nothing_of_a_report_stays_and_of_the_person_the_book_by_law_alone(fresh_database: dict[str, str]) -> None:
    world = build_world()
    agency = desk.open_agency(world)
    written = {"name": NAME, "phone": PHONE, "occupation": "経理"}
    assignment_id = desk.taken(agency, story.open_link(world.alpha, desk.before()), EMAIL, **written)
    person = desk.stored(agency, assignment_id).candidate_id
    report_agency.report_agency(
        candidate_id=person,
        assignment_id=assignment_id,
        topic="money",
        words=f"{WORK}：登録料を求められました。",
        wants_answer=True,
        now=clock.now(),
    )
    canaries = (NAME, "himitsu", WORK, "登録料")
    before = dump(fresh_database["superuser"])
    assert [canary for canary in canaries if canary not in before] == []
    erase_candidate(candidate_id=person, now=clock.now())
    people.forget_last_mail(candidate=str(person))
    assert NAME in dump(fresh_database["superuser"])
    left = dump(fresh_database["superuser"], but=SeekerEntry._meta.db_table)
    assert [canary for canary in canaries if canary in left] == []


def dump(url: str, *, but: str = "") -> str:
    """Return every row of every table but one as text, past row security: what a thief of the database would read."""
    with psycopg.connect(url) as connected:
        every = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> %s"
        tables = connected.execute(every, [but]).fetchall()
        query = sql.SQL("SELECT coalesce(string_agg(t::text, chr(10)), '') FROM {} t")
        rows = [connected.execute(query.format(sql.Identifier(table))).fetchone() for (table,) in tables]
    return "\n".join(row[0] for row in rows if row)
