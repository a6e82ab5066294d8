"""Introductions come to an end, and what the employer saw is closed with the last of them."""

from __future__ import annotations

import collections
import dataclasses
import typing

from django.db import transaction

from career_relay.domain.ground.requests import operations as requests
from career_relay.domain.people.candidates import operations as candidates
from career_relay.domain.people.candidates.models import Access
from career_relay.domain.people.consents import operations as consents
from career_relay.domain.people.introductions import letters, queries
from career_relay.domain.people.introductions import operations as introductions
from career_relay.domain.people.introductions.models import UNACCEPTED, Introduction, Side
from career_relay.kernel import actors
from career_relay.kernel.tenancy.context import acting_as

if typing.TYPE_CHECKING:
    import collections.abc
    import contextlib
    import datetime as dt
    import uuid

    from career_relay.domain.people.candidates.models import Exclusion
    from career_relay.kernel.tenancy.context import Principal

_STATE: typing.TypeAlias = Introduction.State


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """How many proposals lapsed or lost their request, and how many people were reminded."""

    lapsed: int
    call_over: int
    reminded: int


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """How an introduction ends: in which state, by whose word, and why."""

    state: str
    side: str
    actor: actors.Actor
    reason: str = ""
    note: str = ""


@transaction.atomic
def end_for_person(*, candidate_id: uuid.UUID, reason: str, now: dt.datetime) -> int:
    """End all that is not accepted yet, because the person took their consent back or leaves; return how many.

    The caller's transaction holds the person locked.
    """
    with acting_as(candidate=candidate_id):
        open_ones = queries.running(candidate_id)
    return _end_all(open_ones, reason, now)


@transaction.atomic
def end_for_assignment(*, candidate_id: uuid.UUID, assignment_id: uuid.UUID, now: dt.datetime) -> int:
    """End all of one agency's that is not accepted yet, because it no longer looks after the person; return how many.

    The caller's transaction holds the person locked.
    """
    with acting_as(candidate=candidate_id):
        open_ones = [one for one in queries.running(candidate_id) if one.assignment_id == assignment_id]
    return _end_all(open_ones, "assignment_over", now)


@transaction.atomic
def keep_away(
    *, candidate_id: uuid.UUID, organization_id: uuid.UUID, reason: Exclusion.Reason, now: dt.datetime
) -> None:
    """Have an organization never see the person: its sight closes, and so does what was introduced to it.

    What they accepted stays. A proposal stays as well: they see that it is for an employer they keep away, and decide.
    Organizations learn of a person who stepped back, and no reason. The caller's transaction holds the person locked.
    """
    with acting_as(candidate=candidate_id):
        candidates.exclude(candidate_id=candidate_id, organization_id=organization_id, reason=reason, now=now)
        consents.close(candidate_id=candidate_id, organization_id=organization_id)
        theirs = [one for one in queries.running(candidate_id) if one.employer_id == organization_id]
    ending = Ending(state=_STATE.WITHDRAWN, side=Side.PERSON, actor=actors.candidate(candidate_id))
    for one in theirs:
        if ended := end_one(introduction=one, ending=ending, now=now):
            with acting_as(organization=ended.organization_id):
                letters.tell_agency_of_move(ended, now)


def close_selection(*, candidate_id: uuid.UUID, employer_id: uuid.UUID) -> None:
    """Close what an employer saw for its selection, unless another one there goes on. The caller acts as the person."""
    if not introductions.is_in_selection(candidate_id=candidate_id, employer_id=employer_id):
        scope = Access.Scope.SELECTION
        consents.close(candidate_id=candidate_id, organization_id=employer_id, scope=scope)


def forget(*, candidate_id: uuid.UUID) -> None:
    """Empty every free word about a person who leaves."""
    with acting_as(candidate=candidate_id):
        introductions.forget(candidate_id=candidate_id)


@transaction.atomic
def close_accepted(*, introduction: Introduction, ending: Ending, now: dt.datetime) -> Introduction | None:
    """Close what was accepted and comes to no start; the employer no longer sees the person. None if it was over before.

    The slot is the caller's matter, and so is telling anybody. Whoever erased their registration meanwhile is out of
    sight already, and what they had accepted ends all the same.
    """
    with acting_as(candidate=introduction.candidate_id):
        candidates.hold(candidate_id=introduction.candidate_id)
    return _end(introduction, ending, now)


def end_one(*, introduction: Introduction, ending: Ending, now: dt.datetime) -> Introduction | None:
    """End one introduction that is not accepted, with the employer's sight and the slot; None if there is none to end.

    Whether the side may do so was decided by the caller, whose transaction holds the person locked.
    """
    ended = _end(introduction, ending, now, among=UNACCEPTED)
    if ended is None or ended.employer_id is None:
        return ended
    with acting_as(organization=ended.employer_id):
        if ended.call_id:
            requests.fell_through(organization_id=ended.employer_id, call_id=ended.call_id, now=now)
        if ending.side != Side.EMPLOYER:
            letters.tell_employer("introduction_withdrawn", ended, now)
    return ended


def keep_introductions(*, now: dt.datetime) -> Kept:
    """End what nobody answered in time, and remind people once; each in a transaction of its own.

    Raises ExceptionGroup after all others, when some could not be handled.
    """
    done: collections.Counter[str] = collections.Counter()
    failures = []
    for due in queries.due(now):
        try:
            done[due.due] += _keep(due, now)
        except Exception as error:  # noqa: BLE001 -- one that fails must not keep the others waiting; raised below
            failures.append(error)
    if failures:
        raise ExceptionGroup("Some introductions could not be kept.", failures)
    return Kept(lapsed=done["lapsed"], call_over=done["call_over"], reminded=done["remind"])


@transaction.atomic
def _keep(due: queries.Due, now: dt.datetime) -> bool:
    if due.due == "remind":
        with acting_as(candidate=due.candidate_id):
            reminded = introductions.remind(introduction_id=due.introduction_id, now=now)
            if reminded:
                letters.ask_person(reminded, now, is_reminder=True)
        return reminded is not None
    if due.due == "call_over":
        return _end_with_call(due, now)
    with acting_as(organization=due.organization_id):
        lapsed = introductions.lapse(introduction_id=due.introduction_id, actor=actors.SYSTEM, now=now)
        if lapsed:
            letters.tell_agency_of_move(lapsed, now)
    return lapsed is not None


def _end_with_call(due: queries.Due, now: dt.datetime) -> bool:
    """Take a proposal back whose request ended before the person answered: they say yes only to what can still come true."""
    with acting_as(candidate=due.candidate_id):
        candidates.hold(candidate_id=due.candidate_id)
        proposed = queries.one(due.introduction_id)
    if proposed is None or proposed.state != _STATE.PROPOSED:
        return False
    ending = Ending(state=_STATE.WITHDRAWN, side=Side.SYSTEM, actor=actors.SYSTEM, reason=due.due)
    ended = end_one(introduction=proposed, ending=ending, now=now)
    if ended is not None:
        with acting_as(candidate=due.candidate_id):
            letters.tell_person_of_end(ended, now)
        with acting_as(organization=due.organization_id):
            letters.tell_agency_of_move(ended, now)
    return ended is not None


def _end_all(open_ones: list[Introduction], reason: str, now: dt.datetime) -> int:
    ending = Ending(state=_STATE.WITHDRAWN, side=Side.SYSTEM, actor=actors.SYSTEM, reason=reason)
    return sum(end_one(introduction=one, ending=ending, now=now) is not None for one in open_ones)


def _end(
    introduction: Introduction,
    ending: Ending,
    now: dt.datetime,
    *,
    among: collections.abc.Collection[str] = (_STATE.ACCEPTED,),
) -> Introduction | None:
    with _turn(introduction, ending.side):
        ended = introductions.end(
            introduction_id=introduction.pk,
            state=ending.state,
            side=ending.side,
            reason=ending.reason,
            note=ending.note,
            actor=ending.actor,
            now=now,
            among=among,
        )
    if ended is not None and ended.employer_id is not None:
        with acting_as(candidate=ended.candidate_id):
            close_selection(candidate_id=ended.candidate_id, employer_id=ended.employer_id)
    return ended


def _turn(introduction: Introduction, side: str) -> contextlib.AbstractContextManager[Principal]:
    """Act as the side that ends it; the system does so in the agency's place."""
    if side == Side.PERSON:
        return acting_as(candidate=introduction.candidate_id)
    is_employers = side == Side.EMPLOYER
    return acting_as(organization=introduction.employer_id if is_employers else introduction.organization_id)
