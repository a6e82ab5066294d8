"""Mails that go out together: written at once, sent one after the other, stopped by one word."""

from __future__ import annotations

import dataclasses
import typing

from django.conf import settings
from django.db.models import Min

from career_relay.capabilities import queue as jobs
from career_relay.capabilities.messaging import composing, rules, sql
from career_relay.capabilities.messaging.models import Attempt, Message
from career_relay.capabilities.messaging.operations import mails
from career_relay.kernel import ids

if typing.TYPE_CHECKING:
    import collections.abc
    import datetime as dt
    import uuid

    from career_relay.capabilities.messaging.placeholders import Recipe

State = Message.State


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """One mail of a batch, rendered: what stands in it and how it is sent.

    `sender_name` stands before our address in From; answers go to `reply_to`.
    """

    to: str
    subject: str
    text: str
    html: str
    kind: str
    language: str
    sender_name: str
    reply_to: str
    secrets: dict[str, Recipe]
    suppression_list: str = ""


@dataclasses.dataclass(frozen=True, slots=True)
class Claimed:
    """A message that was taken from a batch: to be handed over, or with the state that it ended in at once."""

    message_id: uuid.UUID
    envelope: composing.Envelope | None
    state: Message.State | None


def queue_batch(
    *,
    batch_id: uuid.UUID,
    organization: uuid.UUID,
    letters: collections.abc.Sequence[Letter],
    due_at: dt.datetime,
    now: dt.datetime,
) -> list[uuid.UUID]:
    """Write the mails of a batch, or more of them, and have the worker begin at `due_at`; return their ids in order.

    The caller acts as the organization and has checked the addresses. Uncertain ones are never sent again.
    """
    made = [
        _message(letter, batch_id=batch_id, organization=organization, due_at=due_at, now=now) for letter in letters
    ]
    Message.objects.bulk_create(made, batch_size=500)
    if made and not sql.has_waiting_job(batch_id, by=due_at):
        defer(batch_id, organization, at=due_at if due_at > now else None)
    return [message.pk for message in made]


def claim_next(*, batch_id: uuid.UUID, organization_id: uuid.UUID, now: dt.datetime) -> Claimed | None:
    """Take the next message of a batch that is due, looking in the same transaction whether its receiver wants it.

    None if nothing is due now. A message that cannot be put together fails by itself and holds up no other.
    Commit before handing the envelope over: then a crash leaves a claim to be found.
    """
    message_id = sql.claim_next(organization_id, batch_id, now=now, due_before=now)
    if message_id is None:
        return None
    message = Message.objects.get(pk=message_id)
    if mails.is_unwanted(message):
        mails.move(message, State.SUPPRESSED, due_at=None, now=now)
        return Claimed(message_id, None, State.SUPPRESSED)
    try:
        return Claimed(message_id, composing.envelope(message), None)
    except ValueError as error:
        mails.record_attempt(message, rules.Answer(Attempt.Outcome.REFUSED, error=type(error).__name__), now, now)
        mails.move(message, State.FAILED, due_at=None, now=now)
        return Claimed(message_id, None, State.FAILED)


def rewrite(*, message_id: uuid.UUID, letter: Letter, now: dt.datetime) -> None:
    """Give a mail that was held back by its receiver's wish other words, and have it wait again in its batch.

    It was never handed over with the words of before.
    """
    Message.objects.filter(pk=message_id, state=State.SUPPRESSED).update(
        subject=letter.subject,
        text=letter.text,
        html=letter.html,
        secrets={name: list(recipe) for name, recipe in letter.secrets.items()},
        suppression_list=letter.suppression_list,
        state=State.QUEUED,
        due_at=now,
        finished_at=None,
    )


def mails_in_a_turn(*, organization_id: uuid.UUID, now: dt.datetime) -> int:
    """Return how many mails a batch of the organization sends before others have their turn."""
    due = Message.objects.filter(
        organization_id=organization_id, batch_id__isnull=False, state=State.QUEUED, due_at__lte=now
    )
    return rules.mails_in_a_turn(due.order_by().values("batch_id").distinct().count())


def go_on(
    *, batch_id: uuid.UUID, organization_id: uuid.UUID, now: dt.datetime, not_before: dt.datetime | None = None
) -> bool:
    """Have the worker come back to a batch when its next mail is due; return whether there is anything to wait for.

    The new job stands at the end of the queue, so that batches take turns. `not_before` puts off even what is due.
    """
    waiting = Message.objects.filter(organization_id=organization_id, batch_id=batch_id)
    due_at = waiting.filter(state=State.QUEUED).aggregate(first=Min("due_at"))["first"]
    if due_at is None:
        return waiting.filter(state=State.SENDING).exists()
    moment = max(due_at, not_before or due_at)
    if not sql.has_waiting_job(batch_id, by=max(moment, now)):
        defer(batch_id, organization_id, at=moment if moment > now else None)
    return True


def stop_batch(*, batch_id: uuid.UUID, organization_id: uuid.UUID, now: dt.datetime) -> list[uuid.UUID]:
    """Take back every mail of a batch that no worker has claimed; return the ids of those that were stopped.

    What is just being sent may still arrive, but is not tried again.
    """
    return sql.stop_batch(organization_id, batch_id, now=now)


def defer(batch_id: uuid.UUID, organization_id: uuid.UUID, at: dt.datetime | None = None) -> None:
    """Have the worker take a turn at a batch."""
    jobs.defer("send_batch", at=at, batch=batch_id, organization=organization_id)


def _message(
    letter: Letter, *, batch_id: uuid.UUID, organization: uuid.UUID, due_at: dt.datetime, now: dt.datetime
) -> Message:
    identifier = ids.new()
    return Message(
        id=identifier,
        organization_id=organization,
        batch_id=batch_id,
        kind=letter.kind,
        language=letter.language,
        sender_name=letter.sender_name,
        reply_to=letter.reply_to,
        to_address=letter.to,
        subject=letter.subject,
        text=letter.text,
        html=letter.html,
        secrets={name: list(recipe) for name, recipe in letter.secrets.items()},
        message_id=f"<{identifier}@{settings.MAIL_DOMAIN}>",
        suppression_list=letter.suppression_list,
        created_at=now,
        due_at=due_at,
    )
