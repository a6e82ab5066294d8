"""Problems as they are kept beside a row: by code, so that each reader sees them in their own language."""

from __future__ import annotations

import dataclasses
import typing

from career_relay.domain.hiring.intake.problems import Code, Problem, message
from career_relay.domain.hiring.intake.vocabulary import Field

if typing.TYPE_CHECKING:
    import collections.abc


class Stored(typing.TypedDict):
    """A problem in JSON."""

    code: str
    field: str
    value: str
    other: str
    is_warning: bool


# Seen while the file itself was there; a later check cannot see them again and must not forget them.
OF_THE_FILE: typing.Final = frozenset({Code.CELLS_MISSING, Code.CELLS_LEFT_OVER, Code.CELL_TOO_LONG, Code.BARRED_WORD})
LONGEST_VALUE: typing.Final = 200


@dataclasses.dataclass(frozen=True, slots=True)
class Remark:
    """What is said about a row; a warning does not keep it out."""

    text: str
    is_warning: bool


def to_json(problem: Problem, *, is_warning: bool = False) -> Stored:
    """Return a problem as it is stored."""
    return {
        "code": problem.code.value,
        "field": problem.field.value if problem.field is not None else "",
        "value": problem.value[:LONGEST_VALUE],
        "other": problem.other,
        "is_warning": is_warning,
    }


def from_json(stored: Stored) -> Problem:
    """Return a problem as it was."""
    field = Field(stored["field"]) if stored["field"] else None
    return Problem(Code(stored["code"]), field=field, value=stored["value"], other=stored["other"])


def remarks(stored: collections.abc.Iterable[Stored]) -> list[Remark]:
    """Return what is said about a row in the reader's language, what keeps it out first."""
    found = [Remark(message(from_json(one)), one["is_warning"]) for one in stored]
    return sorted(found, key=lambda remark: remark.is_warning)


def of_the_file(stored: collections.abc.Iterable[Stored]) -> list[Stored]:
    """Return those that were seen when the file was read."""
    return [one for one in stored if one["code"] in OF_THE_FILE]
