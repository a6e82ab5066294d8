"""Storing the rows of a file by COPY, because the ORM would take longer for them than for everything else together.

Row security refuses COPY into a tenant's table, so the rows go by way of a temporary one.
"""

from __future__ import annotations

import itertools
import typing

from django.db import connection

if typing.TYPE_CHECKING:
    import collections.abc

    from career_relay.domain.hiring.intake.models import Batch

LINES_AT_ONCE: typing.Final = 500
NULL: typing.Final = r"\N"
ARRAY_SEPARATOR: typing.Final = "\x1f"

_STAGE = "CREATE TEMPORARY TABLE uploaded_row (line integer, cells text, problems jsonb) ON COMMIT DROP"
_COPY = "COPY uploaded_row FROM STDIN"
_STORE = """
    INSERT INTO intake_row (organization_id, batch_id, line, cells, outcome, problems)
    SELECT %s, %s, line, coalesce(nullif(string_to_array(cells, E'\\x1f'), '{}'), ARRAY['']), '', problems FROM uploaded_row ORDER BY line
"""


def store_rows(batch: Batch, rows: collections.abc.Iterable[tuple[int, collections.abc.Iterable[str], str]]) -> int:
    """Write the rows of a batch, each as line, cells and problems in JSON; return how many there were."""
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS pg_temp.uploaded_row")
        cursor.execute(_STAGE)
        lines = (copy_line((str(line), array(cells), problems)) for line, cells, problems in rows)
        copy(cursor, _COPY, lines)
        cursor.execute(_STORE, [batch.organization_id, batch.pk])
        stored: int = cursor.rowcount
        cursor.execute("DROP TABLE pg_temp.uploaded_row")
    return stored


def copy(cursor: typing.Any, statement: str, lines: collections.abc.Iterable[str]) -> None:
    """Send lines in COPY's text form, some hundreds in one message."""
    remaining = iter(lines)
    with cursor.copy(statement) as target:
        while chunk := "".join(itertools.islice(remaining, LINES_AT_ONCE)):
            target.write(chunk)


def copy_line(values: collections.abc.Iterable[str | None]) -> str:
    """Return one row in COPY's text form; None is null."""
    return "\t".join([NULL if value is None else _escaped(value) for value in values]) + "\n"


def array(values: collections.abc.Iterable[str]) -> str:
    """Return texts as one, to be cut again by `string_to_array` at the separator, which no cell keeps."""
    return ARRAY_SEPARATOR.join([value.replace(ARRAY_SEPARATOR, " ") for value in values])


def _escaped(value: str) -> str:
    if "\\" in value:
        value = value.replace("\\", "\\\\")
    if "\n" in value:
        value = value.replace("\n", "\\n")
    if "\r" in value:
        value = value.replace("\r", "\\r")
    return value.replace("\t", "\\t") if "\t" in value else value
