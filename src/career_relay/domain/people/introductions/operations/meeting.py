"""Times for an interview: proposed by one side, chosen by the person or by the agency on their word."""

from __future__ import annotations

import typing

from career_relay.domain.people.introductions import rules
from career_relay.domain.people.introductions.models import Interview
from career_relay.domain.people.introductions.operations import acting, errors

if typing.TYPE_CHECKING:
    import collections.abc
    import datetime as dt
    import uuid

    from career_relay.kernel import actors


def propose_times(
    *,
    introduction_id: uuid.UUID,
    times: collections.abc.Sequence[dt.datetime],
    place: str,
    side: str,
    actor: actors.Actor,
    now: dt.datetime,
) -> Interview:
    """Propose one to five times for the present round, in place of those proposed before.

    Raises UnableToFindIntroduction, UnableToMoveIntroduction, UnableToProposeTimes.
    """
    introduction = acting.movable(introduction_id=introduction_id, side=side, act="propose_times")
    where = place.strip()
    if fault := rules.times_fault(times, where, now):
        raise errors.UnableToProposeTimes(fault)
    interview, _is_new = Interview.objects.update_or_create(
        introduction=introduction,
        round=introduction.round,
        defaults={
            "candidate_id": introduction.candidate_id,
            "organization_id": introduction.organization_id,
            "employer_id": introduction.employer_id,
            "times": sorted(times),
            "place": where,
            "chosen": None,
            "chosen_at": None,
            "proposed_by_side": side,
            "proposed_at": now,
        },
    )
    interview.introduction = introduction
    introduction.changed_at = now
    introduction.save(update_fields=["changed_at"])
    acting.record(
        kind="interview.proposed", introduction=introduction, side=side, actor=actor, now=now, round=introduction.round
    )
    return interview


def choose_time(
    *, introduction_id: uuid.UUID, chosen: dt.datetime, side: str, actor: actors.Actor, now: dt.datetime
) -> Interview:
    """Choose one of the proposed times of the present round; another may be chosen until it has come.

    Raises UnableToFindIntroduction, UnableToMoveIntroduction, UnableToChooseTime.
    """
    introduction = acting.movable(introduction_id=introduction_id, side=side, act="choose_time")
    interview = Interview.objects.select_for_update(no_key=True)
    found = interview.filter(introduction=introduction, round=introduction.round).first()
    if found is None or chosen not in found.times or chosen <= now:
        raise errors.UnableToChooseTime
    found.introduction, found.chosen, found.chosen_at = introduction, chosen, now
    found.save(update_fields=["chosen", "chosen_at"])
    introduction.changed_at = now
    introduction.save(update_fields=["changed_at"])
    acting.record(
        kind="interview.chosen", introduction=introduction, side=side, actor=actor, now=now, round=introduction.round
    )
    return found
