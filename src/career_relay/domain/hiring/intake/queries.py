from __future__ import annotations

import dataclasses
import hashlib
import typing

from django.core.paginator import Page, Paginator
from django.db.models import Count

from career_relay.capabilities.runs import sheets
from career_relay.domain.hiring.intake import meanings, problems, recognition, remarks, values
from career_relay.domain.hiring.intake.models import Batch, Row, Source, SourceValue
from career_relay.domain.hiring.intake.recognition import Column, Handling
from career_relay.domain.hiring.intake.rows import Layout
from career_relay.domain.hiring.intake.vocabulary import Confidence, Field
from career_relay.kernel.tenancy import gate

if typing.TYPE_CHECKING:
    import collections.abc
    import datetime as dt
    import uuid

    from django.utils.functional import Promise

PER_PAGE: typing.Final = 50
PREVIEW: typing.Final = 20
SAMPLED: typing.Final = 50
# Not translated, so that a corrected file is recognised whatever the language of the one who took it.
REMARK_HEADER: typing.Final = "原因と対処 / Cause and remedy"


@dataclasses.dataclass(frozen=True, slots=True)
class ColumnView:
    """A stored column as the page of the columns shows it; `note` says why it was taken for what it is."""

    index: int
    header: str
    field: Field | None
    confidence: Confidence
    handling: Handling
    samples: tuple[str, ...]
    note: Promise | str


@dataclasses.dataclass(frozen=True, slots=True)
class UnknownValue:
    """A word nobody has explained yet, how many rows hold it, and what it may mean (see `meanings`)."""

    kind: str
    word: str
    count: int
    suggestions: tuple[str, ...]


@dataclasses.dataclass(frozen=True, slots=True)
class RowView:
    """A row with what is said about it."""

    line: int
    cells: list[str]
    outcome: str
    outcome_name: str
    remarks: list[remarks.Remark]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Expired:
    """An import whose rows are no longer needed."""

    organization_id: uuid.UUID
    batch_id: uuid.UUID


def batch(batch_id: uuid.UUID) -> Batch | None:
    """Return an import of the present organization with its source and the one who began it, or None."""
    return Batch.objects.select_related("source", "uploaded_by").filter(pk=batch_id).first()


def latest(organization_id: uuid.UUID, page: int = 1) -> Page[Batch]:
    """Return a page of the imports of an organization, newest first."""
    found = Batch.objects.filter(organization_id=organization_id).select_related("source", "uploaded_by")
    return Paginator(found.order_by("-uploaded_at", "-id"), PER_PAGE).get_page(page)


def same_file(batch: Batch) -> Batch | None:
    """Return the last earlier import of exactly this file that was committed and not taken back, or None."""
    earlier = Batch.objects.filter(
        organization_id=batch.organization_id, sha256=batch.sha256, state=Batch.State.COMMITTED
    )
    return earlier.exclude(pk=batch.pk).order_by("-committed_at").first()


def sources(organization_id: uuid.UUID) -> list[Source]:
    """Return the sources of an organization by name."""
    return list(Source.objects.filter(organization_id=organization_id).order_by("name"))


def source_of_header(organization_id: uuid.UUID, fingerprint: str) -> Source | None:
    """Return the source whose last file had this header, the latest of several, or None."""
    found = Source.objects.filter(organization_id=organization_id, fingerprint=fingerprint)
    return found.order_by("-changed_at").first()


def fingerprint(header: collections.abc.Iterable[str]) -> str:
    """Return what two headers of the same columns have in common, in whatever order they stand."""
    keys = sorted(recognition.key(name) for name in header)
    return hashlib.sha256("\n".join(keys).encode()).hexdigest()


def remembered(source: Source | None) -> dict[str, Field | None]:
    """Return what was decided about the columns of a source."""
    known = source.columns if source is not None else {}
    return {key: Field(field) if field else None for key, field in known.items()}


def field_of(column: collections.abc.Mapping[str, str]) -> Field | None:
    """Return the field of a stored column."""
    return Field(column["field"]) if column["field"] else None


def stored_columns(batch: Batch) -> list[Column]:
    """Return the columns of a batch as the engine wants them."""
    return [
        Column(at, header, field, Confidence(column["confidence"]), _handling(field), ())
        for at, (header, column) in enumerate(zip(batch.header, batch.columns, strict=True))
        for field in [field_of(column)]
    ]


def missing_fields(columns: collections.abc.Iterable[Column]) -> tuple[Field, ...]:
    """Return the fields without which no row could become an application."""
    return Layout.of(list(columns)).missing


def layout(batch: Batch) -> Layout:
    """Return by what the rows of a batch are read: its columns, and the words of its source."""
    return Layout.of(stored_columns(batch), values=_answers(batch))


def columns(batch: Batch) -> list[ColumnView]:
    """Return the stored columns of a batch with samples; what was not stored stands in `batch.dropped`."""
    cells = list(_rows(batch).values_list("cells", flat=True)[:SAMPLED])
    samples = [[row[at] for row in cells] for at in range(len(batch.header))]
    seen = recognition.recognise(batch.header, samples, remembered(batch.source))
    return [_column_view(column, present) for column, present in zip(stored_columns(batch), seen, strict=True)]


def unknown_values(batch: Batch) -> list[UnknownValue]:
    """Return the words of a batch that must be explained before it can be checked, most frequent first."""
    answers = _answers(batch)
    found: list[UnknownValue] = []
    for column in stored_columns(batch):
        kind = next((kind for kind, field in meanings.KINDS.items() if field == column.field), None)
        if kind is not None:
            found += _unknown_words(batch, column.index, kind, answers)
    return sorted(found, key=lambda one: (-one.count, one.word))


def preview(batch: Batch, size: int = PREVIEW) -> list[RowView]:
    """Return the first rows of a batch, so that a person sees whether the file was read rightly."""
    return [_row_view(row) for row in _rows(batch)[:size]]


def rows(batch: Batch, outcome: str = "", page: int = 1) -> Page[RowView]:
    """Return a page of the rows of a batch, of one outcome or all, in the order of the file."""
    found = _rows(batch).filter(outcome=outcome) if outcome else _rows(batch)
    shown = Paginator(found, PER_PAGE).get_page(page)
    return Page([_row_view(row) for row in shown], shown.number, shown.paginator)


def warned_rows(batch: Batch, page: int = 1) -> Page[RowView]:
    """Return a page of the rows that are taken in although something about them is worth a look."""
    found = _rows(batch).exclude(problems=[]).exclude(outcome=Row.Outcome.FAILED)
    shown = Paginator(found, PER_PAGE).get_page(page)
    return Page([_row_view(row) for row in shown], shown.number, shown.paginator)


def failed_file(batch: Batch) -> bytes:
    """Return the rows that can't be taken in as a file: correct them there, and take the file in again."""
    failed = _rows(batch).filter(outcome=Row.Outcome.FAILED)
    lines = ([*row.cells, _cause(row)] for row in failed.iterator())
    return sheets.sheet([*batch.header, REMARK_HEADER], lines)


def expired(now: dt.datetime) -> list[Expired]:
    """Return the imports of all organizations whose rows are no longer needed, by way of the gate."""
    return [Expired(**found) for found in gate.rows("expired_import_rows", now)]


def _handling(field: Field | None) -> Handling:
    return Handling.MAPPED if field is not None else Handling.KEPT


def _rows(batch: Batch) -> typing.Any:
    return Row.objects.filter(organization_id=batch.organization_id, batch=batch).order_by("line")


def _answers(batch: Batch) -> values.ValueMap:
    decided = SourceValue.objects.filter(organization_id=batch.organization_id, source=batch.source)
    return meanings.value_map(decided.values_list("kind", "word", "meaning"))


def _column_view(stored: Column, seen: Column) -> ColumnView:
    """Show a column with the reason for what it was recognised as, unless a person has decided otherwise since."""
    note = seen.note if seen.field == stored.field else ""
    return ColumnView(stored.index, stored.header, stored.field, stored.confidence, stored.handling, seen.samples, note)


def _unknown_words(
    batch: Batch, index: int, kind: SourceValue.Kind, answers: values.ValueMap
) -> collections.abc.Iterator[UnknownValue]:
    """Yield the words of a column that mean nothing yet; spellings of one word are asked once."""
    field = meanings.KINDS[kind]
    meaning_of = {
        Field.STAGE: values.stage,
        Field.OUTCOME: values.outcome,
        Field.STATUS: values.status,
        Field.EMPLOYMENT_TYPE: values.employment_type,
    }[field]
    cell = f"cells__{index}"
    counted: dict[str, tuple[str, int]] = {}
    for word, count in _rows(batch).order_by().values_list(cell).annotate(n=Count("pk")).order_by("-n", cell):
        if not values.is_blank(word) and meaning_of(word, answers) is None:
            first, before = counted.get(values.key(word), (word.strip(), 0))
            counted[values.key(word)] = first, before + count
    for word, count in counted.values():
        suggested = tuple(meanings.write(one) for one in values.suggestions(field, word))
        yield UnknownValue(kind.value, word, count, suggested)


def _row_view(row: Row) -> RowView:
    return RowView(row.line, row.cells, row.outcome, str(row.get_outcome_display()), remarks.remarks(row.problems))


def _cause(row: Row) -> str:
    found = [remarks.from_json(one) for one in row.problems if not one["is_warning"]]
    return " ".join(problems.message(one) for one in found)
