"""Everything that changes an organization, its members and its invitations."""

from __future__ import annotations

from career_relay.domain.ground.organizations.operations import errors
from career_relay.domain.ground.organizations.operations.invitations import (
    accept_invitation,
    invite,
    renew_invitation,
    revoke_invitation,
    start_inviting,
)
from career_relay.domain.ground.organizations.operations.profile import change_profile, found
from career_relay.domain.ground.organizations.operations.seats import change_role, remove_member

__all__ = [
    "accept_invitation",
    "change_profile",
    "change_role",
    "errors",
    "found",
    "invite",
    "remove_member",
    "renew_invitation",
    "revoke_invitation",
    "start_inviting",
]
