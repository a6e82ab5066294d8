"""News of people whose mail waits: what is no longer true is taken back, what never was can be forgotten."""

from __future__ import annotations

import typing

import pytest

from career_relay.domain.hiring.applications.models import Application
from career_relay.domain.hiring.links.models import RelayLink
from career_relay.domain.hiring.notices import operations
from career_relay.domain.hiring.notices.models import Notice, Told
from career_relay.flows import notify_rejections
from career_relay.kernel.tenancy.context import acting_as
from tests.flows import mailings
from tests.flows.mailings import DAY, Desk
from tests.world import NOW

if typing.TYPE_CHECKING:
    from tests.world import World

LATER = NOW + 2 * DAY


@pytest.fixture
def at(world: World) -> Desk:
    return mailings.desk(world.alpha)


def review(at: Desk, *people: Application) -> int:
    with acting_as(organization=at.tenant.id):
        return notify_rejections.review_waiting(
            organization_id=at.tenant.id, applicant_ids=[one.applicant_id for one in people], now=NOW
        )


def change(at: Desk, application: Application, **values: typing.Any) -> None:
    with acting_as(organization=at.tenant.id):
        Application.objects.filter(pk=application.pk).update(**values)


def test_review_waiting_stops_what_is_no_longer_true_and_ends_its_links(at: Desk) -> None:
    withdrew, told, true = (mailings.apply(at, name, f"{name}@people.example") for name in "abc")
    mailing = mailings.queued(at, [withdrew.pk, told.pk, true.pk])
    change(at, withdrew, outcome="withdrew")
    change(at, told, told_at=NOW)
    assert review(at, withdrew, told, true) == 2
    assert review(at, withdrew, told, true) == 0
    assert mailings.open_tells(at) == {true.pk}
    with acting_as(organization=at.tenant.id):
        living = RelayLink.objects.filter(mode="personal", revoked_at=None)
        assert list(living.values_list("notice__applicant_id", flat=True)) == [true.applicant_id]
    assert len(mailings.send_all(at, mailing, LATER)) == 1


def test_review_waiting_leaves_others_and_what_is_as_it_was_alone(at: Desk) -> None:
    known, other = mailings.apply(at), mailings.apply(at, "b", "b@people.example")
    mailings.queued(at, [known.pk, other.pk])
    change(at, other, outcome="in_progress")
    assert review(at, known) == 0
    assert mailings.open_tells(at) == {known.pk, other.pk}


def test_review_waiting_stops_a_mail_to_an_address_that_is_no_more(at: Desk) -> None:
    application = mailings.apply(at)
    mailing = mailings.queued(at, [application.pk])
    with acting_as(organization=at.tenant.id):
        type(application.applicant).objects.filter(pk=application.applicant_id).update(email="new@people.example")
    assert review(at, application) == 1
    assert mailings.send_all(at, mailing, LATER) == []


def test_review_waiting_finds_the_person_under_a_second_record(at: Desk) -> None:
    application = mailings.apply(at, "髙﨑　花子")
    mailings.queued(at, [application.pk])
    second = mailings.apply(at, "高崎花子", outcome="in_progress")
    assert review(at, second) == 1


def test_draft_leaves_out_who_is_still_in_under_a_second_record(at: Desk) -> None:
    rejected = mailings.apply(at, "髙﨑　花子")
    mailings.apply(at, "高崎花子", outcome="hired", decided_at=NOW)
    namesake = mailings.apply(at, "山田 太郎", "one@people.example")
    mailings.apply(at, "山田 太郎", "other@people.example", outcome="in_progress")
    mailing = mailings.draft(at, [rejected.pk, namesake.pk])
    assert mailings.left_out(at, mailing) == {rejected.applicant_id: "open_elsewhere", namesake.applicant_id: ""}


def test_forget_untold_deletes_drafts_and_stopped_mails_with_links(at: Desk) -> None:
    drafted, stopped = mailings.apply(at, "a", "a@people.example"), mailings.apply(at, "b", "b@people.example")
    mailings.stop(at, mailings.queued(at, [stopped.pk]))
    mailings.draft(at, [drafted.pk])
    with acting_as(organization=at.tenant.id):
        operations.forget_untold(organization_id=at.tenant.id, application_ids=[drafted.pk, stopped.pk])
        left = (Told.objects.count(), Notice.objects.count(), RelayLink.objects.filter(mode="personal").count())
    assert left == (0, 0, 0)


def test_forget_untold_keeps_what_waits_is_sent_or_uncertain(at: Desk) -> None:
    waiting, sent, lost = (mailings.apply(at, name, f"{name}@people.example") for name in "abc")
    mailings.send_all(at, mailings.queued(at, [sent.pk]), LATER)
    claimed = mailings.claim(at, mailings.queued(at, [lost.pk]), LATER)
    assert claimed is not None
    mailings.settle(at, claimed, mailings.Outcome.LOST, LATER)
    mailings.queued(at, [waiting.pk], now=LATER)
    with acting_as(organization=at.tenant.id):
        operations.forget_untold(organization_id=at.tenant.id, application_ids=[waiting.pk, sent.pk, lost.pk])
        assert (Told.objects.count(), Notice.objects.count()) == (3, 3)


def test_forget_untold_keeps_a_notice_for_the_other_application_it_is_about(at: Desk) -> None:
    first = mailings.apply(at)
    second = mailings.apply(at, applicant=first.applicant)
    mailings.draft(at, [first.pk, second.pk])
    with acting_as(organization=at.tenant.id):
        operations.forget_untold(organization_id=at.tenant.id, application_ids=[first.pk])
        assert list(Told.objects.values_list("application_id", flat=True)) == [second.pk]
