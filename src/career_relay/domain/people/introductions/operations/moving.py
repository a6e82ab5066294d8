"""What the employer, or the agency for one outside the network, decides; and what the person answers."""

from __future__ import annotations

import typing

from career_relay.domain.people.introductions import rules
from career_relay.domain.people.introductions.models import LONGEST_OFFER, Introduction
from career_relay.domain.people.introductions.operations import acting, errors
from career_relay.kernel import clock

if typing.TYPE_CHECKING:
    import datetime as dt
    import uuid

    from career_relay.kernel import actors


def advance(
    *, introduction_id: uuid.UUID, to: str, seen: str | None, side: str, actor: actors.Actor, now: dt.datetime
) -> Introduction:
    """Go on to the papers, an interview, or the next round of interviews, from how it was `seen` to stand if told.

    Raises UnableToMoveIntroduction.
    """
    introduction = acting.movable(introduction_id=introduction_id, side=side, act="advance")
    is_as_seen = seen is None or seen == rules.standing(introduction.state, introduction.round)
    following = rules.advanced(introduction.state, introduction.round, to)
    if following is None or not is_as_seen:
        raise errors.UnableToMoveIntroduction
    before = introduction.state
    introduction.state, introduction.round = following
    acting.keep(introduction=introduction, before=before, side=side, actor=actor, now=now)
    _moved(introduction, side, actor, now)
    return introduction


def offer(
    *,
    introduction_id: uuid.UUID,
    salary: int | None,
    start_on: dt.date,
    note: str,
    side: str,
    actor: actors.Actor,
    now: dt.datetime,
) -> Introduction:
    """Offer the job, or mend an offer that was not answered yet.

    Raises UnableToMoveIntroduction, UnableToGoOnWithoutAgency, UnableToOffer.
    """
    introduction = acting.movable(introduction_id=introduction_id, side=side, act="offer")
    acting.check_agency(introduction=introduction, now=now)
    words = note.strip()
    fault = rules.offer_fault(salary, start_on, clock.day_in_japan(now)) or (
        "note" if len(words) > LONGEST_OFFER else ""
    )
    if fault:
        raise errors.UnableToOffer(fault)
    before, introduction.state = introduction.state, Introduction.State.OFFERED
    introduction.offer_salary, introduction.offer_start_on, introduction.offer_note = salary, start_on, words
    introduction.offered_at = now
    acting.keep(introduction=introduction, before=before, side=side, actor=actor, now=now, note=words)
    _moved(introduction, side, actor, now)
    return introduction


def accept_offer(
    *, introduction_id: uuid.UUID, seen: str | None, side: str, actor: actors.Actor, now: dt.datetime
) -> Introduction:
    """Take the offer, as it was `seen` to stand if told: by the person, or by the agency on their word.

    Raises UnableToMoveIntroduction, UnableToAnswerOtherTerms.
    """
    introduction = acting.movable(introduction_id=introduction_id, side=side, act="accept_offer")
    acting.check_agency(introduction=introduction, now=now)
    if seen is not None and seen != rules.offer_seen(introduction.offered_at):
        raise errors.UnableToAnswerOtherTerms
    before, introduction.state = introduction.state, Introduction.State.ACCEPTED
    introduction.accepted_at = now
    acting.keep(introduction=introduction, before=before, side=side, actor=actor, now=now)
    _moved(introduction, side, actor, now)
    return introduction


def join(*, introduction_id: uuid.UUID, side: str, actor: actors.Actor, now: dt.datetime) -> Introduction:
    """Take down that somebody who accepted has started. The caller acts as one of the parties.

    Raises UnableToFindIntroduction, UnableToMoveIntroduction.
    """
    introduction = acting.locked(introduction_id=introduction_id)
    if introduction.state != Introduction.State.ACCEPTED:
        raise errors.UnableToMoveIntroduction
    before, introduction.state = introduction.state, Introduction.State.JOINED
    acting.keep(introduction=introduction, before=before, side=side, actor=actor, now=now)
    _moved(introduction, side, actor, now)
    return introduction


def _moved(introduction: Introduction, side: str, actor: actors.Actor, now: dt.datetime) -> None:
    state, round_ = introduction.state, introduction.round
    acting.record(
        kind="introduction.moved", introduction=introduction, side=side, actor=actor, now=now, state=state, round=round_
    )
