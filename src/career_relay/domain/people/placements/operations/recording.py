"""A placement from the accepted offer to its end, with the fee that falls due and what is given back."""

from __future__ import annotations

import typing

from career_relay.capabilities.facts import operations as facts
from career_relay.domain.people.placements import rules
from career_relay.domain.people.placements.models import Check, EndReason, FeeEntry, FeeTerms, Placement
from career_relay.domain.people.placements.operations import errors
from career_relay.kernel import clock

if typing.TYPE_CHECKING:
    import datetime as dt
    import uuid

    from career_relay.domain.people.introductions.models import Introduction
    from career_relay.kernel import actors

_STATE: typing.TypeAlias = Placement.State


def agree(*, introduction: Introduction, fee: rules.Fee, now: dt.datetime) -> Placement:
    """Take down an accepted offer, with what it costs. The caller acts as the agency.

    Raises UnableToAgreeOnPlacement when the offer lacks salary or start.
    """
    salary_yen, start_on = introduction.offer_salary, introduction.offer_start_on
    if salary_yen is None:
        raise errors.UnableToAgreeOnPlacement("salary")
    if start_on is None:
        raise errors.UnableToAgreeOnPlacement("start_on")
    contract = introduction.terms["contract"]
    placement = Placement.objects.create(
        candidate_id=introduction.candidate_id,
        organization_id=introduction.organization_id,
        employer_id=introduction.employer_id,
        introduction=introduction,
        employer_name=introduction.employer_name,
        title=introduction.title,
        occupation=introduction.occupation,
        employment_type=introduction.employment_type,
        contract=contract,
        is_regular=rules.is_regular(contract, start_on, None),
        salary_yen=salary_yen,
        start_on=start_on,
        uses_slot=introduction.uses_slot,
        agreed_at=now,
    )
    FeeTerms.objects.create(
        organization_id=placement.organization_id,
        employer_id=placement.employer_id,
        placement=placement,
        basis=fee.basis,
        version=fee.version,
        percent=fee.percent,
        fixed=fee.fixed,
        slot=fee.slot,
        fee_yen=fee.fee_yen,
        refunds=[row.as_json() for row in fee.refunds],
        agreed_at=now,
    )
    return placement


def join(
    *,
    placement_id: uuid.UUID,
    started_on: dt.date,
    contract_until: dt.date | None,
    returns_slot: bool,
    now: dt.datetime,
) -> Placement:
    """Take down that the person has started: the fee falls due, or is waived, and the checks are set.

    The caller acts as one of the two organizations. Raises UnableToFindPlacement, UnableToConfirmStart.
    """
    placement = locked(placement_id=placement_id)
    if not rules.may_become(placement.state, _STATE.JOINED):
        raise errors.UnableToConfirmStart
    introduced_on = clock.day_in_japan(placement.introduction.introduced_at or placement.agreed_at)
    if not introduced_on <= started_on <= clock.day_in_japan(now):
        raise errors.UnableToConfirmStart("started_on")
    if contract_until is not None and (contract_until <= started_on or placement.contract == rules.INDEFINITE):
        raise errors.UnableToConfirmStart("contract_until")
    fee = rules.fee_of(placement.fee_terms)
    placement.state, placement.joined_at, placement.start_on = _STATE.JOINED, now, started_on
    placement.contract_until = contract_until
    placement.is_regular = rules.is_regular(placement.contract, started_on, contract_until)
    placement.guarantee_until = rules.guarantee_until(fee, started_on, returns_slot=returns_slot)
    placement.save(update_fields=["state", "joined_at", "start_on", "contract_until", "is_regular", "guarantee_until"])
    kind = FeeEntry.Kind.INVOICE if fee.fee_yen else FeeEntry.Kind.WAIVED
    _enter(placement, kind, fee.fee_yen, now)
    Check.objects.bulk_create(
        Check(**_parties(placement), candidate_id=placement.candidate_id, days=days, due_on=due_on)
        for days, due_on in rules.checks(started_on)
    )
    return placement


def not_start(*, placement_id: uuid.UUID, reason: str, now: dt.datetime) -> Placement:
    """Take down that the person never starts; nothing falls due. The caller acts as one of the two organizations.

    Raises UnableToFindPlacement, UnableToRecordEnd.
    """
    placement = locked(placement_id=placement_id)
    if not rules.may_become(placement.state, _STATE.NOT_STARTED):
        raise errors.UnableToRecordEnd
    placement.state, placement.ended_at = _STATE.NOT_STARTED, now
    placement.end_reason = _reason(reason)
    placement.save(update_fields=["state", "ended_at", "end_reason"])
    return placement


def leave(*, placement_id: uuid.UUID, left_on: dt.date, reason: str, side: str, now: dt.datetime) -> Placement:
    """Take down the last day in post, give back what the table says, and answer the checks that are open.

    The caller acts as one of the two organizations. Raises UnableToFindPlacement, UnableToRecordEnd.
    """
    placement = locked(placement_id=placement_id)
    if not rules.may_become(placement.state, _STATE.LEFT):
        raise errors.UnableToRecordEnd
    if not placement.start_on <= left_on <= clock.day_in_japan(now):
        raise errors.UnableToRecordEnd("left_on")
    placement.state, placement.ended_on, placement.ended_at = _STATE.LEFT, left_on, now
    placement.end_reason = _reason(reason)
    placement.save(update_fields=["state", "ended_on", "ended_at", "end_reason"])
    fee = rules.fee_of(placement.fee_terms)
    refund = rules.refund(fee.refunds, fee.fee_yen, placement.start_on, left_on)
    if refund:
        _enter(placement, FeeEntry.Kind.REFUND, -refund, now, placement.end_reason)
    unanswered = Check.objects.filter(placement=placement, answer="")
    known = {"answered_side": side, "answered_at": now}
    unanswered.filter(due_on__lte=left_on).update(answer=Check.Answer.IN_POST, **known)
    unanswered.filter(due_on__gt=left_on).update(answer=Check.Answer.LEFT, **known)
    return placement


def mark_start_asked(*, placement_id: uuid.UUID, now: dt.datetime) -> bool:
    """Remember that it was asked whether somebody has started; False when that was done, or is known, already."""
    waiting = Placement.objects.filter(pk=placement_id, state=_STATE.AGREED, start_asked_at=None)
    return bool(waiting.update(start_asked_at=now))


def record(
    *, kind: str, placement: Placement, organization_id: uuid.UUID, actor: actors.Actor, now: dt.datetime
) -> None:
    """Write the fact down for one of the two organizations, which the caller acts as; it names nobody."""
    facts.record(
        kind,
        actor=actor,
        occurred_at=now,
        organization=organization_id,
        subject=placement.pk,
        uses_slot=placement.uses_slot,
    )


def locked(*, placement_id: uuid.UUID) -> Placement:
    """Return the placement to one of its organizations, locked until the transaction ends. Raises UnableToFindPlacement."""
    found = Placement.objects.select_for_update(no_key=True).filter(pk=placement_id).first()
    if found is None:
        raise errors.UnableToFindPlacement
    return found


def _enter(placement: Placement, kind: str, amount_yen: int, now: dt.datetime, reason: str = "") -> None:
    FeeEntry.objects.create(
        **_parties(placement),
        kind=kind,
        amount_yen=amount_yen,
        on=clock.day_in_japan(now),
        reason=reason,
        recorded_at=now,
    )


def _parties(placement: Placement) -> dict[str, typing.Any]:
    return {
        "organization_id": placement.organization_id,
        "employer_id": placement.employer_id,
        "placement": placement,
    }


def _reason(reason: str) -> str:
    if reason not in EndReason.values:
        raise errors.UnableToRecordEnd("reason")
    return reason
