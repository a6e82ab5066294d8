"""Tables as CSV files and workbooks that spreadsheet programs open rightly and can't be made to run."""

from __future__ import annotations

import csv
import io
import typing
import unicodedata

import openpyxl
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, WriteOnlyCell
from openpyxl.styles import Font

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


def workbook(
    title: str,
    header: collections.abc.Iterable[Cell],
    rows: collections.abc.Iterable[collections.abc.Iterable[Cell]],
) -> bytes:
    """Return the table as an XLSX file of one sheet. Text is stored as text, so that nothing in it is a formula."""
    book = openpyxl.Workbook(write_only=True)
    page = book.create_sheet(title)
    page.freeze_panes = "A2"
    page.append([_cell(page, one, is_head=True) for one in header])
    for row in rows:
        page.append([_cell(page, one) for one in row])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _cell(page: typing.Any, value: Cell, *, is_head: bool = False) -> typing.Any:
    """Return a cell; characters that XML can't hold are left out."""
    if not isinstance(value, str):
        return WriteOnlyCell(page, value=value)
    cell = WriteOnlyCell(page, value=_safe(ILLEGAL_CHARACTERS_RE.sub("", value)))
    cell.data_type = "s"
    if is_head:
        cell.font = Font(bold=True)
    return cell


def _safe(cell: Cell) -> Cell:
    """Put an apostrophe before text that a spreadsheet would calculate, full-width forms and leading spaces included."""
    if not isinstance(cell, str):
        return cell
    seen = unicodedata.normalize("NFKC", cell)
    is_formula = seen[:1] in FORMULA_STARTS or seen.lstrip()[:1] in FORMULA_STARTS
    return f"'{cell}" if seen and is_formula else cell
