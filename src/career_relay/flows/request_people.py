"""An employer asks licensed agencies, one after the other, for somebody for a posting: by a free slot, or for a fee."""

from __future__ import annotations

import dataclasses
import typing

from django.db import transaction

from career_relay.domain.ground.requests import letters
from career_relay.domain.ground.requests import operations as requests
from career_relay.domain.ground.requests import queries as request_queries
from career_relay.domain.ground.requests.models import Request
from career_relay.kernel import actors
from career_relay.kernel.tenancy.context import acting_as

if typing.TYPE_CHECKING:
    import collections.abc
    import datetime as dt
    import uuid

    from career_relay.domain.ground.postings.models import JobPosting
    from career_relay.domain.ground.requests.models import Call


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Requested:
    """The request, and the agencies that have it before them now."""

    request_id: uuid.UUID
    agency_ids: tuple[uuid.UUID, ...]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """How many calls were taken back because of their time or ground, and how many requests were over."""

    lapsed: int
    closed: int


@transaction.atomic
def request_people(
    *,
    organization_id: uuid.UUID,
    posting_id: uuid.UUID,
    needs: str,
    uses_slot: bool,
    agencies: collections.abc.Sequence[uuid.UUID],
    actor: actors.Actor,
    now: dt.datetime,
) -> Requested:
    """Ask for somebody for a posting: the agencies named, in their order, or whoever's turn it is.

    Raises UnableToActWithoutRight, UnableToFindPosting, UnableToRequestPeople, UnableToReserveSlot.
    """
    with acting_as(organization=organization_id):
        request = requests.ask(
            organization_id=organization_id,
            posting_id=posting_id,
            needs=needs,
            uses_slot=uses_slot,
            agencies=agencies,
            actor=actor,
            now=now,
        )
        call = requests.ask_next(request=request, actor=actor, now=now)
    if call is None:  # the last agreement was suspended a moment ago
        raise requests.UnableToRequestPeople("agencies")
    _tell_agency(call, now)
    return Requested(request_id=request.pk, agency_ids=(call.agency_id,))


@transaction.atomic
def accept_call(*, organization_id: uuid.UUID, call_id: uuid.UUID, actor: actors.Actor, now: dt.datetime) -> JobPosting:
    """Take a call on for an agency: return the posting it becomes there, and tell the employer.

    Raises UnableToActWithoutRight, UnableToFindCall, UnableToAnswerCall, UnableToTakeCall.
    """
    with acting_as(organization=organization_id):
        call = requests.answerable(organization_id=organization_id, call_id=call_id, actor=actor, now=now)
    request = _held(call)
    with acting_as(organization=organization_id):
        posting = requests.accept(
            organization_id=organization_id,
            call_id=call_id,
            search_until=request.search_until,
            actor=actor,
            now=now,
        )
    with acting_as(organization=call.organization_id):
        letters.tell_of_acceptance(call, now=now)
    return posting


@transaction.atomic
def decline_call(
    *,
    organization_id: uuid.UUID,
    call_id: uuid.UUID,
    reason: str,
    note: str,
    actor: actors.Actor,
    now: dt.datetime,
) -> None:
    """Say no to a call, or give it back: the next agency is asked; if none is left, the request ends and the slot is back.

    Raises UnableToActWithoutRight, UnableToFindCall, UnableToAnswerCall, UnableToDeclineCall.
    """
    with acting_as(organization=organization_id):
        call = requests.answerable(organization_id=organization_id, call_id=call_id, actor=actor, now=now)
    request = _held(call)
    with acting_as(organization=organization_id):
        requests.decline(
            organization_id=organization_id, call_id=call_id, reason=reason, note=note, actor=actor, now=now
        )
    _go_on(request, now)


@transaction.atomic
def withdraw_request(
    *, organization_id: uuid.UUID, request_id: uuid.UUID, actor: actors.Actor, now: dt.datetime
) -> None:
    """Take a request back as long as nobody is introduced by it, and tell the agency that had it.

    Raises UnableToActWithoutRight, UnableToFindRequest, UnableToWithdrawRequest.
    """
    with acting_as(organization=organization_id):
        ended = requests.withdraw(organization_id=organization_id, request_id=request_id, actor=actor, now=now)
    for call in ended:
        _tell_end(call, now)


def keep_requests(*, now: dt.datetime) -> Kept:
    """Look at every call that time has decided; each in a transaction of its own.

    One that nobody answered, or whose agency may not act for the employer any more, goes to the next agency. Whoever was
    looked for long enough is looked for no more. Raises ExceptionGroup after all others, when some could not be handled.
    """
    lapsed = closed = 0
    failures = []
    for due in request_queries.due(now):
        try:
            done = _keep(due, now)
        except Exception as error:  # noqa: BLE001 -- one that fails must not keep the others waiting; raised below
            failures.append(error)
            continue
        lapsed += done and due.due != "over"
        closed += done and due.due == "over"
    if failures:
        raise ExceptionGroup("Some requests could not be kept.", failures)
    return Kept(lapsed=lapsed, closed=closed)


@transaction.atomic
def _keep(due: request_queries.Due, now: dt.datetime) -> bool:
    with acting_as(organization=due.organization_id):
        request = requests.lock(organization_id=due.organization_id, request_id=due.request_id)
    if request_queries.due(now, due.call_id) != [due]:
        return False
    if due.due == "over":
        _close(request, now)
        return True
    with acting_as(organization=due.agency_id):
        requests.lapse(organization_id=due.agency_id, call_id=due.call_id, actor=actors.SYSTEM, now=now)
    _go_on(request, now)
    return True


def _held(call: Call) -> Request:
    with acting_as(organization=call.organization_id):
        return requests.lock(organization_id=call.organization_id, request_id=call.request_id)


def _go_on(request: Request, now: dt.datetime) -> None:
    """Ask the next agency, or end the request when none is left."""
    with acting_as(organization=request.organization_id):
        call = requests.ask_next(request=request, actor=actors.SYSTEM, now=now)
    if call is None:
        _close(request, now)
    else:
        _tell_agency(call, now)


def _close(request: Request, now: dt.datetime) -> None:
    with acting_as(organization=request.organization_id):
        ended = requests.close(request=request, reason=Request.CloseReason.NOBODY, actor=actors.SYSTEM, now=now)
        letters.tell_of_close(request, now=now)
    for call in ended:
        _tell_end(call, now)


def _tell_agency(call: Call, now: dt.datetime) -> None:
    with acting_as(organization=call.agency_id):
        letters.tell_of_call(call, now=now)


def _tell_end(call: Call, now: dt.datetime) -> None:
    with acting_as(organization=call.agency_id):
        letters.tell_of_end_of_call(call, now=now)
