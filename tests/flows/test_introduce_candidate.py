"""From the posting to the yes: the employer sees nothing before, and nobody learns what the person keeps to themselves."""

from __future__ import annotations

import datetime as dt
import typing

import pytest
from django.db import IntegrityError, transaction

from career_relay.capabilities.facts.models import Fact
from career_relay.capabilities.messaging.models import Message
from career_relay.domain.ground.agreements import queries as agreements
from career_relay.domain.ground.organizations.operations.errors import UnableToActWithoutRight
from career_relay.domain.ground.postings.models import JobPosting
from career_relay.domain.ground.programmes import operations as programmes
from career_relay.domain.ground.programmes.models import DEFAULT_PROGRAMME_ID
from career_relay.domain.people.candidates import operations as candidates
from career_relay.domain.people.candidates.models import Access, Exclusion
from career_relay.domain.people.consents import operations as disclosing
from career_relay.domain.people.consents import queries as consents
from career_relay.domain.people.consents.models import ProvisionRecord
from career_relay.domain.people.introductions import operations as introductions
from career_relay.domain.people.introductions import queries
from career_relay.domain.people.introductions.models import Interview, Introduction, Step
from career_relay.domain.people.routing import operations as routing
from career_relay.domain.people.routing.models import Assignment
from career_relay.flows import introduce_candidate
from career_relay.kernel import actors, ids
from career_relay.kernel.clock import TOKYO
from career_relay.kernel.tenancy.context import acting_as
from tests.domain.ground.agreements import deal
from tests.flows import caring, introducing
from tests.flows.introducing import Scene
from tests.world import NOW

if typing.TYPE_CHECKING:
    import uuid

    from tests.world import World

LATER = NOW + dt.timedelta(hours=1)


@pytest.fixture
def scene(world: World) -> Scene:
    return introducing.scene(world)


def mails(**principal: uuid.UUID) -> list[Message]:
    with acting_as(**principal):
        return list(Message.objects.order_by("created_at", "to_address"))


def kinds(**principal: uuid.UUID) -> list[str]:
    return [mail.kind for mail in mails(**principal)]


def facts(**principal: uuid.UUID) -> list[tuple[str, str, dict[str, typing.Any]]]:
    with acting_as(**principal):
        found = Fact.objects.order_by("sequence").values_list("kind", "actor", "data")
        return [one for one in found if one[0].startswith("introduction.")]


def exclude(scene: Scene, reason: Exclusion.Reason = Exclusion.Reason.REJECTED_BY) -> None:
    with acting_as(candidate=scene.person.pk):
        candidates.exclude(candidate_id=scene.person.pk, organization_id=scene.employer.id, reason=reason, now=NOW)


# --- proposing


def test_proposal_copies_the_terms_and_waits_five_working_days(scene: Scene) -> None:
    made = introducing.propose(scene)
    assert (made.state, made.employer_id, made.hiring_employer_id) == ("proposed", None, scene.employer.id)
    assert (made.title, made.employer_name, made.terms) == ("経理", "アルファ精機株式会社", introducing.TERMS.stored())
    assert made.answer_by == dt.datetime(2026, 11, 30, 18, tzinfo=TOKYO)  # the 23rd is a holiday
    assert made.remind_at == dt.datetime(2026, 11, 26, 18, tzinfo=TOKYO)


def test_employer_sees_nothing_of_a_proposal(scene: Scene) -> None:
    introducing.propose(scene)
    with acting_as(organization=scene.employer.id):
        counts = [model.objects.count() for model in (Introduction, Step, Interview, Access, ProvisionRecord, Fact)]
        assert counts[:5] == [0, 0, 0, 0, 0]
        assert not Message.objects.filter(kind__contains="introduc").exists()
    assert (introducing.seen(scene), introducing.inbox(scene)) == ("", [])


def test_person_is_asked_in_their_own_words_and_the_agency_s(scene: Scene) -> None:
    introducing.propose(scene)
    asked = mails(candidate=scene.person.pk)[-1]
    told = [
        f"{introducing.NAME} 様",
        "アルファ精機株式会社",
        "経理",
        "つなぐ人材紹介株式会社",
        "経験が生きると思います。",
    ]
    assert asked.kind == "introduction_proposed"
    for text in (asked.text, asked.html):
        assert [word for word in [*told, "2026/11/30 (月) 18:00", "/me/introductions/"] if word not in text] == []


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"assignment_id": ids.new()}, "assignment"),
        ({"posting_id": ids.new()}, "posting"),
        ({"message": "あ" * 301}, "message"),
        ({"fit_note": "あ" * 501}, "fit_note"),
    ],
)
def test_proposal_needs_what_it_rests_on(scene: Scene, change: dict[str, typing.Any], field: str) -> None:
    with pytest.raises(introductions.UnableToPropose) as caught:
        introducing.propose(scene, **change)
    assert caught.value.field == field


def test_same_posting_is_not_proposed_again_while_it_is_open(scene: Scene) -> None:
    made = introducing.propose(scene)
    with pytest.raises(introductions.UnableToPropose) as caught:
        introducing.propose(scene, LATER)
    assert caught.value.field == "again"
    introduce_candidate.say_no(candidate_id=scene.person.pk, introduction_id=made.pk, reason="", now=LATER)
    assert introducing.propose(scene, LATER).state == "proposed"


def test_employer_of_the_network_needs_a_live_agreement(scene: Scene, world: World) -> None:
    posting = introducing.post(scene.agency, world.beta)
    with pytest.raises(introductions.UnableToPropose) as caught:
        introducing.propose(scene, posting_id=posting.pk)
    assert caught.value.field == "agreement"


def test_agency_without_standing_or_right_proposes_nothing(scene: Scene) -> None:
    with pytest.raises(UnableToActWithoutRight):
        introducing.propose(scene, actor=scene.recruiter)
    caring.let_expire(scene.agency)
    with pytest.raises(routing.UnableToWriteOnFile):
        introducing.propose(scene)


def test_placed_person_is_left_alone_for_two_years_unless_they_chose_the_agency(scene: Scene) -> None:
    with acting_as(organization=scene.agency.id):
        placed = introductions.block(
            organization_id=scene.agency.id,
            candidate_id=scene.person.pk,
            placement_id=ids.new(),
            since=dt.date(2024, 11, 24),
        )
    assert placed.until == dt.date(2026, 11, 23)
    with pytest.raises(introductions.UnableToPropose) as caught:
        introducing.propose(scene)
    assert caught.value.field == "block"
    assert introducing.propose(scene, NOW + dt.timedelta(days=1)).state == "proposed"


def test_block_is_lifted_by_a_choice_made_after_it_began(scene: Scene) -> None:
    """Whoever chose the agency long before the hire has not chosen it anew; that it was tried is on record."""
    told: dict[str, typing.Any] = {"candidate_id": scene.person.pk, "organization_id": scene.agency.id}
    with acting_as(organization=scene.agency.id):
        Assignment.objects.update(is_chosen=True)
        introductions.block(**told, placement_id=ids.new(), since=NOW.astimezone(TOKYO).date())
    with pytest.raises(introductions.UnableToPropose) as caught:
        introducing.propose(scene)
    assert caught.value.field == "block"
    assert facts(organization=scene.agency.id) == [("introduction.blocked", str(scene.agency.adviser), {})]
    with acting_as(organization=scene.agency.id):
        Assignment.objects.update(offered_at=NOW + dt.timedelta(days=1))
    assert introducing.propose(scene).state == "proposed"


@pytest.mark.parametrize("change", [{"state": "closed"}, {"valid_until": dt.date(2026, 11, 20)}])
def test_yes_to_a_posting_that_is_over_comes_too_late(scene: Scene, change: dict[str, typing.Any]) -> None:
    made = introducing.propose(scene)
    with acting_as(organization=scene.agency.id):
        JobPosting.objects.filter(pk=scene.posting.pk).update(**change)
    with pytest.raises(introductions.UnableToIntroduceNow):
        introducing.agree(made)
    assert (introducing.state(made), introducing.seen(scene)) == ("proposed", "")


# --- what an agency can't find out


def test_excluded_employer_looks_like_any_other_to_the_agency(scene: Scene, world: World) -> None:
    deal.live(world.agency, world.beta)
    other = introducing.post(scene.agency, world.beta)
    exclude(scene)
    before = len(mails(organization=scene.agency.id))
    kept, free = introducing.propose(scene), introducing.propose(scene, posting_id=other.pk)
    with acting_as(organization=scene.agency.id):
        files = [queries.introduction(scene.agency.id, one.pk, now=NOW) for one in (kept, free)]
        assert [(file.line.state, file.is_excluded, file.may) for file in files if file] == [
            ("proposed", False, frozenset({"withdraw"}))
        ] * 2
    assert len(mails(organization=scene.agency.id)) == before
    with acting_as(candidate=scene.person.pk):
        theirs = [queries.for_person(scene.person.pk, one.pk, now=NOW) for one in (kept, free)]
    assert [file.is_excluded for file in theirs if file] == [True, False]


def test_yes_to_an_excluded_employer_needs_a_second_word_and_lifts_the_exclusion(scene: Scene) -> None:
    exclude(scene, Exclusion.Reason.NAMED)
    made = introducing.propose(scene)
    with pytest.raises(introductions.UnableToAnswerWithExclusion):
        introducing.agree(made)
    assert (introducing.state(made), introducing.seen(scene)) == ("proposed", "")
    introducing.agree(made, lifts_exclusion=True)
    assert introducing.seen(scene) == introducing.NAME
    with acting_as(candidate=scene.person.pk):
        assert not Exclusion.objects.exists()


def test_second_agency_finds_a_no_like_any_other(scene: Scene, world: World) -> None:
    introducing.introduce(scene)
    rival, mine = _rival(scene, world)
    plain = introducing.propose(mine, posting_id=introducing.post(rival, None).pk)
    twice = introducing.propose(mine)
    introduce_candidate.say_no(candidate_id=scene.person.pk, introduction_id=plain.pk, reason="", now=LATER)
    with pytest.raises(introductions.UnableToIntroduceTwice):
        introducing.agree(twice, LATER)
    with acting_as(organization=rival.id):
        files = [queries.introduction(rival.id, one.pk, now=LATER) for one in (plain, twice)]
        told = [
            (file.line.state, file.line.changed_at, file.end_reason_name, [step.reason_name for step in file.steps])
            for file in files
            if file
        ]
        answers = Message.objects.filter(kind="introduction_answered")
        assert [(mail.subject, mail.to_address) for mail in answers] == [
            (answers[0].subject, answers[0].to_address)
        ] * 2
    assert told == [("declined", LATER, "", ["", ""])] * 2
    assert facts(organization=rival.id) == [("introduction.proposed", str(rival.adviser), {"uses_slot": False})] * 2


def _rival(scene: Scene, world: World) -> tuple[caring.Desk, Scene]:
    """Give the person a second agency, of their own choice, in agreement with the same employer."""
    rival = caring.new_desk(world.operator, "rival")
    deal.live(rival.tenant, world.alpha)
    programmes.publish_policy(
        programme_id=DEFAULT_PROGRAMME_ID, actor=actors.SYSTEM, now=NOW, effective_from=NOW, agencies_at_once=2
    )
    with acting_as(candidate=scene.person.pk):
        routing.choose(
            candidate_id=scene.person.pk, agencies=[rival.id], actor=actors.candidate(scene.person.pk), now=NOW
        )
    caring.accept(rival, caring.route(scene.person).pk)
    taken = next(one for one in caring.assignments(scene.person.pk) if one.organization_id == rival.id)
    return rival, Scene(rival, world.alpha, scene.person, taken, introducing.post(rival, world.alpha))


# --- the yes


def test_yes_shows_the_person_and_writes_both_records(scene: Scene) -> None:
    made = introducing.propose(scene)
    introducing.agree(made, LATER)
    assert introducing.seen(scene) == introducing.NAME
    assert introducing.inbox(scene) == [made.pk]
    with acting_as(candidate=scene.person.pk):
        access = Access.objects.get(scope="selection")
        records = ProvisionRecord.objects.filter(access_id=access.pk).order_by("side")
        assert [(one.side, one.organization_id, one.counterparty_id, one.obtained) for one in records] == [
            ("giver", scene.agency.id, scene.employer.id, "registration"),
            ("receiver", scene.employer.id, scene.agency.id, "agency"),
        ]
        [given] = consents.live(scene.person.pk, LATER)
        assert (access.granted_at, access.valid_until) == (LATER, given.valid_until)
        newest = consents.provisions(scene.person.pk)[0]
    assert (newest.giver_name, newest.receiver_name) == ("つなぐ人材紹介株式会社", "アルファ精機株式会社")


def test_yes_is_told_to_both_and_mails_to_organizations_name_nobody(scene: Scene) -> None:
    introducing.agree(introducing.propose(scene), LATER)
    told = [mail for mail in mails(organization=scene.employer.id) if mail.kind == "person_introduced"]
    assert [mail.to_address for mail in told] == ["owner@alpha.example", "recruiter@alpha.example"]
    answered = [mail for mail in mails(organization=scene.agency.id) if mail.kind == "introduction_answered"]
    assert [mail.to_address for mail in answered] == ["adviser@agency.example"]
    for mail in [*told, *answered]:
        assert [word for word in ("髙﨑", "example.jp") if word in mail.text + mail.html + mail.subject] == []
    assert facts(organization=scene.employer.id) == [("introduction.made", "candidate", {"uses_slot": False})]
    assert facts(organization=scene.agency.id)[1:] == [("introduction.made", "candidate", {"uses_slot": False})]
    assert facts(candidate=scene.person.pk) == [
        ("introduction.answered", f"candidate:{scene.person.pk}", {"answer": "yes"})
    ]


def test_yes_to_an_employer_outside_is_on_the_agency_s_record_alone(scene: Scene) -> None:
    posting = introducing.post(scene.agency, None)
    made = introducing.agree(introducing.propose(scene, posting_id=posting.pk), LATER)
    assert (made.state, made.employer_id) == ("introduced", None)
    with acting_as(candidate=scene.person.pk):
        newest = consents.provisions(scene.person.pk)[0]
        assert not Access.objects.filter(scope="selection").exists()
    assert (newest.giver_id, newest.receiver_id, newest.receiver_name) == (scene.agency.id, None, "外の会社株式会社")


def test_yes_is_to_the_terms_that_were_shown(scene: Scene) -> None:
    made = introducing.propose(scene)
    with pytest.raises(introductions.UnableToAnswerOtherTerms):
        introduce_candidate.say_yes(
            candidate_id=scene.person.pk, introduction_id=made.pk, terms_hash="0" * 64, lifts_exclusion=False, now=NOW
        )
    assert introducing.seen(scene) == ""


def test_yes_comes_once_in_time_and_from_its_person(scene: Scene, world: World) -> None:
    made = introducing.propose(scene)
    with pytest.raises(introductions.UnableToAnswerIntroduction):
        introducing.agree(made, made.answer_by)
    with pytest.raises(introductions.UnableToFindIntroduction):
        introduce_candidate.say_yes(
            candidate_id=world.sora.pk,
            introduction_id=made.pk,
            terms_hash=made.terms_hash,
            lifts_exclusion=True,
            now=NOW,
        )
    introducing.agree(made)
    with pytest.raises(introductions.UnableToAnswerIntroduction):
        introducing.agree(made)


@pytest.mark.parametrize("lost", ["licence", "stop", "agreement"])
def test_yes_shows_nobody_once_the_ground_is_gone(scene: Scene, lost: str) -> None:
    made = introducing.propose(scene)
    if lost == "licence":
        caring.let_expire(scene.agency)
    elif lost == "stop":
        caring.stop(scene.agency)
    else:
        _suspend_with_employer(scene)
    with pytest.raises(introductions.UnableToIntroduceNow):
        introducing.agree(made)
    assert (introducing.state(made), introducing.seen(scene)) == ("proposed", "")


def _suspend_with_employer(scene: Scene) -> None:
    with acting_as(organization=scene.employer.id):
        between = agreements.open_between(scene.employer.id, scene.agency.id)
    assert between is not None
    deal.suspend(scene.employer, between)


def test_no_reaches_the_agency_with_its_reason_and_never_the_employer(scene: Scene) -> None:
    made = introducing.propose(scene)
    with pytest.raises(introductions.UnableToEndWithoutReason):
        introduce_candidate.say_no(candidate_id=scene.person.pk, introduction_id=made.pk, reason="because", now=LATER)
    introduce_candidate.say_no(candidate_id=scene.person.pk, introduction_id=made.pk, reason="salary", now=LATER)
    with acting_as(organization=scene.agency.id):
        file = queries.introduction(scene.agency.id, made.pk, now=LATER)
    assert file is not None
    assert (file.line.state, file.end_reason_name) == ("declined", "給与が希望と違う")
    with acting_as(organization=scene.employer.id):
        assert not Introduction.objects.exists()
        assert not Step.objects.exists()


# --- the database, when the application errs


def test_database_lets_nobody_but_the_person_open_an_introduction(scene: Scene) -> None:
    made = introducing.propose(scene)
    for principal in ({"organization": scene.agency.id}, {"organization": scene.employer.id}):
        with acting_as(**principal):
            found = Introduction.objects.filter(pk=made.pk)
            for change in ({"employer": scene.employer.id}, {"state": "introduced"}, {"introduced_at": NOW}):
                with transaction.atomic():
                    try:
                        assert found.update(**change) == 0
                    except IntegrityError:
                        transaction.set_rollback(True)
    assert (introducing.state(made), introducing.inbox(scene)) == ("proposed", [])


def test_database_refuses_an_access_without_introduction(scene: Scene) -> None:
    introducing.propose(scene)
    with pytest.raises(IntegrityError, match="has no introduction"), acting_as(candidate=scene.person.pk):
        disclosing.disclose_to_employer(
            candidate_id=scene.person.pk,
            employer_id=scene.employer.id,
            agency_id=scene.agency.id,
            has_fit_note=False,
            actor=actors.SYSTEM,
            now=NOW,
        )
    assert introducing.seen(scene) == ""


def test_database_refuses_an_access_to_another_employer_than_the_introduction_s(scene: Scene, world: World) -> None:
    introducing.introduce(scene)
    with acting_as(candidate=scene.person.pk), pytest.raises(IntegrityError), transaction.atomic():
        Introduction.objects.update(employer=world.beta.id)
    with acting_as(candidate=scene.person.pk), pytest.raises(IntegrityError), transaction.atomic():
        Introduction.objects.update(title="別の求人")


def test_database_refuses_a_second_agency_s_introduction(scene: Scene, world: World) -> None:
    introducing.introduce(scene)
    _, mine = _rival(scene, world)
    twice = introducing.propose(mine)
    with (
        pytest.raises(IntegrityError, match="introduction_not_twice"),
        acting_as(candidate=scene.person.pk),
        transaction.atomic(),
    ):
        Introduction.objects.filter(pk=twice.pk).update(
            state="introduced",
            employer=world.alpha.id,
            introduced_at=LATER,
            owned_until=LATER + dt.timedelta(days=1),
        )


def test_database_takes_a_proposal_from_the_agency_in_charge_alone(scene: Scene, world: World) -> None:
    made = introducing.propose(scene)
    copy = {
        field.attname: getattr(made, field.attname)
        for field in Introduction._meta.concrete_fields
        if field.name != "id"
    }
    introduce_candidate.say_no(candidate_id=scene.person.pk, introduction_id=made.pk, reason="", now=NOW)
    cases: list[tuple[dict[str, uuid.UUID], dict[str, typing.Any]]] = [
        ({"candidate": scene.person.pk}, {}),
        ({"organization": scene.agency.id}, {"candidate_id": world.sora.pk}),
        ({"organization": scene.agency.id}, {"hiring_employer_id": world.beta.id}),
        ({"organization": scene.agency.id}, {"state": "introduced"}),
    ]
    for principal, change in cases:
        with acting_as(**principal), pytest.raises(IntegrityError, match="may not begin"), transaction.atomic():
            Introduction.objects.create(**(copy | change))
