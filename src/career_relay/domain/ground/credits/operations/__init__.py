"""Writes of the ledger: `counting` referrals and what they grant, and the life of `slots`."""

from __future__ import annotations

from career_relay.domain.ground.credits.operations.counting import Counted, Reversed, count, lock_holder, reverse
from career_relay.domain.ground.credits.operations.errors import (
    UnableToFindSlot,
    UnableToMoveSlot,
    UnableToReserveSlot,
    UnableToReverseAlone,
    UnableToReverseEntry,
    UnableToReverseTwice,
    UnableToReverseWithoutReason,
)
from career_relay.domain.ground.credits.operations.slots import give_back, introduce, release, reserve, use

__all__ = [
    "Counted",
    "Reversed",
    "UnableToFindSlot",
    "UnableToMoveSlot",
    "UnableToReserveSlot",
    "UnableToReverseAlone",
    "UnableToReverseEntry",
    "UnableToReverseTwice",
    "UnableToReverseWithoutReason",
    "count",
    "give_back",
    "introduce",
    "lock_holder",
    "release",
    "reserve",
    "reverse",
    "use",
]
