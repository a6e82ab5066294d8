from __future__ import annotations

import typing

from django.db.models import F

from career_relay.capabilities.facts import operations as facts
from career_relay.capabilities.runs import rules
from career_relay.capabilities.runs.models import Failure, Run
from career_relay.kernel import actors

if typing.TYPE_CHECKING:
    import collections.abc
    import datetime as dt
    import uuid

CAUSE_LENGTH = 300
ITEM_LENGTH = 254
WHOLE_RUN = 0
ITEMS = "items"

State = Run.State


def accept(
    *,
    organization_id: uuid.UUID,
    kind: str,
    parameters: collections.abc.Mapping[str, typing.Any],
    total: int,
    actor: actors.Actor,
    now: dt.datetime,
) -> Run:
    """Take work in, so that the person who asked for it can watch it; the caller defers the task that does it.

    `parameters["items"]`, if there is one, is dropped at the end: it is the work itself, not something to keep.
    Raises ValueError for an actor who is nobody in particular: a run is watched by the one who started it.
    """
    if actor.id is None:
        raise ValueError("A run is started by a person. Pass the member as actor.")
    return Run.objects.create(
        organization_id=organization_id,
        kind=kind,
        parameters=dict(parameters),
        total=total,
        started_by_id=actor.id,
        accepted_at=now,
    )


def start(*, run_id: uuid.UUID, now: dt.datetime) -> Run | None:
    """Begin, or go on after a crash, and lock the run until the end of the transaction. None if it is over already."""
    run = Run.objects.select_for_update().filter(pk=run_id, state__in=[State.ACCEPTED, State.RUNNING]).first()
    if run is not None and run.state == State.ACCEPTED:
        run.state, run.started_at = State.RUNNING, now
        run.save(update_fields=["state", "started_at"])
    return run


def advance(*, run_id: uuid.UUID) -> None:
    """Count one item as done, in the transaction that did it: after a crash the run goes on exactly there."""
    Run.objects.filter(pk=run_id).update(done=F("done") + 1)


def reach(*, run_id: uuid.UUID, done: int) -> None:
    """Say how far a run is whose work is done whole or not at all: nothing of it stands yet, after a crash it starts anew."""
    Run.objects.filter(pk=run_id).update(done=done)


def fail_item(*, run_id: uuid.UUID, row: int, item: str, cause: str) -> None:
    """Count one item as failed and say why, in words that help to correct it."""
    run = Run.objects.get(pk=run_id)
    Failure.objects.create(
        organization_id=run.organization_id,
        run=run,
        row=row,
        item=item[:ITEM_LENGTH],
        cause=cause[:CAUSE_LENGTH],
    )
    Run.objects.filter(pk=run_id).update(failed=F("failed") + 1)


def finish(*, run_id: uuid.UUID, now: dt.datetime, file_name: str = "", file: bytes | None = None) -> Run | None:
    """Close a run; its counts say how it ended. None if it was over already."""
    run = Run.objects.select_for_update().filter(pk=run_id, state=State.RUNNING).first()
    if run is None:
        return None
    run.state = rules.final_state(done=run.done, failed=run.failed)
    run.finished_at, run.file_name, run.file = now, file_name, file
    run.parameters.pop(ITEMS, None)
    run.save(update_fields=["state", "finished_at", "file_name", "file", "parameters"])
    facts.record(
        "run.finished",
        actor=actors.user(run.started_by_id),
        occurred_at=now,
        organization=run.organization_id,
        subject=run.pk,
        kind=run.kind,
        state=run.state,
        total=run.total,
        failed=run.failed,
    )
    return run


def break_off(*, run_id: uuid.UUID, cause: str, now: dt.datetime) -> Run | None:
    """Close a run that can't go on: what was not handled yet counts as failed. None if it was over already."""
    run = start(run_id=run_id, now=now)
    if run is None:
        return None
    left = run.total - run.done - run.failed
    fail_item(run_id=run_id, row=WHOLE_RUN, item="", cause=cause)
    Run.objects.filter(pk=run_id).update(failed=run.failed + max(left, 1))
    return finish(run_id=run_id, now=now)
