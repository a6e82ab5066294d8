from __future__ import annotations

import dataclasses
import datetime as dt
import time
import typing
import uuid

import structlog
from django.db import InterfaceError, OperationalError
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from career_relay.capabilities import queue
from career_relay.capabilities.messaging import delivery, rules
from career_relay.capabilities.messaging import operations as messaging
from career_relay.flows import notify_rejections as flow
from career_relay.kernel import clock, locks
from career_relay.kernel.tenancy.context import acting_as

if typing.TYPE_CHECKING:
    pass

if typing.TYPE_CHECKING:
    import collections.abc

log = structlog.get_logger("career_relay.mail")

# A database that went away is back in seconds, and somebody may be waiting for this very mail.
WHEN_IT_IS_BACK: typing.Final = RetryStrategy(
    max_attempts=5, wait=1, retry_exceptions=(OperationalError, InterfaceError)
)
AFTER_ALL_OTHERS: typing.Final = -10
PAUSES: typing.Final = (0.5, 1, 2, 5, 10)
SOON: typing.Final = dt.timedelta(seconds=10)


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
    _note(_Tried(envelope.message_id, envelope.attempt, answer, started_at), owner)


@app.task(name="note_answer", retry=WHEN_IT_IS_BACK)
def note_answer(message: str, attempt: str, organization: str, **said: str) -> None:
    """Write down what the mail server said of a notice while others held what it tells of: see `_Tried.words`."""
    tried = _Tried.read(uuid.UUID(message), int(attempt), said)
    _note(tried, {"organization": uuid.UUID(organization)})


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
    line, may_go_on = delivery.Line(), True
    try:
        while most and may_go_on and clock.now() < began + rules.TURN:
            claimed = _claim_next(batch_id, organization_id)
            if claimed is None:
                break
            may_go_on = _hand_over(line, claimed, organization_id)
            most -= 1
    finally:
        line.close()
    now = clock.now()
    not_before = None if may_go_on else now + rules.LATER
    with acting_as(organization=organization_id):
        flow.go_on_sending(mailing_id=batch_id, organization_id=organization_id, now=now, not_before=not_before)


@dataclasses.dataclass(frozen=True, slots=True)
class _Tried:
    """What the mail server said of one attempt to hand a mail over."""

    message_id: uuid.UUID
    attempt: int
    answer: rules.Answer
    started_at: dt.datetime

    def words(self) -> dict[str, str]:
        """Return all but the mail's id and the attempt, as short words."""
        words = {
            "outcome": self.answer.outcome.value,
            "code": str(self.answer.reply_code or ""),
            "error": self.answer.error,
            "is_address_bad": "yes" if self.answer.is_address_bad else "",
            "started_at": f"{self.started_at.astimezone(dt.UTC):%Y-%m-%dT%H:%M:%S.%fZ}",
        }
        return {name: word for name, word in words.items() if word}

    @classmethod
    def read(cls, message_id: uuid.UUID, attempt: int, words: collections.abc.Mapping[str, str]) -> typing.Self:
        """Return what was put into words."""
        answer = rules.Answer(
            rules.Outcome(words["outcome"]),
            int(words["code"]) if "code" in words else None,
            words.get("error", ""),
            is_address_bad="is_address_bad" in words,
        )
        return cls(message_id, attempt, answer, dt.datetime.fromisoformat(words["started_at"]))


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
    """Send a claimed message and write down what came of it; return whether the next one may be tried at once.

    Not while the server is away, nor while a file holds whom the batch tells of.
    """
    if claimed.envelope is None:
        return True
    started_at = clock.now()
    answer = line.hand_over(claimed.envelope)
    log.info(
        "mail", message=str(claimed.message_id), outcome=answer.outcome, code=answer.reply_code, error=answer.error
    )
    tried = _Tried(claimed.message_id, claimed.envelope.attempt, answer, started_at)
    is_noted = _note(tried, {"organization": organization_id})
    return is_noted and not answer.is_about_server


def _note(tried: _Tried, owner: dict[str, uuid.UUID | None]) -> bool:
    """Write down what the mail server said. Nobody else knows it: if the database gives the writing up, try again.

    Whoever holds what the mail tells of is not waited for here, where others' mails would wait as well: that is left to
    a job. Returns whether it is written down.
    """
    for pause in (*PAUSES, None):
        try:
            with acting_as(**owner):
                flow.note_answer(
                    message_id=tried.message_id,
                    attempt=tried.attempt,
                    answer=tried.answer,
                    started_at=tried.started_at,
                    now=clock.now(),
                )
        except (OperationalError, InterfaceError) as error:
            if locks.gave_way(error) and owner.get("organization"):
                _note_later(tried, owner)
                return False
            if pause is None:
                raise
            log.warning("mail_result_again", message=str(tried.message_id), error=type(error).__name__)
            time.sleep(pause)
        else:
            break
    return True


def _note_later(tried: _Tried, owner: dict[str, uuid.UUID | None]) -> None:
    with acting_as(**owner):
        queue.defer(
            "note_answer",
            at=clock.now() + SOON,
            message=tried.message_id,
            attempt=str(tried.attempt),
            **owner,
            **tried.words(),
        )


def _id(text: str | None) -> uuid.UUID | None:
    return uuid.UUID(text) if text else None
