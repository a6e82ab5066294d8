"""Whatever ends one: the employer's sight goes with the last of them, and free words go with the person."""

from __future__ import annotations

import datetime as dt
import typing

import pytest

from career_relay.capabilities.messaging.models import Message
from career_relay.domain.people.candidates.models import Access, Exclusion
from career_relay.domain.people.introductions import queries
from career_relay.domain.people.introductions.models import Introduction, Step
from career_relay.flows import advance_introduction, end_assignment, end_introductions
from career_relay.flows.erase_candidate import erase_candidate
from career_relay.flows.withdraw_consent import withdraw_consent
from career_relay.kernel.clock import TOKYO
from career_relay.kernel.tenancy.context import acting_as
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


def kinds(**principal: uuid.UUID) -> list[str]:
    with acting_as(**principal):
        return list(Message.objects.order_by("created_at", "to_address").values_list("kind", flat=True))


def how(scene: Scene, made: Introduction) -> tuple[str, str, str]:
    with acting_as(organization=scene.agency.id):
        found = Introduction.objects.get(pk=made.pk)
    return found.state, found.end_side, found.end_reason


def test_withdrawn_consent_closes_everything_at_once(scene: Scene) -> None:
    made = introducing.introduce(scene)
    withdraw_consent(candidate_id=scene.person.pk, now=LATER)
    assert (introducing.seen(scene), how(scene, made)) == ("", ("withdrawn", "system", "withdrawn"))
    with acting_as(candidate=scene.person.pk):
        assert not Access.objects.exists()
    assert kinds(organization=scene.employer.id)[-1] == "introduction_withdrawn"


@pytest.mark.parametrize("by", ["person", "agency"])
def test_end_of_the_agency_s_time_ends_what_it_introduced(scene: Scene, by: str) -> None:
    made, waiting = (
        introducing.introduce(scene),
        introducing.propose(scene, posting_id=introducing.post(scene.agency, scene.employer, title="人事").pk),
    )
    if by == "person":
        end_assignment.end_by_person(
            candidate_id=scene.person.pk, assignment_id=scene.assignment.pk, excludes=True, now=LATER
        )
    else:
        end_assignment.end_by_agency(
            organization_id=scene.agency.id,
            assignment_id=scene.assignment.pk,
            reason="agency_unable",
            actor=scene.agency.manager,
            now=LATER,
        )
    assert introducing.seen(scene) == ""
    assert [how(scene, one) for one in (made, waiting)] == [("withdrawn", "system", "assignment_over")] * 2
    assert kinds(organization=scene.employer.id).count("introduction_withdrawn") == 2  # owner and recruiter, once


def test_accepted_offer_outlives_the_agency_s_time(scene: Scene) -> None:
    made = introducing.introduce(scene)
    introducing.offer(scene, made)
    advance_introduction.accept_offer(introduction_id=made.pk, candidate_id=scene.person.pk, now=NOW)
    end_assignment.end_by_person(
        candidate_id=scene.person.pk, assignment_id=scene.assignment.pk, excludes=False, now=LATER
    )
    assert (introducing.state(made), introducing.seen(scene)) == ("accepted", introducing.NAME)
    withdraw_consent(candidate_id=scene.person.pk, now=LATER)
    assert (introducing.state(made), introducing.seen(scene)) == ("accepted", "")


def test_erasure_empties_every_free_word(scene: Scene) -> None:
    made = introducing.introduce(scene)
    introducing.refuse(scene, made)
    open_one = introducing.agree(
        introducing.propose(scene, posting_id=introducing.post(scene.agency, scene.employer, title="人事").pk)
    )
    erase_candidate(candidate_id=scene.person.pk, now=LATER)
    with acting_as(organization=scene.agency.id):
        rows = Introduction.objects.values_list("message", "fit_note", "end_note", "offer_note")
        assert list(rows) == [("", "", "", "")] * 2
        assert set(Step.objects.values_list("note", flat=True)) == {""}
    assert (how(scene, open_one), introducing.seen(scene)) == (("withdrawn", "system", "erased"), "")


def test_unanswered_proposal_is_reminded_of_once_and_lapses(scene: Scene) -> None:
    made = introducing.propose(scene)
    assert made.remind_at is not None
    keep = end_introductions.keep_introductions
    told: list[tuple[int, int]] = []
    for now in (LATER, made.remind_at, made.remind_at, made.answer_by, made.answer_by):
        kept = keep(now=now)
        told.append((kept.reminded, kept.lapsed))
    assert told == [(0, 0), (1, 0), (0, 0), (0, 1), (0, 0)]
    assert how(scene, made) == ("lapsed", "system", "")
    assert kinds(candidate=scene.person.pk).count("introduction_reminder") == 1
    assert kinds(organization=scene.agency.id)[-1] == "introduction_moved"
    assert "introduction_withdrawn" not in kinds(organization=scene.employer.id)


def test_reminder_says_the_day(scene: Scene) -> None:
    made = introducing.propose(scene)
    end_introductions.keep_introductions(now=dt.datetime(2026, 11, 26, 18, tzinfo=TOKYO))
    with acting_as(candidate=scene.person.pk):
        reminder = Message.objects.get(kind="introduction_reminder")
    assert [word in reminder.text for word in ("2026/11/30 (月) 18:00", f"/me/introductions/{made.pk}/")] == [True] * 2


def test_consent_that_is_over_ends_it_with_the_assignment(scene: Scene) -> None:
    made = introducing.introduce(scene)
    over = NOW + dt.timedelta(days=731)
    assert end_introductions.end_for_assignment(
        candidate_id=scene.person.pk, assignment_id=scene.assignment.pk, now=over
    )
    assert how(scene, made) == ("withdrawn", "system", "assignment_over")


def test_employer_that_sees_the_person_again_after_a_new_yes(scene: Scene) -> None:
    made = introducing.introduce(scene)
    introducing.refuse(scene, made)
    again = introducing.introduce(scene, LATER)
    assert introducing.seen(scene) == introducing.NAME
    caring.agree_to_introduction(scene.person.pk, LATER)  # the same words again prolong what employers see, too
    with acting_as(candidate=scene.person.pk):
        until = set(Access.objects.values_list("valid_until", flat=True))
    assert len(until) == 1
    with acting_as(organization=scene.agency.id):
        lines = queries.of_assignment(scene.agency.id, scene.assignment.pk, now=LATER)
    assert [(one.introduction_id, one.state) for one in lines] == [(again.pk, "introduced"), (made.pk, "refused")]


def test_employer_reads_no_words_about_somebody_it_no_longer_sees(scene: Scene) -> None:
    made = introducing.introduce(scene)
    introducing.advance(scene, made, "interview")
    advance_introduction.propose_times(
        organization_id=scene.employer.id,
        introduction_id=made.pk,
        times=[LATER + dt.timedelta(days=3)],
        place="本社 3 階",
        actor=scene.recruiter,
        now=NOW,
    )
    words = []
    for _moment in ("before", "after"):
        with acting_as(organization=scene.employer.id):
            file = queries.of_employer(scene.employer.id, made.pk, now=LATER)
        assert file is not None
        words.append((file.introduction.fit_note, [one.place for one in file.interviews]))
        withdraw_consent(candidate_id=scene.person.pk, now=LATER)
    assert words == [("決算の経験が 5 年あります。", ["本社 3 階"]), ("", [""])]


def keep_away(scene: Scene) -> None:
    end_introductions.keep_away(
        candidate_id=scene.person.pk, organization_id=scene.employer.id, reason=Exclusion.Reason.REJECTED_BY, now=LATER
    )


def test_whoever_keeps_an_employer_away_is_no_longer_seen_by_it(scene: Scene) -> None:
    made = introducing.introduce(scene)
    waiting = introducing.propose(scene, posting_id=introducing.post(scene.agency, scene.employer, title="人事").pk)
    keep_away(scene)
    assert introducing.seen(scene) == ""
    assert [how(scene, one) for one in (made, waiting)] == [("withdrawn", "person", ""), ("proposed", "", "")]
    assert kinds(organization=scene.employer.id)[-1] == "introduction_withdrawn"
    assert kinds(organization=scene.agency.id)[-1] == "introduction_moved"


def test_accepted_offer_outlives_an_exclusion(scene: Scene) -> None:
    made = introducing.introduce(scene)
    introducing.offer(scene, made)
    advance_introduction.accept_offer(introduction_id=made.pk, candidate_id=scene.person.pk, now=NOW)
    keep_away(scene)
    assert (how(scene, made)[0], introducing.seen(scene)) == ("accepted", "")
