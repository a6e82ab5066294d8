"""Who may change an agency: its own manager, or the operator in the agency's place."""

from __future__ import annotations

import typing

from career_relay.domain.ground.agencies.operations import errors
from career_relay.domain.ground.organizations.models import Member, Organization
from career_relay.domain.ground.organizations.operations import seats
from career_relay.domain.ground.organizations.operations.errors import UnableToActWithoutRight

if typing.TYPE_CHECKING:
    import uuid

    from career_relay.kernel import actors


def managing(*, organization_id: uuid.UUID, actor: actors.Actor) -> Member:
    """Return the seat of an agency's manager, and hold the agency to the end of the transaction.

    Raises UnableToActWithoutRight.
    """
    seat = seats.acting(organization_id=organization_id, actor=actor, right="manage_agency")
    if seat.organization.kind != Organization.Kind.AGENCY:
        raise UnableToActWithoutRight
    return seat


def held(*, organization_id: uuid.UUID) -> Organization:
    """Return the agency, held to the end of the transaction, for what others do in its place. Raises UnableToFindAgency."""
    agencies = Organization.objects.select_for_update(no_key=True).filter(kind=Organization.Kind.AGENCY)
    found = agencies.filter(pk=organization_id).first()
    if found is None:
        raise errors.UnableToFindAgency
    return found
