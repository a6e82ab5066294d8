"""What every operation is told by an agency's page: for whom, by whom, when."""

from __future__ import annotations

import typing

from career_relay.kernel import actors, clock

if typing.TYPE_CHECKING:
    import datetime as dt
    import uuid

    from career_relay.domain.ground.organizations.access import StaffRequest


class Acting(typing.TypedDict):
    """The arguments that operations share."""

    organization_id: uuid.UUID
    actor: actors.Actor
    now: dt.datetime


def acting(request: StaffRequest) -> Acting:
    """Return the shared arguments for the member of the request."""
    return {
        "organization_id": request.seat.organization_id,
        "actor": actors.user(request.user.pk),
        "now": clock.now(),
    }
