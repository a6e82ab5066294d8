"""1,000 people are told while worker, web server and database are killed; a run of 10,000 is stopped in the middle."""

from __future__ import annotations

import collections
import contextlib
import datetime as dt
import os
import signal
import time
import typing

import pytest
from django.db import connections

from career_relay.capabilities.messaging.models import Message
from career_relay.domain.hiring.applications.models import Application
from career_relay.domain.hiring.notices import queries
from career_relay.domain.hiring.notices.models import Digest
from career_relay.flows import notify_rejections
from career_relay.kernel import clock
from career_relay.kernel.tenancy.context import acting_as
from tests import world
from tests.faults import programs
from tests.faults.people import Letterbox
from tests.flows import mailings
from tests.tasks import worker_process
from tests.tasks.worker_process import wait_for

if typing.TYPE_CHECKING:
    import collections.abc
    import pathlib

    import pytest_django.plugin

    from career_relay.domain.hiring.notices.models import Mailing
    from tests.capabilities.messaging.sink import Sink

pytestmark = [pytest.mark.faults, pytest.mark.timeout(180)]

PEOPLE = 1000
CROWD = 10_000
CLAIM_SECONDS = "5"
SETTLED_SECONDS = 90
STOP_SECONDS = 2
NAMED = {"sent", "uncertain"}
SENT = "SELECT count(*) FROM messaging_message WHERE state NOT IN ('queued', 'sending')"
WRITTEN = "SELECT count(*) FROM messaging_message"
OPEN = "SELECT count(*) FROM messaging_message WHERE state IN ('queued', 'sending')"
STATES = "SELECT message_id, to_address, state FROM messaging_message"
UNWRITTEN = "SELECT count(*) FROM notices_notice WHERE message_id IS NULL"
TOLD = """
    SELECT p.email FROM applications_application a JOIN applications_applicant p ON p.id = a.applicant_id
    WHERE a.told_at IS NOT NULL
"""


@pytest.fixture(scope="module")
def service() -> collections.abc.Iterator[programs.Service]:
    with programs.service() as running:
        yield running


@contextlib.contextmanager
def connected_to(service: programs.Service) -> collections.abc.Iterator[None]:
    """Send this process's connection to that server for a while."""
    connection = connections["default"]
    before = {name: connection.settings_dict[name] for name in ("HOST", "NAME")}
    connection.close()
    connection.settings_dict.update(HOST=str(service.server.socket), NAME=programs.DATABASE)
    yield
    connection.close()
    connection.settings_dict.update(before)


def confirmed(size: int, name: str) -> tuple[mailings.Desk, Mailing]:
    """Have an employer confirm a mailing that begins at once, with the morning's digest sent: no mail but the notices goes out."""
    at = mailings.desk(world.make_tenant("employer", name, "alpha"))
    mailings.hurry()
    now = clock.now()
    with acting_as(organization=at.tenant.id):
        Digest.objects.create(organization_id=at.tenant.id, day=clock.day_in_japan(now), sent_at=now)
    mailing = mailings.write(at, mailings.draft(at, mailings.crowd(at, size), now))
    mailings.confirm(at, mailing, now=now)
    return at, mailing


def test_killed_programs_tell_everybody_once_or_say_that_they_do_not_know(
    service: programs.Service,
    tmp_path: pathlib.Path,
    django_db_setup: None,
    django_db_blocker: pytest_django.plugin.DjangoDbBlocker,
) -> None:
    with programs.program(service.urls["app"], tmp_path, EMAIL_CLAIM_SECONDS=CLAIM_SECONDS) as running:
        with django_db_blocker.unblock(), connected_to(service):
            confirmed(PEOPLE, "アルファ精機株式会社")
        kills = kill_while_sending(service, running)
        assert wait_for(lambda: service.rows(OPEN) == [(0,)] == service.rows(UNWRITTEN), SETTLED_SECONDS), (
            collections.Counter(state for *_, state in service.rows(STATES))
        )
        letters = Letterbox(running.maildir).letters()
    states = {message_id: state for message_id, _address, state in service.rows(STATES)}
    addresses = {address for _id, address, _state in service.rows(STATES)}
    arrived = collections.Counter(letter.message_id for letter in letters)
    receivers = collections.Counter(letter.recipient for letter in letters)
    sent = {address for _id, address, state in service.rows(STATES) if state == "sent"}
    assert (len(addresses), len(states), set(states.values()) <= NAMED) == (PEOPLE, PEOPLE, True)
    assert (max(arrived.values()), max(receivers.values()), set(arrived) <= set(states)) == (1, 1, True)
    assert sent <= set(receivers)
    assert {address for (address,) in service.rows(TOLD)} == sent
    assert collections.Counter(states.values())["uncertain"] <= kills


def kill_while_sending(service: programs.Service, running: programs.Program) -> int:
    """Kill one after the other, while mails are written and whenever some more have gone; return how often."""

    def database() -> None:
        service.kill()
        service.start()

    def worker() -> None:
        os.kill(running.worker(), signal.SIGKILL)

    def web() -> None:
        os.kill(running.web_process(), signal.SIGKILL)

    # Each round lasts until a dead worker's job is missed.
    rounds = [(WRITTEN, 200, [worker, web]), (SENT, PEOPLE // 2, [database, worker, web, database])]
    for question, count, kills in rounds:
        wait_until(service, question, count)
        for kill in kills:
            kill()
    return sum(len(kills) for _question, _count, kills in rounds)


def wait_until(service: programs.Service, question: str, count: int) -> None:
    assert wait_for(lambda: service.rows(question)[0][0] >= count, SETTLED_SECONDS)


def test_stop_in_a_run_of_ten_thousand_is_obeyed_within_two_seconds(
    fresh_database: dict[str, str], mail_server: Sink
) -> None:
    at, mailing = confirmed(CROWD, "ベータ商事株式会社")
    mail_server.pauses = {"CONTENT": 0.02}  # nobody reads what the worker logs here, and a pipe holds only so much
    with worker_process.running(fresh_database["app"], mail_port=mail_server.port):
        assert wait_for(lambda: len(mail_server.mails) >= 100, 60)
        pressed = clock.now()
        with acting_as(organization=at.tenant.id):
            notify_rejections.stop_mailing(
                organization_id=at.tenant.id, mailing_id=mailing.pk, user_id=at.tenant.owner.pk, now=pressed
            )
        time.sleep(STOP_SECONDS)
        arrived = len(mail_server.mails)
        time.sleep(STOP_SECONDS)
        # An answer that came while the stop held what it is about is written down by a job a little later.
        assert wait_for(lambda: not is_sending(at), SETTLED_SECONDS)
    with acting_as(organization=at.tenant.id):
        late = Message.objects.filter(claimed_at__gt=pressed + dt.timedelta(seconds=STOP_SECONDS)).count()
        counts = queries.counts(mailings.reread(at, mailing))
        told = Application.objects.filter(told_at__isnull=False).count()
    assert late == 0
    assert len(mail_server.mails) == arrived == counts.states["sent"] == told
    assert counts.states == {"sent": arrived, "stopped": CROWD - arrived}


def is_sending(at: mailings.Desk) -> bool:
    """Tell whether what became of a mail is not written down yet."""
    with acting_as(organization=at.tenant.id):
        return Message.objects.filter(state="sending").exists()
