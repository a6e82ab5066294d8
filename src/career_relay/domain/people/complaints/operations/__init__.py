"""Writes about complaints: from the person's words to the operator's answer, and their being forgotten."""

from __future__ import annotations

from career_relay.domain.people.complaints.operations.errors import UnableToAnswerComplaint, UnableToFindComplaint
from career_relay.domain.people.complaints.operations.handling import answer, forget, receive, remind, take_up

__all__ = [
    "UnableToAnswerComplaint",
    "UnableToFindComplaint",
    "answer",
    "forget",
    "receive",
    "remind",
    "take_up",
]
