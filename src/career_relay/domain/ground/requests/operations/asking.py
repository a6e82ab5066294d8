"""An employer asks for people. The caller acts as the employer."""

from __future__ import annotations

import typing

from career_relay.capabilities.facts import operations as facts
from career_relay.domain.ground.agreements import operations as agreements
from career_relay.domain.ground.credits import operations as ledger
from career_relay.domain.ground.organizations.operations import seats
from career_relay.domain.ground.postings import operations as postings
from career_relay.domain.ground.postings import queries as posting_queries
from career_relay.domain.ground.postings import rules as posting_rules
from career_relay.domain.ground.programmes import queries as programmes
from career_relay.domain.ground.programmes.models import DEFAULT_PROGRAMME_ID
from career_relay.domain.ground.requests import queries, rules
from career_relay.domain.ground.requests.models import LONGEST_NEEDS, Call, Request
from career_relay.domain.ground.requests.operations import errors
from career_relay.kernel import clock, ids

if typing.TYPE_CHECKING:
    import collections.abc
    import datetime as dt
    import uuid

    from career_relay.domain.ground.credits.models import Slot
    from career_relay.domain.ground.organizations import rules as organization_rules
    from career_relay.domain.ground.postings.models import JobPosting
    from career_relay.kernel import actors

RIGHT: typing.Final[organization_rules.Right] = "request_people"


def ask(
    *,
    organization_id: uuid.UUID,
    posting_id: uuid.UUID,
    needs: str,
    uses_slot: bool,
    agencies: collections.abc.Sequence[uuid.UUID],
    actor: actors.Actor,
    now: dt.datetime,
) -> Request:
    """Open a request for a posting whose terms are complete, and reserve a slot for it if one is to pay.

    Nobody is asked yet: `ask_next` does it. Named agencies must all be such as can be asked now.
    Raises UnableToActWithoutRight, UnableToFindPosting, UnableToRequestPeople, UnableToReserveSlot.
    """
    seat = seats.acting(organization_id=organization_id, actor=actor, right=RIGHT)
    posting = _requestable(organization_id, posting_id, now)
    needs = needs.strip()
    if not 1 <= len(needs) <= LONGEST_NEEDS:
        raise errors.UnableToRequestPeople("needs")
    named = list(dict.fromkeys(agencies))
    _check_agencies(organization_id, named, uses_slot=uses_slot, now=now)
    request_id = ids.new()
    made = Request.objects.create(
        pk=request_id,
        organization_id=organization_id,
        posting=posting,
        slot=_reserved(organization_id, request_id, actor, now) if uses_slot else None,
        needs=needs,
        title=posting.title,
        occupation=posting.occupation,
        prefecture=posting.prefecture,
        employment_type=posting.employment_type,
        terms=posting.terms,
        agencies=named,
        search_until=rules.search_until(now, programmes.policy_at(DEFAULT_PROGRAMME_ID, now).slot_search_days),
        asked_by=seat,
        asked_at=now,
    )
    facts.record(
        "request.opened",
        actor=actor,
        occurred_at=now,
        organization=organization_id,
        subject=made.pk,
        uses_slot=uses_slot,
    )
    return made


def ask_next(*, request: Request, actor: actors.Actor, now: dt.datetime) -> Call | None:
    """Put the request before the next agency that can be asked and was not yet; None when none is left.

    The caller holds the request. The agreement with the agency is held, so that it is in force when the call is made.
    """
    called = set(request.calls.values_list("agency_id", flat=True))
    found = queries.able(request.organization_id, uses_slot=request.uses_slot, now=now)
    left = {named.organization_id for named in found} - called
    in_order = request.agencies or queries.by_turn(request, left, clock.day_in_japan(now))
    for agency_id in in_order:
        if agency_id in left and agreements.hold(organization_id=request.organization_id, partner_id=agency_id):
            return _call(request, agency_id, len(called) + 1, actor, now)
    return None


def lock(*, organization_id: uuid.UUID, request_id: uuid.UUID) -> Request:
    """Return the employer's request, held until the transaction ends: before its calls, and they before its slot.

    Raises UnableToFindRequest.
    """
    found = Request.objects.select_for_update(no_key=True).filter(organization_id=organization_id, pk=request_id)
    request = found.first()
    if request is None:
        raise errors.UnableToFindRequest
    return request


def _requestable(organization_id: uuid.UUID, posting_id: uuid.UUID, now: dt.datetime) -> JobPosting:
    posting = posting_queries.posting(organization_id, posting_id)
    if posting is None:
        raise postings.UnableToFindPosting
    if posting_queries.missing(posting):
        raise errors.UnableToRequestPeople("terms")
    if not posting_queries.is_proposable(posting, clock.day_in_japan(now)):
        raise errors.UnableToRequestPeople("posting")
    if posting_rules.barred_by(posting.title, posting.job_family, posting.occupation):
        raise errors.UnableToRequestPeople("work")
    return posting


def _check_agencies(organization_id: uuid.UUID, named: list[uuid.UUID], *, uses_slot: bool, now: dt.datetime) -> None:
    able = {one.organization_id for one in queries.able(organization_id, uses_slot=uses_slot, now=now)}
    if set(named) - able:
        raise errors.UnableToRequestPeople("agency")
    if not able:
        raise errors.UnableToRequestPeople("agencies")


def _reserved(organization_id: uuid.UUID, request_id: uuid.UUID, actor: actors.Actor, now: dt.datetime) -> Slot:
    return ledger.reserve(
        organization_id=organization_id, programme_id=DEFAULT_PROGRAMME_ID, key=request_id, actor=actor, now=now
    )


def _call(request: Request, agency_id: uuid.UUID, rank: int, actor: actors.Actor, now: dt.datetime) -> Call:
    days = programmes.policy_at(DEFAULT_PROGRAMME_ID, now).agency_accept_days
    made = Call.objects.create(
        organization_id=request.organization_id,
        agency_id=agency_id,
        request=request,
        rank=rank,
        uses_slot=request.uses_slot,
        title=request.title,
        needs=request.needs,
        occupation=request.occupation,
        prefecture=request.prefecture,
        employment_type=request.employment_type,
        terms=request.terms,
        asked_at=now,
        answer_by=rules.answer_by(now, days),
    )
    facts.record(
        "call.made",
        actor=actor,
        occurred_at=now,
        organization=request.organization_id,
        subject=made.pk,
        uses_slot=made.uses_slot,
        answer_by=clock.day_in_japan(made.answer_by).isoformat(),
    )
    return made
