"""Work for later: a task is put off by its name, in the transaction that makes it necessary.

procrastinate's rows stand in our own database, so that a job is there exactly when the data it is about are there.
Tasks live in `career_relay.tasks`; nothing below that ring imports them.
"""

from __future__ import annotations

import dataclasses
import re
import typing
import uuid

from procrastinate.contrib.django import procrastinate_app
from procrastinate.contrib.django.models import ProcrastinateJob

if typing.TYPE_CHECKING:
    import datetime as dt

SHORT_WORD = re.compile(r"[A-Za-z0-9._:-]{1,64}", re.ASCII)

LIVING = ("todo", "doing")
GIVEN_UP = ("failed", "cancelled", "aborted")


@dataclasses.dataclass(frozen=True, slots=True)
class GivenUp:
    """A job that the queue does not try again."""

    task: str
    arguments: dict[str, str]


def defer(name: str, *, at: dt.datetime | None = None, **ids: uuid.UUID | str | None) -> None:
    """Have the task `name` called with `ids` once the present transaction is committed, not before `at`.

    Arguments are ids and short words; None is left out. They stand in the queue's tables and in its logs, so whatever
    could be a name, an address or a text is refused. Raises TaskNotFound for a name no task has, TypeError for a value.
    """
    arguments = {key: _identifier(key, value) for key, value in ids.items() if value is not None}
    job = procrastinate_app.app.configure_task(name, allow_unknown=False, schedule_at=at)
    job.defer(**arguments)


def given_up(argument: str) -> list[GivenUp]:
    """Return the jobs that were not finished and never will be, of those called with `argument`, oldest first."""
    found = ProcrastinateJob.objects.filter(status__in=GIVEN_UP, args__has_key=argument).order_by("id")
    return [GivenUp(task, arguments) for task, arguments in found.values_list("task_name", "args")]


def is_there(name: str, **ids: uuid.UUID) -> bool:
    """Tell whether a job of the task `name` with these arguments waits or is being done."""
    arguments = {key: str(value) for key, value in ids.items()}
    return ProcrastinateJob.objects.filter(task_name=name, status__in=LIVING, args__contains=arguments).exists()


def _identifier(key: str, value: uuid.UUID | str) -> str:
    text = str(value)
    if not isinstance(value, uuid.UUID | str) or not SHORT_WORD.fullmatch(text):
        msg = f"A job takes ids and short words, not {type(value).__name__} as {key!r}: pass the row's id and load it."
        raise TypeError(msg)
    return text
