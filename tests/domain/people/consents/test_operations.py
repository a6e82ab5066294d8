from __future__ import annotations

import dataclasses
import datetime as dt
import typing

import pytest

from career_relay.capabilities.facts.models import Fact
from career_relay.domain.people.candidates.models import Access, Candidate
from career_relay.domain.people.consents import operations, queries, wording
from career_relay.domain.people.consents.models import Consent
from career_relay.kernel import actors
from career_relay.kernel.tenancy.context import acting_as
from tests.world import NOW

if typing.TYPE_CHECKING:
    import uuid

    from tests.world import World

LATER = NOW + dt.timedelta(days=30)
RECONTACT, INTRODUCTION = Consent.Purpose.EMPLOYER_RECONTACT, Consent.Purpose.AGENCY_INTRODUCTION


def grant(
    world: World, purpose: str, organization_id: uuid.UUID | None = None, now: dt.datetime = NOW, language: str = "ja"
) -> Consent:
    with acting_as(candidate=world.sora.pk):
        return operations.grant(
            candidate_id=world.sora.pk,
            purpose=purpose,
            organization_id=organization_id,
            language=language,
            actor=actors.candidate(world.sora.pk),
            now=now,
        )


def withdraw(world: World, consent: Consent, now: dt.datetime = LATER) -> Consent:
    with acting_as(candidate=world.sora.pk):
        return operations.withdraw(
            candidate_id=world.sora.pk, consent_id=consent.pk, actor=actors.candidate(world.sora.pk), now=now
        )


def live(world: World, now: dt.datetime = LATER) -> list[str]:
    with acting_as(candidate=world.sora.pk):
        return [given.purpose for given in queries.live(world.sora.pk, now)]


def test_grant_keeps_the_words_it_was_given_to(world: World) -> None:
    consent = grant(world, INTRODUCTION, language="ja-easy")
    words = wording.current(INTRODUCTION, "ja-easy")
    assert (consent.wording_version, consent.wording_language, consent.wording_hash) == (1, "ja-easy", words.sha256)
    assert (consent.granted_at, consent.valid_until) == (NOW, NOW.replace(year=2028))


def test_recontact_shows_the_employer_nothing(world: World) -> None:
    grant(world, RECONTACT, world.alpha.id)
    with acting_as(organization=world.alpha.id):
        for model in (Access, Candidate, Consent):
            assert not model._default_manager.exists(), model


def test_second_yes_to_the_same_words_prolongs_the_first(world: World) -> None:
    first = grant(world, RECONTACT, world.alpha.id)
    second = grant(world, RECONTACT, world.alpha.id, LATER)
    assert (second.pk, second.granted_at) == (first.pk, NOW)
    assert second.valid_until == LATER.replace(year=2027)


def test_yes_after_the_term_is_a_new_one(world: World) -> None:
    over = NOW.replace(year=2027)
    first = grant(world, RECONTACT, world.alpha.id)
    assert live(world, over) == []
    second = grant(world, RECONTACT, world.alpha.id, over)
    assert second.pk != first.pk
    assert live(world, over) == [RECONTACT]
    with acting_as(candidate=world.sora.pk):
        assert Consent.objects.get(pk=first.pk).withdrawn_at == over


def test_yes_to_newer_words_replaces_the_older_one(world: World) -> None:
    words = wording.current(INTRODUCTION, "ja")
    newer = dataclasses.replace(words, version=2, text="新しい文面")
    first = grant(world, INTRODUCTION)
    wording.REGISTRY[INTRODUCTION, 2, "ja"] = newer
    try:
        second = grant(world, INTRODUCTION, now=LATER)
        with acting_as(candidate=world.sora.pk):
            told = [(given.wording.version, given.withdrawn_at) for given in queries.history(world.sora.pk)]
    finally:
        del wording.REGISTRY[INTRODUCTION, 2, "ja"]
    assert second.pk != first.pk
    assert (second.wording_version, second.wording_hash) == (2, newer.sha256)
    assert told == [(1, LATER), (2, None)]


def test_withdraw_works_once_and_only_on_ones_own(world: World) -> None:
    consent = grant(world, INTRODUCTION)
    with acting_as(candidate=world.hana.pk), pytest.raises(operations.UnableToWithdrawConsent):
        operations.withdraw(
            candidate_id=world.hana.pk, consent_id=consent.pk, actor=actors.candidate(world.hana.pk), now=LATER
        )
    withdraw(world, consent)
    assert withdraw(world, consent, LATER + dt.timedelta(days=1)).withdrawn_at == LATER
    assert live(world) == []
    with acting_as(candidate=world.sora.pk):
        told = list(Fact.objects.order_by("sequence").values_list("kind", "data", "subject_id"))
    data = {"purpose": "agency_introduction", "version": 1}
    assert told == [("consent.granted", data, consent.pk), ("consent.withdrawn", data, consent.pk)]


def test_recontact_of_two_employers_are_two_consents(world: World) -> None:
    first, _second = grant(world, RECONTACT, world.alpha.id), grant(world, RECONTACT, world.beta.id)
    withdraw(world, first)
    with acting_as(candidate=world.sora.pk):
        [left] = queries.live(world.sora.pk, LATER)
        assert not queries.is_recontact_allowed(world.sora.pk, world.alpha.id, LATER)
        assert queries.is_recontact_allowed(world.sora.pk, world.beta.id, LATER)
    assert left.organization_name == "ベータ商事株式会社"
    assert left.wording.title == "ベータ商事株式会社の次の募集のお知らせを受け取る"


def test_receipt_tells_everything_but_who(world: World) -> None:
    grant(world, RECONTACT, world.alpha.id)
    grant(world, INTRODUCTION)
    with acting_as(candidate=world.sora.pk):
        receipt = queries.receipt(world.sora.pk, NOW)
        again = queries.receipt_number(world.sora.pk)
    assert receipt.schema == "ISO/IEC TS 27560:2023"
    assert [given.purpose for given in receipt.consents] == ["agency_introduction", "employer_recontact"]
    assert receipt.number == again != queries.receipt_number(world.hana.pk)
    whole = str(dataclasses.asdict(receipt))
    for secret in (str(world.sora.pk), world.sora.pk.hex, "sora@people.example", "山田 空", "+819012345678"):
        assert secret not in whole, secret
