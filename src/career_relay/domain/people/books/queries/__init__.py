"""Reads of the three books: their lines, the entry of one seeker, and which entries have been kept long enough."""

from __future__ import annotations

from career_relay.domain.people.books.queries.entries import entry, over
from career_relay.domain.people.books.queries.lines import BOOKS, Told, lines

__all__ = ["BOOKS", "Told", "entry", "lines", "over"]
