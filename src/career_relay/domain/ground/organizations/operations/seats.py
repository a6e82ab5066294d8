from __future__ import annotations

import typing

from career_relay.capabilities.facts import operations as facts
from career_relay.domain.ground.organizations import models, queries, rules
from career_relay.domain.ground.organizations.operations import errors

if typing.TYPE_CHECKING:
    import datetime as dt
    import uuid

    from career_relay.kernel import actors


def change_role(
    *, organization_id: uuid.UUID, member_id: uuid.UUID, role: str, actor: actors.Actor, now: dt.datetime
) -> models.Member:
    """Give a member another role of this kind of organization.

    Raises UnableToActWithoutRight, UnableToFindMember, UnableToGiveRole, UnableToLoseLastLeader.
    """
    organization = acting(organization_id=organization_id, actor=actor, right="manage_members").organization
    member = _member(organization_id, member_id)
    if not rules.is_of_kind(role, organization.kind):
        raise errors.UnableToGiveRole(role)
    before = member.role
    if role == before:
        return member
    _keep_a_leader(organization, member)
    member.role = role
    member.save(update_fields=["role"])
    facts.record(
        "member.changed",
        actor=actor,
        occurred_at=now,
        organization=organization_id,
        subject=member.pk,
        role=role,
        before=before,
    )
    return member


def remove_member(
    *, organization_id: uuid.UUID, member_id: uuid.UUID, actor: actors.Actor, now: dt.datetime
) -> models.Member:
    """Take a seat away; the person's next request already finds nothing here. Their account stays theirs.

    Raises UnableToActWithoutRight, UnableToFindMember, UnableToLoseLastLeader.
    """
    organization = acting(organization_id=organization_id, actor=actor, right="manage_members").organization
    member = _member(organization_id, member_id)
    _keep_a_leader(organization, member)
    member.removed_at = now
    member.save(update_fields=["removed_at"])
    facts.record(
        "member.removed",
        actor=actor,
        occurred_at=now,
        organization=organization_id,
        subject=member.pk,
        role=member.role,
    )
    return member


def acting(*, organization_id: uuid.UUID, actor: actors.Actor, right: rules.Right) -> models.Member:
    """Return the seat the actor acts from, if it has the right.

    Locks the organization, so that two changes of its members cannot miss each other. Raises UnableToActWithoutRight.
    """
    organization = models.Organization.objects.select_for_update(no_key=True).filter(pk=organization_id).first()
    seat = queries.members(organization_id).filter(user=actor.id).first() if actor.id else None
    if organization is None or seat is None or not rules.may(seat.role, right):
        raise errors.UnableToActWithoutRight
    seat.organization = organization
    return seat


def take_seat(
    *, organization_id: uuid.UUID, user_id: uuid.UUID, role: str, actor: actors.Actor, now: dt.datetime
) -> models.Member:
    """Seat a user; whether they may have the seat was decided by the caller."""
    member = models.Member.objects.create(organization_id=organization_id, user_id=user_id, role=role, joined_at=now)
    facts.record(
        "member.joined",
        actor=actor,
        occurred_at=now,
        organization=organization_id,
        subject=member.pk,
        role=role,
    )
    return member


def _member(organization_id: uuid.UUID, member_id: uuid.UUID) -> models.Member:
    member = queries.members(organization_id).filter(pk=member_id).first()
    if member is None:
        raise errors.UnableToFindMember
    return member


def _keep_a_leader(organization: models.Organization, member: models.Member) -> None:
    leading = rules.leading_role(organization.kind)
    if member.role != leading:
        return
    if not queries.members(organization.pk).filter(role=leading).exclude(pk=member.pk).exists():
        raise errors.UnableToLoseLastLeader(str(leading.label))
