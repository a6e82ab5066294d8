"""The files an employer took in, newest first, and where each of them goes on."""

from __future__ import annotations

import dataclasses
import typing

from django.urls import reverse

from career_relay.domain.hiring.intake.models import Batch

if typing.TYPE_CHECKING:
    import collections.abc
    import datetime as dt

    from career_relay.design.shapes import Tone

State = Batch.State

SIGNS: typing.Final[dict[str, tuple[Tone, str]]] = {
    State.UPLOADED: ("caution", "edit"),
    State.MAPPED: ("caution", "edit"),
    State.CHECKING: ("info", "refresh"),
    State.CHECKED: ("caution", "clock"),
    State.COMMITTING: ("info", "refresh"),
    State.COMMITTED: ("positive", "check-circle"),
    State.UNDOING: ("info", "refresh"),
    State.UNDONE: ("neutral", "undo"),
    State.DISCARDED: ("neutral", "close"),
}
_PAGES: typing.Final = {
    State.UPLOADED: "employer:import_columns",
    State.MAPPED: "employer:import_values",
    State.CHECKING: "employer:import_check",
    State.CHECKED: "employer:import_check",
}
_CAME_IN: typing.Final = frozenset({State.COMMITTED, State.UNDOING})


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One file in the list; numbers only of what was really taken in."""

    batch: Batch
    url: str
    tone: Tone
    icon: str
    created: int | None
    updated: int | None
    failed: int | None
    undo_until: dt.datetime | None


def lines(batches: collections.abc.Sequence[Batch], now: dt.datetime) -> list[Line]:
    """Return the files as the list shows them."""
    return [_line(batch, now) for batch in batches]


def url_of(batch: Batch) -> str:
    """Return the page where a file goes on: the step it waits at, or its result."""
    return reverse(_PAGES.get(State(batch.state), "employer:import"), args=[batch.pk])


def may_undo(batch: Batch, now: dt.datetime) -> bool:
    """Tell whether what came in with this file can still be taken back."""
    return batch.state == State.COMMITTED and batch.undo_until is not None and now < batch.undo_until


def _line(batch: Batch, now: dt.datetime) -> Line:
    tone, icon = SIGNS[batch.state]
    came_in = batch.state in _CAME_IN
    return Line(
        batch=batch,
        url=url_of(batch),
        tone=tone,
        icon=icon,
        created=batch.created if came_in else None,
        updated=batch.updated if came_in else None,
        failed=batch.failed if came_in else None,
        undo_until=batch.undo_until if may_undo(batch, now) else None,
    )
