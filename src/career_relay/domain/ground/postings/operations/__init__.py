"""Writes about postings: `naming` them by files, `changing` one as a person, writing its `sheets`."""

from __future__ import annotations

from career_relay.domain.ground.postings.operations.changing import assign_manager, close, close_called, reopen
from career_relay.domain.ground.postings.operations.errors import (
    UnableToAssignManager,
    UnableToChangeCalledPosting,
    UnableToFindPosting,
    UnableToPlaceBarredWork,
    UnableToWriteSheet,
)
from career_relay.domain.ground.postings.operations.naming import Named, ensure, forget_unused
from career_relay.domain.ground.postings.operations.sheets import write
from career_relay.domain.ground.postings.rules import Sheet

__all__ = [
    "Named",
    "Sheet",
    "UnableToAssignManager",
    "UnableToChangeCalledPosting",
    "UnableToFindPosting",
    "UnableToPlaceBarredWork",
    "UnableToWriteSheet",
    "assign_manager",
    "close",
    "close_called",
    "ensure",
    "forget_unused",
    "reopen",
    "write",
]
