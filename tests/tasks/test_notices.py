from __future__ import annotations

import contextlib
import typing

import psycopg
import pytest
from django.db import OperationalError, connection
from procrastinate.contrib.django.models import ProcrastinateJob

from career_relay.capabilities.messaging.models import Message
from career_relay.domain.ground.accounts import operations as accounts
from career_relay.domain.hiring.applications.models import Application
from career_relay.domain.hiring.notices import queries
from career_relay.domain.hiring.notices.models import Mailing
from career_relay.domain.hiring.notices.operations import UnableToFindMailing
from career_relay.kernel import clock
from career_relay.kernel.tenancy.context import acting_as
from career_relay.tasks import mail, notices
from career_relay.tasks.notices import end_abandoned_mailings
from tests.capabilities.messaging.sink import DROP, FIRST_LINE
from tests.flows import mailings
from tests.world import NOW, make_tenant

if typing.TYPE_CHECKING:
    import collections.abc

    import procrastinate
    import pytest_django.fixtures

    from tests.capabilities.messaging.sink import Sink
    from tests.world import World

SENDING = NOW + 2 * mailings.DAY


def confirmed(world: World, size: int) -> tuple[mailings.Desk, Mailing]:
    at = mailings.desk(world.alpha)
    mailings.hurry()
    now = clock.now()
    mailing = mailings.write(at, mailings.draft(at, mailings.crowd(at, size), now))
    mailings.confirm(at, mailing, now=now)
    return at, mailing


def test_confirming_leads_to_the_task_that_writes_and_that_to_the_one_that_sends(
    world: World, mail_server: Sink
) -> None:
    at, mailing = confirmed(world, 25)
    prepare = ProcrastinateJob.objects.get(task_name="prepare_mailing")
    notices.prepare_mailing(**prepare.args)
    for _turn in range(2):
        mail.send_batch(**ProcrastinateJob.objects.filter(task_name="send_batch").latest("id").args)
    assert (mailings.reread(at, mailing).state, len(mail_server.mails)) == ("finished", 25)
    assert len({recipient for recipient, _content in mail_server.mails}) == 25


def test_prepare_mailing_delivered_again_writes_nobody_twice(world: World) -> None:
    at, mailing = confirmed(world, 3)
    for _time in range(2):
        notices.prepare_mailing(mailing=str(mailing.pk), organization=str(at.tenant.id))
    assert len(mailings.messages(at, mailing)) == 3


def test_prepare_mailing_of_another_organization_finds_nothing(world: World) -> None:
    at, mailing = confirmed(world, 1)
    with pytest.raises(UnableToFindMailing):
        notices.prepare_mailing(mailing=str(mailing.pk), organization=str(world.beta.id))
    assert mailings.messages(at, mailing) == []


def test_digests_come_round_by_themselves(app: procrastinate.App) -> None:
    tasks = app.periodic_registry.periodic_tasks
    assert {name: task.cron for (name, _), task in tasks.items()}["send_digests"] == "*/15 * * * *"


@pytest.mark.parametrize(
    ("answers", "state", "words"),
    [
        ({}, "送信済み", ""),
        ({"CONNECT": DROP}, "送信待ち", ""),
        ({"MAIL": "421 4.3.2 closing"}, "送信待ち", ""),
        ({"RCPT": "450 4.2.0 greylisted"}, "送信待ち", ""),
        ({"DATA": DROP}, "送信待ち", ""),
        ({"RCPT": "550 5.1.1 unknown"}, "送信失敗", "メールサーバーに拒否され、届いていません"),
        ({"CONTENT": "552 5.3.4 too big"}, "送信失敗", "メールサーバーに拒否され、届いていません"),
        ({FIRST_LINE: DROP}, "送信未確認", "届いたか確認できません"),
        ({"CONTENT": DROP}, "送信未確認", "届いたか確認できません"),
    ],
)
def test_what_the_mail_server_does_is_said_in_words(
    world: World, mail_server: Sink, answers: dict[str, str], state: str, words: str
) -> None:
    mail_server.answers = answers
    at, mailing = confirmed(world, 1)
    notices.prepare_mailing(mailing=str(mailing.pk), organization=str(at.tenant.id))
    mail.send_batch(batch=str(mailing.pk), organization=str(at.tenant.id))
    with acting_as(organization=at.tenant.id):
        [line] = queries.people(mailings.reread(at, mailing))
    assert (line.state_name, line.reason.partition("。")[0], line.may_stop) == (state, words, state == "送信待ち")


@pytest.mark.parametrize(("step", "state"), [("CONNECT", "queued"), ("RCPT", "queued"), ("CONTENT", "uncertain")])
def test_slow_mail_server_is_waited_for_only_so_long(
    world: World, mail_server: Sink, settings: pytest_django.fixtures.Settings, step: str, state: str
) -> None:
    settings.EMAIL_TIMEOUT = 0.2
    mail_server.pauses = {step: 0.6}
    at, mailing = confirmed(world, 1)
    notices.prepare_mailing(mailing=str(mailing.pk), organization=str(at.tenant.id))
    mail.send_batch(batch=str(mailing.pk), organization=str(at.tenant.id))
    assert [message.state for message in mailings.messages(at, mailing)] == [state]


@pytest.mark.parametrize(("status", "state"), [("failed", "stopped"), ("todo", "preparing"), ("doing", "preparing")])
def test_mailing_whose_preparation_was_given_up_is_stopped_in_words(world: World, status: str, state: str) -> None:
    at = mailings.desk(world.alpha)
    application = mailings.apply(at)
    mailing = mailings.write(at, mailings.draft(at, [application.pk]))
    mailings.confirm(at, mailing)
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE procrastinate_jobs SET status = %s WHERE args->>'mailing' = %s", [status, str(mailing.pk)]
        )
    for _time in range(2):
        end_abandoned_mailings(0)
    assert mailings.reread(at, mailing).state == state
    again = mailings.draft(at, [application.pk])
    assert list(mailings.left_out(at, again).values()) == [""]


def set_jobs(task: str, status: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = %s WHERE task_name = %s", [status, task])


def forget_jobs() -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs")


def test_mailing_whose_last_job_died_after_its_mails_is_over(world: World) -> None:
    at = mailings.desk(world.alpha)
    mailing = mailings.queued(at, [mailings.apply(at).pk])
    claimed = mailings.claim(at, mailing, SENDING)
    assert claimed is not None
    set_jobs("send_batch", "failed")
    end_abandoned_mailings(0)
    assert mailings.reread(at, mailing).state == "waiting"
    mailings.settle(at, claimed, now=SENDING)
    end_abandoned_mailings(0)
    assert mailings.reread(at, mailing).state == "finished"


def test_mailing_whose_mails_wait_is_not_over_because_a_job_died(world: World) -> None:
    at = mailings.desk(world.alpha)
    mailing = mailings.queued(at, mailings.crowd(at, 2))
    set_jobs("send_batch", "failed")
    end_abandoned_mailings(0)
    notices.take_up_mailings(0)
    assert mailings.reread(at, mailing).state == "waiting"


@pytest.mark.parametrize("status", ["todo", "doing", None])
def test_mailing_whose_preparing_job_is_gone_gets_another(world: World, status: str | None) -> None:
    at, mailing = confirmed(world, 3)
    if status is None:
        forget_jobs()
    else:
        set_jobs("prepare_mailing", status)
    for _time in range(2):
        notices.take_up_mailings(0)
    [job] = ProcrastinateJob.objects.filter(task_name="prepare_mailing")
    assert job.args == {"mailing": str(mailing.pk), "organization": str(at.tenant.id)}
    notices.prepare_mailing(**job.args)
    assert (mailings.reread(at, mailing).state, len(mailings.messages(at, mailing))) == ("waiting", 3)


def test_mailing_whose_last_job_is_gone_ends_though_nobody_is_untold_any_more(world: World, mail_server: Sink) -> None:
    at, mailing = confirmed(world, 1)
    notices.prepare_mailing(mailing=str(mailing.pk), organization=str(at.tenant.id))
    mail.send_batch(batch=str(mailing.pk), organization=str(at.tenant.id))
    with acting_as(organization=at.tenant.id):
        Mailing.objects.filter(pk=mailing.pk).update(state=Mailing.State.WAITING)
    forget_jobs()
    notices.take_up_mailings(0)
    assert (queries.employers_with_untold(), mailings.reread(at, mailing).state) == ([], "finished")


def gives_up(times: int, statement: str, code: str = "57P01") -> typing.Callable[..., typing.Any]:
    """Let the database give a statement up so many times: it goes away, unless the code says otherwise."""
    left_over = times

    def execute_or_lose(execute: typing.Any, sql: typing.Any, *arguments: typing.Any) -> typing.Any:
        nonlocal left_over
        if left_over and str(sql).lstrip().startswith(statement):
            left_over -= 1
            sql, arguments = f"DO $$ BEGIN RAISE 'lost' USING ERRCODE = '{code}'; END $$", (None, *arguments[1:])
        return execute(sql, *arguments)

    return execute_or_lose


@contextlib.contextmanager
def file_that_comes_in(addresses: dict[str, str]) -> collections.abc.Iterator[None]:
    """Hold all applications, as a file does that is being taken in."""
    with psycopg.connect(addresses["superuser"]) as file:
        file.execute("SELECT FROM applications_application FOR NO KEY UPDATE")
        yield
        file.rollback()


def alone(size: int) -> tuple[mailings.Desk, Mailing]:
    at = mailings.desk(make_tenant("employer", "アルファ精機株式会社", "alpha"))
    mailings.hurry()
    mailing = mailings.write(at, mailings.draft(at, mailings.crowd(at, size), clock.now()))
    mailings.confirm(at, mailing, now=clock.now())
    return at, mailing


def test_answer_that_meets_a_file_is_written_down_by_a_job_and_the_next_mail_waits(
    fresh_database: dict[str, str], mail_server: Sink
) -> None:
    at, mailing = alone(2)
    notices.prepare_mailing(mailing=str(mailing.pk), organization=str(at.tenant.id))
    forget_jobs()
    with file_that_comes_in(fresh_database):
        mail.send_batch(batch=str(mailing.pk), organization=str(at.tenant.id))
        [later] = ProcrastinateJob.objects.filter(task_name="note_answer")
        mail.note_answer(**later.args)
    assert sorted(message.state for message in mailings.messages(at, mailing)) == ["queued", "sending"]
    [turn] = ProcrastinateJob.objects.filter(task_name="send_batch")
    assert turn.scheduled_at is not None
    assert turn.scheduled_at > clock.now()
    first, again = ProcrastinateJob.objects.filter(task_name="note_answer").order_by("id")
    assert first.args == again.args
    mail.note_answer(**again.args)
    [sent] = [message for message in mailings.messages(at, mailing) if message.finished_at]
    with acting_as(organization=at.tenant.id):
        told = list(Application.objects.exclude(told_at=None).values_list("told_at", flat=True))
    assert (sent.state, len(mail_server.mails), told) == ("sent", 1, [sent.finished_at])


def test_mails_that_meet_a_file_are_written_by_a_new_job_and_can_be_stopped_meanwhile(
    fresh_database: dict[str, str],
) -> None:
    at, mailing = alone(2)
    forget_jobs()
    with file_that_comes_in(fresh_database):
        notices.prepare_mailing(mailing=str(mailing.pk), organization=str(at.tenant.id))
        [later] = ProcrastinateJob.objects.filter(task_name="prepare_mailing")
        assert mailings.stop(at, mailing) == 2
    notices.prepare_mailing(**later.args)
    assert (mailings.messages(at, mailing), mailings.reread(at, mailing).state) == ([], "stopped")


def test_answer_of_the_mail_server_outlives_a_database_that_goes_away(
    world: World, mail_server: Sink, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mail, "PAUSES", (0, 0))
    at, mailing = confirmed(world, 1)
    notices.prepare_mailing(mailing=str(mailing.pk), organization=str(at.tenant.id))
    with connection.execute_wrapper(gives_up(2, 'UPDATE "applications_application" SET "told_at"')):
        mail.send_batch(batch=str(mailing.pk), organization=str(at.tenant.id))
    [message] = mailings.messages(at, mailing)
    assert (message.state, message.attempts, len(mail_server.mails)) == ("sent", 1, 1)
    with acting_as(organization=at.tenant.id):
        assert Application.objects.filter(told_at=None).count() == 0


def test_answer_about_a_mail_that_is_no_employers_is_tried_again_at_once(
    world: World, mail_server: Sink, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mail, "PAUSES", (0,))
    owner = world.alpha.owner
    with acting_as(user=owner.pk):
        accounts.warn_of_sign_up(user_id=owner.pk, address="x@people.example", language="ja", now=clock.now())
    [job] = ProcrastinateJob.objects.filter(task_name="send_message")
    with connection.execute_wrapper(gives_up(1, 'UPDATE "messaging_message"', code="55P03")):
        mail.send_message(**job.args)
    with acting_as(user=owner.pk):
        assert list(Message.objects.values_list("state", flat=True)) == ["sent"]


def test_answer_is_given_up_when_the_database_never_comes_back(
    world: World, mail_server: Sink, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mail, "PAUSES", (0, 0))
    at, mailing = confirmed(world, 1)
    notices.prepare_mailing(mailing=str(mailing.pk), organization=str(at.tenant.id))
    with (
        connection.execute_wrapper(gives_up(3, 'UPDATE "applications_application" SET "told_at"')),
        pytest.raises(OperationalError, match="lost"),
    ):
        mail.send_batch(batch=str(mailing.pk), organization=str(at.tenant.id))
    [message] = mailings.messages(at, mailing)
    assert (message.state, len(mail_server.mails)) == ("sending", 1)
