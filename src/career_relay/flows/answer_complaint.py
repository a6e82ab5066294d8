"""The operator looks into what a person told about an agency, and answers; the person is told that there is an answer."""

from __future__ import annotations

import typing

from django.db import transaction

from career_relay.domain.ground.organizations.operations import seats
from career_relay.domain.people.candidates import operations as candidates
from career_relay.domain.people.complaints import letters, operations, queries
from career_relay.domain.people.complaints.operations import UnableToFindComplaint
from career_relay.kernel.tenancy.context import acting_as

if typing.TYPE_CHECKING:
    import datetime as dt
    import uuid

    from career_relay.domain.people.complaints.models import Complaint
    from career_relay.kernel import actors


@transaction.atomic
def take_up(*, operator_id: uuid.UUID, complaint_id: uuid.UUID, actor: actors.Actor, now: dt.datetime) -> Complaint:
    """Take a complaint up. Raises UnableToActWithoutRight, UnableToFindComplaint, UnableToAnswerComplaint."""
    with acting_as(organization=operator_id):
        return operations.take_up(operator_id=operator_id, complaint_id=complaint_id, actor=actor, now=now)


@transaction.atomic
def answer_complaint(
    *, operator_id: uuid.UUID, complaint_id: uuid.UUID, words: str, actor: actors.Actor, now: dt.datetime
) -> Complaint:
    """Answer a complaint and mail the person that there is an answer.

    The person is held before the complaint, as where they erase themselves (ADR 15): whichever comes first, nothing stays
    of the answer and no mail goes to an address that was given up.
    Raises UnableToActWithoutRight, UnableToFindComplaint, UnableToAnswerComplaint.
    """
    with acting_as(organization=operator_id):
        seats.acting(organization_id=operator_id, actor=actor, right="check_agencies")
        found = queries.one(operator_id, complaint_id)
    if found is None:
        raise UnableToFindComplaint
    with acting_as(candidate=found.candidate_id):
        candidates.hold(candidate_id=found.candidate_id)
    with acting_as(organization=operator_id):
        answered = operations.answer(
            operator_id=operator_id, complaint_id=complaint_id, words=words, actor=actor, now=now
        )
    with acting_as(candidate=found.candidate_id):
        letters.tell_of_answer(found.candidate_id, now=now)
    return answered
