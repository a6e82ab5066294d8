"""News of people whose mail waits: what is no longer true is taken back, what never was can be forgotten."""

from __future__ import annotations

import typing

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from procrastinate.contrib.django.models import ProcrastinateJob

from career_relay.capabilities.messaging.models import Message
from career_relay.domain.ground.organizations.models import Organization
from career_relay.domain.hiring.applications.models import Applicant, Application
from career_relay.domain.hiring.links.models import RelayLink
from career_relay.domain.hiring.notices import operations
from career_relay.domain.hiring.notices.models import Notice, Told
from career_relay.flows import notify_rejections
from career_relay.kernel.tenancy.context import acting_as
from career_relay.tasks import notices as tasks
from tests import hiring
from tests.flows import mailings, rivals
from tests.flows.mailings import DAY, Desk
from tests.world import NOW, make_tenant

if typing.TYPE_CHECKING:
    from tests.world import World

LATER = NOW + 2 * DAY
WRITING = 'INSERT INTO "messaging_message"'


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


@pytest.mark.parametrize(
    ("field", "value", "taken_back"),
    [("name", "山田 華子", 1), ("kana", "ヤマダ ハナコ", 0), ("phone", "0312345678", 0)],
)
def test_review_waiting_stops_a_mail_that_names_its_receiver_wrongly(
    at: Desk, field: str, value: str, taken_back: int
) -> None:
    application = mailings.apply(at)
    mailing = mailings.queued(at, [application.pk])
    with acting_as(organization=at.tenant.id):
        type(application.applicant).objects.filter(pk=application.applicant_id).update(**{field: value})
    assert review(at, application) == taken_back
    again = mailings.queued(at, [application.pk]) if taken_back else mailing
    assert len(mailings.send_all(at, again, LATER)) == 1


@pytest.mark.parametrize("has_link", [True, False])
def test_review_waiting_stops_a_mail_that_names_another_posting(at: Desk, has_link: bool) -> None:  # noqa: FBT001
    application, other = mailings.apply(at), mailings.apply(at, "b", "b@people.example")
    mailings.queued(at, [application.pk, other.pk], has_link=has_link)
    assert review(at, application, other) == 0
    change(at, application, posting=hiring.posting(at.tenant, "人事"))
    assert review(at, application, other) == 1
    assert mailings.open_tells(at) == {other.pk}


def test_review_waiting_has_a_mail_without_answer_not_tried_again(at: Desk) -> None:
    application = mailings.apply(at)
    mailing = mailings.queued(at, [application.pk])
    claimed = mailings.claim(at, mailing, LATER)
    assert claimed is not None
    mailings.settle(at, claimed, mailings.Outcome.LOST, LATER)
    change(at, application, outcome="withdrew")
    assert review(at, application) == 0
    assert mailings.settle(at, claimed, mailings.Outcome.RETRY, LATER, 451) == "stopped"


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


def still_in(at: Desk) -> None:
    """Bring in, as a file does, that Hana is still in under a second record, which nobody knew before."""
    with acting_as(organization=at.tenant.id):
        review(at, mailings.apply(at, outcome="in_progress"))


def test_news_that_comes_while_mails_are_written_is_seen_by_the_look_after_it(fresh_database: dict[str, str]) -> None:
    at = mailings.desk(make_tenant("employer", "アルファ精機株式会社", "alpha"))
    application = mailings.apply(at)
    mailing = mailings.write(at, mailings.draft(at, [application.pk]))
    mailings.confirm(at, mailing)
    with rivals.coming_before(WRITING, lambda: still_in(at)) as coming:
        mailings.prepare(at, mailing)
    assert (coming[0].result(), mailings.open_tells(at)) == (None, {application.pk})
    job = ProcrastinateJob.objects.get(task_name="review_mails")
    tasks.review_mails(**job.args)
    assert (mailings.open_tells(at), mailings.send_all(at, mailing, LATER)) == (set(), [])
    with acting_as(organization=at.tenant.id):
        assert not RelayLink.objects.filter(mode="personal", revoked_at=None).exists()


def test_look_after_news_waits_for_mails_that_are_just_written(fresh_database: dict[str, str]) -> None:
    at = mailings.desk(make_tenant("employer", "アルファ精機株式会社", "alpha"))
    application = mailings.apply(at)
    mailing = mailings.write(at, mailings.draft(at, [application.pk]))
    mailings.confirm(at, mailing)

    def news() -> int:
        still_in(at)
        return notify_rejections.review_again(organization_id=at.tenant.id, now=NOW)

    with rivals.coming_before(WRITING, news) as coming:
        mailings.prepare(at, mailing)
    assert (coming[0].result(), mailings.open_tells(at)) == (1, set())


def test_correction_of_another_application_while_the_mail_is_written_takes_it_back(
    fresh_database: dict[str, str],
) -> None:
    at = mailings.desk(make_tenant("employer", "アルファ精機株式会社", "alpha"))
    told = mailings.apply(at)
    second = mailings.apply(at, "山田花子", outcome="withdrew")
    mailing = mailings.write(at, mailings.draft(at, [told.pk]))
    mailings.confirm(at, mailing)

    with rivals.coming_before(WRITING, lambda: mailings.correct(at, second, outcome="in_progress")) as coming:
        mailings.prepare(at, mailing)
    assert (coming[0].result(), mailings.send_all(at, mailing, LATER)) == ("stopped", [])


def test_correction_that_makes_a_record_the_same_person_while_the_mail_is_written_is_seen_by_the_look_after_it(
    fresh_database: dict[str, str],
) -> None:
    at = mailings.desk(make_tenant("employer", "アルファ精機株式会社", "alpha"))
    told = mailings.apply(at)
    second = mailings.apply(at, "山田花子", "typo@people.example", outcome="in_progress", decided_at=None)
    mailing = mailings.write(at, mailings.draft(at, [told.pk]))
    mailings.confirm(at, mailing)
    with rivals.coming_before(WRITING, lambda: mailings.correct(at, second, email="hana@people.example")) as coming:
        mailings.prepare(at, mailing)
    assert (coming[0].result(), mailings.open_tells(at)) == ("", {told.pk})
    tasks.review_mails(**ProcrastinateJob.objects.get(task_name="review_mails").args)
    assert mailings.send_all(at, mailing, LATER) == []


def test_new_name_of_the_employer_takes_no_mail_back(at: Desk) -> None:
    application = mailings.apply(at)
    mailing = mailings.queued(at, [application.pk])
    with acting_as(organization=at.tenant.id):
        Organization.objects.filter(pk=at.tenant.id).update(name="アルファ精機ホールディングス株式会社")
    assert review(at, application) == 0
    assert len(mailings.send_all(at, mailing, LATER)) == 1


def test_many_mails_are_taken_back_by_as_many_statements_as_one(at: Desk) -> None:
    asked = []
    for size in (1, 3):
        mailings.queued(at, mailings.crowd(at, size, outcome="rejected"))
        with acting_as(organization=at.tenant.id):
            Application.objects.update(outcome="withdrew")
        with CaptureQueriesContext(connection) as statements:
            assert notify_rejections.review_again(organization_id=at.tenant.id, now=NOW) == size
        asked.append(len(statements))
        with acting_as(organization=at.tenant.id):
            Applicant.objects.update(email="")
    assert asked[0] == asked[1]


def test_forget_untold_deletes_drafts_and_stopped_mails_with_links(at: Desk) -> None:
    drafted, stopped = mailings.apply(at, "a", "a@people.example"), mailings.apply(at, "b", "b@people.example")
    mailings.stop(at, mailings.queued(at, [stopped.pk]))
    mailings.draft(at, [drafted.pk])
    with acting_as(organization=at.tenant.id):
        operations.forget_untold(organization_id=at.tenant.id, application_ids=[drafted.pk, stopped.pk])
        left = (Told.objects.count(), Notice.objects.count(), RelayLink.objects.filter(mode="personal").count())
        assert (left, Message.objects.count()) == ((0, 0, 0), 0)


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
