"""Writes about introductions: `proposing` one, `moving` it on, `meeting`, `ending` it. Flows put them together."""

from __future__ import annotations

from career_relay.domain.people.introductions.operations.acting import (
    found,
    movable,
    record,
    record_block,
    side_of,
    working,
)
from career_relay.domain.people.introductions.operations.ending import (
    block,
    check_reason,
    end,
    forget,
    is_in_selection,
    lapse,
)
from career_relay.domain.people.introductions.operations.errors import (
    UnableToAnswerIntroduction,
    UnableToAnswerOtherTerms,
    UnableToAnswerWithExclusion,
    UnableToChooseTime,
    UnableToEndWithoutReason,
    UnableToFindIntroduction,
    UnableToGoOnWithoutAgency,
    UnableToIntroduceNow,
    UnableToIntroduceTwice,
    UnableToMoveIntroduction,
    UnableToOffer,
    UnableToPropose,
    UnableToProposeTimes,
)
from career_relay.domain.people.introductions.operations.meeting import choose_time, propose_times
from career_relay.domain.people.introductions.operations.moving import accept_offer, advance, join, offer
from career_relay.domain.people.introductions.operations.proposing import agree, propose, remind, waiting

__all__ = [
    "UnableToAnswerIntroduction",
    "UnableToAnswerOtherTerms",
    "UnableToAnswerWithExclusion",
    "UnableToChooseTime",
    "UnableToEndWithoutReason",
    "UnableToFindIntroduction",
    "UnableToGoOnWithoutAgency",
    "UnableToIntroduceNow",
    "UnableToIntroduceTwice",
    "UnableToMoveIntroduction",
    "UnableToOffer",
    "UnableToPropose",
    "UnableToProposeTimes",
    "accept_offer",
    "advance",
    "agree",
    "block",
    "check_reason",
    "choose_time",
    "end",
    "forget",
    "found",
    "is_in_selection",
    "join",
    "lapse",
    "movable",
    "offer",
    "propose",
    "propose_times",
    "record",
    "record_block",
    "remind",
    "side_of",
    "waiting",
    "working",
]
