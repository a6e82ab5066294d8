"""What became of a file: what came in, what did not, until when it can be taken back, and where to look at it."""

from __future__ import annotations

import dataclasses
import typing
import urllib.parse

from django.urls import reverse

from career_relay.domain.hiring.intake.models import Batch
from career_relay.portals.employer.imports import batches

if typing.TYPE_CHECKING:
    import datetime as dt

    from career_relay.design.shapes import Tone


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """The page's content beside the file itself; `has_rows`: its rows are still there, to be downloaded."""

    came_in: bool
    may_undo: bool
    has_rows: bool
    tone: Tone
    icon: str
    applications_url: str
    untold_url: str


def page(batch: Batch, now: dt.datetime) -> Page:
    """Return what became of a file."""
    tone, icon = batches.SIGNS[batch.state]
    came_in = batch.state == Batch.State.COMMITTED
    return Page(
        came_in=came_in,
        may_undo=batches.may_undo(batch, now),
        has_rows=came_in and batch.undo_until is not None and now < batch.undo_until,
        tone=tone,
        icon=icon,
        applications_url=_applications(batch=str(batch.pk)),
        untold_url=_applications(batch=str(batch.pk), told="untold"),
    )


def _applications(**filters: str) -> str:
    return f"{reverse('employer:applications')}?{urllib.parse.urlencode(filters)}"
