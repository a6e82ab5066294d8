"""How long an import can be taken back, and its rows are kept."""

from __future__ import annotations

import datetime as dt
import typing

from career_relay.domain.hiring.intake.models import Batch

UNDO_DAYS: typing.Final = dt.timedelta(days=7)
_BEING_WRITTEN: typing.Final = (Batch.State.CHECKING, Batch.State.COMMITTING, Batch.State.UNDOING)


def may_undo(batch: Batch, now: dt.datetime) -> bool:
    """Tell whether the days in which a committed import can be taken back are not over yet."""
    return batch.undo_until is not None and now < batch.undo_until


def are_rows_needed(batch: Batch, now: dt.datetime) -> bool:
    """Tell whether the rows may still be asked for: until undo is over, or as long as somebody may go on with them."""
    return batch.state in _BEING_WRITTEN or now < (batch.undo_until or batch.uploaded_at + UNDO_DAYS)
