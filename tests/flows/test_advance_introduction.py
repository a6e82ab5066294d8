"""From the introduction to the accepted offer: whose turn it is, who is told, and who sees whom at each step."""

from __future__ import annotations

import datetime as dt
import typing

import pytest

from career_relay.capabilities.messaging.models import Message
from career_relay.domain.ground.organizations.operations.errors import UnableToActWithoutRight
from career_relay.domain.people.introductions import operations as introductions
from career_relay.domain.people.introductions import queries, rules
from career_relay.flows import advance_introduction
from career_relay.kernel import actors
from career_relay.kernel.tenancy.context import acting_as
from tests.flows import caring, introducing
from tests.flows.introducing import Scene
from tests.world import NOW

if typing.TYPE_CHECKING:
    import uuid

    from career_relay.domain.people.introductions.models import Interview, Introduction
    from tests.world import World

LATER = NOW + dt.timedelta(hours=1)
TIMES = [NOW + dt.timedelta(days=day) for day in (3, 4)]


@pytest.fixture
def scene(world: World) -> Scene:
    return introducing.scene(world)


def kinds(**principal: uuid.UUID) -> list[str]:
    with acting_as(**principal):
        return list(Message.objects.order_by("created_at", "to_address").values_list("kind", flat=True))


def times(scene: Scene, made: Introduction, at: list[dt.datetime], now: dt.datetime = NOW) -> Interview:
    return advance_introduction.propose_times(
        organization_id=scene.employer.id,
        introduction_id=made.pk,
        times=at,
        place="本社 3 階",
        actor=scene.recruiter,
        now=now,
    )


def choose(made: Introduction, chosen: dt.datetime, now: dt.datetime = NOW) -> Interview:
    return advance_introduction.choose_time(
        introduction_id=made.pk, chosen=chosen, candidate_id=made.candidate_id, now=now
    )


def withdraw(made: Introduction, reason: str = "", now: dt.datetime = NOW) -> Introduction:
    return advance_introduction.withdraw(
        introduction_id=made.pk, reason=reason, candidate_id=made.candidate_id, now=now
    )


def line(scene: Scene, made: Introduction, now: dt.datetime = NOW) -> queries.Line:
    with acting_as(organization=scene.agency.id):
        file = queries.introduction(scene.agency.id, made.pk, now=now)
    assert file is not None
    return file.line


def test_whole_way_to_an_accepted_offer(scene: Scene) -> None:
    made = introducing.introduce(scene)
    introducing.advance(scene, made, "screening")
    introducing.advance(scene, made, "interview")
    times(scene, made, TIMES)
    assert line(scene, made).waits_for == "person"
    choose(made, TIMES[1])
    assert line(scene, made).waits_for == ""
    second = introducing.advance(scene, made, "next_round")
    assert (second.state, second.round) == ("interview", 2)
    assert line(scene, made).state_name == "面接（2 回目）"
    advance_introduction.offer(
        organization_id=scene.employer.id,
        introduction_id=made.pk,
        salary=4_800_000,
        start_on=dt.date(2027, 1, 4),
        note="試用期間 3 か月",
        actor=scene.recruiter,
        now=LATER,
    )
    accepted = advance_introduction.accept_offer(introduction_id=made.pk, candidate_id=made.candidate_id, now=LATER)
    assert (accepted.state, accepted.accepted_at, accepted.offer_salary) == ("accepted", LATER, 4_800_000)
    assert introducing.seen(scene) == introducing.NAME
    with acting_as(organization=scene.employer.id):
        file = queries.of_employer(scene.employer.id, made.pk, now=LATER)
    assert file is not None
    assert [(step.side, step.state_after) for step in file.steps] == [
        ("person", "introduced"),
        ("employer", "screening"),
        ("employer", "interview"),
        ("employer", "interview"),
        ("employer", "offered"),
        ("person", "accepted"),
    ]
    assert file.may == frozenset()


def test_everybody_is_told_what_concerns_them(scene: Scene) -> None:
    made = introducing.introduce(scene)
    introducing.advance(scene, made, "interview")
    times(scene, made, TIMES)
    choose(made, TIMES[0])
    person, employer, agency = (
        kinds(candidate=made.candidate_id),
        kinds(organization=scene.employer.id),
        kinds(organization=scene.agency.id),
    )
    assert person[-2:] == ["introduction_proposed", "interview_times"]
    assert sorted(kind for kind in employer if kind in {"person_introduced", "time_chosen"}) == [
        "person_introduced",
        "person_introduced",
        "time_chosen",
        "time_chosen",
    ]
    about = [kind for kind in agency if kind.startswith("introduction_")]
    assert sorted(about) == ["introduction_answered", *["introduction_moved"] * 3]
    with acting_as(organization=scene.employer.id):
        chosen = Message.objects.filter(kind="time_chosen").first()
    assert chosen is not None
    assert [word in chosen.text for word in ("2026/11/26 (木) 14:05", "髙﨑")] == [True, False]


def test_refusal_closes_the_sight_and_is_gentle(scene: Scene) -> None:
    made = introducing.introduce(scene)
    introducing.refuse(scene, made, LATER)
    assert (introducing.seen(scene), introducing.state(made)) == ("", "refused")
    with acting_as(organization=scene.agency.id):
        agencys = queries.introduction(scene.agency.id, made.pk, now=LATER)
    with acting_as(candidate=made.candidate_id):
        persons = queries.for_person(made.candidate_id, made.pk, now=LATER)
        told = Message.objects.get(kind="introduction_over")
    assert agencys is not None
    assert persons is not None
    assert (agencys.end_reason_name, agencys.introduction.end_note) == ("求める経験と違った", "もう少し経験がほしい")
    assert (persons.end_reason_name, persons.introduction.end_note, persons.steps[-1].note) == ("", "", "")
    assert [word for word in ("不採用", "経験がほしい", "求める経験") if word in told.text + told.html] == []
    assert "見送り" in told.text


def test_refusal_needs_a_reason_of_the_employer_s(scene: Scene) -> None:
    made = introducing.introduce(scene)
    for reason, note in (("work", ""), ("", ""), ("skills", "あ" * 301)):
        with pytest.raises(introductions.UnableToEndWithoutReason):
            advance_introduction.refuse(
                organization_id=scene.employer.id,
                introduction_id=made.pk,
                reason=reason,
                note=note,
                actor=scene.recruiter,
                now=NOW,
            )


def test_sight_stays_while_another_introduction_is_open(scene: Scene) -> None:
    first = introducing.introduce(scene)
    other = introducing.post(scene.agency, scene.employer, title="人事")
    second = introducing.agree(introducing.propose(scene, posting_id=other.pk))
    introducing.refuse(scene, first)
    assert introducing.seen(scene) == introducing.NAME
    withdraw(second)
    assert introducing.seen(scene) == ""


def test_person_withdraws_without_saying_why(scene: Scene) -> None:
    made = introducing.introduce(scene)
    withdraw(made, "other_job", LATER)
    assert (introducing.seen(scene), introducing.state(made)) == ("", "withdrawn")
    assert kinds(organization=scene.employer.id)[-2:] == ["introduction_withdrawn", "introduction_withdrawn"]
    with acting_as(organization=scene.employer.id):
        file = queries.of_employer(scene.employer.id, made.pk, now=LATER)
    assert file is not None
    assert (file.identity, file.end_reason_name, file.introduction.end_reason) == (None, "", "")
    assert line(scene, made).state_name == "辞退・取り下げ"
    with pytest.raises(introductions.UnableToMoveIntroduction):
        withdraw(made)


def test_agency_withdraws_with_a_reason(scene: Scene) -> None:
    made = introducing.propose(scene)
    told: dict[str, typing.Any] = {
        "introduction_id": made.pk,
        "organization_id": scene.agency.id,
        "actor": scene.agency.adviser,
        "now": LATER,
    }
    with pytest.raises(introductions.UnableToEndWithoutReason):
        advance_introduction.withdraw(reason="", **told)
    advance_introduction.withdraw(reason="posting_changed", **told)
    assert introducing.state(made) == "withdrawn"
    assert kinds(candidate=made.candidate_id)[-1] == "introduction_over"
    assert "introduction_withdrawn" not in kinds(organization=scene.employer.id)


def test_agency_does_not_decide_for_an_employer_of_the_network(scene: Scene) -> None:
    made = introducing.introduce(scene)
    with pytest.raises(introductions.UnableToMoveIntroduction):
        advance_introduction.advance(
            organization_id=scene.agency.id,
            introduction_id=made.pk,
            to="screening",
            actor=scene.agency.adviser,
            now=NOW,
        )


def test_agency_acts_for_an_employer_outside(scene: Scene) -> None:
    posting = introducing.post(scene.agency, None)
    made = introducing.agree(introducing.propose(scene, posting_id=posting.pk))
    told: dict[str, typing.Any] = {
        "introduction_id": made.pk,
        "organization_id": scene.agency.id,
        "actor": scene.agency.adviser,
        "now": NOW,
    }
    advance_introduction.advance(to="interview", **told)
    advance_introduction.propose_times(times=TIMES, place="", **told)
    interview = advance_introduction.choose_time(chosen=TIMES[0], **told)
    assert interview.chosen == TIMES[0]
    advance_introduction.offer(salary=4_000_000, start_on=dt.date(2027, 1, 4), note="", **told)
    assert advance_introduction.accept_offer(**told).state == "accepted"


def test_only_those_who_decide_decide(scene: Scene, world: World) -> None:
    made = introducing.introduce(scene)
    for organization, role, error in (
        (world.alpha, "auditor", UnableToActWithoutRight),
        (world.beta, "owner", introductions.UnableToFindIntroduction),
    ):
        with pytest.raises(error):
            advance_introduction.advance(
                organization_id=organization.id,
                introduction_id=made.pk,
                to="screening",
                actor=actors.user(organization.users[role].pk),
                now=NOW,
            )


def test_times_are_proposed_anew_and_chosen_from_those_on_the_table(scene: Scene) -> None:
    made = introducing.introduce(scene)
    introducing.advance(scene, made, "interview")
    with pytest.raises(introductions.UnableToChooseTime):
        choose(made, TIMES[0])
    times(scene, made, TIMES[:1])
    choose(made, TIMES[0])
    times(scene, made, TIMES[1:])
    with pytest.raises(introductions.UnableToChooseTime):
        choose(made, TIMES[0])
    with pytest.raises(introductions.UnableToChooseTime):
        choose(made, TIMES[1], now=TIMES[1])
    assert choose(made, TIMES[1]).chosen == TIMES[1]


@pytest.mark.parametrize("at", [[], [NOW], [TIMES[0], TIMES[0]], [TIMES[0] + dt.timedelta(hours=n) for n in range(6)]])
def test_times_are_one_to_five_different_ones_to_come(scene: Scene, at: list[dt.datetime]) -> None:
    made = introducing.introduce(scene)
    introducing.advance(scene, made, "interview")
    with pytest.raises(introductions.UnableToProposeTimes):
        times(scene, made, at)


@pytest.mark.parametrize(("salary", "start_on", "field"), [(None, 4, "salary"), (0, 4, "salary"), (1, -60, "start_on")])
def test_offer_names_salary_and_start(scene: Scene, salary: int | None, start_on: int, field: str) -> None:
    made = introducing.introduce(scene)
    introducing.advance(scene, made, "screening")
    with pytest.raises(introductions.UnableToOffer) as caught:
        advance_introduction.offer(
            organization_id=scene.employer.id,
            introduction_id=made.pk,
            salary=salary,
            start_on=NOW.date() + dt.timedelta(days=start_on),
            note="",
            actor=scene.recruiter,
            now=NOW,
        )
    assert caught.value.field == field


def test_person_is_asked_for_nothing_that_is_not_on_the_table(scene: Scene) -> None:
    made = introducing.introduce(scene)
    with pytest.raises(introductions.UnableToMoveIntroduction):
        advance_introduction.accept_offer(introduction_id=made.pk, candidate_id=made.candidate_id, now=NOW)
    with pytest.raises(introductions.UnableToMoveIntroduction):
        introducing.advance(scene, made, "next_round")
    with pytest.raises(ValueError, match="Name the person"):
        advance_introduction.accept_offer(introduction_id=made.pk, now=NOW)


@pytest.mark.parametrize("seen", ["interview-1", "screening-0", ""])
def test_step_leads_on_from_what_was_seen_and_from_nowhere_else(scene: Scene, seen: str) -> None:
    made = introducing.introduce(scene)
    introducing.advance(scene, made, "interview")
    told: dict[str, typing.Any] = {
        "organization_id": scene.employer.id,
        "introduction_id": made.pk,
        "to": "next_round",
        "actor": scene.recruiter,
        "now": NOW,
    }
    if seen == "interview-1":
        assert advance_introduction.advance(seen=seen, **told).round == 2
    with pytest.raises(introductions.UnableToMoveIntroduction):
        advance_introduction.advance(seen=seen, **told)
    with acting_as(organization=scene.agency.id):
        made.refresh_from_db()
    assert made.round == (2 if seen == "interview-1" else 1)


def test_offer_that_was_mended_is_not_taken_as_it_was_read_before(scene: Scene) -> None:
    made = introducing.introduce(scene)
    read = introducing.offer(scene, made)
    advance_introduction.offer(
        organization_id=scene.employer.id,
        introduction_id=made.pk,
        salary=4_000_000,
        start_on=dt.date(2027, 1, 4),
        note="",
        actor=scene.recruiter,
        now=LATER,
    )
    told: dict[str, typing.Any] = {"introduction_id": made.pk, "candidate_id": made.candidate_id, "now": LATER}
    with pytest.raises(introductions.UnableToAnswerOtherTerms):
        advance_introduction.accept_offer(**told, seen=rules.offer_seen(read.offered_at))
    assert introducing.state(made) == "offered"
    assert advance_introduction.accept_offer(**told, seen=rules.offer_seen(LATER)).state == "accepted"


def test_nobody_goes_on_to_a_hire_without_the_agency_s_licence(scene: Scene) -> None:
    made = introducing.introduce(scene)
    introducing.offer(scene, made)
    caring.let_expire(scene.agency)
    with pytest.raises(introductions.UnableToGoOnWithoutAgency):
        advance_introduction.accept_offer(introduction_id=made.pk, candidate_id=made.candidate_id, now=LATER)
    with pytest.raises(introductions.UnableToGoOnWithoutAgency):
        advance_introduction.offer(
            organization_id=scene.employer.id,
            introduction_id=made.pk,
            salary=5_000_000,
            start_on=dt.date(2027, 1, 4),
            note="",
            actor=scene.recruiter,
            now=LATER,
        )
    assert introducing.state(made) == "offered"
