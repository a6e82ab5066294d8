from __future__ import annotations

import re

import pytest
from django.utils import translation

from career_relay.domain.hiring.intake import problems
from career_relay.domain.hiring.intake.problems import Code, Problem, UnableToReadFile
from career_relay.domain.hiring.intake.vocabulary import Field


@pytest.mark.parametrize("code", list(Code))
def test_every_code_has_cause_and_remedy_in_whole_sentences(code: Code) -> None:
    with translation.override("ja"):
        text = problems.message(Problem(code, Field.EMAIL, "甲", "9"))
    assert re.fullmatch(r"([^。]+。){2,3}", text) is not None
    assert "%" not in text


def test_message_names_column_and_value() -> None:
    with translation.override("ja"):
        assert problems.line(3, Problem(Code.DATE_WITHOUT_DAY, Field.APPLIED_AT, "R7/4")) == (
            "3行目：「応募日時」の「R7/4」に日がありません。日まで入力してください。"
        )


@pytest.mark.parametrize(
    ("value", "shown"), [("短い", "短い"), ("長" * 40, "長" * 40), ("長" * 41, "長" * 39 + "…"), ("一\n 二", "一 二")]
)
def test_shortened(value: str, shown: str) -> None:
    assert problems.shortened(value) == shown


def test_file_error_carries_its_problem_and_no_value() -> None:
    error = UnableToReadFile(Problem(Code.FILE_EMPTY))
    assert (error.code, error.status, error.data) == ("FILE_NOT_READABLE", 400, {"problem": "file_empty"})
    assert error.problem == Problem(Code.FILE_EMPTY)
