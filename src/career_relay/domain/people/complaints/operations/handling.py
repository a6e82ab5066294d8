from __future__ import annotations

import typing

from career_relay.capabilities.facts import operations as facts
from career_relay.domain.ground.organizations.operations import seats
from career_relay.domain.people.complaints import letters, rules
from career_relay.domain.people.complaints.models import OPEN, Complaint
from career_relay.domain.people.complaints.operations import errors
from career_relay.kernel import actors, clock

if typing.TYPE_CHECKING:
    import datetime as dt
    import uuid


def receive(
    *,
    candidate_id: uuid.UUID,
    operator_id: uuid.UUID,
    agency_id: uuid.UUID,
    topic: str,
    words: str,
    now: dt.datetime,
) -> Complaint:
    """Take down what a person says about an agency that was to look after them. The caller acts as the person."""
    complaint = Complaint.objects.create(
        candidate_id=candidate_id,
        operator_id=operator_id,
        agency_id=agency_id,
        topic=topic,
        words=words,
        received_at=now,
        due_on=rules.due_on(now),
    )
    facts.record(
        "complaint.received",
        actor=actors.candidate(candidate_id),
        occurred_at=now,
        candidate=candidate_id,
        subject=complaint.pk,
        topic=topic,
    )
    return complaint


def take_up(*, operator_id: uuid.UUID, complaint_id: uuid.UUID, actor: actors.Actor, now: dt.datetime) -> Complaint:
    """Say that a member of the operator is looking into it. The caller acts as the operator.

    Raises UnableToActWithoutRight, UnableToFindComplaint, UnableToAnswerComplaint.
    """
    seat = seats.acting(organization_id=operator_id, actor=actor, right="check_agencies")
    complaint = _locked(operator_id, complaint_id)
    if complaint.state != Complaint.State.RECEIVED:
        raise errors.UnableToAnswerComplaint(complaint)
    complaint.state, complaint.taken_up_at, complaint.taken_up_by = Complaint.State.CHECKING, now, seat
    complaint.save(update_fields=["state", "taken_up_at", "taken_up_by"])
    _record("complaint.taken_up", complaint, actor, now)
    return complaint


def answer(
    *, operator_id: uuid.UUID, complaint_id: uuid.UUID, words: str, actor: actors.Actor, now: dt.datetime
) -> Complaint:
    """Give the person an answer, which stays as it is. The caller acts as the operator and holds the person.

    Raises UnableToActWithoutRight, UnableToFindComplaint, UnableToAnswerComplaint.
    """
    seat = seats.acting(organization_id=operator_id, actor=actor, right="check_agencies")
    complaint = _locked(operator_id, complaint_id)
    if complaint.state not in OPEN:
        raise errors.UnableToAnswerComplaint(complaint)
    complaint.state, complaint.answer = Complaint.State.ANSWERED, words
    complaint.answered_at, complaint.answered_by = now, seat
    complaint.save(update_fields=["state", "answer", "answered_at", "answered_by"])
    _record("complaint.answered", complaint, actor, now)
    return complaint


def forget(*, candidate_id: uuid.UUID, now: dt.datetime) -> None:
    """Empty the words of both sides when the person leaves; what was open ends. The caller acts as the person."""
    theirs = Complaint.objects.filter(candidate_id=candidate_id)
    for complaint in theirs.filter(state__in=OPEN).select_for_update(no_key=True):
        facts.record(
            "complaint.closed",
            actor=actors.candidate(candidate_id),
            occurred_at=now,
            candidate=candidate_id,
            subject=complaint.pk,
        )
    theirs.filter(state__in=OPEN).update(state=Complaint.State.CLOSED, words="", forgotten_at=now)
    theirs.filter(forgotten_at=None).update(words="", answer="", forgotten_at=now)


def remind(*, operator_id: uuid.UUID, now: dt.datetime) -> int:
    """Tell the operator's members, once each, of complaints whose answer is overdue; return how many. The caller acts as it."""
    late = Complaint.objects.filter(
        operator_id=operator_id, state__in=OPEN, due_on__lt=clock.day_in_japan(now), reminded_at=None
    )
    found = [complaint.pk for complaint in late.select_for_update(no_key=True)]
    if found:
        Complaint.objects.filter(pk__in=found).update(reminded_at=now)
        letters.tell_of_overdue(operator_id, len(found), now=now)
    return len(found)


def _locked(operator_id: uuid.UUID, complaint_id: uuid.UUID) -> Complaint:
    found = Complaint.objects.select_for_update(no_key=True).filter(operator_id=operator_id, pk=complaint_id).first()
    if found is None:
        raise errors.UnableToFindComplaint
    return found


def _record(kind: str, complaint: Complaint, actor: actors.Actor, now: dt.datetime) -> None:
    facts.record(kind, actor=actor, occurred_at=now, organization=complaint.operator_id, subject=complaint.pk)
