"""What became of a mail meets what became of its decision: told is who was told of what still stands."""

from __future__ import annotations

import datetime as dt
import functools
import typing

import pytest
from django.db import connection

from career_relay.capabilities.messaging import operations as messaging
from career_relay.capabilities.messaging.models import Message
from career_relay.domain.hiring.applications.models import Application
from career_relay.domain.hiring.notices import operations, queries
from career_relay.domain.hiring.notices.models import Notice, Told
from career_relay.domain.hiring.notices.operations import releasing
from career_relay.flows import notify_rejections
from career_relay.kernel.tenancy.context import acting_as
from tests.flows import mailings, rivals
from tests.flows.mailings import DAY, Desk, Outcome
from tests.world import NOW, make_tenant

if typing.TYPE_CHECKING:
    from career_relay.domain.hiring.notices.models import Mailing
    from tests.world import World

LATER = NOW + 2 * DAY
STOPPING = 'UPDATE "messaging_message"'
HOUR = dt.timedelta(hours=1)
correct = functools.partial(mailings.correct, now=LATER)


@pytest.fixture
def at(world: World) -> Desk:
    return mailings.desk(world.alpha)


def drop(at: Desk, application: Application) -> operations.Dropped:
    with acting_as(organization=at.tenant.id):
        return operations.drop(
            organization_id=at.tenant.id, application_id=application.pk, user_id=at.tenant.owner.pk, now=LATER
        )


def change(at: Desk, application: Application, **values: typing.Any) -> None:
    """Change an application as a file does, and let go of what mails told."""
    with acting_as(organization=at.tenant.id):
        Application.objects.filter(pk=application.pk).update(**values)
        releasing.release_told(organization_id=at.tenant.id)


def lost(at: Desk, mailing: Mailing) -> messaging.Claimed:
    """Send a mail whose answer never comes."""
    claimed = mailings.claim(at, mailing, LATER)
    assert claimed is not None
    mailings.settle(at, claimed, Outcome.LOST, LATER)
    return claimed


def resolve(at: Desk, mailing: Mailing, *, has_arrived: bool) -> None:
    with acting_as(organization=at.tenant.id):
        notify_rejections.resolve_notice(
            organization_id=at.tenant.id,
            notice_id=Notice.objects.get(mailing=mailing).pk,
            has_arrived=has_arrived,
            user_id=at.tenant.owner.pk,
            now=LATER,
        )


def may_be_told(at: Desk, application: Application) -> bool:
    return set(mailings.left_out(at, mailings.draft(at, [application.pk], LATER)).values()) == {""}


def alone() -> Desk:
    return mailings.desk(make_tenant("employer", "アルファ精機株式会社", "alpha"), joins=False)


def test_answer_that_comes_while_its_decision_is_corrected_is_kept(fresh_database: dict[str, str]) -> None:
    at = alone()
    application = mailings.apply(at)
    mailing = mailings.queued(at, [application.pk], has_link=False)
    claimed = mailings.claim(at, mailing, LATER)
    assert claimed is not None
    with rivals.coming_before(STOPPING, rivals.again(lambda: mailings.settle(at, claimed, now=LATER))) as coming:
        mail = correct(at, application, outcome="in_progress")
    assert (mail, coming[0].result()) == ("too_late", "sent")
    assert (mailings.told_at(at, application), mailings.open_tells(at)) == (None, set())


def test_resolve_while_a_file_changes_the_decision_tells_nobody(fresh_database: dict[str, str]) -> None:
    at = alone()
    application = mailings.apply(at)
    mailing = mailings.queued(at, [application.pk], has_link=False)
    lost(at, mailing)
    with (
        rivals.coming_before("SELECT now()", lambda: resolve(at, mailing, has_arrived=True)) as coming,
        acting_as(organization=at.tenant.id),
        connection.cursor() as cursor,
    ):
        Application.objects.filter(pk=application.pk).update(outcome="in_progress", decided_at=None)
        cursor.execute("SELECT now()")
        assert not coming[0].done()
    assert (coming[0].result(), mailings.told_at(at, application), mailings.open_tells(at)) == (None, None, set())
    change(at, application, outcome="rejected", decided_at=LATER)
    assert may_be_told(at, application)


def reopen_by_file(at: Desk, application: Application) -> None:
    change(at, application, outcome="in_progress", decided_at=None)
    change(at, application, outcome="rejected", decided_at=LATER)


def reopen_by_hand(at: Desk, application: Application) -> None:
    assert correct(at, application, outcome="in_progress") == "too_late"
    assert correct(at, application, outcome="rejected") == ""


@pytest.mark.parametrize("reopen", [reopen_by_file, reopen_by_hand])
def test_lost_answer_about_the_first_rejection_says_nothing_about_the_second(
    at: Desk, reopen: typing.Callable[[Desk, Application], None]
) -> None:
    application = mailings.apply(at)
    mailing = mailings.queued(at, [application.pk])
    lost(at, mailing)
    reopen(at, application)
    assert may_be_told(at, application)
    with acting_as(organization=at.tenant.id):
        assert queries.undecided(mailing) == 1
    resolve(at, mailing, has_arrived=True)
    assert (mailings.told_at(at, application), mailings.open_tells(at)) == (None, set())
    with acting_as(organization=at.tenant.id):
        [line] = queries.people(mailing)
        assert queries.undecided(mailing) == 0
    assert (line.may_resolve, line.reason) == (False, "届いたことを確認しました。")


def test_decision_that_changed_while_the_answer_was_lost_is_let_go(at: Desk) -> None:
    application = mailings.apply(at)
    mailing = mailings.queued(at, [application.pk])
    claimed = mailings.claim(at, mailing, LATER)
    assert claimed is not None
    assert correct(at, application, outcome="in_progress") == "too_late"
    mailings.settle(at, claimed, Outcome.LOST, LATER)
    assert mailings.open_tells(at) == set()


@pytest.mark.parametrize("has_arrived", [True, False])
def test_late_answer_sends_nothing_again_after_a_person_found_out(at: Desk, has_arrived: bool) -> None:  # noqa: FBT001
    application = mailings.apply(at)
    mailing = mailings.queued(at, [application.pk])
    claimed = mailings.claim(at, mailing, LATER)
    assert claimed is not None
    messaging.recover(now=LATER + HOUR)
    resolve(at, mailing, has_arrived=has_arrived)
    assert mailings.settle(at, claimed, Outcome.RETRY, LATER + HOUR, 451) == "stopped"
    assert mailings.send_all(at, mailing, LATER + 5 * DAY) == []


def test_late_answer_sends_nothing_again_after_a_file_changed_the_decision(at: Desk) -> None:
    application = mailings.apply(at)
    mailing = mailings.queued(at, [application.pk])
    claimed = lost(at, mailing)
    change(at, application, outcome="in_progress", decided_at=None)
    assert mailings.settle(at, claimed, Outcome.RETRY, LATER + HOUR, 451) == "stopped"
    assert mailings.send_all(at, mailing, LATER + 5 * DAY) == []


def send(at: Desk, mailing: Mailing) -> None:
    assert mailings.send_all(at, mailing, LATER)


def find_out(at: Desk, mailing: Mailing) -> None:
    lost(at, mailing)
    resolve(at, mailing, has_arrived=True)


@pytest.mark.parametrize("tell", [send, find_out])
def test_person_whose_day_of_telling_is_cleared_may_be_told_again(
    at: Desk, tell: typing.Callable[[Desk, Mailing], None]
) -> None:
    application = mailings.apply(at)
    tell(at, mailings.queued(at, [application.pk]))
    assert not may_be_told(at, application)
    correct(at, application, told_at=None, email="new@people.example")
    mailing = mailings.queued(at, [application.pk], now=LATER)
    with acting_as(organization=at.tenant.id):
        assert queries.mailed_before(mailing) == 1
    assert len(mailings.send_all(at, mailing, LATER + 5 * DAY)) == 1
    assert mailings.told_at(at, application) == LATER + 5 * DAY


def test_confirming_does_not_warn_of_a_mail_that_did_not_arrive(at: Desk) -> None:
    application = mailings.apply(at)
    first = mailings.queued(at, [application.pk])
    lost(at, first)
    resolve(at, first, has_arrived=False)
    with acting_as(organization=at.tenant.id):
        assert queries.mailed_before(mailings.draft(at, [application.pk], LATER)) == 0


def test_confirming_warns_of_a_mail_that_may_have_told_of_an_earlier_decision(at: Desk) -> None:
    application = mailings.apply(at)
    lost(at, mailings.queued(at, [application.pk]))
    for outcome in ("in_progress", "rejected"):
        correct(at, application, outcome=outcome)
    with acting_as(organization=at.tenant.id):
        assert queries.mailed_before(mailings.draft(at, [application.pk], LATER)) == 1


def test_mail_that_arrived_after_a_lost_claim_tells_of_its_own_decision_only(at: Desk) -> None:
    application = mailings.apply(at)
    mailing = mailings.queued(at, [application.pk])
    assert mailings.claim(at, mailing, LATER)
    correct(at, application, outcome="in_progress")
    messaging.recover(now=LATER + HOUR)
    correct(at, application, outcome="rejected", decided_at=LATER)
    resolve(at, mailing, has_arrived=True)
    assert (mailings.told_at(at, application), may_be_told(at, application)) == (None, True)


def test_confirming_warns_of_whom_a_mail_told_while_the_decision_was_open(at: Desk) -> None:
    application, other = mailings.apply(at), mailings.apply(at, "b", "b@people.example")
    claimed = mailings.claim(at, mailings.queued(at, [application.pk]), LATER)
    assert claimed is not None
    correct(at, application, outcome="in_progress")
    mailings.settle(at, claimed, now=LATER)
    correct(at, application, outcome="rejected")
    second = mailings.draft(at, [application.pk, other.pk], LATER)
    with acting_as(organization=at.tenant.id):
        assert queries.mailed_before(second) == 1


@pytest.mark.parametrize(
    ("changes", "is_too_late"),
    [({"recruiter": "別の人"}, False), ({"outcome": "withdrew"}, True), ({"told_at": None}, True)],
)
def test_drop_after_sending_says_whether_the_mail_says_what_is_no_longer_so(
    at: Desk,
    changes: dict[str, typing.Any],
    is_too_late: bool,  # noqa: FBT001
) -> None:
    application = mailings.apply(at)
    send(at, mailings.queued(at, [application.pk]))
    with acting_as(organization=at.tenant.id):
        Application.objects.filter(pk=application.pk).update(**changes)
    assert drop(at, application) == operations.Dropped((), is_too_late=is_too_late, is_sent=is_too_late)


def test_drop_while_sending_says_that_it_is_not_sent_yet(at: Desk) -> None:
    application = mailings.apply(at)
    mailings.claim(at, mailings.queued(at, [application.pk]), LATER)
    assert drop(at, application) == operations.Dropped((), is_too_late=True, is_sent=False)


def test_mail_that_did_not_arrive_is_forgotten_with_its_words(at: Desk) -> None:
    application = mailings.apply(at)
    mailing = mailings.queued(at, [application.pk], has_link=False)
    lost(at, mailing)
    with acting_as(organization=at.tenant.id):
        operations.forget_untold(organization_id=at.tenant.id, application_ids=[application.pk])
        assert Told.objects.count() == 1
    resolve(at, mailing, has_arrived=False)
    with acting_as(organization=at.tenant.id):
        assert list(queries.last_results(at.tenant.id, [application.pk]).values()) == [
            "届いていないことを確認しました。"
        ]
        operations.forget_untold(organization_id=at.tenant.id, application_ids=[application.pk])
        assert [model.objects.count() for model in (Told, Notice, Message)] == [0, 0, 0]
