"""An agency no longer looks after a person: what it saw is closed in the same step, and whoever still wishes is routed anew."""

from __future__ import annotations

import dataclasses
import typing

from django.db import transaction

from career_relay.capabilities import queue
from career_relay.domain.people.books import operations as books
from career_relay.domain.people.candidates import operations as candidates
from career_relay.domain.people.candidates.models import Exclusion
from career_relay.domain.people.consents import operations as consents
from career_relay.domain.people.routing import letters, sql
from career_relay.domain.people.routing import operations as routing
from career_relay.domain.people.routing import queries as routing_queries
from career_relay.domain.people.routing.models import Assignment
from career_relay.flows import end_introductions
from career_relay.kernel import actors
from career_relay.kernel.tenancy.context import acting_as

if typing.TYPE_CHECKING:
    import datetime as dt
    import uuid

PERSON: typing.Final = actors.Actor("candidate")
"""Who acts, as the agency's facts say it: they never carry a candidate."""
BY_AGENCY: typing.Final = frozenset({Assignment.EndReason.AGENCY_UNABLE, Assignment.EndReason.UNREACHABLE})


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """The assignments that ended now; empty when all had ended before."""

    assignment_ids: tuple[uuid.UUID, ...]


@transaction.atomic
def end_by_agency(
    *, organization_id: uuid.UUID, assignment_id: uuid.UUID, reason: str, actor: actors.Actor, now: dt.datetime
) -> Ended:
    """Give a person back because the agency can't go on; they are told, and another agency is asked.

    Raises UnableToActWithoutRight, UnableToFindAssignment, UnableToEndAssignment.
    """
    with acting_as(organization=organization_id):
        routing.taking(organization_id=organization_id, actor=actor)
        file = routing_queries.assignment(assignment_id)
    if file is None:
        raise routing.UnableToFindAssignment
    if reason not in BY_AGENCY or file.state != Assignment.State.ACTIVE:
        raise routing.UnableToEndAssignment
    ended = end_one(
        candidate_id=file.candidate_id,
        organization_id=organization_id,
        assignment_id=assignment_id,
        reason=reason,
        actor=actor,
        now=now,
    )
    if not ended.assignment_ids:
        raise routing.UnableToEndAssignment
    return ended


@transaction.atomic
def end_by_person(*, candidate_id: uuid.UUID, assignment_id: uuid.UUID, excludes: bool, now: dt.datetime) -> Ended:
    """Leave an agency, for good if the person says so. The agency learns that it ended, and nothing of the reason.

    It is no longer among those the person would like. While the consent lasts another agency is asked.
    Raises UnableToFindCandidate, UnableToFindAssignment.
    """
    sql.take_out()
    with acting_as(candidate=candidate_id):
        candidates.lock(candidate_id=candidate_id)
        theirs = routing_queries.assignment(assignment_id)
        if theirs is None:
            raise routing.UnableToFindAssignment
        routing.unchoose(candidate_id=candidate_id, organization_id=theirs.organization_id)
        if excludes:
            candidates.exclude(
                candidate_id=candidate_id,
                organization_id=theirs.organization_id,
                reason=Exclusion.Reason.NAMED,
                now=now,
            )
    reason = Assignment.EndReason.PERSON_CHANGED
    ended = _end(candidate_id, [(theirs.pk, theirs.organization_id)], reason, PERSON, now)
    with acting_as(candidate=candidate_id):
        queue.defer("route_candidate", candidate=candidate_id)
    return ended


@transaction.atomic
def end_for_withdrawal(*, candidate_id: uuid.UUID, now: dt.datetime) -> Ended:
    """End all the person's assignments because they took their consent back. The caller's transaction holds them locked."""
    return _end_all(candidate_id, Assignment.EndReason.WITHDRAWN, now)


@transaction.atomic
def end_for_erasure(*, candidate_id: uuid.UUID, now: dt.datetime) -> Ended:
    """End all the person's assignments because they leave, and forget what was written about them.

    The caller's transaction holds them locked.
    """
    ended = _end_all(candidate_id, Assignment.EndReason.ERASED, now)
    with acting_as(candidate=candidate_id):
        had_them = routing.forget_wishes(candidate_id=candidate_id)
    for organization_id in had_them:
        with acting_as(organization=organization_id):
            routing.forget_contacts(organization_id=organization_id, candidate_id=candidate_id)
    return ended


@transaction.atomic
def end_one(
    *,
    candidate_id: uuid.UUID,
    organization_id: uuid.UUID,
    assignment_id: uuid.UUID,
    reason: str,
    actor: actors.Actor,
    now: dt.datetime,
) -> Ended:
    """End one assignment for a reason that is not the person's, tell them if they knew of it, and have them routed anew."""
    with acting_as(candidate=candidate_id):
        candidates.lock(candidate_id=candidate_id)
        before = routing_queries.assignment(assignment_id)
    ended = _end(candidate_id, [(assignment_id, organization_id)], reason, actor, now)
    if ended.assignment_ids:
        with acting_as(candidate=candidate_id):
            if before is not None and before.state == Assignment.State.ACTIVE:
                letters.tell_of_change(
                    candidate_id=candidate_id, organization_id=organization_id, reason=reason, now=now
                )
            queue.defer("route_candidate", candidate=candidate_id)
    return ended


def _end_all(candidate_id: uuid.UUID, reason: str, now: dt.datetime) -> Ended:
    with acting_as(candidate=candidate_id):
        theirs = routing_queries.open_of_person(candidate_id)
    return _end(candidate_id, theirs, reason, PERSON, now)


def _end(
    candidate_id: uuid.UUID,
    theirs: list[tuple[uuid.UUID, uuid.UUID]],
    reason: str,
    actor: actors.Actor,
    now: dt.datetime,
) -> Ended:
    """End each assignment that is open, say so where the agency looked after the person, and close what it opened.

    The agency's book takes down the end, and who the person is as they say it last, while they can still be seen.
    """
    done = []
    for assignment_id, organization_id in theirs:
        with acting_as(organization=organization_id):
            ended = routing.end(
                organization_id=organization_id, assignment_id=assignment_id, reason=reason, actor=actor, now=now
            )
            if ended is None:
                continue
            books.write(assignment=ended)
            if ended.contact_by and reason not in BY_AGENCY:
                letters.tell_of_end(organization_id=organization_id, assignment=ended, now=now)
        with acting_as(candidate=candidate_id):
            consents.close(candidate_id=candidate_id, organization_id=organization_id)
        end_introductions.end_for_assignment(candidate_id=candidate_id, assignment_id=assignment_id, now=now)
        done.append(ended.pk)
    return Ended(assignment_ids=tuple(done))
