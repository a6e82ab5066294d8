"""Reads about who looks after whom: as the agency, as the person, and as the network that finds one for the other."""

from __future__ import annotations

from career_relay.domain.people.routing.queries.agency import (
    ContactLine,
    Offer,
    Page,
    PersonFile,
    PersonLine,
    Today,
    contacts,
    people,
    person,
    today,
)
from career_relay.domain.people.routing.queries.network import (
    Due,
    Figures,
    Unplaced,
    Waiting,
    due,
    overview,
    serving,
    unplaced,
    untold,
    wanting,
)
from career_relay.domain.people.routing.queries.persons import (
    Carer,
    Episode,
    Wished,
    assignment,
    carers,
    episodes,
    open_of_person,
    wishes,
)

__all__ = [
    "Carer",
    "ContactLine",
    "Due",
    "Episode",
    "Figures",
    "Offer",
    "Page",
    "PersonFile",
    "PersonLine",
    "Today",
    "Unplaced",
    "Waiting",
    "Wished",
    "assignment",
    "carers",
    "contacts",
    "due",
    "episodes",
    "open_of_person",
    "overview",
    "people",
    "person",
    "serving",
    "today",
    "unplaced",
    "untold",
    "wanting",
    "wishes",
]
