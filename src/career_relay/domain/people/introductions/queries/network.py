"""What is due, across all agencies and people: by way of the gate, in ids."""

from __future__ import annotations

import dataclasses
import typing

from career_relay.kernel.tenancy import gate

if typing.TYPE_CHECKING:
    import datetime as dt
    import uuid


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """A proposal whose time (`lapsed`) or request (`call_over`) is over, or whose person is to be reminded (`remind`)."""

    introduction_id: uuid.UUID
    candidate_id: uuid.UUID
    organization_id: uuid.UUID
    due: str


def due(now: dt.datetime) -> list[Due]:
    """Return the proposals that can't go on waiting as they do, the oldest first."""
    return [Due(**row) for row in gate.rows("introductions_due", now)]
