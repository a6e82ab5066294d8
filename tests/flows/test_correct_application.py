from __future__ import annotations

import typing

import pytest

from career_relay.domain.hiring.applications.models import Application, StageEvent
from career_relay.domain.hiring.applications.operations import corrections
from career_relay.domain.hiring.intake.vocabulary import Stage
from career_relay.domain.hiring.links.models import RelayLink
from career_relay.domain.hiring.notices import queries
from career_relay.flows import correct_application as flow
from career_relay.kernel.tenancy.context import acting_as
from tests.flows import mailings, rivals
from tests.flows.mailings import DAY, Desk, Outcome
from tests.world import NOW, make_tenant

if typing.TYPE_CHECKING:
    from tests.world import World

LATER = NOW + 2 * DAY


def move(at: Desk, application: Application, stage: Stage) -> None:
    with acting_as(organization=at.tenant.id):
        flow.move_application(
            organization_id=at.tenant.id,
            application_id=application.pk,
            seen=Stage.DOCUMENTS,
            stage=stage,
            reason="ボードで移動",
            user_id=at.tenant.owner.pk,
            now=NOW,
        )


@pytest.fixture
def at(world: World) -> Desk:
    return mailings.desk(world.alpha)


def test_correct_before_sending_takes_the_mail_back_with_its_link(at: Desk) -> None:
    wrong, other = mailings.apply(at), mailings.apply(at, "b", "b@people.example")
    second = mailings.apply(at, applicant=wrong.applicant)
    mailing = mailings.queued(at, [wrong.pk, second.pk, other.pk])
    assert mailings.correct(at, wrong, outcome="in_progress") == "stopped"
    assert mailings.open_tells(at) == {other.pk}
    with acting_as(organization=at.tenant.id):
        assert RelayLink.objects.filter(mode="personal", revoked_at=None).count() == 1
    assert len(mailings.send_all(at, mailing, LATER)) == 1
    assert [mailings.told_at(at, one) for one in (wrong, second, other)] == [None, None, LATER]


def test_correct_of_an_address_takes_the_mail_to_the_old_one_back(at: Desk) -> None:
    application = mailings.apply(at)
    mailings.queued(at, [application.pk])
    assert mailings.correct(at, application, email="new@people.example") == "stopped"
    mailing = mailings.queued(at, [application.pk])
    assert [message.to_address for message in mailings.messages(at, mailing)] == ["new@people.example"]


def test_correct_after_the_claim_says_that_it_is_too_late(at: Desk) -> None:
    application = mailings.apply(at)
    mailing = mailings.queued(at, [application.pk])
    claimed = mailings.claim(at, mailing, LATER)
    assert claimed is not None
    assert mailings.correct(at, application, outcome="withdrew") == "too_late"
    assert mailings.settle(at, claimed, now=LATER) == "sent"
    with acting_as(organization=at.tenant.id):
        assert Application.objects.get(pk=application.pk).outcome == "withdrew"


def test_correct_of_what_the_mail_does_not_say_leaves_it_alone(at: Desk) -> None:
    application = mailings.apply(at)
    mailing = mailings.queued(at, [application.pk])
    assert [
        mailings.correct(at, application, reason="条件"),
        mailings.correct(at, application, outcome="rejected"),
    ] == ["", ""]
    assert len(mailings.send_all(at, mailing, LATER)) == 1


@pytest.mark.parametrize(
    ("changes", "mail"),
    [({"recruiter": "別の人"}, ""), ({"outcome": "withdrew"}, "sent"), ({"email": "new@people.example"}, "sent")],
)
def test_correct_after_sending_says_when_the_mail_said_something_else(
    at: Desk, changes: dict[str, typing.Any], mail: str
) -> None:
    application = mailings.apply(at)
    assert mailings.send_all(at, mailings.queued(at, [application.pk]), LATER)
    assert mailings.correct(at, application, **changes) == mail


def test_correct_without_a_notice_is_a_correction(at: Desk) -> None:
    assert mailings.correct(at, mailings.apply(at), outcome="withdrew") == ""


@pytest.mark.parametrize("outcome", ["in_progress", "hired"])
def test_correct_of_another_application_takes_the_waiting_mail_of_the_person_back(at: Desk, outcome: str) -> None:
    rejected = mailings.apply(at)
    other = mailings.apply(at, applicant=rejected.applicant, outcome="withdrew")
    mailing = mailings.queued(at, [rejected.pk])
    assert mailings.correct(at, other, outcome=outcome) == "stopped"
    assert (mailings.send_all(at, mailing, LATER), mailings.open_tells(at)) == ([], set())
    with acting_as(organization=at.tenant.id):
        [line] = queries.people(mailing)
        assert not RelayLink.objects.filter(mode="personal", revoked_at=None).exists()
    assert (line.state, line.reason) == ("stopped", "送信の前に取りやめました（ほかの応募が選考中か内定です）。")


def test_correct_of_another_application_while_the_mail_is_sent_says_that_it_is_too_late(at: Desk) -> None:
    rejected = mailings.apply(at)
    other = mailings.apply(at, applicant=rejected.applicant, outcome="withdrew")
    mailing = mailings.queued(at, [rejected.pk])
    claimed = mailings.claim(at, mailing, LATER)
    assert claimed is not None
    assert mailings.correct(at, other, outcome="in_progress") == "too_late"
    assert mailings.settle(at, claimed, Outcome.RETRY, LATER, 451) == "stopped"


def test_correct_of_the_same_person_under_another_record_takes_the_mail_back(at: Desk) -> None:
    rejected = mailings.apply(at, "髙﨑　花子")
    other = mailings.apply(at, "高崎花子", outcome="withdrew")
    mailing = mailings.queued(at, [rejected.pk])
    assert mailings.correct(at, other, outcome="in_progress") == "stopped"
    assert mailings.send_all(at, mailing, LATER) == []


def test_correct_after_the_claim_keeps_a_refused_try_from_going_out_again(at: Desk) -> None:
    application = mailings.apply(at)
    mailing = mailings.queued(at, [application.pk])
    claimed = mailings.claim(at, mailing, LATER)
    assert claimed is not None
    assert mailings.correct(at, application, outcome="withdrew") == "too_late"
    assert mailings.settle(at, claimed, Outcome.RETRY, LATER, 451) == "stopped"
    assert mailings.send_all(at, mailing, LATER + DAY) == []
    assert (mailings.told_at(at, application), mailings.open_tells(at)) == (None, set())


def test_of_two_moves_at_once_the_first_stands_and_the_second_is_told(fresh_database: object) -> None:
    at = mailings.desk(make_tenant("employer", "アルファ精機株式会社", "alpha"), joins=False)
    application = mailings.apply(at, outcome="in_progress", decided_at=None)
    with rivals.coming_before(
        'UPDATE "applications_application"', lambda: move(at, application, Stage.FINAL)
    ) as coming:
        move(at, application, Stage.FIRST)
    with pytest.raises(corrections.UnableToMove):
        coming[0].result()
    with acting_as(organization=at.tenant.id):
        assert Application.objects.get().stage == Stage.FIRST
        assert [event.stage for event in StageEvent.objects.all()] == [Stage.FIRST]
