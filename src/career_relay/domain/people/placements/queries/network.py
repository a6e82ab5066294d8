"""What is to be asked today, across all organizations: by way of the gate, in ids."""

from __future__ import annotations

import dataclasses
import typing

from career_relay.kernel.tenancy import gate

if typing.TYPE_CHECKING:
    import datetime as dt
    import uuid


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """A start (`start`) or a check (`check`) to ask the organization about that answers for it."""

    task: str
    placement_id: uuid.UUID
    check_id: uuid.UUID | None
    asked_id: uuid.UUID


def tasks(day: dt.date) -> list[Task]:
    """Return the starts and checks that nobody was asked about yet, by the organization to ask."""
    return [Task(**row) for row in gate.rows("placement_tasks", day)]
