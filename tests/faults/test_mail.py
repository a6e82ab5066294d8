"""Kill -9 of the worker while it sends: nothing is lost, nothing that must not repeat is sent twice."""

from __future__ import annotations

import collections
import email
import functools
import typing

import pytest
from django.db.models import Sum

from career_relay.capabilities.messaging.models import Attempt, Message
from career_relay.kernel.tenancy.context import acting_as
from tests.capabilities.messaging import letters
from tests.tasks import worker_process
from tests.tasks.worker_process import wait_for

if typing.TYPE_CHECKING:
    from tests.capabilities.messaging.sink import Sink

pytestmark = pytest.mark.faults

EACH = 60
KILLS = 4
CONCURRENCY = 4
UNFINISHED = ["queued", "sending"]
GONE_SECONDS = 60  # a job that a killed worker had fetched is taken up once that worker counts as gone, after 20 s


def count(**conditions: object) -> int:
    with acting_as(organization=letters.OWNER):
        return Message.objects.filter(**conditions).count()


def addresses(name: str, **conditions: object) -> set[str]:
    with acting_as(organization=letters.OWNER):
        messages = Message.objects.filter(to_address__startswith=name, **conditions)
        return set(messages.values_list("to_address", flat=True))


def test_killed_workers_lose_no_code_and_repeat_no_notice(fresh_database: dict[str, str], mail_server: Sink) -> None:
    for number in range(EACH):
        letters.queue(f"code-{number}@people.example", repeats_when_uncertain=True)
        letters.queue(f"notice-{number}@people.example")
    mail_server.pauses = {"RCPT": 0.05, "CONTENT": 0.1}
    options = {"mail_port": mail_server.port, "EMAIL_CLAIM_SECONDS": "2"}

    for _ in range(KILLS):
        with worker_process.running(fresh_database["app"], **options) as worker:
            assert wait_for(functools.partial(has_claimed, claims() + CONCURRENCY + 2))
            worker.kill()
    mail_server.pauses = {}
    with worker_process.running(fresh_database["app"], **options):
        assert wait_for(lambda: count(state__in=UNFINISHED) == 0, GONE_SECONDS)

    received = collections.Counter(recipient for recipient, _ in mail_server.mails)
    codes = {f"code-{number}@people.example" for number in range(EACH)}
    assert addresses("code", state="sent") == codes == codes & received.keys()
    assert max(received[address] for address in addresses("notice")) == 1
    assert addresses("notice", state="sent") == addresses("notice") - addresses("notice", state="uncertain")
    assert addresses("notice", state="sent") <= received.keys()
    assert KILLS <= lost_attempts() <= KILLS * CONCURRENCY
    assert repeated_under_another_id(mail_server) == {}


def claims() -> int:
    with acting_as(organization=letters.OWNER):
        return int(Message.objects.aggregate(claims=Sum("attempts"))["claims"])


def has_claimed(wanted: int) -> bool:
    return claims() >= wanted


def lost_attempts() -> int:
    with acting_as(organization=letters.OWNER):
        return Attempt.objects.filter(outcome="lost").count()


def repeated_under_another_id(server: Sink) -> dict[str, set[str]]:
    """Return each receiver whose copies do not carry one and the same Message-ID."""
    found: dict[str, set[str]] = collections.defaultdict(set)
    for recipient, content in server.mails:
        found[recipient].add(str(email.message_from_bytes(content)["Message-ID"]))
    return {recipient: names for recipient, names in found.items() if len(names) > 1}
