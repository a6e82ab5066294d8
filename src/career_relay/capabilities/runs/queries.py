from __future__ import annotations

import datetime as dt
import typing

from django.utils.translation import gettext as _

from career_relay.capabilities.runs import rules, sheets
from career_relay.capabilities.runs.models import Failure, Run

if typing.TYPE_CHECKING:
    import uuid

LATEST = 20


def run(run_id: uuid.UUID) -> Run | None:
    """Return a run of the present organization without its file, or None."""
    return Run.objects.defer("file").filter(pk=run_id).first()


def latest(organization_id: uuid.UUID, *, kind: str = "") -> list[Run]:
    """Return the newest runs of an organization, of one kind or all."""
    runs = Run.objects.defer("file").filter(organization_id=organization_id)
    if kind:
        runs = runs.filter(kind=kind)
    return list(runs.order_by("-accepted_at", "-id")[:LATEST])


def file(run_id: uuid.UUID) -> tuple[str, bytes] | None:
    """Return name and bytes of the file a run made, or None if there is none."""
    made = Run.objects.only("file_name", "file").filter(pk=run_id).first()
    return (made.file_name, bytes(made.file)) if made and made.file is not None else None


def failures(run_id: uuid.UUID) -> list[Failure]:
    """Return what did not work out, in the order of the rows."""
    return list(Failure.objects.filter(run_id=run_id).order_by("row"))


def failures_file(run_id: uuid.UUID) -> bytes:
    """Return the failures as a CSV file: correct the rows in it, and take it in again."""
    rows = [(failure.row, failure.item, failure.cause) for failure in failures(run_id)]
    return sheets.sheet([_("行"), _("内容"), _("原因と対処")], rows)


def per_minute(run: Run, *, now: dt.datetime) -> float | None:
    """Return how many items a minute a run handles, None while that says nothing yet."""
    return (
        rules.per_minute(handled=run.done + run.failed, started_at=run.started_at, now=now) if run.started_at else None
    )


def time_left(run: Run, *, now: dt.datetime) -> dt.timedelta | None:
    """Return how long a run will still take, None while that is a guess or when it is over."""
    if run.state != Run.State.RUNNING or run.started_at is None:
        return None
    return rules.time_left(handled=run.done + run.failed, total=run.total, started_at=run.started_at, now=now)
