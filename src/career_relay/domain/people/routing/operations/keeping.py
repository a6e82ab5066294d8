"""What an agency does for a person it looks after, as far as the network counts on it."""

from __future__ import annotations

import typing

from career_relay.capabilities.facts import operations as facts
from career_relay.domain.ground.agencies import queries as agencies
from career_relay.domain.ground.organizations import queries as organizations
from career_relay.domain.ground.organizations import rules as organization_rules
from career_relay.domain.people.routing.models import LONGEST_SUMMARY, Assignment, Contact
from career_relay.domain.people.routing.operations import acting, errors, offering
from career_relay.kernel import clock, japanese

if typing.TYPE_CHECKING:
    import datetime as dt
    import uuid

    from career_relay.domain.ground.organizations.models import Member
    from career_relay.kernel import actors


def record_contact(
    *,
    organization_id: uuid.UUID,
    assignment_id: uuid.UUID,
    channel: str,
    purpose: str,
    summary: str,
    happened_at: dt.datetime,
    actor: actors.Actor,
    now: dt.datetime,
) -> Contact:
    """Write down a word with the person; the first one keeps the promise that they hear from the agency in time.

    The very same word sent twice is written down once: the assignment is held meanwhile.
    Raises UnableToActWithoutRight, UnableToWriteOnFile, UnableToFindAssignment, UnableToRecordContact.
    """
    seat = _writing(organization_id, actor, now)
    assignment = _kept(organization_id, assignment_id)
    if assignment.state != Assignment.State.ACTIVE:
        raise errors.UnableToRecordContact("assignment")
    words = "\n".join(japanese.clean_name(line) for line in summary.strip().splitlines())
    _check(channel, purpose, words)
    if happened_at > now or (assignment.answered_at and happened_at < assignment.answered_at):
        raise errors.UnableToRecordContact("happened_at")
    contact, is_new = Contact.objects.get_or_create(
        organization_id=organization_id,
        assignment=assignment,
        channel=channel,
        purpose=purpose,
        happened_at=happened_at,
        summary=words,
        by=seat,
        defaults={"recorded_at": now},
    )
    if not is_new:
        return contact
    if assignment.contacted_at is None or happened_at < assignment.contacted_at:
        assignment.contacted_at = happened_at
        assignment.save(update_fields=["contacted_at"])
    facts.record(
        "contact.recorded",
        actor=actor,
        occurred_at=now,
        organization=organization_id,
        subject=assignment.pk,
        channel=channel,
    )
    return contact


def assign_adviser(
    *,
    organization_id: uuid.UUID,
    assignment_id: uuid.UUID,
    member_id: uuid.UUID,
    actor: actors.Actor,
    now: dt.datetime,
) -> Assignment:
    """Name the member who looks after the person.

    Raises UnableToActWithoutRight, UnableToWriteOnFile, UnableToFindAssignment, UnableToAssignAdviser.
    """
    _writing(organization_id, actor, now)
    assignment = _kept(organization_id, assignment_id)
    member = organizations.members(organization_id).filter(pk=member_id).first()
    may_advise = member is not None and organization_rules.may(member.role, acting.TAKE)
    if assignment.state != Assignment.State.ACTIVE or not may_advise:
        raise errors.UnableToAssignAdviser
    assignment.adviser = member
    assignment.save(update_fields=["adviser"])
    return assignment


def escalate(*, organization_id: uuid.UUID, assignment_id: uuid.UUID, now: dt.datetime) -> bool:
    """Note that the first contact is overdue; return whether that is news. The caller acts as the agency and tells it."""
    silent = Assignment.objects.filter(
        organization_id=organization_id,
        pk=assignment_id,
        state=Assignment.State.ACTIVE,
        contacted_at=None,
        contact_by__lte=now,
        escalated_at=None,
    )
    return bool(silent.update(escalated_at=now))


def _writing(organization_id: uuid.UUID, actor: actors.Actor, now: dt.datetime) -> Member:
    """Return the seat the actor writes from. When a licence ends nothing is taken away, but nothing is added either."""
    seat = acting.taking(organization_id=organization_id, actor=actor)
    standing = agencies.standing(organization_id, clock.day_in_japan(now))
    if not standing.may_act:
        raise errors.UnableToWriteOnFile(standing.text)
    return seat


def _kept(organization_id: uuid.UUID, assignment_id: uuid.UUID) -> Assignment:
    assignment = offering.lock(organization_id=organization_id, assignment_id=assignment_id)
    if assignment is None:
        raise errors.UnableToFindAssignment
    return assignment


def _check(channel: str, purpose: str, summary: str) -> None:
    if channel not in Contact.Channel.values:
        raise errors.UnableToRecordContact("channel")
    if purpose not in Contact.Purpose.values:
        raise errors.UnableToRecordContact("purpose")
    if len(summary) > LONGEST_SUMMARY:
        raise errors.UnableToRecordContact("summary")
