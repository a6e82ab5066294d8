"""Who may take people on for an agency, and look after them."""

from __future__ import annotations

import typing

from career_relay.domain.ground.organizations.models import Member, Organization
from career_relay.domain.ground.organizations.operations import seats
from career_relay.domain.ground.organizations.operations.errors import UnableToActWithoutRight

if typing.TYPE_CHECKING:
    import uuid

    from career_relay.domain.ground.organizations import rules
    from career_relay.kernel import actors

TAKE: typing.Final[rules.Right] = "take_people"


def taking(*, organization_id: uuid.UUID, actor: actors.Actor) -> Member:
    """Return the seat of an agency's manager or adviser, and hold the agency to the end of the transaction.

    Managers of other kinds of organization have the right by their role, and nobody to use it on.
    Raises UnableToActWithoutRight.
    """
    seat = seats.acting(organization_id=organization_id, actor=actor, right=TAKE)
    if seat.organization.kind != Organization.Kind.AGENCY:
        raise UnableToActWithoutRight
    return seat
