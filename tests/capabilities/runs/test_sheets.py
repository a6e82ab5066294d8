from __future__ import annotations

import csv
import io

import openpyxl
import pytest

from career_relay.capabilities.runs import sheets


def rows(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_sheet_is_what_excel_reads_as_japanese() -> None:
    content = sheets.sheet(["行", "内容"], [(1, "髙﨑①㈱𠮷")])
    assert content == b"\xef\xbb\xbf" + "行,内容\r\n1,髙﨑①㈱𠮷\r\n".encode()


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+81 90",
        "-2",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "\n=1",
        "＝1+1",
        "＋1",
        "－1",
        "＠a",
        " =1",
        "\u3000＝1",
        '=HYPERLINK("http://x.example")',
        "\ufe62 1",
    ],
)
def test_sheet_makes_formulas_text(text: str) -> None:
    assert rows(sheets.sheet(["a"], [[text]])) == [["a"], [f"'{text}"]]


@pytest.mark.parametrize("text", ["", "株式会社アルファ", "a=b", "1-2", "hana@people.example", "'quoted'", "−"])
def test_sheet_leaves_other_text_alone(text: str) -> None:
    assert rows(sheets.sheet(["a", "b"], [[text, "x"]])) == [["a", "b"], [text, "x"]]


def test_sheet_keeps_numbers_and_gaps() -> None:
    assert sheets.sheet(["a", "b", "c"], [(-10, None, 0)]) == b"\xef\xbb\xbfa,b,c\r\n-10,,0\r\n"


def test_sheet_quotes_what_would_break_the_table() -> None:
    assert rows(sheets.sheet(["a"], [['x,"y"\nz']])) == [["a"], ['x,"y"\nz']]


def test_workbook_holds_text_as_text_and_numbers_as_numbers() -> None:
    content = sheets.workbook("帳簿", ["行", "内容"], [(1, "=1+1"), (2, "髙﨑\x07"), (3, None)])
    page = openpyxl.load_workbook(io.BytesIO(content))["帳簿"]
    assert [list(row) for row in page.iter_rows(values_only=True)] == [
        ["行", "内容"],
        [1, "'=1+1"],
        [2, "髙﨑"],
        [3, None],
    ]
    assert {cell.data_type for cell in page["B"][:3]} == {"s"}
