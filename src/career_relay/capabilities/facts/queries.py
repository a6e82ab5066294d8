from __future__ import annotations

import dataclasses
import typing

from career_relay.capabilities.facts.models import Fact

if typing.TYPE_CHECKING:
    import datetime as dt
    import uuid


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """A fact as the person it is about may read it."""

    kind: str
    occurred_at: dt.datetime
    data: dict[str, object]


def of_candidate(candidate_id: uuid.UUID) -> list[Event]:
    """Return what was recorded about a person, oldest first. The caller acts as that person."""
    found = Fact.objects.filter(candidate_id=candidate_id).order_by("sequence")
    return [Event(kind=fact.kind, occurred_at=fact.occurred_at, data=fact.data) for fact in found]
