"""Mails for tests, queued and sent as the product does it."""

from __future__ import annotations

import typing
import uuid

from django.db import connections
from procrastinate.contrib.django.models import ProcrastinateJob

from career_relay.capabilities.messaging import operations, rules
from career_relay.capabilities.messaging.models import Attempt, Message
from career_relay.kernel import clock
from career_relay.kernel.tenancy.context import acting_as
from career_relay.tasks import mail
from tests.world import NOW

OWNER = uuid.UUID("01920000-0000-7000-8000-000000000001")
CHALLENGE = uuid.UUID("01920000-0000-7000-8000-000000000002")
SECRETS: dict[str, list[str | int]] = {
    "code": ["code", "test", str(CHALLENGE)],
    "url": ["token", "test", str(CHALLENGE), 1, "/open/%s/"],
}


class Principal(typing.TypedDict, total=False):
    """Whose a letter is, as `acting_as` and `queue` take it."""

    organization: uuid.UUID
    user: uuid.UUID
    candidate: uuid.UUID


def queue(to: str = "hana@people.example", **options: typing.Any) -> Message:
    """Queue a letter as its owner, an organization unless another is named."""
    principal = {name: options.pop(name) for name in ("organization", "user", "candidate") if name in options}
    owner = principal or {"organization": OWNER}
    with acting_as(**owner):
        usual = {"template": "mail/letter", "language": "ja", "context": {"name": "花"}, "secrets": SECRETS}
        return operations.queue(to=to, **owner, **(usual | {"now": clock.now()} | options))


def send(message: Message) -> Message:
    """Run the task that sends a letter, and return the letter as it is then."""
    mail.send_message(**arguments(message))
    return reread(message)


def settle_in_a_thread(message: Message) -> object:
    """Write down that the server took a claimed letter, on a connection of this thread's own."""
    try:
        with acting_as(**owner(message)):
            answer = rules.Answer(Attempt.Outcome.SENT, 250)
            return operations.settle(message_id=message.pk, attempt=1, answer=answer, started_at=NOW, now=NOW)
    finally:
        connections.close_all()


def arguments(message: Message) -> dict[str, str]:
    """Return what the letter's job is called with."""
    owners = {"organization": message.organization_id, "user": message.user_id, "candidate": message.candidate_id}
    return {"message": str(message.pk)} | {name: str(value) for name, value in owners.items() if value}


def reread(message: Message) -> Message:
    """Return the letter as it stands in the database now."""
    with acting_as(**owner(message)):
        return Message.objects.get(pk=message.pk)


def tries(message: Message) -> list[tuple[int, str, int | None, str]]:
    """Return number, outcome, code and error of each attempt."""
    with acting_as(**owner(message)):
        attempts = Attempt.objects.filter(message=message).order_by("number")
        return list(attempts.values_list("number", "outcome", "reply_code", "error"))


def jobs(message: Message) -> list[ProcrastinateJob]:
    """Return the jobs that will send the letter, oldest first."""
    return list(ProcrastinateJob.objects.filter(args__message=str(message.pk)).order_by("id"))


def owner(message: Message) -> dict[str, uuid.UUID | None]:
    """Return the arguments of `acting_as` for the letter's owner."""
    return {"organization": message.organization_id, "user": message.user_id, "candidate": message.candidate_id}


def connections_closed() -> None:
    """Close the connections of this process, as a pause between two requests would."""
    connections.close_all()
