"""Writes about requests: `asking` agencies, their `answering`, and what comes of it in the end (`ending`)."""

from __future__ import annotations

from career_relay.domain.ground.requests.operations.answering import accept, answerable, decline, lapse
from career_relay.domain.ground.requests.operations.asking import ask, ask_next, lock
from career_relay.domain.ground.requests.operations.ending import (
    close,
    fell_through,
    filled,
    introduced,
    left_early,
    not_started,
    withdraw,
)
from career_relay.domain.ground.requests.operations.errors import (
    UnableToAnswerCall,
    UnableToDeclineCall,
    UnableToFillRequest,
    UnableToFindCall,
    UnableToFindRequest,
    UnableToIntroduceByCall,
    UnableToRequestPeople,
    UnableToTakeCall,
    UnableToWithdrawRequest,
)

__all__ = [
    "UnableToAnswerCall",
    "UnableToDeclineCall",
    "UnableToFillRequest",
    "UnableToFindCall",
    "UnableToFindRequest",
    "UnableToIntroduceByCall",
    "UnableToRequestPeople",
    "UnableToTakeCall",
    "UnableToWithdrawRequest",
    "accept",
    "answerable",
    "ask",
    "ask_next",
    "close",
    "decline",
    "fell_through",
    "filled",
    "introduced",
    "lapse",
    "left_early",
    "lock",
    "not_started",
    "withdraw",
]
