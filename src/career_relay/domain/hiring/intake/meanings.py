"""What a member says a word of a source means, as text: `first`, `rejected`, `first/rejected`, `part_time`.

A word in a column of stages may name an outcome besides (最終面接不合格), and the other way round.
"""

from __future__ import annotations

import typing

from career_relay.domain.ground.postings.models import EmploymentType
from career_relay.domain.hiring.intake.models import SourceValue
from career_relay.domain.hiring.intake.values import ValueMap
from career_relay.domain.hiring.intake.vocabulary import Field, Outcome, Stage

if typing.TYPE_CHECKING:
    import collections.abc

    from career_relay.domain.hiring.intake.values import Status, Value

LONGEST_WORD: typing.Final = 120
KINDS: typing.Final = {
    SourceValue.Kind.STAGE: Field.STAGE,
    SourceValue.Kind.OUTCOME: Field.OUTCOME,
    SourceValue.Kind.STATUS: Field.STATUS,
    SourceValue.Kind.EMPLOYMENT_TYPE: Field.EMPLOYMENT_TYPE,
}


def read(kind: str, text: str) -> Status | EmploymentType | None:
    """Return what the text of this kind means, None when it means nothing."""
    if kind == SourceValue.Kind.EMPLOYMENT_TYPE:
        return EmploymentType(text) if text in set(EmploymentType) else None
    return _status(text) if kind in KINDS else None


def write(value: Value) -> str:
    """Return the text of a meaning."""
    if not isinstance(value, tuple):
        return str(value)
    stage, outcome = value
    return f"{stage}/{outcome}" if stage and outcome else str(stage or outcome or "")


def label(kind: str, text: str) -> str:
    """Return a meaning in the words of the screens."""
    meant = read(kind, text)
    parts = meant if isinstance(meant, tuple) else (meant,)
    return "・".join(str(part.label) for part in parts if part is not None)


def value_map(answers: collections.abc.Iterable[tuple[str, str, str]]) -> ValueMap:
    """Return the answers, each as kind, word and meaning, in the form in which the engine asks them."""
    found: dict[str, dict[str, typing.Any]] = {kind: {} for kind in KINDS}
    for kind, word, text in answers:
        meant = read(kind, text)
        if meant is not None:
            found[kind][word] = meant
    kinds = SourceValue.Kind
    return ValueMap(
        stages=found[kinds.STAGE],
        outcomes=found[kinds.OUTCOME],
        statuses=found[kinds.STATUS],
        employment_types=found[kinds.EMPLOYMENT_TYPE],
    )


def _status(text: str) -> Status | None:
    first, _slash, second = text.partition("/")
    stage = Stage(first) if first in set(Stage) else None
    outcome = next((Outcome(part) for part in (second, first) if part in set(Outcome)), None)
    return (stage, outcome) if text and text == write((stage, outcome)) else None
