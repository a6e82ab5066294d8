"""What a person told the operator about agencies, and what was answered."""

from __future__ import annotations

import dataclasses
import typing

from career_relay.domain.ground.organizations import queries as organizations
from career_relay.domain.people.complaints import queries

if typing.TYPE_CHECKING:
    import datetime as dt
    import uuid


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One complaint in the person's own words. Who at the operator answered is not the person's to know."""

    agency: str
    topic: str
    words: str
    state: str
    received_at: dt.datetime
    due_on: dt.date
    answer: str
    answered_at: dt.datetime | None


def told(candidate_id: uuid.UUID) -> list[Told]:
    """Return all of it, the latest first. The caller acts as the person."""
    found = list(queries.of_person(candidate_id))
    names = organizations.names_of([one.agency_id for one in found])
    return [
        Told(
            agency=names[one.agency_id].name,
            topic=one.get_topic_display(),
            words=one.words,
            state=one.get_state_display(),
            received_at=one.received_at,
            due_on=one.due_on,
            answer=one.answer,
            answered_at=one.answered_at,
        )
        for one in found
    ]
