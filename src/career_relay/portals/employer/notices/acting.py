"""What the flows and operations on notices are told by a page: for whom, by which member, when."""

from __future__ import annotations

import typing

from career_relay.kernel import clock

if typing.TYPE_CHECKING:
    import datetime as dt
    import uuid

    from career_relay.domain.ground.organizations.access import StaffRequest


class Member(typing.TypedDict):
    """The arguments that they share."""

    organization_id: uuid.UUID
    user_id: uuid.UUID
    now: dt.datetime


def member(request: StaffRequest) -> Member:
    """Return the shared arguments for the member of the request."""
    return {"organization_id": request.seat.organization_id, "user_id": request.user.pk, "now": clock.now()}
