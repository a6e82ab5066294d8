from __future__ import annotations

import csv
import io
import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from career_relay.domain.hiring.intake import reading
from career_relay.domain.hiring.intake.problems import Code, Problem, UnableToReadFile
from career_relay.domain.hiring.intake.reading import RawRow

HEADER = "応募ID,氏名,メールアドレス"


def refused(text: str) -> Problem:
    with pytest.raises(UnableToReadFile) as told:
        list(reading.read(text).rows())
    return told.value.problem


def cells(text: str) -> list[tuple[int, tuple[str, ...]]]:
    return [(row.line_no, row.cells) for row in reading.read(text).rows()]


@pytest.mark.parametrize("delimiter", [",", "\t", ";", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_delimiter_and_line_ends_are_found(delimiter: str, end: str) -> None:
    text = end.join(["応募ID,氏名,備考", "1,山田,良い", "2,佐藤,"]).replace(",", delimiter)
    table = reading.read(text)
    assert (table.delimiter, table.header) == (delimiter, ("応募ID", "氏名", "備考"))
    assert list(table.rows()) == [RawRow(2, ("1", "山田", "良い")), RawRow(3, ("2", "佐藤", ""))]


def test_delimiter_inside_quotes_does_not_count() -> None:
    text = 'ID;氏名;備考\n1;山田;"a,b,c,d"\n2;佐藤;"e,f,g,h"\n'
    assert reading.read(text).delimiter == ";"


def test_line_numbers_count_lines_inside_cells() -> None:
    text = '応募ID,氏名,備考\n1,山田,"一\n二\n三"\n\n2,佐藤,"引用 ""符"""\n'
    assert cells(text) == [(2, ("1", "山田", "一\n二\n三")), (6, ("2", "佐藤", '引用 "符"'))]


def test_lines_above_the_header_are_left_out() -> None:
    text = "応募者一覧\n出力日：2026/06/11,,\n\n応募ID,氏名,メールアドレス\n1,山田,a@example.com\n"
    table = reading.read(text)
    assert (table.header_line, table.header) == (4, ("応募ID", "氏名", "メールアドレス"))
    assert table.notes == (Problem(Code.HEADER_LATER, other="4"),)
    assert [row.line_no for row in table.rows()] == [5]


def test_chosen_header_line_is_used() -> None:
    table = reading.read("応募ID,氏名\nA,B\n1,2\n", header_line=2)
    assert (table.header, table.header_line, table.notes) == (("A", "B"), 2, ())


def test_header_of_unknown_names_is_the_first_line() -> None:
    assert reading.read("甲,乙\n1,2\n3,4\n").header == ("甲", "乙")


def test_row_of_words_that_are_also_headers_is_no_header() -> None:
    assert reading.read("甲,乙,丙\n書類選考,電話,a@example.com\n").header == ("甲", "乙", "丙")


def test_odd_header_is_noted() -> None:
    table = reading.read("\ufeff応募ID,氏名,,氏名,備考\ufeff\n1,2,3,4,5\n")
    assert table.header == ("応募ID", "氏名", "", "氏名", "備考")
    assert table.notes == (Problem(Code.HEADER_DOUBLE, value="氏名", other="2"), Problem(Code.HEADER_BLANK, other="3"))


@pytest.mark.parametrize(
    ("line", "row"),
    [
        ("1,山田", RawRow(2, ("1", "山田", ""), Problem(Code.CELLS_MISSING, value="2", other="3"))),
        (
            "1,山田,a@example.com,x",
            RawRow(2, ("1", "山田", "a@example.com"), Problem(Code.CELLS_LEFT_OVER, value="4", other="3")),
        ),
        ("1,山田,a@example.com,,", RawRow(2, ("1", "山田", "a@example.com"))),
        ("1,山," + "長" * 10_001, RawRow(2, ("1", "山", "長" * 10_001), Problem(Code.CELL_TOO_LONG, other="3"))),
        ("1,山," + "長" * 10_000, RawRow(2, ("1", "山", "長" * 10_000))),
    ],
)
def test_row_that_is_not_whole_says_so(line: str, row: RawRow) -> None:
    assert list(reading.read(f"{HEADER}\n{line}\n").rows()) == [row]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (HEADER, Problem(Code.HEADER_ONLY)),
        (HEADER + "\n,,\n　,,\n", Problem(Code.HEADER_ONLY)),
        ("1,山田,a@example.com\n2,佐藤,b@example.com\n", Problem(Code.HEADER_NOT_FOUND)),
        ("山田,090-1234-5678\n", Problem(Code.HEADER_NOT_FOUND)),
        (
            ",".join(f"列{at}" for at in range(501)) + "\n" + "1," * 500 + "1\n",
            Problem(Code.TOO_MANY_COLUMNS, other="501"),
        ),
        (",".join(f"c{at}" for at in range(10_000)) + "\n1\n", Problem(Code.TOO_MANY_COLUMNS, other="10000")),
        (f'{HEADER}\n1,山田,a@example.com\n2,"佐藤,b@example.com\n3,林,c\n', Problem(Code.QUOTE_OPEN, other="3")),
        (f'{HEADER}\n1,"山\n田","a@example.com\n3,林,c\n', Problem(Code.QUOTE_OPEN, other="3")),
        (f'{HEADER}\n1,"山' + "田,\n" * 70_000, Problem(Code.QUOTE_OPEN, other="2")),
        (f"{HEADER}\n1,2," + "長" * 140_000, Problem(Code.LINE_TOO_LONG, other="2")),
        ("応募ID,氏名\n" + "1,2\n" * 200_001, Problem(Code.TOO_MANY_ROWS)),
    ],
)
def test_file_beyond_a_limit_is_refused(text: str, problem: Problem) -> None:
    assert refused(text) == problem


def test_most_rows_are_read() -> None:
    assert sum(1 for _row in reading.read("応募ID,氏名\n" + "1,2\n" * 200_000).rows()) == 200_000


def test_stray_quote_in_a_cell_is_kept() -> None:
    assert cells(f'{HEADER}\n1,5"管,x\n2,佐藤,y\n') == [(2, ("1", '5"管', "x")), (3, ("2", "佐藤", "y"))]


@pytest.mark.parametrize(("number", "expected"), [(1000, Problem(Code.ROWS_MAY_BE_CUT, other="1000")), (999, None)])
def test_round_number_of_rows_may_be_cut(number: int, expected: Problem | None) -> None:
    assert reading.may_be_cut(number) == expected


def test_samples_are_the_cells_of_each_column_without_blanks() -> None:
    table = reading.read("応募ID,備考\n1,\n2,良い\n")
    assert table.samples() == [["1", "2"], ["良い"]]
    assert table.preview(1) == [RawRow(2, ("1", ""))]


def test_reading_holds_no_rows() -> None:
    table = reading.read("応募ID,氏名,備考\n" + "1,山田,よろしくお願いします\n" * 20_000)
    tracemalloc.start()
    for _row in table.rows():
        pass
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 1_000_000


CELL = st.text(st.sampled_from('山田a1, ;\t"\n\r　'), max_size=8)


@given(st.lists(st.lists(CELL, min_size=3, max_size=3), min_size=1, max_size=8), st.sampled_from([",", "\t", ";"]))
def test_written_rows_come_back(rows: list[list[str]], delimiter: str) -> None:
    text = io.StringIO()
    writer = csv.writer(text, delimiter=delimiter, quoting=csv.QUOTE_ALL)
    writer.writerows([["応募ID", "氏名", "メールアドレス"], *[["x", *row[1:]] for row in rows]])
    table = reading.read(text.getvalue(), delimiter=delimiter)
    assert [list(row.cells) for row in table.rows()] == [["x", *row[1:]] for row in rows]
