from __future__ import annotations

import typing
import uuid

import structlog
from django.db import InterfaceError, OperationalError
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from career_relay.capabilities.messaging import delivery
from career_relay.capabilities.messaging import operations as messaging
from career_relay.kernel import clock
from career_relay.kernel.tenancy.context import acting_as

log = structlog.get_logger("career_relay.mail")

# A database that went away is back in seconds, and somebody may be waiting for this very mail.
WHEN_IT_IS_BACK: typing.Final = RetryStrategy(
    max_attempts=5, wait=1, retry_exceptions=(OperationalError, InterfaceError)
)


@app.task(name="send_message", retry=WHEN_IT_IS_BACK)
def send_message(
    message: str, organization: str | None = None, user: str | None = None, candidate: str | None = None
) -> None:
    """Claim a mail and commit, hand it over with no transaction open, then write down what came of it."""
    owner = {"organization": _id(organization), "user": _id(user), "candidate": _id(candidate)}
    started_at = clock.now()
    with acting_as(**owner):
        envelope = messaging.claim(message_id=uuid.UUID(message), now=started_at)
    if envelope is None:
        return
    answer = delivery.hand_over(envelope)
    log.info("mail", message=message, outcome=answer.outcome, reply_code=answer.reply_code, error=answer.error)
    with acting_as(**owner):
        messaging.settle(
            message_id=envelope.message_id,
            attempt=envelope.attempt,
            answer=answer,
            started_at=started_at,
            now=clock.now(),
        )


def _id(text: str | None) -> uuid.UUID | None:
    return uuid.UUID(text) if text else None
