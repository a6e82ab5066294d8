"""Everything that changes a file on its way in, up to where its rows become applications."""

from __future__ import annotations

from career_relay.domain.hiring.intake.operations import errors
from career_relay.domain.hiring.intake.operations.mapping import set_columns, set_values
from career_relay.domain.hiring.intake.operations.steps import (
    Counts,
    begin,
    conclude,
    discard,
    fall_back,
    forget_rows,
    locked,
)
from career_relay.domain.hiring.intake.operations.uploads import MOST_BYTES, upload

__all__ = [
    "MOST_BYTES",
    "Counts",
    "begin",
    "conclude",
    "discard",
    "errors",
    "fall_back",
    "forget_rows",
    "locked",
    "set_columns",
    "set_values",
    "upload",
]
