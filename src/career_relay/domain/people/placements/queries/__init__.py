"""Reads about placements: as one of the two organizations, as the person, and across all for what is to be asked."""

from __future__ import annotations

from career_relay.domain.people.placements.queries.money import cooperation, entries
from career_relay.domain.people.placements.queries.network import Task, tasks
from career_relay.domain.people.placements.queries.parties import (
    checks_due,
    introduction_of,
    last_agreed,
    of_introduction,
    of_person,
    placement,
    placements,
    starts_due,
)
from career_relay.domain.people.placements.queries.shapes import (
    CheckLine,
    Cooperation,
    EntryLine,
    Figures,
    File,
    Line,
    OwnLine,
    Page,
    Retention,
)
from career_relay.domain.people.placements.queries.summaries import figures

__all__ = [
    "CheckLine",
    "Cooperation",
    "EntryLine",
    "Figures",
    "File",
    "Line",
    "OwnLine",
    "Page",
    "Retention",
    "Task",
    "checks_due",
    "cooperation",
    "entries",
    "figures",
    "introduction_of",
    "last_agreed",
    "of_introduction",
    "of_person",
    "placement",
    "placements",
    "starts_due",
    "tasks",
]
