"""Which of a page's applications a confirmed notice already tells of."""

from __future__ import annotations

import typing

from career_relay.domain.hiring.notices import queries as notices

if typing.TYPE_CHECKING:
    import collections.abc
    import uuid

    from career_relay.domain.ground.organizations.queries import Seat


def on_their_way(seat: Seat, application_ids: collections.abc.Collection[uuid.UUID]) -> set[uuid.UUID]:
    """Return those of the applications that wait to be told by a notice that is on its way."""
    return set(notices.on_its_way(seat.organization_id).filter(application__in=application_ids))
