"""Writes about placements: `recording` one from the accepted offer to its end, `checking` whether somebody is still there."""

from __future__ import annotations

from career_relay.domain.people.placements.operations.checking import (
    answerable,
    confirm_in_post,
    found,
    mark_asked,
    say_left,
)
from career_relay.domain.people.placements.operations.checking import record as record_answer
from career_relay.domain.people.placements.operations.errors import (
    UnableToAgreeOnPlacement,
    UnableToAnswerCheck,
    UnableToConfirmStart,
    UnableToFindPlacement,
    UnableToRecordEnd,
)
from career_relay.domain.people.placements.operations.recording import (
    agree,
    join,
    leave,
    locked,
    mark_start_asked,
    not_start,
    record,
)

__all__ = [
    "UnableToAgreeOnPlacement",
    "UnableToAnswerCheck",
    "UnableToConfirmStart",
    "UnableToFindPlacement",
    "UnableToRecordEnd",
    "agree",
    "answerable",
    "confirm_in_post",
    "found",
    "join",
    "leave",
    "locked",
    "mark_asked",
    "mark_start_asked",
    "not_start",
    "record",
    "record_answer",
    "say_left",
]
