"""Entries of seekers: one by its number, and those that have been kept long enough."""

from __future__ import annotations

import collections
import typing

from career_relay.domain.people.books.models import SeekerEntry
from career_relay.kernel.tenancy import gate

if typing.TYPE_CHECKING:
    import datetime as dt
    import uuid


def entry(organization_id: uuid.UUID, entry_id: uuid.UUID) -> SeekerEntry | None:
    """Return an entry of the agency's own book. The caller acts as it."""
    return SeekerEntry.objects.filter(organization_id=organization_id, pk=entry_id).first()


def over(today: dt.date) -> dict[uuid.UUID, list[uuid.UUID]]:
    """Return, for nobody in particular, the entries that may no longer be kept, by agency."""
    found: dict[uuid.UUID, list[uuid.UUID]] = collections.defaultdict(list)
    for row in gate.rows("book_entries_over", today):
        found[row["organization_id"]].append(row["entry_id"])
    return dict(found)
