"""What comes of a request: introductions, a hire, or nothing. The caller acts as the employer."""

from __future__ import annotations

import typing

from career_relay.capabilities.facts import operations as facts
from career_relay.domain.ground.credits import operations as ledger
from career_relay.domain.ground.credits import queries as ledger_queries
from career_relay.domain.ground.organizations.operations import seats
from career_relay.domain.ground.postings import operations as postings
from career_relay.domain.ground.requests.models import OPEN_CALLS, Call, Request
from career_relay.domain.ground.requests.operations import asking, errors
from career_relay.kernel import actors
from career_relay.kernel.tenancy.context import acting_as

if typing.TYPE_CHECKING:
    import datetime as dt
    import uuid


_Reason: typing.TypeAlias = Request.CloseReason


def introduced(*, organization_id: uuid.UUID, call_id: uuid.UUID, now: dt.datetime) -> Call:
    """Note that somebody was introduced by a call. A slot stands for one person at a time.

    Raises UnableToFindCall, UnableToIntroduceByCall.
    """
    request, call = _held(organization_id, call_id)
    is_taken = request.slot_id is not None and call.is_introduced
    if request.state != Request.State.OPEN or call.state != Call.State.ACCEPTED or is_taken:
        raise errors.UnableToIntroduceByCall
    call.introductions += 1
    call.save(update_fields=["introductions"])
    if request.slot_id is not None:
        ledger.introduce(organization_id=organization_id, slot_id=request.slot_id, now=now)
    return call


def fell_through(*, organization_id: uuid.UUID, call_id: uuid.UUID, now: dt.datetime) -> Call:
    """Note that it came to nothing with somebody introduced by a call; while it is open the request goes on.

    Raises UnableToFindCall.
    """
    request, call = _held(organization_id, call_id)
    if not call.is_introduced:
        return call
    call.introductions -= 1
    call.save(update_fields=["introductions"])
    if request.slot_id is not None and request.state == Request.State.OPEN:
        ledger.release(organization_id=organization_id, slot_id=request.slot_id, now=now)
    return call


def filled(
    *, organization_id: uuid.UUID, call_id: uuid.UUID, key: uuid.UUID, actor: actors.Actor, now: dt.datetime
) -> Request:
    """Note that somebody introduced by a call has started work: its slot is used, and nobody else is looked for.

    The key is the placement: told again, it changes nothing. Raises UnableToFindCall, UnableToFillRequest.
    """
    request, _call = _held(organization_id, call_id)
    slot_id = request.slot_id
    if request.state == Request.State.FILLED and (
        slot_id is None or ledger_queries.was_used_by(organization_id, slot_id, key)
    ):
        return request
    if request.state != Request.State.OPEN:
        raise errors.UnableToFillRequest
    if slot_id is not None:
        ledger.use(organization_id=organization_id, slot_id=slot_id, key=key, actor=actor, now=now)
    _end(request, _Reason.FILLED, actor, now)
    return request


def not_started(
    *, organization_id: uuid.UUID, call_id: uuid.UUID, key: uuid.UUID, actor: actors.Actor, now: dt.datetime
) -> Request:
    """Note that who was to be hired by a call did not start: the slot comes back, and the request is over.

    The key is the placement: told again, it changes nothing. Raises UnableToFindCall.
    """
    request, _call = _held(organization_id, call_id)
    if request.state != Request.State.OPEN:
        return request
    _give_back(request, key, _Reason.NOT_STARTED, actor, now)
    _end(request, _Reason.NOT_STARTED, actor, now)
    return request


def left_early(
    *, organization_id: uuid.UUID, slot_id: uuid.UUID, key: uuid.UUID, actor: actors.Actor, now: dt.datetime
) -> None:
    """Give a used slot back because who was hired by it left early; whether that is so, policy and agreement decide.

    The key is the placement: told again, it changes nothing. Raises UnableToFindSlot, UnableToMoveSlot.
    """
    ledger.give_back(
        organization_id=organization_id, slot_id=slot_id, key=key, reason="left_early", actor=actor, now=now
    )


def withdraw(*, organization_id: uuid.UUID, request_id: uuid.UUID, actor: actors.Actor, now: dt.datetime) -> list[Call]:
    """Take a request back as long as nobody is introduced by it; return the calls that end with it. A slot comes back.

    Raises UnableToActWithoutRight, UnableToFindRequest, UnableToWithdrawRequest.
    """
    seats.acting(organization_id=organization_id, actor=actor, right=asking.RIGHT)
    request = asking.lock(organization_id=organization_id, request_id=request_id)
    if request.state != Request.State.OPEN:
        raise errors.UnableToWithdrawRequest
    return close(request=request, reason=_Reason.WITHDRAWN, actor=actor, now=now)


def close(*, request: Request, reason: Request.CloseReason, actor: actors.Actor, now: dt.datetime) -> list[Call]:
    """End an open request that led to nobody; return the calls that end with it. A slot comes back.

    The caller holds the request. Raises UnableToWithdrawRequest while somebody is introduced by it, up to their start.
    """
    if request.calls.filter(introductions__gt=0, state__in=OPEN_CALLS).exists():
        raise errors.UnableToWithdrawRequest
    _give_back(request, request.pk, reason, actor, now)
    return _end(request, reason, actor, now)


def _held(organization_id: uuid.UUID, call_id: uuid.UUID) -> tuple[Request, Call]:
    """Return a call of the employer with its request, both held: the request first."""
    calls = Call.objects.filter(organization_id=organization_id, pk=call_id)
    request_id = calls.values_list("request_id", flat=True).first()
    if request_id is None:
        raise errors.UnableToFindCall
    request = asking.lock(organization_id=organization_id, request_id=request_id)
    return request, calls.select_for_update(no_key=True).get()


def _give_back(
    request: Request, key: uuid.UUID, reason: Request.CloseReason, actor: actors.Actor, now: dt.datetime
) -> None:
    if request.slot_id is not None:
        ledger.give_back(
            organization_id=request.organization_id,
            slot_id=request.slot_id,
            key=key,
            reason=reason.value,
            actor=actor,
            now=now,
        )


def _end(request: Request, reason: Request.CloseReason, actor: actors.Actor, now: dt.datetime) -> list[Call]:
    ended = list(request.calls.select_for_update(no_key=True).filter(state__in=OPEN_CALLS))
    for call in ended:
        call.state = Call.State.CLOSED
        call.save(update_fields=["state"])
        _close_posting(call, actor, now)
    is_filled = reason == _Reason.FILLED
    request.state = Request.State.FILLED if is_filled else Request.State.CLOSED
    request.close_reason, request.closed_at = reason, now
    request.save(update_fields=["state", "close_reason", "closed_at"])
    facts.record(
        "request.closed",
        actor=actor,
        occurred_at=now,
        organization=request.organization_id,
        subject=request.pk,
        reason=reason.value,
    )
    return ended


def _close_posting(call: Call, actor: actors.Actor, now: dt.datetime) -> None:
    """Close the posting that the agency made for the call, in its context, where no member of the employer is named."""
    if call.posting_id is not None:
        masked = actors.Actor(actor.kind)
        with acting_as(organization=call.agency_id):
            postings.close_called(organization_id=call.agency_id, posting_id=call.posting_id, actor=masked, now=now)
