"""Which applications a list page sent on: those that were ticked, or all that its filter finds."""

from __future__ import annotations

import typing
import uuid

from django.http import QueryDict

from career_relay.domain.hiring.applications import filters, queries
from career_relay.domain.hiring.notices import queries as notices

if typing.TYPE_CHECKING:
    import collections.abc

    from career_relay.domain.ground.organizations.queries import Seat


def chosen(seat: Seat, posted: QueryDict) -> collections.abc.Iterable[uuid.UUID]:
    """Return the ids of the applications that were chosen; what is no id counts as not chosen."""
    if posted.get("all"):
        wanted = filters.read(QueryDict(posted.get("filter", "")))
        rows = queries.selected(seat.organization_id, wanted)
        is_less = posted.get("not_on_its_way")
        return rows.exclude(pk__in=notices.on_its_way(seat.organization_id)) if is_less else rows
    return [found for text in posted.getlist("application") if (found := _id(text))]


def _id(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None
