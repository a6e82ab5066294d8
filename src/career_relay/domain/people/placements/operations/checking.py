"""在籍確認: asked on its day, and answered by whoever knows."""

from __future__ import annotations

import typing

from career_relay.capabilities.facts import operations as facts
from career_relay.domain.people.introductions.models import Side
from career_relay.domain.people.placements.models import Check, Placement
from career_relay.domain.people.placements.operations import errors
from career_relay.kernel import clock

if typing.TYPE_CHECKING:
    import collections.abc
    import datetime as dt
    import uuid

    from career_relay.kernel import actors


def mark_asked(*, check_ids: collections.abc.Sequence[uuid.UUID], now: dt.datetime) -> list[Check]:
    """Remember that these were asked; return those that were not asked or answered before. The caller acts as a party."""
    waiting = Check.objects.select_for_update(no_key=True).filter(pk__in=check_ids, asked_at=None, answer="")
    asked = list(waiting.order_by("pk"))
    Check.objects.filter(pk__in=[one.pk for one in asked]).update(asked_at=now)
    return asked


def found(*, check_id: uuid.UUID) -> Check:
    """Return a check to one of its parties, with its placement. Raises UnableToFindPlacement."""
    check = Check.objects.select_related("placement").filter(pk=check_id).first()
    if check is None:
        raise errors.UnableToFindPlacement
    return check


def confirm_in_post(
    *, check_id: uuid.UUID, side: str, actor: actors.Actor, now: dt.datetime, organization_id: uuid.UUID | None = None
) -> Check:
    """Take down that the person is still in post. The caller acts as the side that says so.

    Raises UnableToFindPlacement, UnableToAnswerCheck.
    """
    check = answerable(check_id=check_id, now=now)
    check.answer, check.answered_side, check.answered_at = Check.Answer.IN_POST, side, now
    check.save(update_fields=["answer", "answered_side", "answered_at"])
    record(check=check, answer=Check.Answer.IN_POST, side=side, actor=actor, now=now, organization_id=organization_id)
    return check


def say_left(*, check_id: uuid.UUID, left_on: dt.date, actor: actors.Actor, now: dt.datetime) -> Check:
    """Take down the person's own word that they left; it counts once one of the organizations confirms it.

    The caller acts as the person. Raises UnableToFindPlacement, UnableToAnswerCheck, UnableToRecordEnd.
    """
    check = answerable(check_id=check_id, now=now)
    if not check.placement.start_on <= left_on <= clock.day_in_japan(now):
        raise errors.UnableToRecordEnd("left_on")
    check.person_left_on, check.person_answered_at = left_on, now
    check.save(update_fields=["person_left_on", "person_answered_at"])
    record(check=check, answer=Check.Answer.LEFT, side=Side.PERSON, actor=actor, now=now)
    return check


def answerable(*, check_id: uuid.UUID, now: dt.datetime) -> Check:
    """Return a check that can be answered today, locked. Raises UnableToFindPlacement, UnableToAnswerCheck."""
    check = Check.objects.select_for_update(no_key=True).filter(pk=check_id).first()
    if check is None:
        raise errors.UnableToFindPlacement
    is_joined = check.placement.state == Placement.State.JOINED
    if check.answer or not is_joined or check.due_on > clock.day_in_japan(now):
        raise errors.UnableToAnswerCheck
    return check


def record(
    *,
    check: Check,
    answer: str,
    side: str,
    actor: actors.Actor,
    now: dt.datetime,
    organization_id: uuid.UUID | None = None,
) -> None:
    """Write the answer down as a fact, for the organization that gave it or else for the person."""
    owner = {"organization": organization_id} if organization_id else {"candidate": check.candidate_id}
    facts.record(
        "check.answered",
        actor=actor,
        occurred_at=now,
        subject=check.pk,
        days=check.days,
        answer=answer,
        side=side,
        **owner,  # type: ignore[arg-type]
    )
