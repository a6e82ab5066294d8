"""Writes about the books by law: who a seeker was, what the agency adds, and its end."""

from __future__ import annotations

from career_relay.domain.people.books.operations.errors import UnableToFillInEntry, UnableToFindEntry
from career_relay.domain.people.books.operations.seekers import drop, fill_in, write

__all__ = ["UnableToFillInEntry", "UnableToFindEntry", "drop", "fill_in", "write"]
