"""Tables as CSV files that spreadsheet programs open rightly and can't be made to run."""

from __future__ import annotations

import csv
import io
import typing
import unicodedata

if typing.TYPE_CHECKING:
    import collections.abc

    Cell = str | int | None

BYTE_ORDER_MARK = "\ufeff"
FORMULA_STARTS = frozenset("=+-@\t\r\n")


def sheet(
    header: collections.abc.Iterable[Cell], rows: collections.abc.Iterable[collections.abc.Iterable[Cell]]
) -> bytes:
    """Return the table as UTF-8 with the mark Excel needs to read Japanese."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    for row in (header, *rows):
        writer.writerow([_safe(cell) for cell in row])
    return f"{BYTE_ORDER_MARK}{text.getvalue()}".encode()


def _safe(cell: Cell) -> Cell:
    """Put an apostrophe before text that a spreadsheet would calculate, full-width forms and leading spaces included."""
    if not isinstance(cell, str):
        return cell
    seen = unicodedata.normalize("NFKC", cell)
    is_formula = seen[:1] in FORMULA_STARTS or seen.lstrip()[:1] in FORMULA_STARTS
    return f"'{cell}" if seen and is_formula else cell
