"""A person is put before an agency, which says yes or no."""

from __future__ import annotations

import typing

from career_relay.capabilities.facts import operations as facts
from career_relay.domain.people.routing import rules
from career_relay.domain.people.routing.models import LONGEST_NOTE, Assignment
from career_relay.domain.people.routing.operations import acting, errors
from career_relay.kernel import clock, japanese

if typing.TYPE_CHECKING:
    import collections.abc
    import datetime as dt
    import uuid

    from career_relay.domain.ground.programmes.models import PolicyVersion
    from career_relay.kernel import actors


def offer(
    *,
    organization_id: uuid.UUID,
    people: collections.abc.Sequence[rules.Wanting],
    policy: PolicyVersion,
    actor: actors.Actor,
    now: dt.datetime,
) -> list[Assignment]:
    """Put people before the agency, by their wishes alone. The caller acts as the agency and routes alone."""
    answer_by = rules.answer_by(now, policy.agency_accept_days)
    offered = Assignment.objects.bulk_create(
        Assignment(
            candidate_id=person.candidate_id,
            organization_id=organization_id,
            prefecture=person.prefecture,
            occupations=sorted(person.occupations),
            employment_type=person.employment_type,
            is_chosen=organization_id in person.chosen,
            offered_at=now,
            answer_by=answer_by,
        )
        for person in people
    )
    facts.record_each(
        "candidate.routed",
        [assignment.pk for assignment in offered],
        actor=actor,
        occurred_at=now,
        organization=organization_id,
        answer_by=clock.day_in_japan(answer_by).isoformat(),
    )
    return offered


def mark_told(*, organization_id: uuid.UUID, now: dt.datetime) -> list[Assignment]:
    """Return the offers that no mail told the agency of yet, and take them as told. The caller acts as the agency."""
    waiting = Assignment.objects.select_for_update().filter(
        organization_id=organization_id, state=Assignment.State.OFFERED, told_at=None
    )
    untold = list(waiting.order_by("answer_by", "pk"))
    Assignment.objects.filter(pk__in=[one.pk for one in untold]).update(told_at=now)
    return untold


def offered(
    *, organization_id: uuid.UUID, assignment_id: uuid.UUID, actor: actors.Actor, now: dt.datetime
) -> Assignment:
    """Return an offer that the actor may answer now; the caller locks the person before it is answered.

    Raises UnableToActWithoutRight, UnableToFindAssignment, UnableToAnswerAssignment.
    """
    acting.taking(organization_id=organization_id, actor=actor)
    found = Assignment.objects.filter(organization_id=organization_id, pk=assignment_id).first()
    return _answerable(found, now)


def accept(
    *,
    organization_id: uuid.UUID,
    assignment_id: uuid.UUID,
    policy: PolicyVersion,
    actor: actors.Actor,
    now: dt.datetime,
) -> Assignment:
    """Take charge of the person; whoever said yes is their adviser until another is named.

    From now on the days until the first contact count. The person is disclosed in the same transaction or not at all.
    Raises UnableToActWithoutRight, UnableToFindAssignment, UnableToAnswerAssignment.
    """
    seat = acting.taking(organization_id=organization_id, actor=actor)
    assignment = _answerable(lock(organization_id=organization_id, assignment_id=assignment_id), now)
    assignment.state, assignment.answered_at, assignment.adviser = Assignment.State.ACTIVE, now, seat
    assignment.contact_by = rules.contact_by(now, policy.agency_contact_days)
    assignment.late_at = rules.late_at(assignment.contact_by, policy.agency_late_days)
    assignment.save(update_fields=["state", "answered_at", "adviser", "contact_by", "late_at"])
    facts.record(
        "assignment.accepted",
        actor=actor,
        occurred_at=now,
        organization=organization_id,
        subject=assignment.pk,
        contact_by=clock.day_in_japan(assignment.contact_by).isoformat(),
    )
    return assignment


def decline(
    *,
    organization_id: uuid.UUID,
    assignment_id: uuid.UUID,
    reason: str,
    note: str,
    actor: actors.Actor,
    now: dt.datetime,
) -> Assignment:
    """Say no to an offer and why, so that the person is put before another agency.

    Raises UnableToActWithoutRight, UnableToFindAssignment, UnableToAnswerAssignment, UnableToDeclineWithoutReason.
    """
    acting.taking(organization_id=organization_id, actor=actor)
    if reason not in Assignment.DeclineReason.values:
        raise errors.UnableToDeclineWithoutReason
    assignment = _answerable(lock(organization_id=organization_id, assignment_id=assignment_id), now)
    assignment.state, assignment.answered_at, assignment.ended_at = Assignment.State.DECLINED, now, now
    assignment.decline_reason, assignment.decline_note = reason, japanese.clean_name(note)[:LONGEST_NOTE]
    assignment.save(update_fields=["state", "answered_at", "ended_at", "decline_reason", "decline_note"])
    facts.record(
        "assignment.declined",
        actor=actor,
        occurred_at=now,
        organization=organization_id,
        subject=assignment.pk,
        reason=reason,
    )
    return assignment


def lock(*, organization_id: uuid.UUID, assignment_id: uuid.UUID) -> Assignment | None:
    """Return the agency's assignment, locked until the transaction ends."""
    found = Assignment.objects.select_for_update().filter(organization_id=organization_id, pk=assignment_id)
    return found.first()


def _answerable(assignment: Assignment | None, now: dt.datetime) -> Assignment:
    if assignment is None:
        raise errors.UnableToFindAssignment
    if not rules.may_become(assignment.state, Assignment.State.ACTIVE) or assignment.answer_by <= now:
        raise errors.UnableToAnswerAssignment
    return assignment
