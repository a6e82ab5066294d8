"""Reads about introductions: as the agency, as the employer, as the person, and across all for what is due."""

from __future__ import annotations

from career_relay.domain.people.introductions.queries.agency import (
    Column,
    Preparing,
    Ready,
    Waiting,
    blocked_until,
    board,
    introduction,
    introductions,
    of_assignment,
    preparing,
    waiting,
)
from career_relay.domain.people.introductions.queries.network import Due, due
from career_relay.domain.people.introductions.queries.parties import (
    for_person,
    inbox,
    of_employer,
    of_person,
    one,
    running,
)
from career_relay.domain.people.introductions.queries.shapes import File, Line, Move, Page

__all__ = [
    "Column",
    "Due",
    "File",
    "Line",
    "Move",
    "Page",
    "Preparing",
    "Ready",
    "Waiting",
    "blocked_until",
    "board",
    "due",
    "for_person",
    "inbox",
    "introduction",
    "introductions",
    "of_assignment",
    "of_employer",
    "of_person",
    "one",
    "preparing",
    "running",
    "waiting",
]
