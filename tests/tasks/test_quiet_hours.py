from __future__ import annotations

import datetime as dt
import typing

from django.db import connection
from procrastinate.contrib.django.models import ProcrastinateJob

from career_relay.flows import notify_rejections as flow
from career_relay.kernel import clock
from career_relay.tasks import mail
from tests.flows import mailings

if typing.TYPE_CHECKING:
    import pytest

    from tests.capabilities.messaging.sink import Sink
    from tests.world import World

AT_NIGHT = dt.datetime(2026, 11, 24, 23, 30, tzinfo=clock.TOKYO)
IN_THE_MORNING = dt.datetime(2026, 11, 25, 8, tzinfo=clock.TOKYO)


def test_nothing_is_sent_at_night_and_the_job_comes_back_in_the_morning(
    world: World, mail_server: Sink, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = mailings.desk(world.alpha)
    mailing = mailings.queued(at, mailings.crowd(at, 2))
    with connection.cursor() as cursor:  # the worker has taken the job
        cursor.execute("UPDATE procrastinate_jobs SET status = 'doing' WHERE task_name = 'send_batch'")
    monkeypatch.setattr(clock, "now", lambda: AT_NIGHT)
    mail.send_batch(batch=str(mailing.pk), organization=str(at.tenant.id))
    again = ProcrastinateJob.objects.filter(task_name="send_batch").latest("id")
    assert (mail_server.mails, again.scheduled_at, mailings.reread(at, mailing).state) == (
        [],
        IN_THE_MORNING,
        "waiting",
    )


def test_sending_begins_at_once_by_day(db: None) -> None:
    noon = AT_NIGHT.replace(hour=12)
    assert flow.sending_begins(now=noon) == noon
