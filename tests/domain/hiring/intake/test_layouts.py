from __future__ import annotations

import datetime as dt

import pytest

from career_relay.domain.hiring.intake import decoding, reading, recognition, rows
from career_relay.domain.hiring.intake.recognition import Handling
from career_relay.domain.hiring.intake.vocabulary import Confidence, Field
from tests.domain.hiring.intake import layouts

TODAY = dt.date(2027, 1, 31)
FORMS = ("own", "cp932", "utf-8-sig", "utf-16", "shuffled", "wide")


def recognised(layout: layouts.Layout, form: str) -> tuple[reading.Table, list[recognition.Column]]:
    order = list(range(len(layout.columns)))
    if form == "shuffled":
        order = order[::2] + order[1::2][::-1]
    encoding = form if form in {"cp932", "utf-8-sig", "utf-16"} else layout.encoding
    rename = layouts.wide if form == "wide" else str
    content = layouts.content(layout, encoding=encoding, order=order, rename=rename)
    table = reading.read(decoding.decode(content).text)
    return table, recognition.recognise(table.header, table.samples())


def expected(layout: layouts.Layout, column: recognition.Column, form: str) -> Field | None:
    names = {layouts.wide(name) if form == "wide" else name: field for name, field in layout.fields.items()}
    return names.get(column.header)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("layout", layouts.ALL, ids=lambda layout: layout.name)
def test_layout_is_recognised_in_every_form(layout: layouts.Layout, form: str) -> None:
    _table, columns = recognised(layout, form)
    found = {column.header: column.field for column in columns}
    assert found == {column.header: expected(layout, column, form) for column in columns}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("layout", layouts.ALL, ids=lambda layout: layout.name)
def test_no_certain_column_is_wrong(layout: layouts.Layout, form: str) -> None:
    _table, columns = recognised(layout, form)
    wrong = [
        column.header
        for column in columns
        if column.confidence == Confidence.CERTAIN and column.field != expected(layout, column, form)
    ]
    assert wrong == []


@pytest.mark.parametrize("layout", layouts.COMPLETE, ids=lambda layout: layout.name)
def test_complete_layout_maps_without_touching(layout: layouts.Layout) -> None:
    table, columns = recognised(layout, "own")
    layout_found = rows.Layout.of(columns)
    parsed = [
        rows.parse_row(row.line_no, row.cells, layout_found, today=TODAY, problem=row.problem) for row in table.rows()
    ]
    assert layout_found.missing == ()
    assert [row.problems for row in parsed] == [()] * 30
    people = layouts.people(30)
    assert [row.name.full for row in parsed] == [person.name for person in people]
    assert [row.email for row in parsed] == [person.email for person in people]
    assert [row.applied_at.strftime("%Y/%m/%d %H:%M") for row in parsed if row.applied_at] == [
        f"{person.day} {person.time}" for person in people
    ]


@pytest.mark.parametrize(
    ("layout", "handling", "headers"),
    [
        (layouts.HR_HACKER, Handling.DROPPED, ["性別", "生年月日"]),
        (layouts.AIR_WORK, Handling.DROPPED, ["生年月日", "年齢", "性別"]),
        (layouts.ROBO_ROBO, Handling.BARRED, ["候補者基本.顔写真", "候補者一般.配偶者", "候補者一般.扶養家族"]),
        (layouts.ROBO_ROBO, Handling.DROPPED, ["候補者一般.生年月日", "候補者一般.性別"]),
        (layouts.TALENTS_FORCE, Handling.DROPPED, ["Nationality", "Birthday"]),
    ],
)
def test_columns_that_are_not_collected_are_found(
    layout: layouts.Layout, handling: Handling, headers: list[str]
) -> None:
    _table, columns = recognised(layout, "own")
    assert [column.header for column in columns if column.handling == handling] == headers
    assert {column.samples for column in columns if column.handling == handling} == {()}


def test_complete_layouts_have_the_columns_of_their_sources() -> None:
    assert [len(layout.columns) for layout in layouts.COMPLETE] == [33, 59, 15, 20]
    places = {
        0: "応募ID",
        1: "応募者名",
        7: "電話番号",
        8: "メールアドレス",
        27: "応募日時",
        28: "応募求人ID",
        36: "職種名",
    }
    assert {at: layouts.AIR_WORK.columns[at] for at in places} == places
    assert len(layouts.SPREADSHEET.columns) == 30


def test_name_and_reading_in_one_cell_become_two() -> None:
    table, columns = recognised(layouts.INSHOKUTEN, "own")
    row = next(table.rows())
    parsed = rows.parse_row(row.line_no, row.cells, rows.Layout.of(columns), today=TODAY)
    person = layouts.people(1)[0]
    assert (parsed.name.full, parsed.name.kana) == (person.name, person.kana)
