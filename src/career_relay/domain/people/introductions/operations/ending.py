"""An introduction comes to nothing, whoever says so; and what an agency leaves alone after one that came to a hire."""

from __future__ import annotations

import typing

from career_relay.domain.people.introductions import rules
from career_relay.domain.people.introductions.models import (
    IN_SELECTION,
    LONGEST_NOTE,
    RUNNING,
    Block,
    Interview,
    Introduction,
    Side,
    Step,
)
from career_relay.domain.people.introductions.operations import acting, errors

if typing.TYPE_CHECKING:
    import collections.abc
    import datetime as dt
    import uuid

    from career_relay.kernel import actors


def end(
    *,
    introduction_id: uuid.UUID,
    state: str,
    side: str,
    reason: str,
    actor: actors.Actor,
    now: dt.datetime,
    note: str = "",
    among: collections.abc.Collection[str] = RUNNING,
) -> Introduction | None:
    """End an introduction that runs; return it, or None when it was over before. The caller acts as one of the parties.

    `among` are the states from which it may end, looked at once it is held. Whether the side may do so is the caller's
    matter, and so is closing the employer's sight.
    """
    introduction = acting.locked(introduction_id=introduction_id)
    if introduction.state not in among:
        return None
    before = introduction.state
    introduction.state, introduction.ended_at, introduction.remind_at = state, now, None
    introduction.end_side, introduction.end_reason, introduction.end_note = side, reason, note
    if before == Introduction.State.PROPOSED and side == Side.PERSON:
        introduction.answered_at = now
    acting.keep(introduction=introduction, before=before, side=side, actor=actor, now=now, reason=reason, note=note)
    if before == Introduction.State.PROPOSED and side == Side.PERSON:
        acting.record(
            kind="introduction.answered", introduction=introduction, side=side, actor=actor, now=now, answer="no"
        )
    acting.record(kind="introduction.ended", introduction=introduction, side=side, actor=actor, now=now, state=state)
    return introduction


def lapse(*, introduction_id: uuid.UUID, actor: actors.Actor, now: dt.datetime) -> Introduction | None:
    """End a proposal that was not answered in time; None when it is not (any more). The caller acts as the agency."""
    introduction = acting.locked(introduction_id=introduction_id)
    may_lapse = "lapse" in rules.allowed(introduction.state, Side.SYSTEM, introduction.is_outside)
    if not may_lapse or introduction.answer_by > now:
        return None
    state = Introduction.State.LAPSED
    return end(introduction_id=introduction_id, state=state, side=Side.SYSTEM, reason="", actor=actor, now=now)


def check_reason(*, side: str, reason: str, note: str = "", is_optional: bool = False) -> str:
    """Return the note as it is kept. Raises UnableToEndWithoutReason for a reason that is none of the side's."""
    words = note.strip()
    is_known = reason in rules.REASONS[side] or (is_optional and not reason)
    if not is_known or len(words) > LONGEST_NOTE:
        raise errors.UnableToEndWithoutReason
    return words


def is_in_selection(*, candidate_id: uuid.UUID, employer_id: uuid.UUID) -> bool:
    """Tell whether another introduction lets the employer see all of the person. The caller acts as the person."""
    theirs = Introduction.objects.filter(candidate_id=candidate_id, employer_id=employer_id)
    return theirs.filter(state__in=IN_SELECTION).exists()


def block(*, organization_id: uuid.UUID, candidate_id: uuid.UUID, placement_id: uuid.UUID, since: dt.date) -> Block:
    """Keep the agency from proposing anything to somebody it placed, for two years. Once per placement.

    The caller acts as the agency.
    """
    made, _is_new = Block.objects.get_or_create(
        placement_id=placement_id,
        defaults={
            "organization_id": organization_id,
            "candidate_id": candidate_id,
            "since": since,
            "until": rules.block_until(since),
        },
    )
    return made


def forget(*, candidate_id: uuid.UUID) -> None:
    """Empty every free word about a person who leaves. The caller acts as the person."""
    theirs = Introduction.objects.filter(candidate_id=candidate_id)
    theirs.update(message="", fit_note="", end_note="", offer_note="")
    Step.objects.filter(candidate_id=candidate_id).update(note="")
    Interview.objects.filter(candidate_id=candidate_id).update(place="")
