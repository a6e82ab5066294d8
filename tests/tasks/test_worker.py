"""The worker as a process: what it does, how it stops, and what it survives. Every commit is real."""

from __future__ import annotations

import signal
import typing

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from career_relay.capabilities import queue
from career_relay.kernel import ids
from tests.capabilities.messaging import letters
from tests.tasks import worker_process
from tests.tasks.worker_process import wait_for

if typing.TYPE_CHECKING:
    from tests.capabilities.messaging.sink import Sink

Addresses = dict[str, str]


def test_worker_sends_what_is_due_and_stops_when_told(fresh_database: Addresses, mail_server: Sink) -> None:
    early = letters.queue()
    with worker_process.running(fresh_database["app"], mail_port=mail_server.port) as worker:
        assert wait_for(lambda: letters.reread(early).state == "sent")
        mail_server.pauses = {"CONTENT": 1.0}
        late = letters.queue()
        assert wait_for(lambda: letters.reread(late).state == "sending")
        worker.send_signal(signal.SIGTERM)
        assert worker.wait(timeout=15) == 0
    assert (letters.reread(late).state, len(mail_server.mails)) == ("sent", 2)
    assert not ProcrastinateJob.objects.filter(task_name="send_message").exists()


def test_worker_says_nothing_about_people(fresh_database: Addresses, mail_server: Sink) -> None:
    mail_server.answers = {"RCPT": "550 5.1.1 hana@people.example is unknown"}
    message = letters.queue()
    queue.defer("invite_members", run=ids.new(), organization="not-an-id", user="x")
    with worker_process.running(fresh_database["app"], mail_port=mail_server.port) as worker:
        assert wait_for(lambda: letters.reread(message).state == "failed")
        assert wait_for(lambda: ProcrastinateJob.objects.filter(status="failed").count() == 1)
        worker.terminate()
        _, said = worker.communicate(timeout=15)
    assert ("hana" in said, "people.example" in said, "ValueError" in said) == (False, False, True)


def test_worker_refuses_to_work_as_the_owner(fresh_database: Addresses) -> None:
    with pytest.raises(AssertionError, match="relay_owner"):
        worker_process.start(fresh_database["owner"])
