"""What a posting says of the work, what the law still wants it to say, and the work nobody may place people in."""

from __future__ import annotations

from career_relay.domain.ground.postings.rules.conditions import (
    CONTRACTS,
    INSURANCE,
    LABELS,
    LONGEST,
    Terms,
    faults,
    hash_of,
    missing,
    salary_words,
    text_of,
)
from career_relay.domain.ground.postings.rules.sheet import Sheet, barred_by, sheet_faults
from career_relay.domain.ground.postings.rules.work import barred_work

__all__ = [
    "CONTRACTS",
    "INSURANCE",
    "LABELS",
    "LONGEST",
    "Sheet",
    "Terms",
    "barred_by",
    "barred_work",
    "faults",
    "hash_of",
    "missing",
    "salary_words",
    "sheet_faults",
    "text_of",
]
