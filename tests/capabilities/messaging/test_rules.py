from __future__ import annotations

import datetime as dt

import pytest

from career_relay.capabilities.messaging import rules
from career_relay.capabilities.messaging.rules import Outcome, State, Step


def test_pauses_are_the_promised_ladder_and_end_before_48_hours() -> None:
    minutes = [pause.total_seconds() / 60 for pause in rules.PAUSES]
    assert minutes == [1, 5, 15, 60, 240, 360, 360, 360, 360, 360, 360, 360]
    assert dt.timedelta(hours=42) < sum(rules.PAUSES, dt.timedelta()) <= dt.timedelta(hours=48)


@pytest.mark.parametrize(
    ("step", "code", "words", "outcome", "is_address_bad"),
    [
        (Step.VERDICT, 250, b"2.0.0 accepted", Outcome.SENT, False),
        (Step.VERDICT, 451, b"4.3.0 later", Outcome.RETRY, False),
        (Step.VERDICT, 552, b"5.3.4 too big", Outcome.REFUSED, False),
        (Step.VERDICT, -1, b"", Outcome.LOST, False),
        (Step.VERDICT, 354, b"what?", Outcome.LOST, False),
        (Step.VERDICT, 550, b"no such mail", Outcome.REFUSED, False),
        (Step.SENDER, 421, b"busy", Outcome.RETRY, False),
        (Step.SENDER, 550, b"we know you", Outcome.REFUSED, False),
        (Step.RECIPIENT, 450, b"4.2.0 greylisted", Outcome.RETRY, False),
        (Step.RECIPIENT, 550, b"no such user", Outcome.REFUSED, False),
        (Step.RECIPIENT, 550, b"5.1.1 no such user", Outcome.REFUSED, True),
        (Step.RECIPIENT, 554, b"5.2.1 mailbox disabled", Outcome.REFUSED, True),
        (Step.RECIPIENT, 550, b"5.7.1 blocked by policy", Outcome.REFUSED, False),
        (Step.RECIPIENT, 552, b"mailbox full", Outcome.REFUSED, False),
        (Step.RECIPIENT, -1, b"", Outcome.RETRY, False),
        (Step.CONTENT, 250, b"what?", Outcome.RETRY, False),
        (Step.CONTENT, 554, b"5.1.1 no valid recipients", Outcome.REFUSED, True),
    ],
)
def test_judge_sorts_a_reply(step: Step, code: int, words: bytes, outcome: str, is_address_bad: bool) -> None:  # noqa: FBT001
    answer = rules.judge(step, code, words)
    assert (answer.outcome, answer.reply_code, answer.is_address_bad) == (
        outcome,
        code if code > 0 else None,
        is_address_bad,
    )


def test_judge_keeps_the_status_and_none_of_the_words() -> None:
    answer = rules.judge(Step.RECIPIENT, 550, b"5.1.1 <hana@people.example>: no such user")
    assert answer.error == "5.1.1"


@pytest.mark.parametrize(
    ("outcome", "attempts", "repeats", "state", "minutes"),
    [
        (Outcome.SENT, 1, False, State.SENT, None),
        (Outcome.REFUSED, 1, True, State.FAILED, None),
        (Outcome.RETRY, 1, False, State.QUEUED, 1),
        (Outcome.RETRY, 2, False, State.QUEUED, 5),
        (Outcome.RETRY, 12, False, State.QUEUED, 360),
        (Outcome.RETRY, 13, False, State.FAILED, None),
        (Outcome.LOST, 1, False, State.UNCERTAIN, None),
        (Outcome.LOST, 1, True, State.QUEUED, 1),
        (Outcome.LOST, 13, True, State.UNCERTAIN, None),
    ],
)
def test_following_state_of_an_attempt(
    outcome: Outcome,
    attempts: int,
    repeats: bool,  # noqa: FBT001
    state: State,
    minutes: int | None,
) -> None:
    pause = None if minutes is None else dt.timedelta(minutes=minutes)
    assert rules.following(outcome, attempts=attempts, repeats=repeats) == (state, pause)


@pytest.mark.parametrize(("is_handed_over", "outcome"), [(False, Outcome.RETRY), (True, Outcome.LOST)])
def test_broken_off_is_lost_only_after_the_last_byte(is_handed_over: bool, outcome: Outcome) -> None:  # noqa: FBT001
    answer = rules.broken_off(ConnectionResetError("hana@people.example"), is_handed_over=is_handed_over)
    assert answer == rules.Answer(outcome, error="SMTPServerDisconnected", is_about_server=True)
