"""Words in cells to canonical values. A word that nobody has explained is told as unknown, and never guessed.

`spellings` holds what the words mean everywhere; what a tenant answered for its own words comes in a `ValueMap` and goes
first. Words that mean different things at different employers (終了, 合格, 対象外, Archived) are left out on purpose.
"""

from __future__ import annotations

import dataclasses
import difflib
import functools
import re
import typing

from career_relay.domain.ground.postings.models import EmploymentType
from career_relay.domain.hiring.intake import spellings
from career_relay.domain.hiring.intake.vocabulary import Field, Outcome, SourceKind, Stage
from career_relay.kernel.japanese import folding

if typing.TYPE_CHECKING:
    import collections.abc

BLANKS: typing.Final = frozenset(
    {
        "",
        "'",
        "-",
        "ー",
        "－",
        "―",
        "空白",
        "なし",
        "（空白）",
        "(空白)",
        "未設定",
        "未入力",
        "未登録",
        "null",
        "NULL",
        "N/A",
        "n/a",
    }
)
ENOUGH_LIKENESS: typing.Final = 0.5

Status: typing.TypeAlias = tuple[Stage | None, Outcome | None]
Value: typing.TypeAlias = Stage | Outcome | Status | SourceKind | EmploymentType

_MARKS: typing.Final = re.compile(r"[\s()\[\]{}【】「」『』<>《》・,.、。:;/_※*★☆●○◎■□◆◇→⇒!?'\"]+")


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ValueMap:
    """What a tenant said its words mean, each by `key(word)`. A status may mean a stage, an outcome or both."""

    stages: collections.abc.Mapping[str, Status] = dataclasses.field(default_factory=dict)
    outcomes: collections.abc.Mapping[str, Status] = dataclasses.field(default_factory=dict)
    statuses: collections.abc.Mapping[str, Status] = dataclasses.field(default_factory=dict)
    sources: collections.abc.Mapping[str, SourceKind] = dataclasses.field(default_factory=dict)
    employment_types: collections.abc.Mapping[str, EmploymentType] = dataclasses.field(default_factory=dict)


NO_ANSWERS: typing.Final = ValueMap()


@functools.lru_cache(maxsize=20_000)
def key(raw: str) -> str:
    """Return the form in which words are compared."""
    return _MARKS.sub("", folding.fold(raw))


def is_blank(raw: str, blanks: frozenset[str] = BLANKS) -> bool:
    """Tell whether a cell says nothing: empty, spaces, or a mark that the source writes for nothing."""
    plain = raw.strip()
    return not plain or plain in blanks


def stage(raw: str, answers: ValueMap = NO_ANSWERS) -> Status | None:
    """Return what a cell of a stage column means; some sources write an outcome there when a selection has ended."""
    return _looked_up(raw, answers.stages, _statuses())


def outcome(raw: str, answers: ValueMap = NO_ANSWERS) -> Status | None:
    """Return what a cell of an outcome column means; some sources write the stage that was reached."""
    return _looked_up(raw, answers.outcomes, _statuses())


def status(raw: str, answers: ValueMap = NO_ANSWERS) -> Status | None:
    """Return what a cell of a column that mixes stages and outcomes means."""
    return _looked_up(raw, answers.statuses, _statuses())


def source(raw: str, answers: ValueMap = NO_ANSWERS) -> SourceKind | None:
    """Return by which kind of door an application came."""
    return _looked_up(raw, answers.sources, _sources())


def employment_type(raw: str, answers: ValueMap = NO_ANSWERS) -> EmploymentType | None:
    """Return the kind of hiring."""
    return _looked_up(raw, answers.employment_types, _employment_types())


def suggestions(field: Field, raw: str, most: int = 3) -> list[Value]:
    """Return what an unknown word may mean, likest first. Only to be shown: nothing is chosen by likeness."""
    table = _tables()[field]
    near = difflib.get_close_matches(key(raw), table, n=most * 4, cutoff=ENOUGH_LIKENESS)
    return list(dict.fromkeys(table[word] for word in near))[:most]


Found = typing.TypeVar("Found")


def _looked_up(
    raw: str, answers: collections.abc.Mapping[str, Found], table: collections.abc.Mapping[str, Found]
) -> Found | None:
    word = key(raw)
    return answers[word] if word in answers else table.get(word)


def _tables() -> dict[Field, dict[str, typing.Any]]:
    return {
        Field.STAGE: _statuses(),
        Field.OUTCOME: _statuses(),
        Field.STATUS: _statuses(),
        Field.SOURCE: _sources(),
        Field.EMPLOYMENT_TYPE: _employment_types(),
    }


@functools.cache
def _statuses() -> dict[str, Status]:
    """Return the words for stages, those for outcomes, and each stage followed by how it went (一次面接不合格)."""
    found: dict[str, Status] = {}
    for at, names in spellings.STAGES.items():
        for name in names.split("|"):
            found[key(name)] = (at, None)
            found.update({key(f"{name}{ending}"): (at, ended) for ending, ended in spellings.ENDINGS.items()})
    for ended, names in spellings.OUTCOMES.items():
        found.update({key(name): (None, ended) for name in names.split("|")})
    for both, names in spellings.BOTH.items():
        found.update({key(name): both for name in names.split("|")})
    return found


@functools.cache
def _sources() -> dict[str, SourceKind]:
    return {key(name): kind for kind, names in spellings.SOURCES.items() for name in names.split("|")}


@functools.cache
def _employment_types() -> dict[str, EmploymentType]:
    return {key(name): kind for kind, names in spellings.EMPLOYMENT_TYPES.items() for name in names.split("|")}
