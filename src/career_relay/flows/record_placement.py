"""An accepted offer becomes a hire: what it costs, the start, and what follows when somebody does not start or leaves."""

from __future__ import annotations

import typing

from django.db import transaction

from career_relay.domain.ground.agencies import queries as agencies
from career_relay.domain.ground.agreements import queries as agreements
from career_relay.domain.ground.agreements import rules as agreement_rules
from career_relay.domain.ground.programmes import queries as programmes
from career_relay.domain.ground.programmes.models import DEFAULT_PROGRAMME_ID
from career_relay.domain.ground.requests import operations as requests
from career_relay.domain.ground.requests.models import Call
from career_relay.domain.people.candidates import operations as candidates
from career_relay.domain.people.candidates.models import Access
from career_relay.domain.people.consents import operations as consents
from career_relay.domain.people.introductions import operations as introductions
from career_relay.domain.people.introductions.models import Introduction, Side
from career_relay.domain.people.placements import letters, rules
from career_relay.domain.people.placements import operations as placements
from career_relay.domain.people.placements import queries as placement_queries
from career_relay.flows import end_introductions
from career_relay.flows.end_introductions import Ending
from career_relay.kernel import actors, clock
from career_relay.kernel.tenancy.context import acting_as

if typing.TYPE_CHECKING:
    import datetime as dt
    import uuid

    from career_relay.domain.people.placements.models import Placement

_CLOSED: typing.Final = Introduction.State.CLOSED


@transaction.atomic
def agree(*, introduction: Introduction, actor: actors.Actor, now: dt.datetime) -> Placement:
    """Make the placement of an accepted offer, with the fee as it stands today. Part of the step that accepts it.

    Raises UnableToAgreeOnPlacement.
    """
    agency_id, employer_id = introduction.organization_id, introduction.employer_id
    with acting_as(organization=agency_id):
        fee = price(introduction=introduction, salary_yen=introduction.offer_salary, now=now)
        placement = placements.agree(introduction=introduction, fee=fee, now=now)
        placements.record(
            kind="placement.recorded", placement=placement, organization_id=agency_id, actor=actor, now=now
        )
    if employer_id:
        with acting_as(organization=employer_id):
            masked = actors.Actor(actor.kind)
            placements.record(
                kind="placement.recorded", placement=placement, organization_id=employer_id, actor=masked, now=now
            )
    return placement


def price(*, introduction: Introduction, salary_yen: int | None, now: dt.datetime) -> rules.Fee:
    """Return what a hire by this introduction costs at this yearly salary. The caller acts as its agency.

    A slot pays for it, or the agreement with the employer says it, or, outside the network, the agency's fee table. What
    was agreed goes on for whom it brought together, so an agreement that has ended since still tells the fee.
    Raises UnableToAgreeOnPlacement when nothing says it, or it would be more than half the salary (law L14).
    """
    if not salary_yen:
        raise placements.UnableToAgreeOnPlacement("salary")
    try:
        return _priced(introduction, salary_yen, now)
    except ValueError as cause:
        raise placements.UnableToAgreeOnPlacement("terms") from cause


@transaction.atomic
def confirm_start(
    *,
    organization_id: uuid.UUID,
    placement_id: uuid.UUID,
    started_on: dt.date,
    actor: actors.Actor,
    now: dt.datetime,
    contract_until: dt.date | None = None,
) -> Placement:
    """Take down, for the employer or the agency, that the person has started.

    The fee falls due or is waived, the checks are set, a slot is used, and the agency approaches them no more for two
    years (law L11). `contract_until` is the last day of a contract that ends, if it is known.
    Raises UnableToFindPlacement, UnableToActWithoutRight, UnableToWriteOnFile, UnableToConfirmStart.
    """
    policy = programmes.policy_at(DEFAULT_PROGRAMME_ID, now)
    with acting_as(organization=organization_id):
        side = side_of(organization_id=organization_id, placement_id=placement_id, actor=actor, now=now)
        placement = placements.join(
            placement_id=placement_id,
            started_on=started_on,
            contract_until=contract_until,
            returns_slot=policy.returns_slot_of_early_leaver,
            now=now,
        )
    _hold_person(placement)
    with acting_as(organization=organization_id):
        introductions.join(introduction_id=placement.introduction_id, side=side, actor=actor, now=now)
        placements.record(
            kind="placement.joined", placement=placement, organization_id=organization_id, actor=actor, now=now
        )
    with acting_as(organization=placement.organization_id):
        introductions.block(
            organization_id=placement.organization_id,
            candidate_id=placement.candidate_id,
            placement_id=placement.pk,
            since=started_on,
        )
    _narrow_sight(placement, actor, now)
    _tell_other("placement.joined", placement, side, actor, now)
    call = _call(placement)
    if call is not None:
        with acting_as(organization=call.organization_id):
            requests.filled(
                organization_id=call.organization_id,
                call_id=call.pk,
                key=placement.pk,
                actor=_as_known(actor, side, Side.EMPLOYER),
                now=now,
            )
    return placement


@transaction.atomic
def not_started(
    *, organization_id: uuid.UUID, placement_id: uuid.UUID, reason: str, actor: actors.Actor, now: dt.datetime
) -> Placement:
    """Take down that the person never starts: nothing falls due, a slot comes back, and the employer sees them no more.

    Raises UnableToFindPlacement, UnableToActWithoutRight, UnableToWriteOnFile, UnableToRecordEnd.
    """
    with acting_as(organization=organization_id):
        side = side_of(organization_id=organization_id, placement_id=placement_id, actor=actor, now=now)
        placement = placements.not_start(placement_id=placement_id, reason=reason, now=now)
        introduction = placement.introduction
        placements.record(
            kind="placement.not_started", placement=placement, organization_id=organization_id, actor=actor, now=now
        )
    masked = _as_known(actor, side, Side.AGENCY)
    ending = Ending(state=_CLOSED, side=Side.SYSTEM, actor=masked, reason="not_started")
    end_introductions.close_accepted(introduction=introduction, ending=ending, now=now)
    _tell_other("placement.not_started", placement, side, actor, now)
    _reopen(placement, _as_known(actor, side, Side.EMPLOYER), now)
    return placement


@transaction.atomic
def step_back(*, introduction: Introduction, ending: Ending, now: dt.datetime) -> Introduction | None:
    """End an accepted introduction before the start: nothing falls due, and both organizations hear of it at once.

    What follows is what follows when somebody is told not to have started; who stepped back stands in the history.
    Whether the side may do so was decided by the caller. Raises UnableToFindPlacement, UnableToRecordEnd.
    """
    agency_id, employer_id = introduction.organization_id, introduction.employer_id
    with acting_as(organization=agency_id):
        placement_id = placement_queries.of_introduction(agency_id, introduction.pk)
        if placement_id is None:
            raise placements.UnableToFindPlacement
        reason = rules.end_reason(ending.side, ending.reason)
        placement = placements.not_start(placement_id=placement_id, reason=reason, now=now)
    ended = end_introductions.close_accepted(introduction=introduction, ending=ending, now=now)
    _tell_of_withdrawal(placement, agency_id, ending, now)
    if employer_id is not None:
        _tell_of_withdrawal(placement, employer_id, ending, now)
    _reopen(placement, actors.Actor(ending.actor.kind), now)
    return ended


@transaction.atomic
def record_leaving(
    *,
    organization_id: uuid.UUID,
    placement_id: uuid.UUID,
    left_on: dt.date,
    reason: str,
    actor: actors.Actor,
    now: dt.datetime,
) -> Placement:
    """Take down the last day in post. The table decides what is given back: a share of the fee, or the slot.

    Raises UnableToFindPlacement, UnableToActWithoutRight, UnableToWriteOnFile, UnableToRecordEnd.
    """
    with acting_as(organization=organization_id):
        side = side_of(organization_id=organization_id, placement_id=placement_id, actor=actor, now=now)
        placement = placements.leave(placement_id=placement_id, left_on=left_on, reason=reason, side=side, now=now)
        placements.record(
            kind="placement.left", placement=placement, organization_id=organization_id, actor=actor, now=now
        )
    _close_sight(placement)
    _tell_other("placement.left", placement, side, actor, now)
    is_early = placement.guarantee_until is not None and left_on <= placement.guarantee_until
    call = _call(placement) if placement.uses_slot and is_early else None
    if call is not None and call.request.slot_id is not None:
        with acting_as(organization=call.organization_id):
            requests.left_early(
                organization_id=call.organization_id,
                slot_id=call.request.slot_id,
                key=placement.pk,
                actor=_as_known(actor, side, Side.EMPLOYER),
                now=now,
            )
    return placement


def side_of(*, organization_id: uuid.UUID, placement_id: uuid.UUID, actor: actors.Actor, now: dt.datetime) -> Side:
    """Return the side on which the organization's member may write about a placement. The caller acts as it.

    Raises UnableToFindPlacement, UnableToActWithoutRight, UnableToWriteOnFile.
    """
    introduction_id = placement_queries.introduction_of(placement_id)
    if introduction_id is None:
        raise placements.UnableToFindPlacement
    return introductions.side_of(
        organization_id=organization_id, introduction_id=introduction_id, actor=actor, now=now
    )[1]


def _priced(introduction: Introduction, salary_yen: int, now: dt.datetime) -> rules.Fee:
    agency_id, employer_id = introduction.organization_id, introduction.employer_id
    if employer_id is None:
        published = agencies.fee_table(agency_id, clock.day_in_japan(now))
        if published is None:
            raise placements.UnableToAgreeOnPlacement("terms")
        return rules.table_fee(
            published.table, published.version, salary_yen, introduction.occupation, introduction.employment_type
        )
    version = agreements.live_between(agency_id, employer_id) or placement_queries.last_agreed(agency_id, employer_id)
    if version is None:
        raise placements.UnableToAgreeOnPlacement("terms")
    terms = agreement_rules.Terms.of(version.terms)
    if introduction.uses_slot:
        return rules.slot_fee(terms, version.number)
    return rules.agreed_fee(terms, version.number, salary_yen)


def _hold_person(placement: Placement) -> None:
    """Hold whoever is placed, after the placement and before the introduction, as all do; erased or not."""
    with acting_as(candidate=placement.candidate_id):
        candidates.hold(candidate_id=placement.candidate_id)


def _narrow_sight(placement: Placement, actor: actors.Actor, now: dt.datetime) -> None:
    """Leave the employer name and contact data of whom it hired, for as long as they work there and consent."""
    candidate_id, employer_id = placement.candidate_id, placement.employer_id
    if employer_id is None:
        return
    with acting_as(candidate=candidate_id):
        consents.narrow_to_placement(
            candidate_id=candidate_id,
            employer_id=employer_id,
            agency_id=placement.organization_id,
            actor=actors.Actor(actor.kind),
            now=now,
        )
        end_introductions.close_selection(candidate_id=candidate_id, employer_id=employer_id)


def _close_sight(placement: Placement) -> None:
    """Take from the employer what it saw of somebody who works there no longer."""
    if placement.employer_id is None:
        return
    _hold_person(placement)
    scope = Access.Scope.PLACEMENT
    with acting_as(candidate=placement.candidate_id):
        consents.close(candidate_id=placement.candidate_id, organization_id=placement.employer_id, scope=scope)


def _as_known(actor: actors.Actor, side: str, to: Side) -> actors.Actor:
    """Return who acted as one side may know them: no organization learns of the other's members."""
    return actor if side == to else actors.Actor(actor.kind)


def _call(placement: Placement) -> Call | None:
    """Return the request that the hire came of, as its employer reads it."""
    with acting_as(organization=placement.organization_id):
        call_id = placement.introduction.call_id
    if call_id is None or placement.employer_id is None:
        return None
    with acting_as(organization=placement.employer_id):
        return Call.objects.select_related("request").get(pk=call_id)


def _reopen(placement: Placement, actor: actors.Actor, now: dt.datetime) -> None:
    """End the request and give its slot back; one for a fee goes on, because it may bring others."""
    call = _call(placement)
    if call is None:
        return
    told: typing.Any = {"organization_id": call.organization_id, "call_id": call.pk, "now": now}
    with acting_as(organization=call.organization_id):
        if placement.uses_slot:
            requests.not_started(**told, key=placement.pk, actor=actor)
        else:
            requests.fell_through(**told)


def _tell_other(kind: str, placement: Placement, side: str, actor: actors.Actor, now: dt.datetime) -> None:
    """Have the other organization know: as a fact that names no member of the first, and by a mail that leads to its page."""
    other = placement.employer_id if side == Side.AGENCY else placement.organization_id
    if other is None:
        return
    with acting_as(organization=other):
        masked = actors.Actor(actor.kind)
        placements.record(kind=kind, placement=placement, organization_id=other, actor=masked, now=now)
        letters.tell(kind.replace(".", "_"), placement, organization_id=other, now=now)


def _tell_of_withdrawal(placement: Placement, organization_id: uuid.UUID, ending: Ending, now: dt.datetime) -> None:
    """Have one organization know that there is no start; a mail goes to whoever did not say so themselves."""
    is_own = ending.side == Side.AGENCY and organization_id == placement.organization_id
    actor = ending.actor if is_own else actors.Actor(ending.actor.kind)
    with acting_as(organization=organization_id):
        placements.record(
            kind="placement.not_started", placement=placement, organization_id=organization_id, actor=actor, now=now
        )
        if not is_own:
            letters.tell_of_withdrawal(placement, ending.side, organization_id=organization_id, now=now)
