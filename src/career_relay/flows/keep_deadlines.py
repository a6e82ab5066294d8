"""What an agency promised has a day. When it is over, the person does not go on waiting."""

from __future__ import annotations

import collections
import dataclasses
import typing

from django.db import transaction

from career_relay.capabilities import queue
from career_relay.domain.people.candidates import operations as candidates
from career_relay.domain.people.routing import letters
from career_relay.domain.people.routing import operations as routing
from career_relay.domain.people.routing import queries as routing_queries
from career_relay.flows import end_assignment
from career_relay.kernel import actors
from career_relay.kernel.tenancy.context import acting_as

if typing.TYPE_CHECKING:
    import datetime as dt


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """How many offers lapsed, first contacts were told to be overdue, and people were taken back from an agency."""

    lapsed: int
    escalated: int
    ended: int


def keep_deadlines(*, now: dt.datetime) -> Kept:
    """Look at every open assignment whose time is over or whose ground is gone; each in a transaction of its own.

    A lapsed offer goes to the next agency. An overdue first contact is told to the agency's managers; some working days
    later the person is given to another agency. So is everybody whose agency lost its licence or agreement, or was
    stopped. Where the consent is over, it ends. Raises ExceptionGroup after all others, when some could not be handled.
    """
    done: collections.Counter[str] = collections.Counter()
    failures = []
    for due in routing_queries.due(now):
        try:
            done[due.due] += _keep(due, now)
        except Exception as error:  # noqa: BLE001 -- one that fails must not keep the others waiting; raised below
            failures.append(error)
    if failures:
        raise ExceptionGroup("Some deadlines could not be kept.", failures)
    return Kept(
        lapsed=done["lapsed"],
        escalated=done["overdue"],
        ended=sum(done[reason] for reason in ("late", "agency_stopped", "consent_over")),
    )


@transaction.atomic
def _keep(due: routing_queries.Due, now: dt.datetime) -> bool:
    if due.due == "lapsed":
        return _lapse(due, now)
    if due.due == "overdue":
        return _escalate(due, now)
    return _take_back(due, now)


def _take_back(due: routing_queries.Due, now: dt.datetime) -> bool:
    """End the assignment unless what was due when the list was made no longer is: nobody writes on it meanwhile."""
    try:
        with acting_as(candidate=due.candidate_id):
            candidates.lock(candidate_id=due.candidate_id)
        with acting_as(organization=due.organization_id):
            routing.lock(organization_id=due.organization_id, assignment_id=due.assignment_id)
        if routing_queries.due(now, due.assignment_id) != [due]:
            return False
        ended = end_assignment.end_one(
            candidate_id=due.candidate_id,
            organization_id=due.organization_id,
            assignment_id=due.assignment_id,
            reason=due.due,
            actor=actors.SYSTEM,
            now=now,
        )
    except candidates.UnableToFindCandidate:  # they left a moment ago, and ended it themselves
        return False
    return bool(ended.assignment_ids)


def _lapse(due: routing_queries.Due, now: dt.datetime) -> bool:
    with acting_as(organization=due.organization_id):
        lapsed = routing.lapse(
            organization_id=due.organization_id, assignment_id=due.assignment_id, actor=actors.SYSTEM, now=now
        )
    if lapsed is not None:
        with acting_as(candidate=due.candidate_id):
            queue.defer("route_candidate", candidate=due.candidate_id)
    return lapsed is not None


def _escalate(due: routing_queries.Due, now: dt.datetime) -> bool:
    with acting_as(organization=due.organization_id):
        is_news = routing.escalate(organization_id=due.organization_id, assignment_id=due.assignment_id, now=now)
        assignment = routing_queries.assignment(due.assignment_id)
        if is_news and assignment is not None:
            late_at = typing.cast("dt.datetime", assignment.late_at)
            letters.tell_of_lateness(organization_id=due.organization_id, late_at=late_at, now=now)
    return is_news
