"""在籍確認: on their day the employer is asked whether people have started and are still there; the person may say it too."""

from __future__ import annotations

import itertools
import operator
import typing

from django.db import transaction

from career_relay.domain.people.introductions.models import Side
from career_relay.domain.people.placements import letters
from career_relay.domain.people.placements import operations as placements
from career_relay.domain.people.placements import queries as placement_queries
from career_relay.domain.people.placements.models import Check, Placement
from career_relay.flows import record_placement
from career_relay.kernel import actors, clock
from career_relay.kernel.tenancy.context import acting_as

if typing.TYPE_CHECKING:
    import collections.abc
    import datetime as dt
    import uuid


def ask(*, now: dt.datetime) -> int:
    """Ask each organization once about the starts and checks whose day has come; return how many.

    The employer is asked, for one outside the network the agency; each organization in a transaction of its own.
    Raises ExceptionGroup after all others, when some could not be asked.
    """
    asked, failures = 0, []
    due = placement_queries.tasks(clock.day_in_japan(now))
    for organization_id, tasks in itertools.groupby(due, key=operator.attrgetter("asked_id")):
        try:
            asked += _ask(organization_id, list(tasks), now)
        except Exception as error:  # noqa: BLE001 -- one that fails must not keep the others waiting; raised below
            failures.append(error)
    if failures:
        raise ExceptionGroup("Some organizations could not be asked about starts and checks.", failures)
    return asked


@transaction.atomic
def answer(
    *,
    organization_id: uuid.UUID,
    check_id: uuid.UUID,
    in_post: bool,
    left_on: dt.date | None,
    reason: str,
    actor: actors.Actor,
    now: dt.datetime,
) -> Check:
    """Take down an organization's answer; that somebody left is recorded as `record_leaving` does, with its refund.

    Raises UnableToFindPlacement, UnableToActWithoutRight, UnableToWriteOnFile, UnableToAnswerCheck, UnableToRecordEnd.
    """
    with acting_as(organization=organization_id):
        placement_id = placements.found(check_id=check_id).placement_id
        side = record_placement.side_of(
            organization_id=organization_id, placement_id=placement_id, actor=actor, now=now
        )
        placements.locked(placement_id=placement_id)
        if in_post:
            return placements.confirm_in_post(
                check_id=check_id, side=side, actor=actor, now=now, organization_id=organization_id
            )
        check = placements.answerable(check_id=check_id, now=now)
    if left_on is None:
        raise placements.UnableToRecordEnd("left_on")
    record_placement.record_leaving(
        organization_id=organization_id,
        placement_id=check.placement_id,
        left_on=left_on,
        reason=reason,
        actor=actor,
        now=now,
    )
    with acting_as(organization=organization_id):
        check = placements.found(check_id=check_id)
        placements.record_answer(
            check=check, answer=check.answer, side=side, actor=actor, now=now, organization_id=organization_id
        )
    return check


@transaction.atomic
def answer_by_person(
    *, candidate_id: uuid.UUID, check_id: uuid.UUID, in_post: bool, left_on: dt.date | None, now: dt.datetime
) -> Check:
    """Take down what the person says of themselves.

    That they are in post is an answer. That they left is told to both organizations and moves no money: the record and
    the figures follow when one of them confirms it. Raises UnableToFindPlacement, UnableToAnswerCheck, UnableToRecordEnd.
    """
    actor = actors.candidate(candidate_id)
    with acting_as(candidate=candidate_id):
        if in_post:
            return placements.confirm_in_post(check_id=check_id, side=Side.PERSON, actor=actor, now=now)
        if left_on is None:
            raise placements.UnableToRecordEnd("left_on")
        check = placements.say_left(check_id=check_id, left_on=left_on, actor=actor, now=now)
        placement = check.placement
    for organization_id in filter(None, (placement.organization_id, placement.employer_id)):
        with acting_as(organization=organization_id):
            letters.tell("placement_left_said", placement, organization_id=organization_id, now=now)
    return check


@transaction.atomic
def _ask(organization_id: uuid.UUID, tasks: collections.abc.Sequence[placement_queries.Task], now: dt.datetime) -> int:
    with acting_as(organization=organization_id):
        starts = [
            task.placement_id
            for task in tasks
            if task.task == "start" and placements.mark_start_asked(placement_id=task.placement_id, now=now)
        ]
        checks = placements.mark_asked(check_ids=[task.check_id for task in tasks if task.check_id], now=now)
        for kind, ids in (("start_due", starts), ("retention_check", [check.placement_id for check in checks])):
            found = Placement.objects.filter(pk__in=ids).select_related("introduction")
            if asked := list(found.order_by("start_on", "pk")):
                letters.ask(kind, asked, organization_id=organization_id, now=now)
    return len(starts) + len(checks)
