"""What stands in a file's columns, as the member confirms it: each column with its samples and the field it goes to."""

from __future__ import annotations

import dataclasses
import typing

from django.utils.translation import gettext_lazy

from career_relay.domain.hiring.intake import barred, decoding, queries, remarks
from career_relay.domain.hiring.intake.vocabulary import Confidence, Field
from career_relay.portals.employer.imports.forms import ColumnsForm

if typing.TYPE_CHECKING:
    from django.forms import BoundField
    from django.http import QueryDict
    from django.utils.functional import Promise

    from career_relay.design.shapes import Tone
    from career_relay.domain.hiring.intake.models import Batch, Source

_SIGNS: typing.Final[dict[Confidence, tuple[Tone, str, Promise]]] = {
    Confidence.CERTAIN: ("positive", "check-circle", gettext_lazy("名前と中身が一致")),
    Confidence.LIKELY: ("caution", "alert", gettext_lazy("確かめてください")),
    Confidence.UNKNOWN: ("neutral", "info", gettext_lazy("見分けられません")),
}
_UNUSED: typing.Final[tuple[Tone, str, Promise]] = ("neutral", "close", gettext_lazy("使わない列"))
_BARRED: typing.Final = gettext_lazy("採用選考で集めてはいけない情報です。")
_NOT_NEEDED: typing.Final = gettext_lazy("選考にも紹介にも使わない情報です。")


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One column that may be used."""

    column: queries.ColumnView
    select: BoundField
    tone: Tone
    icon: str
    words: Promise

    @property
    def samples(self) -> list[str]:
        """The first values, each once."""
        return list(dict.fromkeys(self.column.samples))

    @property
    def row_tone(self) -> str:
        """The mark beside a row that somebody should look at."""
        return "negative" if self.select.errors else "caution" if self.tone == "caution" else ""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Dropped:
    """One column that was thrown away when the file was read."""

    header: str
    reason: Promise


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """The page around the form."""

    lines: list[Line]
    dropped: list[Dropped]
    missing: tuple[Field, ...]
    remarks: list[remarks.Remark]
    same_file: Batch | None
    sources: list[Source]
    encoding: str
    rows: list[tuple[int, list[str]]]

    @property
    def doubtful(self) -> int:
        """How many columns somebody should look at."""
        return sum(line.tone == "caution" for line in self.lines)


def form_for(batch: Batch, posted: QueryDict | None) -> ColumnsForm:
    """Return the form for the stored columns, filled with what was recognised or answered before."""
    source = batch.source
    initial = {"source_name": source.name, "blank_clears": source.blank_clears} if source else {}
    return ColumnsForm(posted, columns=queries.columns(batch), initial=initial)


def page(batch: Batch, form: ColumnsForm) -> Page:
    """Return what stands around the form."""
    return Page(
        lines=[_line(column, form[name]) for name, column in form.columns.items()],
        dropped=dropped(batch),
        missing=queries.missing_fields(queries.stored_columns(batch)),
        remarks=remarks.remarks(batch.notes),
        same_file=queries.same_file(batch),
        sources=queries.sources(batch.organization_id),
        encoding=str(decoding.ENCODINGS.get(batch.encoding, batch.encoding)),
        rows=[(row.line, row.cells) for row in queries.preview(batch)],
    )


def dropped(batch: Batch) -> list[Dropped]:
    """Return the columns that were not stored, and why."""
    return [
        Dropped(header=header, reason=_BARRED if barred.is_barred_header(header) else _NOT_NEEDED)
        for header in batch.dropped
    ]


def _line(column: queries.ColumnView, select: BoundField) -> Line:
    tone, icon, words = _SIGNS[column.confidence]
    if column.field is None and column.confidence == Confidence.CERTAIN:
        tone, icon, words = _UNUSED
    return Line(column=column, select=select, tone=tone, icon=icon, words=words)
