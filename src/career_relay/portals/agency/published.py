"""Where everybody can read what an agency publishes of its fees."""

from __future__ import annotations

import typing

from django.urls import reverse

from career_relay.domain.ground.agencies import queries

if typing.TYPE_CHECKING:
    import datetime as dt
    import uuid


def address(agency_id: uuid.UUID, today: dt.date) -> str:
    """Return the address of the page; nothing while no confirmed licence holds, because there is none then."""
    confirmed = (one for one in queries.licences(agency_id) if one.state == one.State.CONFIRMED)
    is_licensed = any(one.valid_from <= today <= one.valid_until for one in confirmed)
    return reverse("public:agency_fees", args=[agency_id]) if is_licensed else ""
