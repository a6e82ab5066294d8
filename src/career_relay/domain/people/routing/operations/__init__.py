"""Writes about who looks after whom: `offering` and answering, `keeping` a person, `ending` it, `choosing` an agency."""

from __future__ import annotations

from career_relay.domain.people.routing.operations.acting import taking
from career_relay.domain.people.routing.operations.choosing import choose, unchoose
from career_relay.domain.people.routing.operations.ending import end, forget_contacts, forget_wishes, lapse
from career_relay.domain.people.routing.operations.errors import (
    UnableToAnswerAssignment,
    UnableToAssignAdviser,
    UnableToChooseAgencies,
    UnableToDeclineWithoutReason,
    UnableToEndAssignment,
    UnableToFindAssignment,
    UnableToRecordContact,
    UnableToTakePeople,
    UnableToTakePerson,
    UnableToWriteOnFile,
)
from career_relay.domain.people.routing.operations.keeping import assign_adviser, escalate, record_contact
from career_relay.domain.people.routing.operations.offering import accept, decline, lock, mark_told, offer, offered

__all__ = [
    "UnableToAnswerAssignment",
    "UnableToAssignAdviser",
    "UnableToChooseAgencies",
    "UnableToDeclineWithoutReason",
    "UnableToEndAssignment",
    "UnableToFindAssignment",
    "UnableToRecordContact",
    "UnableToTakePeople",
    "UnableToTakePerson",
    "UnableToWriteOnFile",
    "accept",
    "assign_adviser",
    "choose",
    "decline",
    "end",
    "escalate",
    "forget_contacts",
    "forget_wishes",
    "lapse",
    "lock",
    "mark_told",
    "offer",
    "offered",
    "record_contact",
    "taking",
    "unchoose",
]
