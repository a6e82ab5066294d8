"""Header and samples to fields: what each column is, how sure that is, and what is never taken.

The dictionary of names proposes, the content decides between look-alikes and can lower the confidence, and what a person
once answered for the same name goes before both. Position plays no part. No field is fed by two columns.
"""

from __future__ import annotations

import dataclasses
import enum
import re
import typing
import unicodedata

from django.utils.translation import gettext_lazy

from career_relay.domain.hiring.intake import barred, contents, headers
from career_relay.domain.hiring.intake.vocabulary import Confidence, Field

if typing.TYPE_CHECKING:
    import collections.abc

    from django.utils.functional import Promise

SAMPLES_SHOWN: typing.Final = 3
UNKNOWN_RANK: typing.Final = 1_000_000
REMEMBERED_RANK: typing.Final = -1

_HISTORY: typing.Final = re.compile(
    "学歴|職歴|家族|緊急連絡先|保護者|推薦者|紹介者|面接官|education|experience|reference"
)
_SEPARATOR: typing.Final = re.compile(r"[.:>]")


class Handling(enum.StrEnum):
    """What becomes of a column: a field of ours, a part of the raw row, or nothing."""

    MAPPED = "mapped"
    KEPT = "kept"
    DROPPED = "dropped"
    BARRED = "barred"

    @property
    def label(self) -> Promise:
        """Return the name shown to people."""
        return _HANDLINGS[self]


@dataclasses.dataclass(frozen=True, slots=True)
class Column:
    """One column of a file and what was made of it; `note` tells a person why."""

    index: int
    header: str
    field: Field | None
    confidence: Confidence
    handling: Handling
    samples: tuple[str, ...]
    note: Promise | str = ""
    rank: int = UNKNOWN_RANK

    @property
    def is_barred(self) -> bool:
        """Tell whether the law keeps us from collecting this."""
        return self.handling == Handling.BARRED


def recognise(
    header: collections.abc.Sequence[str],
    samples: collections.abc.Sequence[collections.abc.Sequence[str]],
    remembered: collections.abc.Mapping[str, Field | None] | None = None,
) -> list[Column]:
    """Return what each column is; `remembered` holds earlier answers by `key(header)`, and never opens a barred column."""
    known = remembered or {}
    columns = [_column(index, name, list(samples[index]), known) for index, name in enumerate(header)]
    return _completed(_each_field_once(columns))


def key(header: str) -> str:
    """Return the form of a header under which an answer is remembered."""
    return headers.key(header)


def _column(
    index: int, header: str, samples: list[str], remembered: collections.abc.Mapping[str, Field | None]
) -> Column:
    """Return what one column is, seen by itself."""
    shown = tuple(samples[:SAMPLES_SHOWN])
    if barred.is_barred_header(header):
        return Column(index, header, None, Confidence.CERTAIN, Handling.BARRED, (), _BARRED)
    if barred.is_dropped_header(header):
        return Column(index, header, None, Confidence.CERTAIN, Handling.DROPPED, (), _DROPPED)
    header_key = headers.key(header)
    if header_key in remembered:
        field = remembered[header_key]
        handling = Handling.MAPPED if field is not None else Handling.KEPT
        confidence = Confidence.CERTAIN if field is None or contents.fits(field, samples) else Confidence.LIKELY
        why = _REMEMBERED if confidence == Confidence.CERTAIN else _CONTENT_DIFFERS
        return Column(index, header, field, confidence, handling, shown, why, REMEMBERED_RANK)
    field, confidence, note, rank = _proposal(header, samples)
    handling = Handling.MAPPED if field is not None else Handling.KEPT
    return Column(index, header, field, confidence, handling, shown, note, rank)


def _proposal(header: str, samples: list[str]) -> tuple[Field | None, Confidence, Promise | str, int]:
    """Return field, confidence, reason and rank from the dictionary and, where that is silent, from the content."""
    header_key = headers.key(header)
    meant = headers.field_of(header_key)
    is_whole = meant is not None
    if meant is None and headers.is_other(header_key):
        return None, Confidence.CERTAIN, _KNOWN_UNUSED, UNKNOWN_RANK
    meant = meant or _by_last_part(header)
    if meant is None:
        field = contents.decide(samples)
        note = _BY_CONTENT if field is not None else _UNKNOWN_NAME
        return field, Confidence.LIKELY if field is not None else Confidence.UNKNOWN, note, UNKNOWN_RANK
    field, rank = contents.refined(meant[0], samples), meant[1]
    if not contents.fits(field, samples):
        return None, Confidence.UNKNOWN, _CONTENT_DIFFERS, UNKNOWN_RANK
    is_certain = is_whole and not headers.is_weak(header_key)
    return field, Confidence.CERTAIN if is_certain else Confidence.LIKELY, "" if is_certain else _MANY_MEANINGS, rank


def _by_last_part(header: str) -> tuple[Field, int] | None:
    """Return what the last part of a dotted name means, unless its group is about schools, jobs or other people."""
    *groups, last = _SEPARATOR.split(unicodedata.normalize("NFKC", header[: headers.LONGEST]))
    if not groups or _HISTORY.search("".join(groups).casefold()):
        return None
    return headers.field_of(headers.key(last))


def _each_field_once(columns: list[Column]) -> list[Column]:
    """Leave each field to the column that claims it best: surer first, then the better name, then the one on the left."""
    sureness = {Confidence.CERTAIN: 0, Confidence.LIKELY: 1, Confidence.UNKNOWN: 2}
    claims = sorted(
        columns, key=lambda column: (column.rank >= 0, sureness[column.confidence], column.rank, column.index)
    )
    winners: dict[Field, int] = {}
    for column in claims:
        if column.field is not None:
            winners.setdefault(column.field, column.index)
    return [
        column if column.field is None or winners[column.field] == column.index else _unmapped(column, _SEVERAL_CLAIM)
        for column in columns
    ]


def _completed(columns: list[Column]) -> list[Column]:
    """Mend what only the whole header shows: a lone time of application is its moment, a lone given name is the name."""
    fields = {column.field for column in columns}
    moves: dict[Field, Field] = {}
    if Field.APPLIED_TIME in fields and Field.APPLIED_AT not in fields:
        moves[Field.APPLIED_TIME] = Field.APPLIED_AT
    if Field.GIVEN_NAME in fields and not fields & {Field.FAMILY_NAME, Field.NAME}:
        moves[Field.GIVEN_NAME] = Field.NAME
    return [
        dataclasses.replace(column, field=moves[column.field], confidence=Confidence.LIKELY, note=_MANY_MEANINGS)
        if column.field in moves
        else column
        for column in columns
    ]


def _unmapped(column: Column, note: Promise | str) -> Column:
    return dataclasses.replace(
        column, field=None, confidence=Confidence.UNKNOWN, handling=Handling.KEPT, note=note, rank=UNKNOWN_RANK
    )


def _handling_without_field(column: Column) -> Handling:
    return column.handling if column.handling != Handling.MAPPED else Handling.KEPT


_HANDLINGS: typing.Final[dict[Handling, Promise]] = {
    Handling.MAPPED: gettext_lazy("項目として取り込む"),
    Handling.KEPT: gettext_lazy("元の行に残す"),
    Handling.DROPPED: gettext_lazy("取り込まない（使わない情報）"),
    Handling.BARRED: gettext_lazy("取り込まない（集めてはいけない情報）"),
}
_BARRED: typing.Final = gettext_lazy("採用選考で集めてはいけない情報のため、保存する前に除きます。")
_DROPPED: typing.Final = gettext_lazy("選考にも紹介にも使わない情報のため、保存する前に除きます。")
_REMEMBERED: typing.Final = gettext_lazy("前回の選択と同じです。")
_CONTENT_DIFFERS: typing.Final = gettext_lazy("列の名前と中身が合いません。項目を確かめてください。")
_KNOWN_UNUSED: typing.Final = gettext_lazy("対応する項目がないため、元の行に残します。")
_UNKNOWN_NAME: typing.Final = gettext_lazy("列の名前も中身も決め手になりません。使うときは、項目を選んでください。")
_BY_CONTENT: typing.Final = gettext_lazy("中身から選びました。項目を確かめてください。")
_MANY_MEANINGS: typing.Final = gettext_lazy("いくつかの意味がある名前です。項目を確かめてください。")
_SEVERAL_CLAIM: typing.Final = gettext_lazy("同じ項目に合う列がほかにあります。使うときは、項目を選び直してください。")
