"""An agency answers a call, or lets its time go by. The caller acts as the agency and holds the request."""

from __future__ import annotations

import typing

from django.utils.translation import gettext as _

from career_relay.capabilities.facts import operations as facts
from career_relay.domain.ground.agencies import queries as agencies
from career_relay.domain.ground.agreements import operations as agreement_operations
from career_relay.domain.ground.agreements import queries as agreements
from career_relay.domain.ground.organizations.models import Member, Organization
from career_relay.domain.ground.organizations.operations import seats
from career_relay.domain.ground.organizations.operations.errors import UnableToActWithoutRight
from career_relay.domain.ground.postings import operations as postings
from career_relay.domain.ground.postings import rules as posting_rules
from career_relay.domain.ground.requests.models import LONGEST_NOTE, OPEN_CALLS, Call
from career_relay.domain.ground.requests.operations import errors
from career_relay.kernel import clock, japanese

if typing.TYPE_CHECKING:
    import datetime as dt
    import uuid

    from career_relay.domain.ground.organizations import rules as organization_rules
    from career_relay.domain.ground.postings.models import JobPosting
    from career_relay.kernel import actors

RIGHT: typing.Final[organization_rules.Right] = "take_people"


def answerable(*, organization_id: uuid.UUID, call_id: uuid.UUID, actor: actors.Actor, now: dt.datetime) -> Call:
    """Return a call that the actor may answer now; the caller holds its request before it is answered.

    Raises UnableToActWithoutRight, UnableToFindCall, UnableToAnswerCall.
    """
    _taking(organization_id, actor)
    return _open(Call.objects.filter(agency_id=organization_id, pk=call_id).first(), now)


def accept(
    *, organization_id: uuid.UUID, call_id: uuid.UUID, search_until: dt.date, actor: actors.Actor, now: dt.datetime
) -> JobPosting:
    """Take a call on; return the agency's own posting that it becomes, by which people are introduced.

    Raises UnableToFindCall, UnableToAnswerCall, UnableToTakeCall.
    """
    call = _open(_locked(organization_id, call_id), now)
    if call.state != Call.State.ASKED:
        raise errors.UnableToAnswerCall
    _check_ground(organization_id, call.organization_id, now)
    posting = postings.write(
        organization_id=organization_id,
        posting_id=None,
        sheet=_sheet(call, clock.day_in_japan(now), search_until),
        actor=actor,
        now=now,
        is_agency=True,
        call_id=call.pk,
    )
    call.state, call.answered_at, call.posting_id = Call.State.ACCEPTED, now, posting.pk
    call.save(update_fields=["state", "answered_at", "posting_id"])
    _record("call.accepted", call, actor, now)
    return posting


def decline(
    *,
    organization_id: uuid.UUID,
    call_id: uuid.UUID,
    reason: str,
    note: str,
    actor: actors.Actor,
    now: dt.datetime,
) -> Call:
    """Say no to a call and why; or give one back that was taken on, as long as nobody is introduced by it.

    Raises UnableToFindCall, UnableToAnswerCall, UnableToDeclineCall.
    """
    if reason not in Call.DeclineReason.values:
        raise errors.UnableToDeclineCall
    call = _open(_locked(organization_id, call_id), now)
    call.state, call.answered_at = Call.State.DECLINED, now
    call.decline_reason, call.decline_note = reason, japanese.clean_name(note)[:LONGEST_NOTE]
    call.save(update_fields=["state", "answered_at", "decline_reason", "decline_note"])
    _close_posting(call, actor, now)
    _record("call.declined", call, actor, now, reason=reason)
    return call


def lapse(*, organization_id: uuid.UUID, call_id: uuid.UUID, actor: actors.Actor, now: dt.datetime) -> Call:
    """Take a call back whose time is over or whose ground is gone; the caller has looked.

    Raises UnableToFindCall, and UnableToAnswerCall while somebody is introduced by it, up to their start.
    """
    call = _locked(organization_id, call_id)
    if call is None:
        raise errors.UnableToFindCall
    if call.is_introduced:
        raise errors.UnableToAnswerCall
    call.state = Call.State.LAPSED
    call.save(update_fields=["state"])
    _close_posting(call, actor, now)
    _record("call.lapsed", call, actor, now)
    return call


def _taking(organization_id: uuid.UUID, actor: actors.Actor) -> Member:
    seat = seats.acting(organization_id=organization_id, actor=actor, right=RIGHT)
    if seat.organization.kind != Organization.Kind.AGENCY:
        raise UnableToActWithoutRight
    return seat


def _locked(organization_id: uuid.UUID, call_id: uuid.UUID) -> Call | None:
    return Call.objects.select_for_update(no_key=True).filter(agency_id=organization_id, pk=call_id).first()


def _open(call: Call | None, now: dt.datetime) -> Call:
    """Return the call if there is still something to say about it: it waits, or nobody is introduced by it yet."""
    if call is None:
        raise errors.UnableToFindCall
    is_late = call.state == Call.State.ASKED and call.answer_by <= now
    if call.state not in OPEN_CALLS or is_late or call.is_introduced:
        raise errors.UnableToAnswerCall
    return call


def _check_ground(organization_id: uuid.UUID, employer_id: uuid.UUID, now: dt.datetime) -> None:
    today = clock.day_in_japan(now)
    standing = agencies.standing(organization_id, today)
    if not standing.may_act:
        raise errors.UnableToTakeCall(standing.text)
    is_held = agreement_operations.hold(organization_id=organization_id, partner_id=employer_id)
    if not is_held or not agreements.may_receive(organization_id, today):
        raise errors.UnableToTakeCall(_("連携協定"))


def _sheet(call: Call, today: dt.date, search_until: dt.date) -> posting_rules.Sheet:
    return posting_rules.Sheet(
        title=call.title,
        employment_type=call.employment_type,
        occupation=call.occupation,
        prefecture=call.prefecture,
        received_on=today,
        valid_until=search_until,
        terms=posting_rules.Terms.of(call.terms),
        hiring_employer_id=call.organization_id,
    )


def _close_posting(call: Call, actor: actors.Actor, now: dt.datetime) -> None:
    if call.posting_id is not None:
        postings.close_called(organization_id=call.agency_id, posting_id=call.posting_id, actor=actor, now=now)


def _record(kind: str, call: Call, actor: actors.Actor, now: dt.datetime, **told: str) -> None:
    data: dict[str, typing.Any] = {**told}
    facts.record(kind, actor=actor, occurred_at=now, organization=call.agency_id, subject=call.pk, **data)
