"""Text to rows: delimiter and header line are found, every row knows its line, and nothing is held but the text itself."""

from __future__ import annotations

import collections
import csv
import dataclasses
import itertools
import re
import typing

from career_relay.domain.hiring.intake import headers
from career_relay.domain.hiring.intake.problems import Code, Problem, UnableToReadFile

if typing.TYPE_CHECKING:
    import collections.abc

LONGEST_CELL: typing.Final = 10_000
MOST_COLUMNS: typing.Final = 500
MOST_ROWS: typing.Final = 200_000
DELIMITERS: typing.Final = (",", "\t", ";", "|")
LINES_LOOKED_AT: typing.Final = 20
USUAL_CAPS: typing.Final = frozenset({100, 300, 500, 1_000, 2_000, 3_000, 5_000, 10_000, 50_000, 100_000})

_LINE: typing.Final = re.compile(r"[^\r\n]*(?:\r\n?|\n)|[^\r\n]+")
_DATA: typing.Final = re.compile(
    r"[^@\s]+@[^@\s]+\.[a-z]{2,}|0\d{1,4}-?\d{1,4}-?\d{3,4}|\d{4}[/-]\d\d?[/-]\d\d?.*", re.IGNORECASE
)


@dataclasses.dataclass(frozen=True, slots=True)
class RawRow:
    """The cells of one row, as many as the header has; `problem` says when the row is not whole."""

    line_no: int
    cells: tuple[str, ...]
    problem: Problem | None = None


@dataclasses.dataclass(frozen=True, slots=True)
class Table:
    """A file whose header is known; its rows are read anew each time they are asked for."""

    header: tuple[str, ...]
    header_line: int
    delimiter: str
    notes: tuple[Problem, ...]
    text: str = dataclasses.field(repr=False)

    def rows(self) -> collections.abc.Iterator[RawRow]:
        """Yield the rows below the header, empty ones left out.

        Raises UnableToReadFile when the file has too many rows, a line without end or an open quotation mark.
        """
        number = 0
        for line_no, cells in _records(self.text, self.delimiter):
            if line_no <= self.header_line or not "".join(cells).strip():
                continue
            number += 1
            if number > MOST_ROWS:
                raise UnableToReadFile(Problem(Code.TOO_MANY_ROWS))
            yield _fitted(line_no, cells, len(self.header))

    def preview(self, size: int = 20) -> list[RawRow]:
        """Return the first rows, for eyes."""
        return list(itertools.islice(self.rows(), size))

    def samples(self, size: int = 50) -> list[list[str]]:
        """Return for each column what stands in it in the first rows, blanks left out."""
        rows = self.preview(size)
        return [[row.cells[at] for row in rows if row.cells[at].strip()] for at in range(len(self.header))]


def read(text: str, *, delimiter: str = "", header_line: int = 0) -> Table:
    """Return the table in the text; delimiter and header line are found where they are not given.

    Raises UnableToReadFile when there is no header or no row, or a limit is passed.
    """
    delimiter = delimiter or _delimiter(text)
    line_no, cells = _header(text, delimiter, header_line)
    if len(cells) > MOST_COLUMNS:
        raise UnableToReadFile(Problem(Code.TOO_MANY_COLUMNS, other=str(len(cells))))
    header = tuple(cell.replace("\ufeff", "").strip() for cell in cells)
    later = () if line_no == 1 or header_line else (Problem(Code.HEADER_LATER, other=str(line_no)),)
    table = Table(header, line_no, delimiter, (*later, *_notes(header)), text)
    if not table.preview(1):
        raise UnableToReadFile(Problem(Code.HEADER_ONLY))
    return table


def may_be_cut(number: int) -> Problem | None:
    """Return the warning for a number of rows at which sources are known to stop writing."""
    return Problem(Code.ROWS_MAY_BE_CUT, other=str(number)) if number in USUAL_CAPS else None


def _header(text: str, delimiter: str, header_line: int) -> tuple[int, list[str]]:
    """Return line and cells of the header: the line asked for, else the early line with the most names we know.

    Raises UnableToReadFile when there is none.
    """
    early = [
        record for record in itertools.islice(_records(text, delimiter), LINES_LOOKED_AT) if "".join(record[1]).strip()
    ]
    if header_line:
        early = [record for record in _records(text, delimiter) if record[0] == header_line]
    if not early:
        raise UnableToReadFile(Problem(Code.HEADER_NOT_FOUND))
    best = max(early, key=lambda record: (_known(record[1]), -record[0]))
    if _known(best[1]) == 0:
        best = max(early, key=lambda record: (sum(map(bool, record[1])), -record[0]))
        if _has_data(best[1]):
            raise UnableToReadFile(Problem(Code.HEADER_NOT_FOUND))
    return best


def _known(cells: list[str]) -> int:
    """Return how many cells are names of columns; a line with an address or a date in it is a row, whatever else it says."""
    if _has_data(cells):
        return 0
    return sum(headers.is_known(cell) for cell in cells)


def _has_data(cells: list[str]) -> bool:
    return any(_DATA.fullmatch(cell.strip()) for cell in cells)


def _notes(header: tuple[str, ...]) -> list[Problem]:
    """Return what is odd about the header: names that stand twice or not at all."""
    counted = collections.Counter(name for name in header if name)
    double = [Problem(Code.HEADER_DOUBLE, value=name, other=str(times)) for name, times in counted.items() if times > 1]
    blank = [Problem(Code.HEADER_BLANK, other=str(at)) for at, name in enumerate(header, start=1) if not name]
    return double + blank


def _delimiter(text: str) -> str:
    """Return the delimiter that gives the early lines the most cells, equally many in most of them."""
    return max(DELIMITERS, key=lambda delimiter: _evenness(text, delimiter))


def _evenness(text: str, delimiter: str) -> float:
    try:
        widths = [len(cells) for _line_no, cells in itertools.islice(_records(text, delimiter), LINES_LOOKED_AT)]
    except UnableToReadFile:
        return 0
    counted = collections.Counter(width for width in widths if width > 1)
    if not counted:
        return 0
    width, times = max(counted.items(), key=lambda item: (item[1], item[0]))
    return times / len(widths) * width


def _fitted(line_no: int, cells: list[str], width: int) -> RawRow:
    """Return the row with as many cells as the header has; empty cells beyond it are nothing to speak of."""
    problem = None
    if len(cells) < width:
        problem = Problem(Code.CELLS_MISSING, value=str(len(cells)), other=str(width))
    elif len(cells) > width and any(cells[width:]):
        problem = Problem(Code.CELLS_LEFT_OVER, value=str(len(cells)), other=str(width))
    elif max(map(len, cells)) > LONGEST_CELL:
        at = next(at for at, cell in enumerate(cells, start=1) if len(cell) > LONGEST_CELL)
        problem = Problem(Code.CELL_TOO_LONG, other=str(at))
    fitted = cells[:width] + [""] * (width - len(cells))
    return RawRow(line_no, tuple(fitted), problem)


class _Lines:
    """The lines of a text for the csv module, one at a time, remembering on which line a quotation mark was opened."""

    def __init__(self, text: str) -> None:
        self.is_at_end = False
        self.number = 0
        self.opened_on = 0
        self._is_open = False
        self._found = _LINE.finditer(text)

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        found = next(self._found, None)
        if found is None:
            self.is_at_end = True
            raise StopIteration
        self.number += 1
        line = found[0]
        marks = line.replace('""', "").count('"') if '"' in line else 0
        if marks:
            self._is_open ^= bool(marks % 2)
            self.opened_on = self.number if self._is_open else 0
        return line

    def forget_quotes(self) -> None:
        """Start counting anew: a record has ended, so that a stray mark in it means nothing for the next."""
        self._is_open = False
        self.opened_on = 0


def _records(text: str, delimiter: str) -> collections.abc.Iterator[tuple[int, list[str]]]:
    """Yield each record with the line it begins on.

    Raises UnableToReadFile where a quotation mark is never closed or a cell never ends.
    """
    lines = _Lines(text)
    reader = csv.reader(lines, delimiter=delimiter)
    while True:
        line_no = lines.number + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            raise UnableToReadFile(_endless(lines, line_no)) from None
        if lines.is_at_end:
            raise UnableToReadFile(Problem(Code.QUOTE_OPEN, other=str(lines.opened_on or line_no)))
        lines.forget_quotes()
        yield line_no, cells


def _endless(lines: _Lines, line_no: int) -> Problem:
    if lines.opened_on:
        return Problem(Code.QUOTE_OPEN, other=str(lines.opened_on))
    return Problem(Code.LINE_TOO_LONG, other=str(line_no))
