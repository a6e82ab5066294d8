"""What the law wants written into the three books of an agency, and how long it is kept."""

from __future__ import annotations

from career_relay.domain.people.books.rules.lines import (
    COLUMNS,
    Line,
    early_leaving,
    fee_line,
    kept_until,
    later,
    posting_line,
    seeker_line,
)
from career_relay.domain.people.books.rules.shapes import Handling, Hire, Money, Opening, Seeker

__all__ = [
    "COLUMNS",
    "Handling",
    "Hire",
    "Line",
    "Money",
    "Opening",
    "Seeker",
    "early_leaving",
    "fee_line",
    "kept_until",
    "later",
    "posting_line",
    "seeker_line",
]
