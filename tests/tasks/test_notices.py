from __future__ import annotations

import typing

import pytest
from django.db import connection
from procrastinate.contrib.django.models import ProcrastinateJob

from career_relay.domain.hiring.notices import queries
from career_relay.domain.hiring.notices.operations import UnableToFindMailing
from career_relay.kernel import clock
from career_relay.kernel.tenancy.context import acting_as
from career_relay.tasks import mail, notices
from career_relay.tasks.notices import end_abandoned_mailings
from tests.capabilities.messaging.sink import DROP, FIRST_LINE
from tests.flows import mailings

if typing.TYPE_CHECKING:
    import procrastinate
    import pytest_django.fixtures

    from career_relay.domain.hiring.notices.models import Mailing
    from tests.capabilities.messaging.sink import Sink
    from tests.world import World


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
