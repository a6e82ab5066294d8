"""What an agency publishes of its fees (law L12): from groups of hires by occupation to the rates that are shown. Pure."""

from __future__ import annotations

import dataclasses
import typing

from career_relay.domain.people.placements import rules as placements

if typing.TYPE_CHECKING:
    import collections.abc
    import decimal

MOST_OCCUPATIONS: typing.Final = 5
TOO_FEW: typing.Final = 10
"""So many hires, or fewer, are not published."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """The 常用就職 of a year in one occupation, summed up. `fixed_yen` is the fee where all paid the same fixed one."""

    occupation: str
    placed: int
    fees_yen: int
    salaries_yen: int
    fixed_yen: int | None


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """What was taken in one occupation: a share of the expected salaries, or a fixed fee."""

    occupation: str
    placed: int
    percent: decimal.Decimal | None
    fixed_yen: int | None


def published(groups: collections.abc.Iterable[Group]) -> list[Rate]:
    """Return the five occupations with the most hires, of those with more than ten, the most first."""
    enough = [one for one in groups if one.placed > TOO_FEW]
    return [
        Rate(
            occupation=one.occupation,
            placed=one.placed,
            percent=None if one.fixed_yen is not None else placements.rate(one.fees_yen, one.salaries_yen),
            fixed_yen=one.fixed_yen,
        )
        for one in sorted(enough, key=lambda one: (-one.placed, one.occupation))[:MOST_OCCUPATIONS]
    ]
