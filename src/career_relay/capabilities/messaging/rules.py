"""What follows from an answer of the mail server: pure decisions, no database and no socket."""

from __future__ import annotations

import dataclasses
import datetime as dt
import enum
import re
import smtplib

from career_relay.capabilities.messaging.models import Attempt, Message

Outcome = Attempt.Outcome
State = Message.State

PAUSES = (*(dt.timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 240)), *[dt.timedelta(hours=6)] * 7)
CLOCKS_APART = dt.timedelta(seconds=30)
JOB_MISSED = dt.timedelta(seconds=60)
LATE = dt.timedelta(minutes=5)
MAILS_IN_A_TURN = 20
TURN = dt.timedelta(seconds=2)
LATER = dt.timedelta(seconds=30)
SERVER_CLOSES = 421

_STATUS = re.compile(rb"\s*([245]\.\d{1,3}\.\d{1,3})\b")
# An address that gets a mail no more is lost to all employers: a bare 550, which also means "not from you", is not enough.
_ADDRESS_STATUS = frozenset({"5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.10", "5.2.1"})


class Step(enum.Enum):
    """What the mail server was answering to."""

    SENDER = "sender"
    RECIPIENT = "recipient"
    CONTENT = "content"
    VERDICT = "verdict"


@dataclasses.dataclass(frozen=True, slots=True)
class Answer:
    """How handing a message over went. `error` is a status such as 5.1.1 or the class of an exception.

    `is_about_server`: the server was not there or hung up, so that other messages would fare no better now.
    """

    outcome: Attempt.Outcome
    reply_code: int | None = None
    error: str = ""
    is_address_bad: bool = False
    is_about_server: bool = False


def judge(step: Step, code: int, words: bytes) -> Answer:
    """Sort the server's reply into ours: what it refuses for good is not tried again, what we cannot read is lost."""
    found = _STATUS.match(words)
    status, told = found[1].decode() if found else "", code if code > 0 else None
    if step is Step.VERDICT and 200 <= code < 300:
        return Answer(Outcome.SENT, told, status)
    if 500 <= code < 600:
        return Answer(Outcome.REFUSED, told, status, is_address_bad=status in _ADDRESS_STATUS)
    if step is Step.VERDICT and not 400 <= code < 500:
        return Answer(Outcome.LOST, told, status)
    return Answer(Outcome.RETRY, told, status, is_about_server=code == SERVER_CLOSES)


def broken_off(error: OSError, *, is_handed_over: bool) -> Answer:
    """Return the answer for a connection that failed. After the last byte only the server knows what became of it.

    A connection that was cut has one name, whether the system saw its end or its reset first.
    """
    outcome = Outcome.LOST if is_handed_over else Outcome.RETRY
    is_cut = isinstance(error, ConnectionResetError | ConnectionAbortedError | BrokenPipeError)
    name = smtplib.SMTPServerDisconnected.__name__ if is_cut else type(error).__name__
    return Answer(outcome, error=name, is_about_server=True)


def following(outcome: Attempt.Outcome, *, attempts: int, repeats: bool) -> tuple[Message.State, dt.timedelta | None]:
    """Return the state after an attempt and, if it is queued again, the pause before the next one."""
    if outcome == Outcome.SENT:
        return State.SENT, None
    if outcome == Outcome.REFUSED:
        return State.FAILED, None
    if outcome == Outcome.LOST and not repeats:
        return State.UNCERTAIN, None
    if may_try_again(attempts):
        return State.QUEUED, PAUSES[attempts - 1]
    return (State.UNCERTAIN if outcome == Outcome.LOST else State.FAILED), None


def mails_in_a_turn(batches: int) -> int:
    """Return how many mails one of an organization's batches sends in its turn: all of them together have one turn."""
    return max(1, MAILS_IN_A_TURN // max(1, batches))


def may_try_again(attempts: int) -> bool:
    """Tell whether one more attempt may follow; all pauses together last not quite 48 hours."""
    return attempts <= len(PAUSES)
