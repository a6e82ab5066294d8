from __future__ import annotations

import time
import typing
import uuid

import structlog
from django.db import InterfaceError, OperationalError
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from career_relay.capabilities.messaging import delivery, rules
from career_relay.capabilities.messaging import operations as messaging
from career_relay.flows import notify_rejections as flow
from career_relay.kernel import clock
from career_relay.kernel.tenancy.context import acting_as

if typing.TYPE_CHECKING:
    import datetime as dt

    from career_relay.capabilities.messaging import composing

log = structlog.get_logger("career_relay.mail")

# A database that went away is back in seconds, and somebody may be waiting for this very mail.
WHEN_IT_IS_BACK: typing.Final = RetryStrategy(
    max_attempts=5, wait=1, retry_exceptions=(OperationalError, InterfaceError)
)
AFTER_ALL_OTHERS: typing.Final = -10
PAUSES: typing.Final = (0.5, 1, 2, 5, 10)


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
    _note(envelope, answer, started_at, owner)


@app.task(name="send_batch", retry=WHEN_IT_IS_BACK, priority=AFTER_ALL_OTHERS)
def send_batch(batch: str, organization: str) -> None:
    """Send some mails of a batch by one connection, then queue up again behind whoever else has mails to send.

    In the quiet hours nothing is sent: the job comes back at their end.
    """
    batch_id, organization_id = uuid.UUID(batch), uuid.UUID(organization)
    began = clock.now()
    if (begins := flow.sending_begins(now=began)) > began:
        with acting_as(organization=organization_id):
            flow.go_on_sending(mailing_id=batch_id, organization_id=organization_id, now=began, not_before=begins)
        return
    with acting_as(organization=organization_id):
        most = messaging.mails_in_a_turn(organization_id=organization_id, now=began)
    line, is_server_there = delivery.Line(), True
    try:
        while most and is_server_there and clock.now() < began + rules.TURN:
            claimed = _claim_next(batch_id, organization_id)
            if claimed is None:
                break
            is_server_there = _hand_over(line, claimed, organization_id)
            most -= 1
    finally:
        line.close()
    now = clock.now()
    not_before = None if is_server_there else now + rules.SERVER_AWAY
    with acting_as(organization=organization_id):
        flow.go_on_sending(mailing_id=batch_id, organization_id=organization_id, now=now, not_before=not_before)


def _claim_next(batch_id: uuid.UUID, organization_id: uuid.UUID) -> messaging.Claimed | None:
    now = clock.now()
    with acting_as(organization=organization_id):
        claimed = messaging.claim_next(batch_id=batch_id, organization_id=organization_id, now=now)
        if claimed and claimed.state:
            flow.note_result(
                organization_id=organization_id, message_id=claimed.message_id, state=claimed.state, now=now
            )
    return claimed


def _hand_over(line: delivery.Line, claimed: messaging.Claimed, organization_id: uuid.UUID) -> bool:
    """Send a claimed message and write down what came of it; return whether the next one may be tried at once."""
    if claimed.envelope is None:
        return True
    started_at = clock.now()
    answer = line.hand_over(claimed.envelope)
    log.info(
        "mail", message=str(claimed.message_id), outcome=answer.outcome, code=answer.reply_code, error=answer.error
    )
    _note(claimed.envelope, answer, started_at, {"organization": organization_id})
    return not answer.is_about_server


def _note(
    envelope: composing.Envelope, answer: rules.Answer, started_at: dt.datetime, owner: dict[str, uuid.UUID | None]
) -> None:
    """Write down what the mail server said. Nobody else knows it: if the database gives the writing up, try again."""
    now = clock.now()
    for pause in (*PAUSES, None):
        try:
            with acting_as(**owner):
                flow.note_answer(
                    message_id=envelope.message_id,
                    attempt=envelope.attempt,
                    answer=answer,
                    started_at=started_at,
                    now=now,
                )
        except (OperationalError, InterfaceError) as error:
            if pause is None:
                raise
            log.warning("mail_result_again", message=str(envelope.message_id), error=type(error).__name__)
            time.sleep(pause)
        else:
            return


def _id(text: str | None) -> uuid.UUID | None:
    return uuid.UUID(text) if text else None
