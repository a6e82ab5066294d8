from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from career_relay.domain.hiring.stakeholders import rules

LETTERS = st.lists(st.sampled_from(["", "R", "A", "C", "I"]), max_size=8)


@given(LETTERS)
def test_a_step_is_whole_with_exactly_one_who_answers_for_it(letters: list[str]) -> None:
    assert (rules.faults(letters) == []) is (letters.count("A") == 1)


@pytest.mark.parametrize(
    ("letters", "faults"),
    [
        ("", ["実行する人が決まっていません。", "責任を持つ人が決まっていません。"]),
        ("CI", ["実行する人が決まっていません。", "責任を持つ人が決まっていません。"]),
        ("R", ["責任を持つ人が決まっていません。"]),
        ("RAA", ["責任を持つ人が 2 人います。1 人にしてください。"]),
        ("A", []),
        ("RRACI", []),
    ],
)
def test_faults_say_what_is_missing(letters: str, faults: list[str]) -> None:
    assert rules.faults(letters) == faults


@pytest.mark.parametrize(
    ("review_on", "reminded_for", "is_due"),
    [
        (None, None, False),
        ("2026-12-01", None, False),
        ("2026-11-30", None, True),
        ("2026-11-20", None, True),
        ("2026-11-30", "2026-11-30", False),
        ("2026-11-30", "2025-11-30", True),
    ],
)
def test_reminder_comes_a_week_before_and_once_for_each_date(
    review_on: str | None,
    reminded_for: str | None,
    is_due: bool,  # noqa: FBT001 -- a parameter of the table above
) -> None:
    days = [dt.date.fromisoformat(text) if text else None for text in (review_on, reminded_for)]
    assert rules.is_reminder_due(days[0], days[1], dt.date(2026, 11, 23)) is is_due
