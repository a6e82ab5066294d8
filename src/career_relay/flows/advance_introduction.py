"""An introduction moves on: the employer decides, times are found, an offer is made and taken, somebody withdraws.

For an employer outside the network the agency does what the employer would; and it may record the person's choice of
time and acceptance on their word.
"""

from __future__ import annotations

import typing

from django.db import transaction

from career_relay.domain.people.candidates import operations as candidates
from career_relay.domain.people.introductions import letters
from career_relay.domain.people.introductions import operations as introductions
from career_relay.domain.people.introductions.models import Introduction, Side
from career_relay.domain.people.placements import operations as placements
from career_relay.flows import end_introductions, record_placement
from career_relay.flows.end_introductions import Ending
from career_relay.kernel import actors
from career_relay.kernel.tenancy.context import acting_as

if typing.TYPE_CHECKING:
    import collections.abc
    import datetime as dt
    import uuid

    from career_relay.domain.people.introductions.models import Interview

PERSON: typing.Final = actors.Actor("candidate")
_STATE: typing.TypeAlias = Introduction.State


class Turn(typing.NamedTuple):
    """Who acts: on which side, and as which principal."""

    side: Side
    actor: actors.Actor
    principal: dict[str, uuid.UUID]


@transaction.atomic
def advance(
    *,
    organization_id: uuid.UUID,
    introduction_id: uuid.UUID,
    to: str,
    actor: actors.Actor,
    now: dt.datetime,
    seen: str | None = None,
) -> Introduction:
    """Go on to `screening`, `interview`, or the `next_round` of interviews.

    `seen` is how it stood on the page that asks (`rules.standing`): moved on meanwhile, it goes no step further.
    Raises UnableToFindIntroduction, UnableToActWithoutRight, UnableToWriteOnFile, UnableToMoveIntroduction.
    """
    with acting_as(organization=organization_id):
        side = _side(organization_id, introduction_id, actor, now)
        moved = introductions.advance(
            introduction_id=introduction_id, to=to, seen=seen, side=side, actor=actor, now=now
        )
    _tell_agency(moved, side, now)
    return moved


@transaction.atomic
def refuse(
    *,
    organization_id: uuid.UUID,
    introduction_id: uuid.UUID,
    reason: str,
    note: str,
    actor: actors.Actor,
    now: dt.datetime,
) -> Introduction:
    """Say no for the employer. The agency learns the reason; the person is told gently, without it.

    Raises UnableToFindIntroduction, UnableToActWithoutRight, UnableToWriteOnFile, UnableToMoveIntroduction,
    UnableToEndWithoutReason.
    """
    words = introductions.check_reason(side=Side.EMPLOYER, reason=reason, note=note)
    with acting_as(organization=organization_id):
        found, side = introductions.side_of(
            organization_id=organization_id, introduction_id=introduction_id, actor=actor, now=now
        )
    with acting_as(candidate=found.candidate_id):
        candidates.hold(candidate_id=found.candidate_id)
    with acting_as(organization=organization_id):
        found = introductions.movable(introduction_id=introduction_id, side=side, act="refuse")
    ending = Ending(state=_STATE.REFUSED, side=side, actor=actor, reason=reason, note=words)
    ended = _ended(found, ending, now)
    with acting_as(candidate=ended.candidate_id):
        letters.tell_person_of_end(ended, now)
    _tell_agency(ended, side, now)
    return ended


@transaction.atomic
def propose_times(
    *,
    organization_id: uuid.UUID,
    introduction_id: uuid.UUID,
    times: collections.abc.Sequence[dt.datetime],
    place: str,
    actor: actors.Actor,
    now: dt.datetime,
) -> Interview:
    """Propose up to five times for the present round, and ask the person to choose.

    Raises UnableToFindIntroduction, UnableToActWithoutRight, UnableToWriteOnFile, UnableToMoveIntroduction,
    UnableToProposeTimes.
    """
    with acting_as(organization=organization_id):
        side = _side(organization_id, introduction_id, actor, now)
        interview = introductions.propose_times(
            introduction_id=introduction_id, times=times, place=place, side=side, actor=actor, now=now
        )
    introduction = interview.introduction
    with acting_as(candidate=introduction.candidate_id):
        letters.tell_person_of_times(introduction, interview, now)
    _tell_agency(introduction, side, now)
    return interview


@transaction.atomic
def choose_time(
    *,
    introduction_id: uuid.UUID,
    chosen: dt.datetime,
    now: dt.datetime,
    candidate_id: uuid.UUID | None = None,
    organization_id: uuid.UUID | None = None,
    actor: actors.Actor | None = None,
) -> Interview:
    """Choose one of the proposed times: the person themselves, or their agency on their word.

    Raises UnableToFindIntroduction, UnableToActWithoutRight, UnableToWriteOnFile, UnableToMoveIntroduction,
    UnableToChooseTime.
    """
    turn = _turn(introduction_id, candidate_id, organization_id, actor, now)
    with acting_as(**turn.principal):
        interview = introductions.choose_time(
            introduction_id=introduction_id, chosen=chosen, side=turn.side, actor=turn.actor, now=now
        )
    introduction = interview.introduction
    if introduction.employer_id:
        with acting_as(organization=introduction.employer_id):
            letters.tell_employer("time_chosen", introduction, now, chosen=chosen)
    _tell_agency(introduction, turn.side, now)
    return interview


@transaction.atomic
def offer(
    *,
    organization_id: uuid.UUID,
    introduction_id: uuid.UUID,
    salary: int | None,
    start_on: dt.date,
    note: str,
    actor: actors.Actor,
    now: dt.datetime,
) -> Introduction:
    """Offer the job to the person, or mend the offer that they have not answered yet.

    What the hire will cost must be clear by now, so that nothing keeps the person from accepting.
    Raises UnableToFindIntroduction, UnableToActWithoutRight, UnableToWriteOnFile, UnableToMoveIntroduction,
    UnableToOffer, UnableToAgreeOnPlacement.
    """
    with acting_as(organization=organization_id):
        side = _side(organization_id, introduction_id, actor, now)
        offered = introductions.offer(
            introduction_id=introduction_id,
            salary=salary,
            start_on=start_on,
            note=note,
            side=side,
            actor=actor,
            now=now,
        )
    with acting_as(organization=offered.organization_id):
        record_placement.price(introduction=offered, salary_yen=salary, now=now)
    with acting_as(candidate=offered.candidate_id):
        letters.tell_person_of_offer(offered, now)
    _tell_agency(offered, side, now)
    return offered


@transaction.atomic
def accept_offer(
    *,
    introduction_id: uuid.UUID,
    now: dt.datetime,
    candidate_id: uuid.UUID | None = None,
    organization_id: uuid.UUID | None = None,
    actor: actors.Actor | None = None,
    seen: str | None = None,
) -> Introduction:
    """Take the offer: the person themselves, or their agency on their word. It becomes a placement in the same step.

    `seen` is the offer on the page that asks (`rules.offer_seen`): one that was mended meanwhile is not taken. The fee
    is that of today, so an agreement that was amended after the offer can refuse the acceptance.
    Raises UnableToFindIntroduction, UnableToActWithoutRight, UnableToWriteOnFile, UnableToMoveIntroduction,
    UnableToAnswerOtherTerms, UnableToAgreeOnPlacement.
    """
    turn = _turn(introduction_id, candidate_id, organization_id, actor, now)
    with acting_as(**turn.principal):
        person_id = introductions.found(introduction_id=introduction_id).candidate_id
    with acting_as(candidate=person_id):
        candidates.hold(candidate_id=person_id)
    with acting_as(**turn.principal):
        accepted = introductions.accept_offer(
            introduction_id=introduction_id, seen=seen, side=turn.side, actor=turn.actor, now=now
        )
    if accepted.employer_id:
        with acting_as(organization=accepted.employer_id):
            letters.tell_employer("offer_accepted", accepted, now)
    _tell_agency(accepted, turn.side, now)
    record_placement.agree(introduction=accepted, actor=PERSON if candidate_id else turn.actor, now=now)
    return accepted


@transaction.atomic
def withdraw(
    *,
    introduction_id: uuid.UUID,
    reason: str,
    now: dt.datetime,
    candidate_id: uuid.UUID | None = None,
    organization_id: uuid.UUID | None = None,
    actor: actors.Actor | None = None,
) -> Introduction:
    """Step back, at any stage before the start: the person, who need not say why, or their agency with a reason.

    Whoever stepped back from an accepted offer does not start: the hire ends with it, and the slot is free again.
    Raises UnableToFindCandidate, UnableToFindIntroduction, UnableToActWithoutRight, UnableToWriteOnFile,
    UnableToMoveIntroduction, UnableToEndWithoutReason.
    """
    turn = _turn(introduction_id, candidate_id, organization_id, actor, now)
    introductions.check_reason(side=turn.side, reason=reason, is_optional=turn.side == Side.PERSON)
    with acting_as(**turn.principal):
        theirs = introductions.found(introduction_id=introduction_id)
    ending = Ending(state=_STATE.WITHDRAWN, side=turn.side, actor=turn.actor, reason=reason)
    is_hired = theirs.state == _STATE.ACCEPTED
    ended = _hire_ended(theirs, ending, now) if is_hired else _withdrawn(theirs, turn, ending, now)
    if turn.side != Side.PERSON:
        with acting_as(candidate=ended.candidate_id):
            letters.tell_person_of_end(ended, now)
    return ended


def _side(organization_id: uuid.UUID, introduction_id: uuid.UUID, actor: actors.Actor, now: dt.datetime) -> Side:
    return introductions.side_of(
        organization_id=organization_id, introduction_id=introduction_id, actor=actor, now=now
    )[1]


def _turn(
    introduction_id: uuid.UUID,
    candidate_id: uuid.UUID | None,
    organization_id: uuid.UUID | None,
    actor: actors.Actor | None,
    now: dt.datetime,
) -> Turn:
    """Return who acts: the person if they are named, else the organization's member."""
    if candidate_id is not None:
        return Turn(Side.PERSON, actors.candidate(candidate_id), {"candidate": candidate_id})
    if organization_id is None or actor is None:
        raise ValueError("Name the person, or the organization with its member.")
    with acting_as(organization=organization_id):
        return Turn(_side(organization_id, introduction_id, actor, now), actor, {"organization": organization_id})


def _withdrawn(theirs: Introduction, turn: Turn, ending: Ending, now: dt.datetime) -> Introduction:
    """End what is not accepted yet; an offer that was accepted a moment ago is another matter, and looked at anew."""
    with acting_as(candidate=theirs.candidate_id):
        candidates.hold(candidate_id=theirs.candidate_id)
    with acting_as(**turn.principal):
        found = introductions.movable(introduction_id=theirs.pk, side=turn.side, act="withdraw")
    if found.state == _STATE.ACCEPTED:
        raise introductions.UnableToMoveIntroduction
    ended = _ended(found, ending, now)
    _tell_agency(ended, turn.side, now)
    return ended


def _hire_ended(accepted: Introduction, ending: Ending, now: dt.datetime) -> Introduction:
    """End the hire with its introduction, unless its start was told a moment ago."""
    try:
        ended = record_placement.step_back(introduction=accepted, ending=ending, now=now)
    except placements.UnableToRecordEnd as error:
        raise introductions.UnableToMoveIntroduction from error
    return ended or accepted


def _ended(introduction: Introduction, ending: Ending, now: dt.datetime) -> Introduction:
    ended = end_introductions.end_one(introduction=introduction, ending=ending, now=now)
    if ended is None:
        raise introductions.UnableToMoveIntroduction
    return ended


def _tell_agency(introduction: Introduction, side: str, now: dt.datetime) -> None:
    """Tell the adviser what somebody else did."""
    if side != Side.AGENCY:
        with acting_as(organization=introduction.organization_id):
            letters.tell_agency_of_move(introduction, now)
