"""An agency's time with a person ends, for whatever reason. What it saw of them is closed by `consents`, in the same step."""

from __future__ import annotations

import typing

from career_relay.capabilities.facts import operations as facts
from career_relay.domain.people.routing import rules
from career_relay.domain.people.routing.models import Assignment, Contact, Wish
from career_relay.domain.people.routing.operations import offering

if typing.TYPE_CHECKING:
    import datetime as dt
    import uuid

    from career_relay.kernel import actors


def end(
    *, organization_id: uuid.UUID, assignment_id: uuid.UUID, reason: str, actor: actors.Actor, now: dt.datetime
) -> Assignment | None:
    """End an open assignment; return it, or None when it was over before. The caller acts as the agency.

    The caller holds the person locked and takes the agency's sight of them away in the same transaction.
    """
    assignment = offering.lock(organization_id=organization_id, assignment_id=assignment_id)
    if assignment is None or not rules.may_become(assignment.state, Assignment.State.ENDED):
        return None
    assignment.state, assignment.ended_at = Assignment.State.ENDED, now
    assignment.end_reason = Assignment.EndReason(reason)
    assignment.save(update_fields=["state", "ended_at", "end_reason"])
    facts.record(
        "assignment.ended",
        actor=actor,
        occurred_at=now,
        organization=organization_id,
        subject=assignment.pk,
        reason=reason,
    )
    return assignment


def lapse(
    *, organization_id: uuid.UUID, assignment_id: uuid.UUID, actor: actors.Actor, now: dt.datetime
) -> Assignment | None:
    """Take back an offer whose time is over; return it, or None when it is not. The caller acts as the agency."""
    assignment = offering.lock(organization_id=organization_id, assignment_id=assignment_id)
    if assignment is None or assignment.answer_by > now:
        return None
    if not rules.may_become(assignment.state, Assignment.State.LAPSED):
        return None
    assignment.state, assignment.ended_at = Assignment.State.LAPSED, now
    assignment.save(update_fields=["state", "ended_at"])
    facts.record("assignment.lapsed", actor=actor, occurred_at=now, organization=organization_id, subject=assignment.pk)
    return assignment


def forget_wishes(*, candidate_id: uuid.UUID) -> list[uuid.UUID]:
    """Empty what every assignment and wish says of a person who leaves; return the agencies that ever had one.

    The caller acts as the person, and has each of these agencies forget what it wrote down (`forget_contacts`).
    """
    Wish.objects.filter(candidate_id=candidate_id).delete()
    theirs = Assignment.objects.filter(candidate_id=candidate_id)
    theirs.update(prefecture="", occupations=[], employment_type="", decline_note="")
    return sorted(set(theirs.values_list("organization_id", flat=True)))


def forget_contacts(*, organization_id: uuid.UUID, candidate_id: uuid.UUID) -> None:
    """Empty what the agency wrote about a person who left. The caller acts as the agency."""
    written = Contact.objects.filter(organization_id=organization_id, assignment__candidate=candidate_id)
    written.update(summary="")
