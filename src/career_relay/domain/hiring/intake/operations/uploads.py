from __future__ import annotations

import hashlib
import json
import typing

from django.db import transaction

from career_relay.domain.hiring.intake import barred, decoding, queries, reading, recognition, remarks, sql
from career_relay.domain.hiring.intake.models import Batch
from career_relay.domain.hiring.intake.operations import errors
from career_relay.domain.hiring.intake.problems import Code, Problem
from career_relay.domain.hiring.intake.recognition import Handling
from career_relay.domain.hiring.intake.vocabulary import Confidence, Field

if typing.TYPE_CHECKING:
    import collections.abc
    import datetime as dt
    import uuid

    from career_relay.domain.hiring.intake.models import Source
    from career_relay.domain.hiring.intake.recognition import Column

MEGABYTE: typing.Final = 1_000_000
MOST_BYTES: typing.Final = 50 * MEGABYTE
LONGEST_HEADER: typing.Final = 200
LONGEST_FILE_NAME: typing.Final = 200
FREE_TEXT: typing.Final = frozenset({None, Field.NOTE, Field.REASON})


@transaction.atomic
def upload(
    *, organization_id: uuid.UUID, file_name: str, content: bytes, encoding: str, user_id: uuid.UUID, now: dt.datetime
) -> Batch:
    """Read a file and store its rows, without the columns and cells that must not be kept.

    A file of a known source, read without a doubt, goes straight on to its values. All or nothing is stored, also when
    the caller answers the error within a transaction of its own.
    Raises UnableToUploadFile, UnableToReadFile, UnableToUploadWithoutColumns.
    """
    if len(content) > MOST_BYTES:
        raise errors.UnableToUploadFile(megabytes=len(content) // MEGABYTE, most=MOST_BYTES // MEGABYTE)
    decoded = decoding.decode(content, encoding=encoding)
    table = reading.read(decoded.text)
    source = queries.source_of_header(organization_id, queries.fingerprint(_own(table.header)))
    columns = recognition.recognise(table.header, table.samples(), queries.remembered(source))
    stored = [column for column in columns if _is_stored(column)]
    if not stored:
        raise errors.UnableToUploadWithoutColumns
    batch = Batch.objects.create(
        organization_id=organization_id,
        source=source,
        file_name=file_name[-LONGEST_FILE_NAME:],
        sha256=hashlib.sha256(content).hexdigest(),
        encoding=decoded.encoding,
        header=[column.header[:LONGEST_HEADER] for column in stored],
        columns=[{"field": column.field or "", "confidence": column.confidence} for column in stored],
        dropped=[column.header[:LONGEST_HEADER] for column in columns if _is_told(column)],
        notes=[remarks.to_json(note) for note in table.notes],
        state=_state(source, stored),
        uploaded_by_id=user_id,
        uploaded_at=now,
    )
    rows = _Rows(table, stored)
    batch.row_count = sql.store_rows(batch, rows)
    batch.dropped_cells = rows.dropped_cells
    if cut := reading.may_be_cut(batch.row_count):
        batch.notes.append(remarks.to_json(cut, is_warning=True))
    batch.save(update_fields=["row_count", "dropped_cells", "notes"])
    return batch


class _Rows:
    """The rows of a file as they are stored, counting the cells that are not."""

    def __init__(self, table: reading.Table, stored: list[Column]) -> None:
        self._table = table
        self._indexes = [column.index for column in stored]
        self._free = [(at, column.header) for at, column in enumerate(stored) if column.field in FREE_TEXT]
        self.dropped_cells = 0

    def __iter__(self) -> collections.abc.Iterator[tuple[int, list[str], str]]:
        for raw in self._table.rows():
            cells = [raw.cells[index] for index in self._indexes]
            found = [] if raw.problem is None else [remarks.to_json(raw.problem)]
            found += self._emptied(cells)
            yield raw.line_no, cells, json.dumps(found, ensure_ascii=False) if found else "[]"

    def _emptied(self, cells: list[str]) -> list[remarks.Stored]:
        """Empty the cells of free text that hold what must not be collected; return what is told about it."""
        told = []
        for at, header in self._free:
            if cells[at] and (word := barred.found(cells[at])):
                cells[at] = ""
                self.dropped_cells += 1
                told.append(remarks.to_json(Problem(Code.BARRED_WORD, value=header, other=word), is_warning=True))
        return told


def _own(header: collections.abc.Iterable[str]) -> list[str]:
    """Return the header without the column that our own file of failed rows adds."""
    return [name for name in header if name != queries.REMARK_HEADER]


def _is_stored(column: Column) -> bool:
    return column.handling in {Handling.MAPPED, Handling.KEPT} and column.header != queries.REMARK_HEADER


def _is_told(column: Column) -> bool:
    return column.handling in {Handling.DROPPED, Handling.BARRED}


def _state(source: Source | None, stored: list[Column]) -> Batch.State:
    is_clear = source is not None and all(column.confidence == Confidence.CERTAIN for column in stored)
    return Batch.State.MAPPED if is_clear and not queries.missing_fields(stored) else Batch.State.UPLOADED
