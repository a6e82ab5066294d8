"""Reads about organizations: seats by way of the gate, everything else as the organization itself."""

from __future__ import annotations

import dataclasses
import typing

from career_relay.capabilities.crypto import keys
from career_relay.domain.ground.organizations import models
from career_relay.kernel.tenancy import gate

if typing.TYPE_CHECKING:
    import collections.abc
    import datetime as dt
    import uuid

    from django.db.models import QuerySet

INVITATION = "invitation"


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Seat:
    """A person's place in one organization."""

    organization_id: uuid.UUID
    name: str
    kind: str
    state: str
    role: str
    member_id: uuid.UUID


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class OpenInvitation:
    """An invitation that can still be accepted, as its token shows it."""

    invitation_id: uuid.UUID
    organization_id: uuid.UUID
    name: str
    kind: str
    email: str
    role: str
    expires_at: dt.datetime

    @property
    def role_name(self) -> str:
        return str(models.Member.Role(self.role).label)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """An organization as a person's own pages name it."""

    organization_id: uuid.UUID
    name: str
    kind: str


def seats_of(user_id: uuid.UUID) -> list[Seat]:
    """Return every seat a user has, by name of the organization."""
    return [Seat(**found) for found in gate.rows("seats_of_user", user_id)]


def seat(user_id: uuid.UUID, organization_id: uuid.UUID | None) -> Seat | None:
    """Return the user's seat in this organization; when none is named, their only seat if they have just one."""
    return seat_among(seats_of(user_id), organization_id)


def seat_among(seats: collections.abc.Sequence[Seat], organization_id: uuid.UUID | None) -> Seat | None:
    """Return the one of a user's seats that is in this organization; when none is named, the only one.

    A seat that was lost is never replaced by another: a page left open must not act for the wrong organization.
    """
    if organization_id is None:
        return seats[0] if len(seats) == 1 else None
    return next((one for one in seats if one.organization_id == organization_id), None)


def profile(organization_id: uuid.UUID) -> models.Organization:
    """Return the organization as its members see it."""
    return models.Organization.objects.get(pk=organization_id)


def members(organization_id: uuid.UUID) -> QuerySet[models.Member]:
    """Return the present members with their users, by name."""
    found = models.Member.objects.filter(organization_id=organization_id, removed_at=None)
    return found.select_related("user").order_by("user__name", "pk")


def addresses_of_members(organization_id: uuid.UUID) -> set[str]:
    """Return every address that a present or former member has confirmed."""
    seats = models.Member.objects.filter(organization_id=organization_id, user__emailaddress__verified=True)
    return set(seats.values_list("user__emailaddress__email", flat=True))


def open_invitations(organization_id: uuid.UUID, now: dt.datetime) -> QuerySet[models.Invitation]:
    """Return the invitations that can still be accepted, newest first."""
    found = models.Invitation.objects.filter(organization_id=organization_id, accepted_at=None, revoked_at=None)
    return found.filter(expires_at__gt=now).select_related("invited_by").order_by("-invited_at", "pk")


def invitation_by_token(token: str, now: dt.datetime) -> OpenInvitation | None:
    """Return the open invitation that a link leads to, whoever asks."""
    found = gate.row("invitation_by_token", keys.token_hash(token), now)
    return OpenInvitation(**found) if found else None


def invitation_token_of(user_id: uuid.UUID, now: dt.datetime) -> str | None:
    """Return the token of the newest open invitation to one of the user's confirmed addresses."""
    found = gate.row("invitations_of_user", user_id, now)
    return keys.token(INVITATION, found["invitation_id"], found["version"]) if found else None


def names_of(organization_ids: collections.abc.Iterable[uuid.UUID]) -> dict[uuid.UUID, Named]:
    """Return names by id, for the pages of a person that say who holds what."""
    found = gate.rows("organization_names", list(set(organization_ids)))
    return {one["organization_id"]: Named(**one) for one in found}
