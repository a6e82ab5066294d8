"""Which applications a member sees: a hiring manager those of their own postings, everybody else all."""

from __future__ import annotations

import typing

from career_relay.domain.ground.organizations.models import Member
from career_relay.domain.ground.postings import queries as postings

if typing.TYPE_CHECKING:
    import uuid

    from career_relay.domain.ground.organizations.access import StaffRequest


def is_field_manager(role: str) -> bool:
    """Tell whether members of this role see the applications of their own postings only."""
    return role == Member.Role.HIRING_MANAGER


def postings_seen(request: StaffRequest) -> tuple[uuid.UUID, ...] | None:
    """Return the postings whose applications the member may see; None means every one."""
    if not is_field_manager(request.seat.role):
        return None
    return tuple(postings.managed_by(request.seat.organization_id, request.user.pk))
