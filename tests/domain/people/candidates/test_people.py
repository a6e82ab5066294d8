from __future__ import annotations

import datetime as dt
import typing

import pytest

from career_relay.capabilities.facts.models import Fact
from career_relay.domain.people.candidates import operations, queries, rules
from career_relay.domain.people.candidates.models import Access, Candidate, Exclusion, Identity, Profile
from career_relay.kernel import actors, ids
from career_relay.kernel.tenancy.context import acting_as
from tests.flows import caring
from tests.world import NOW

if typing.TYPE_CHECKING:
    from tests.world import World

LATER = NOW + dt.timedelta(minutes=5)
REJECTED_BY = Exclusion.Reason.REJECTED_BY


def facts_of(candidate: Candidate) -> list[tuple[str, dict[str, typing.Any]]]:
    with acting_as(candidate=candidate.pk):
        return list(Fact.objects.order_by("sequence").values_list("kind", "data"))


def test_by_address_finds_a_person_however_the_address_is_written(world: World) -> None:
    for typed in ("sora@people.example", " SORA@People.example", "ｓｏｒａ@people.example"):
        assert queries.by_address(typed) == world.sora.pk
    assert queries.by_address("nobody@people.example") is None


def test_create_refuses_a_second_person_with_the_address(world: World) -> None:
    twin = ids.new()
    details = rules.details(name="別人", email="Sora@people.example")
    with pytest.raises(operations.UnableToCreateTwice), acting_as(candidate=twin):
        operations.create(candidate_id=twin, details=details, language="ja", now=NOW)
    with acting_as(candidate=twin):
        assert not Candidate.objects.exists()


def test_identity_is_for_the_person_alone(world: World) -> None:
    with acting_as(candidate=world.sora.pk):
        person = queries.identity(world.sora.pk)
    assert person == queries.Person(
        candidate_id=world.sora.pk,
        name="山田 空",
        email="sora@people.example",
        phone="+819012345678",
        confirmed_at=NOW,
    )
    for principal in ({}, {"organization": world.agency.id}, {"candidate": world.hana.pk}):
        with acting_as(**principal):
            assert queries.identity(world.sora.pk) is None


def test_identity_opens_by_an_access_for_introduction_and_closes_with_it(world: World) -> None:
    def see() -> str | None:
        with acting_as(organization=world.agency.id):
            person = queries.identity(world.sora.pk)
        return person.name if person else None

    assert see() is None
    agency = caring.desk(world.agency, world.operator)
    caring.agree_to_introduction(world.sora.pk)
    caring.take(agency, world.sora)
    assert see() == "山田 空"
    with acting_as(candidate=world.sora.pk):
        Access.objects.filter(scope=Access.Scope.INTRODUCTION).delete()
    assert see() is None


def test_correct_changes_own_data_and_records_which_fields(world: World) -> None:
    actor = actors.candidate(world.sora.pk)
    with acting_as(candidate=world.sora.pk):
        changes = {"name": "山田 そら", "phone": "", "prefecture": "13", "occupation": "総務"}
        assert operations.correct(candidate_id=world.sora.pk, changes=changes, actor=actor, now=LATER) == [
            "name",
            "phone",
            "occupation",
        ]
        assert operations.correct(candidate_id=world.sora.pk, changes=changes, actor=actor, now=LATER) == []
        held = queries.held(world.sora.pk)
    assert (held.person.name, held.person.phone, held.prefecture_name, held.occupation) == (
        "山田 そら",
        "",
        "東京都",
        "総務",
    )
    assert facts_of(world.sora) == [("candidate.corrected", {"fields": ["name", "phone", "occupation"]})]


def test_correct_by_another_person_finds_nobody(world: World) -> None:
    with acting_as(candidate=world.hana.pk), pytest.raises(operations.UnableToFindCandidate):
        operations.correct(
            candidate_id=world.sora.pk, changes={"name": "x"}, actor=actors.candidate(world.hana.pk), now=NOW
        )


def test_exclusions_are_the_persons_own_and_kept_by_their_first_reason(world: World) -> None:
    person = world.sora.pk
    with acting_as(candidate=person):
        operations.exclude(candidate_id=person, organization_id=world.alpha.id, reason=Exclusion.Reason.NAMED, now=NOW)
        operations.exclude(candidate_id=person, organization_id=world.alpha.id, reason=REJECTED_BY, now=LATER)
        operations.exclude(candidate_id=person, organization_id=world.beta.id, reason=REJECTED_BY, now=LATER)
        for organization in (world.alpha.id, world.beta.id):
            operations.lift_exclusion(candidate_id=person, organization_id=organization, reason=REJECTED_BY)
        held = queries.held(person)
    assert [(kept.organization_name, kept.reason, kept.since) for kept in held.kept_from] == [
        ("アルファ精機株式会社", "named", NOW)
    ]
    for organization in (world.alpha.id, world.agency.id):
        with acting_as(organization=organization):
            assert not Exclusion.objects.exists()
    assert facts_of(world.sora) == []


def test_end_sessions_makes_every_browser_nobody(world: World) -> None:
    before = queries.session_version(world.sora.pk)
    with acting_as(candidate=world.sora.pk):
        operations.end_sessions(candidate_id=world.sora.pk)
    assert (before, queries.session_version(world.sora.pk)) == (1, 2)
    assert queries.session_version(ids.new()) is None


def test_erase_leaves_a_pseudonym(world: World) -> None:
    person = world.sora.pk
    agency = caring.desk(world.agency, world.operator)
    caring.agree_to_introduction(person)
    caring.take(agency, world.sora)
    with acting_as(candidate=person):
        assert Access.objects.exists()
        operations.exclude(candidate_id=person, organization_id=world.alpha.id, reason=REJECTED_BY, now=NOW)
        operations.erase(candidate_id=person, actor=actors.candidate(person), now=LATER)
        left = Candidate.objects.get()
        for model in (Identity, Profile, Access, Exclusion):
            assert not model._default_manager.exists(), model
        with pytest.raises(operations.UnableToFindCandidate):
            operations.erase(candidate_id=person, actor=actors.candidate(person), now=LATER)
    assert (left.state, left.email_index, left.erased_at, left.session_version) == ("erased", None, LATER, 2)
    assert (queries.by_address("sora@people.example"), queries.session_version(person)) == (None, None)
    assert facts_of(world.sora)[-1] == ("candidate.erased", {})
    with acting_as(candidate=world.hana.pk):
        assert queries.identity(world.hana.pk) is not None
