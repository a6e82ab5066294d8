from __future__ import annotations

import typing

from career_relay.capabilities import queue
from career_relay.capabilities.crypto import keys
from career_relay.capabilities.facts import operations as facts
from career_relay.capabilities.messaging import operations as messaging
from career_relay.capabilities.runs import operations as runs
from career_relay.domain.ground.accounts import operations as account_operations
from career_relay.domain.ground.accounts import queries as accounts
from career_relay.domain.ground.organizations import models, queries, rules
from career_relay.domain.ground.organizations.operations import errors, seats
from career_relay.kernel import actors, ids, japanese
from career_relay.kernel.tenancy import context

if typing.TYPE_CHECKING:
    import collections.abc
    import datetime as dt
    import uuid

    from career_relay.capabilities.runs.models import Run
    from career_relay.domain.ground.accounts.models import User

INVITATION_PATH: typing.Final = "/invitations/%s/"


def invite(
    *,
    organization_id: uuid.UUID,
    email: str,
    role: str,
    language: str,
    actor: actors.Actor,
    now: dt.datetime,
) -> models.Invitation:
    """Offer a seat to an address and send it the link, in `language` unless the receiver is known to read another.

    An expired invitation to the same address gives way to the new one.
    Raises UnableToActWithoutRight, UnableToGiveRole, UnableToInviteMember, UnableToInviteAgain, UnableToWrite.
    """
    seat = seats.acting(organization_id=organization_id, actor=actor, right="manage_members")
    address = messaging.checked(japanese.normalise_email(email))
    _check_invitable(seat.organization, email, role, now)
    identifier = ids.new()
    invitation = models.Invitation.objects.create(
        pk=identifier,
        organization=seat.organization,
        email=address,
        role=role,
        token_hash=_token_hash(identifier, 1),
        invited_by=seat.user,
        invited_at=now,
        expires_at=now + rules.INVITATION_LIFE,
    )
    facts.record(
        "member.invited",
        actor=actor,
        occurred_at=now,
        organization=organization_id,
        subject=invitation.pk,
        role=role,
    )
    _send(invitation, language, now)
    return invitation


def renew_invitation(
    *, organization_id: uuid.UUID, invitation_id: uuid.UUID, language: str, actor: actors.Actor, now: dt.datetime
) -> models.Invitation:
    """Send an invitation again with a new link and its full life; the link sent before stops working.

    Raises UnableToActWithoutRight, UnableToFindMember.
    """
    seats.acting(organization_id=organization_id, actor=actor, right="manage_members")
    invitation = _open_invitation(organization_id, invitation_id)
    invitation.version += 1
    invitation.token_hash = _token_hash(invitation.pk, invitation.version)
    invitation.expires_at = now + rules.INVITATION_LIFE
    invitation.save(update_fields=["version", "token_hash", "expires_at"])
    facts.record(
        "invitation.renewed",
        actor=actor,
        occurred_at=now,
        organization=organization_id,
        subject=invitation.pk,
    )
    _send(invitation, language, now)
    return invitation


def revoke_invitation(
    *, organization_id: uuid.UUID, invitation_id: uuid.UUID, actor: actors.Actor, now: dt.datetime
) -> None:
    """Take an open invitation back; its link stops working at once.

    Raises UnableToActWithoutRight, UnableToFindMember.
    """
    seats.acting(organization_id=organization_id, actor=actor, right="manage_members")
    invitation = _open_invitation(organization_id, invitation_id)
    _revoke(invitation, actor, now)


def accept_invitation(*, token: str, user: User, language: str, now: dt.datetime) -> models.Member:
    """Seat the user where the token, and nothing else in the request, leads: that organization, the role offered.

    The token is worth nothing without a confirmed address equal to the invited one, so a forwarded link seats nobody.
    From now on mails to the user are in `language`: the page's on which they said yes.
    Raises UnableToAcceptInvitation, UnableToAcceptForOther, UnableToJoinTwice.
    """
    offered = queries.invitation_by_token(token, now)
    if offered is None:
        raise errors.UnableToAcceptInvitation
    if not accounts.has_confirmed(user.pk, offered.email):
        raise errors.UnableToAcceptForOther
    with context.acting_as(organization=offered.organization_id, user=user.pk):
        member = _accept(offered, user, now)
    account_operations.change_language(user_id=user.pk, language=language)
    return member


def start_inviting(
    *,
    organization_id: uuid.UUID,
    emails: collections.abc.Sequence[str],
    role: str,
    language: str,
    actor: actors.Actor,
    now: dt.datetime,
) -> Run:
    """Take a list of addresses in; the invitations go out in the background, each judged when it is its turn.

    Raises UnableToActWithoutRight, UnableToGiveRole.
    """
    seat = seats.acting(organization_id=organization_id, actor=actor, right="manage_members")
    if not rules.is_of_kind(role, seat.organization.kind):
        raise errors.UnableToGiveRole(role)
    run = runs.accept(
        organization_id=organization_id,
        kind="invite_members",
        parameters={"items": [{"email": email, "role": role} for email in emails], "language": language},
        total=len(emails),
        actor=actor,
        now=now,
    )
    queue.defer("invite_members", run=run.pk, organization=organization_id, user=seat.user_id)
    return run


def _check_invitable(organization: models.Organization, email: str, role: str, now: dt.datetime) -> None:
    """Refuse in the words of whoever typed: the address as it was given."""
    address = japanese.normalise_email(email)
    if not rules.is_of_kind(role, organization.kind):
        raise errors.UnableToGiveRole(role)
    if queries.members(organization.pk).filter(user__email=address).exists():
        raise errors.UnableToInviteMember(email)
    waiting = models.Invitation.objects.filter(
        organization=organization, email=address, accepted_at=None, revoked_at=None
    ).first()
    if waiting and waiting.expires_at > now:
        raise errors.UnableToInviteAgain(email)
    if waiting:
        _revoke(waiting, actors.SYSTEM, now)


def _revoke(invitation: models.Invitation, actor: actors.Actor, now: dt.datetime) -> None:
    invitation.revoked_at = now
    invitation.save(update_fields=["revoked_at"])
    facts.record(
        "invitation.revoked",
        actor=actor,
        occurred_at=now,
        organization=invitation.organization_id,
        subject=invitation.pk,
    )


def _open_invitation(organization_id: uuid.UUID, invitation_id: uuid.UUID) -> models.Invitation:
    invitation = (
        models.Invitation.objects.filter(
            organization_id=organization_id, pk=invitation_id, accepted_at=None, revoked_at=None
        )
        .select_related("organization", "invited_by")
        .first()
    )
    if invitation is None:
        raise errors.UnableToFindMember
    return invitation


def _accept(offered: queries.OpenInvitation, user: User, now: dt.datetime) -> models.Member:
    organization = models.Organization.objects.select_for_update(no_key=True).get(pk=offered.organization_id)
    if queries.members(organization.pk).filter(user=user).exists():
        raise errors.UnableToJoinTwice
    accepted = models.Invitation.objects.filter(pk=offered.invitation_id, accepted_at=None, revoked_at=None)
    if not accepted.update(accepted_at=now):
        raise errors.UnableToAcceptInvitation
    return seats.take_seat(
        organization_id=organization.pk, user_id=user.pk, role=offered.role, actor=actors.user(user.pk), now=now
    )


def _token_hash(invitation_id: uuid.UUID, version: int) -> bytes:
    return keys.token_hash(keys.token(queries.INVITATION, invitation_id, version))


def _send(invitation: models.Invitation, language: str, now: dt.datetime) -> None:
    organization = invitation.organization
    messaging.queue(
        template="mail/invitation",
        to=invitation.email,
        language=accounts.language_of(invitation.email, otherwise=language),
        context={
            "sender": organization.name,
            "organization": organization.name,
            "invited_by": invitation.invited_by.name,
            "role": models.Member.Role(invitation.role).label,
            "expires_at": invitation.expires_at,
        },
        secrets={"url": ["token", queries.INVITATION, str(invitation.pk), invitation.version, INVITATION_PATH]},
        organization=organization.pk,
        now=now,
    )
