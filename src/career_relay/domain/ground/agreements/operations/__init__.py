"""Everything that either side does about an agreement, and what the clock does."""

from __future__ import annotations

from career_relay.domain.ground.agreements.operations import errors
from career_relay.domain.ground.agreements.operations.acts import (
    accept,
    decline,
    end,
    resume,
    review,
    suspend,
)
from career_relay.domain.ground.agreements.operations.proposals import (
    change_draft,
    discard_draft,
    draft,
    propose,
    propose_standard,
)
from career_relay.domain.ground.agreements.operations.reminders import remind_of_review
from career_relay.domain.ground.agreements.operations.signing import hold

__all__ = [
    "accept",
    "change_draft",
    "decline",
    "discard_draft",
    "draft",
    "end",
    "errors",
    "hold",
    "propose",
    "propose_standard",
    "remind_of_review",
    "resume",
    "review",
    "suspend",
]
