from __future__ import annotations

import dataclasses
import datetime as dt
import typing

from django.conf import settings

from career_relay.capabilities.messaging import queries, rules
from career_relay.capabilities.messaging.models import Attempt, Message
from career_relay.capabilities.messaging.operations import batches, mails
from career_relay.kernel.tenancy.context import acting_as

if typing.TYPE_CHECKING:
    import uuid

AT_ONCE = 100
State = Message.State


@dataclasses.dataclass(frozen=True, slots=True)
class Recovery:
    """What looking after the mails found: whether one waits too long, and how many were put back on their way."""

    is_late: bool
    requeued: int


def recover(*, now: dt.datetime) -> Recovery:
    """Find mails that a crash left behind, of whomever, and put them back on their way or name them uncertain.

    Looks at our own rows, not at the queue's: a claim without a result becomes uncertain, unless the message may be
    sent twice; a message that is due and has no job gets one. Enters each owner's context in turn. May run anywhere,
    at any time, in several processes at once; the worker calls it every few seconds, and so does /readyz.
    """
    requeued = 0
    for abandoned in queries.claimed_before(now - dt.timedelta(seconds=settings.EMAIL_CLAIM_SECONDS), AT_ONCE):
        with acting_as(**abandoned.principal):
            requeued += _give_up_claim(abandoned.id, now)
    for forgotten in queries.due_without_job(now - rules.JOB_MISSED, AT_ONCE):
        mails.defer(forgotten)
        requeued += 1
    for left in queries.due_batches_without_job(now - rules.JOB_MISSED, AT_ONCE):
        batches.defer(left.batch_id, left.organization_id)
        requeued += 1
    return Recovery(is_late=queries.is_late(now=now), requeued=requeued)


def _give_up_claim(message_id: uuid.UUID, now: dt.datetime) -> bool:
    """Close a claim nobody will settle; return whether the message was queued again, at once."""
    message = Message.objects.select_for_update().filter(pk=message_id, state=State.SENDING).first()
    if message is None or message.claimed_at is None:
        return False
    answer = rules.Answer(Attempt.Outcome.LOST, error="ClaimAbandoned")
    repeats = message.repeats_when_uncertain and rules.may_try_again(message.attempts)
    mails.record_attempt(message, answer, message.claimed_at, now)
    mails.move(message, State.QUEUED if repeats else State.UNCERTAIN, due_at=now if repeats else None, now=now)
    if message.batch_id and message.organization_id:
        batches.defer(message.batch_id, message.organization_id)
    return repeats
