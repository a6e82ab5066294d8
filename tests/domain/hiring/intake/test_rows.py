from __future__ import annotations

import dataclasses
import datetime as dt

import pytest

from career_relay.domain.ground.postings.models import EmploymentType
from career_relay.domain.hiring.intake import recognition, rows, values
from career_relay.domain.hiring.intake.names import Name
from career_relay.domain.hiring.intake.problems import Code, Problem
from career_relay.domain.hiring.intake.rows import Layout, ParsedRow
from career_relay.domain.hiring.intake.vocabulary import Field, Outcome, Side, SourceKind, Stage
from career_relay.kernel import clock

HEADERS = {
    "id": "応募ID",
    "person": "応募者ID",
    "name": "氏名",
    "kana": "フリガナ",
    "email": "メールアドレス",
    "phone": "電話番号",
    "applied": "応募日",
    "time": "応募時間",
    "source": "応募経路",
    "posting_id": "求人ID",
    "posting": "求人名",
    "type": "雇用形態",
    "family": "職種",
    "prefecture": "都道府県",
    "stage": "選考ステップ",
    "outcome": "選考結果",
    "status": "選考ステータス",
    "reason": "不採用理由",
    "decided": "判定日",
    "told": "通知日",
    "offered": "内定日",
    "accepted": "内定承諾日",
    "joined": "入社日",
    "left": "退職日",
    "rejected": "不採用日",
    "withdrew": "辞退日",
    "first": "一次面接日",
    "final": "最終面接日",
    "recruiter": "担当者",
    "note": "備考",
    "address": "住所",
    "motive": "志望動機",
    "sex": "性別",
    "spouse": "配偶者",
}
LAYOUT = Layout.of(recognition.recognise(list(HEADERS.values()), [[] for _name in HEADERS]))
EVERYTHING = {
    "id": "A1",
    "person": "P1",
    "name": "髙橋　花子",
    "kana": "ﾀｶﾊｼ ﾊﾅｺ",
    "email": "Hana@Example.com",
    "phone": "９０-1234-5678",
    "applied": "令和8年6月11日",
    "time": "11:07",
    "source": "Indeed",
    "posting_id": "J9",
    "posting": "店長候補",
    "type": "正社員",
    "family": "接客",
    "prefecture": "東京",
    "stage": "一次面接",
    "outcome": "不採用",
    "status": "選考中",
    "reason": "経験が合わない",
    "decided": "2026/07/01",
    "told": "2026/07/02",
    "rejected": "2026/06/30",
    "first": "2026/06/20",
    "recruiter": "採用 太郎",
    "note": "良い",
    "address": "港区1-2",
    "sex": "女",
    "spouse": "有",
}
TODAY = dt.date(2026, 11, 23)
WHOLE = {"name": "山田 花子", "email": "hana@example.com", "applied": "2026/06/11"}


def parse(layout: Layout = LAYOUT, /, **cells: str) -> ParsedRow:
    given = {**WHOLE, **cells}
    return rows.parse_row(7, [given.get(column, "") for column in HEADERS], layout, today=TODAY)


def codes(found: tuple[Problem, ...]) -> list[Code]:
    return [problem.code for problem in found]


def test_row_gives_every_value_in_its_type() -> None:
    row = parse(**EVERYTHING)
    assert row == ParsedRow(
        line_no=7,
        application_id="A1",
        applicant_id="P1",
        name=Name("髙橋 花子", "髙橋", "花子", "タカハシ ハナコ", "タカハシ", "ハナコ"),
        email="hana@example.com",
        phone="+819012345678",
        applied_at=dt.datetime(2026, 6, 11, 11, 7, tzinfo=clock.TOKYO),
        source="Indeed",
        source_kind=SourceKind.JOB_BOARD,
        posting_id="J9",
        posting_title="店長候補",
        employment_type=EmploymentType.MID_CAREER,
        job_family="接客",
        prefecture="13",
        stage=Stage.FIRST,
        outcome=Outcome.REJECTED,
        reason="経験が合わない",
        decided_at=dt.date(2026, 7, 1),
        told_at=dt.date(2026, 7, 2),
        offered_at=None,
        accepted_at=None,
        joined_on=None,
        left_on=None,
        recruiter="採用 太郎",
        note="良い",
        stage_dates=((Stage.FIRST, dt.date(2026, 6, 20)),),
        external_key="id:A1",
        person_key="id:P1",
        search="高橋花子 タカハシハナコ",
        kept=(("住所", "港区1-2"),),
        dropped=(),
        problems=(),
        warnings=(Problem(Code.PHONE_ZERO_ADDED, Field.PHONE, "９０-1234-5678"),),
    )
    assert (row.side, row.applied_on, row.is_usable) == (Side.EMPLOYER, dt.date(2026, 6, 11), True)


def test_nothing_of_dropped_and_barred_columns_is_in_the_row() -> None:
    row = parse(sex="秘密甲", spouse="秘密乙")
    assert "秘密" not in repr(dataclasses.asdict(row))


@pytest.mark.parametrize(
    ("cells", "external", "person"),
    [
        ({"id": "A1", "person": "P1"}, "id:A1", "id:P1"),
        ({"id": "A1"}, "id:A1", "mail:hana@example.com|山田花子"),
        ({}, "mail:2026-06-11|hana@example.com", "mail:hana@example.com|山田花子"),
        (
            {"email": "", "phone": "090-1234-5678"},
            "phone:2026-06-11|+819012345678|山田花子",
            "phone:+819012345678|山田花子",
        ),
        (
            {"email": "-", "phone": "090-1234-5678", "name": "山田　花子"},
            "phone:2026-06-11|+819012345678|山田花子",
            "phone:+819012345678|山田花子",
        ),
        ({"id": "A1", "email": ""}, "id:A1", "id:A1"),
    ],
)
def test_keys_follow_the_order_of_what_is_surest(cells: dict[str, str], external: str, person: str) -> None:
    row = parse(**cells)
    assert (row.external_key, row.person_key, row.problems) == (external, person, ())


def test_another_day_is_another_application_of_the_same_person() -> None:
    one, other = parse(), parse(applied="2026/06/12")
    assert one.external_key != other.external_key
    assert one.person_key == other.person_key


@pytest.mark.parametrize("name", ["髙橋 花子", "高橋花子", "高橋　花子"])
def test_spelling_of_the_name_does_not_part_a_person(name: str) -> None:
    assert parse(name=name).person_key == "mail:hana@example.com|高橋花子"


@pytest.mark.parametrize(
    ("cells", "stage", "outcome"),
    [
        ({}, Stage.APPLIED, Outcome.IN_PROGRESS),
        ({"outcome": "不採用"}, Stage.APPLIED, Outcome.REJECTED),
        ({"status": "一次面接不合格"}, Stage.FIRST, Outcome.REJECTED),
        ({"status": "書類選考中", "outcome": "不採用"}, Stage.DOCUMENTS, Outcome.REJECTED),
        ({"stage": "最終面接", "status": "辞退"}, Stage.FINAL, Outcome.WITHDREW),
        ({"stage": "不採用"}, Stage.APPLIED, Outcome.REJECTED),
        ({"stage": "一次面接", "status": "最終面接"}, Stage.FIRST, Outcome.IN_PROGRESS),
        ({"rejected": "2026/06/20"}, Stage.APPLIED, Outcome.REJECTED),
        ({"withdrew": "2026/06/20", "first": "2026/06/18"}, Stage.FIRST, Outcome.WITHDREW),
        ({"joined": "2026/07/01"}, Stage.JOINED, Outcome.HIRED),
        ({"joined": "2026/07/01", "withdrew": "2026/06/25"}, Stage.JOINED, Outcome.WITHDREW),
        ({"status": "選考中", "rejected": "2026/06/20"}, Stage.APPLIED, Outcome.REJECTED),
        ({"status": "辞退", "joined": "2026/07/01"}, Stage.JOINED, Outcome.WITHDREW),
        ({"first": "2026/06/12", "final": "2026/06/20"}, Stage.FINAL, Outcome.IN_PROGRESS),
        ({"offered": "2026/06/20", "accepted": "2026/06/25"}, Stage.ACCEPTED, Outcome.IN_PROGRESS),
        ({"outcome": "空白", "status": "'"}, Stage.APPLIED, Outcome.IN_PROGRESS),
    ],
)
def test_outcome_comes_from_words_and_then_from_days(cells: dict[str, str], stage: Stage, outcome: Outcome) -> None:
    row = parse(**cells)
    assert (row.stage, row.outcome, row.problems) == (stage, outcome, ())


@pytest.mark.parametrize(
    "cells",
    [
        {"outcome": "不採用", "status": "辞退"},
        {"outcome": "採用", "stage": "不採用"},
        {"outcome": "不採用", "withdrew": "2026/06/20"},
        {"outcome": "採用", "rejected": "2026/06/20"},
        {"outcome": "不採用", "joined": "2026/07/01"},
        {"rejected": "2026/06/20", "withdrew": "2026/06/20"},
        {"rejected": "2026/06/20", "joined": "2026/07/01"},
        {"joined": "2026/07/01", "withdrew": "2026/07/05"},
        {"outcome": "選考中", "rejected": "2026/06/20"},
    ],
)
def test_contradiction_keeps_the_row_out(cells: dict[str, str]) -> None:
    assert codes(parse(**cells).problems) == [Code.OUTCOME_CONTRADICTS]


@pytest.mark.parametrize(
    ("cells", "decided", "told"),
    [
        ({"outcome": "不採用", "decided": "2026/07/01", "rejected": "2026/07/03"}, dt.date(2026, 7, 1), None),
        ({"outcome": "不採用", "rejected": "2026/07/03"}, dt.date(2026, 7, 3), None),
        ({"outcome": "辞退", "withdrew": "2026/07/04"}, dt.date(2026, 7, 4), None),
        ({"outcome": "不採用", "told": "2026/07/05"}, None, dt.date(2026, 7, 5)),
    ],
)
def test_decision_and_telling_stay_two_moments(
    cells: dict[str, str], decided: dt.date | None, told: dt.date | None
) -> None:
    row = parse(**cells)
    assert (row.decided_at, row.told_at) == (decided, told)


@pytest.mark.parametrize(
    ("cells", "problem"),
    [
        ({"name": ""}, Problem(Code.REQUIRED_EMPTY, Field.NAME)),
        ({"name": "空白"}, Problem(Code.REQUIRED_EMPTY, Field.NAME)),
        ({"name": "\u200b"}, Problem(Code.REQUIRED_EMPTY, Field.NAME)),
        ({"applied": ""}, Problem(Code.REQUIRED_EMPTY, Field.APPLIED_AT)),
        ({"applied": "'"}, Problem(Code.REQUIRED_EMPTY, Field.APPLIED_AT)),
        ({"applied": "R8/6"}, Problem(Code.DATE_WITHOUT_DAY, Field.APPLIED_AT, "R8/6")),
        ({"time": "25:00"}, Problem(Code.TIME_IMPOSSIBLE, Field.APPLIED_TIME, "25:00")),
        ({"first": "未定"}, Problem(Code.DATE_UNREADABLE, Field.STAGE_DATE_FIRST, "未定")),
        ({"email": "hana"}, Problem(Code.EMAIL_UNREADABLE, Field.EMAIL, "hana")),
        ({"email": ""}, Problem(Code.KEY_MISSING)),
        ({"email": "", "phone": "123"}, Problem(Code.KEY_MISSING)),
        ({"stage": "謎の段階"}, Problem(Code.STAGE_UNKNOWN, Field.STAGE, "謎の段階")),
        ({"outcome": "終了"}, Problem(Code.OUTCOME_UNKNOWN, Field.OUTCOME, "終了")),
        ({"status": "Archived"}, Problem(Code.STATUS_UNKNOWN, Field.STATUS, "Archived")),
        ({"id": "A" * 101}, Problem(Code.VALUE_TOO_LONG, Field.APPLICATION_ID, "A" * 101, "100")),
        ({"reason": "長" * 1001}, Problem(Code.VALUE_TOO_LONG, Field.REASON, "長" * 101, "1000")),
    ],
)
def test_error_keeps_the_row_out(cells: dict[str, str], problem: Problem) -> None:
    row = parse(**cells)
    assert (row.problems, row.is_usable) == ((problem,), False)


@pytest.mark.parametrize(
    ("cells", "warning"),
    [
        ({"name": "龍造寺隆信"}, Problem(Code.NAME_NOT_SPLIT, Field.NAME, "龍造寺隆信")),
        ({"name": "? 花子"}, Problem(Code.NAME_DAMAGED, Field.NAME, "? 花子")),
        ({"kana": "山田"}, Problem(Code.KANA_UNREADABLE, Field.KANA, "山田")),
        ({"source": "謎の媒体"}, Problem(Code.SOURCE_UNKNOWN, Field.SOURCE, "謎の媒体")),
        ({"type": "業務委託"}, Problem(Code.EMPLOYMENT_TYPE_UNKNOWN, Field.EMPLOYMENT_TYPE, "業務委託")),
        ({"prefecture": "関東"}, Problem(Code.PREFECTURE_UNKNOWN, Field.PREFECTURE, "関東")),
        ({"note": "=1+1"}, Problem(Code.FORMULA_KEPT, Field.NOTE, "=1+1")),
        ({"posting": "店\u200b長"}, Problem(Code.INVISIBLE_REMOVED, Field.POSTING_TITLE, "店長")),
        ({"decided": "2026/06/10"}, Problem(Code.DECIDED_BEFORE_APPLIED, Field.DECIDED_AT, "2026/06/10", "2026/06/11")),
        ({"motive": "宗教上の理由で"}, Problem(Code.BARRED_WORD, None, "志望動機", "宗教")),
    ],
)
def test_warning_lets_the_row_in(cells: dict[str, str], warning: Problem) -> None:
    row = parse(**cells)
    assert (row.warnings, row.problems) == ((warning,), ())


def test_unknown_source_is_kept_by_name() -> None:
    row = parse(source="謎の媒体")
    assert (row.source, row.source_kind) == ("謎の媒体", None)


def test_cells_with_a_barred_word_are_dropped_and_named() -> None:
    row = parse(note="扶養家族あり", reason="既往歴のため", motive="宗教上の理由で", address="港区1-2")
    assert (row.note, row.reason, row.kept) == ("", "", (("住所", "港区1-2"),))
    assert row.dropped == ("志望動機", "備考", "理由")
    assert [(problem.value, problem.other) for problem in row.warnings] == [
        ("志望動機", "宗教"),
        ("備考", "扶養家族"),
        ("理由", "既往歴"),
    ]


def test_time_of_its_own_fills_only_a_day_without_time() -> None:
    assert str(parse(applied="2026/06/11 09:00", time="11:07").applied_at) == "2026-06-11 09:00:00+09:00"


def test_problem_of_reading_stays_with_the_row() -> None:
    problem = Problem(Code.CELLS_MISSING, value="2", other="3")
    row = rows.parse_row(7, [WHOLE.get(column, "") for column in HEADERS], LAYOUT, today=TODAY, problem=problem)
    assert (row.problems, row.is_usable) == ((problem,), False)


def test_answers_and_blank_marks_of_the_source_are_used() -> None:
    answers = values.ValueMap(outcomes={values.key("終了"): (Stage.SECOND, Outcome.REJECTED)})
    layout = dataclasses.replace(LAYOUT, values=answers, blanks=frozenset({"##"}))
    row = parse(layout, outcome="終了", kana="##")
    assert (row.stage, row.outcome, row.name.kana, row.warnings) == (Stage.SECOND, Outcome.REJECTED, "", ())


@pytest.mark.parametrize(
    ("headers", "missing"),
    [
        (["応募ID"], (Field.NAME, Field.APPLIED_AT)),
        (["姓", "名"], (Field.APPLIED_AT,)),
        (["応募日"], (Field.NAME,)),
        (["氏名", "応募日"], ()),
    ],
)
def test_layout_tells_what_is_missing(headers: list[str], missing: tuple[Field, ...]) -> None:
    assert Layout.of(recognition.recognise(headers, [[] for _header in headers])).missing == missing


def seen(*people: dict[str, str]) -> list[Problem | None]:
    """Return what is said of these rows, one after the other, from line 2 on."""
    duplicates = rows.Duplicates()
    return [
        duplicates.problem(dataclasses.replace(parse(**cells), line_no=line))
        for line, cells in enumerate(people, start=2)
    ]


def test_duplicates_remember_the_first_line() -> None:
    double = Problem(Code.DOUBLE_IN_FILE, other="2")
    assert seen({"id": "1"}, {"id": "2"}, {"id": "1"}, {"id": "1"}) == [None, None, double, double]
    assert seen({}, {"applied": "2026/06/12"}, {}) == [None, None, double]


def test_row_without_a_key_is_nobodys_double() -> None:
    assert seen({"email": ""}, {"email": ""}) == [None, None]


@pytest.mark.parametrize("other", [{"name": "鈴木 花子"}, {"email": "other@example.com"}])
def test_same_id_with_another_name_or_address_is_no_double(other: dict[str, str]) -> None:
    assert seen({"id": "1"}, {"id": "1", **other}) == [
        None,
        Problem(Code.ID_TWICE_IN_FILE, value="1", other="2"),
    ]


@pytest.mark.parametrize("alike", [{"name": "山田　花子"}, {"email": ""}, {"email": "HANA@example.com"}])
def test_same_id_written_in_another_way_is_a_double(alike: dict[str, str]) -> None:
    assert seen({"id": "1"}, {"id": "1", **alike}) == [None, Problem(Code.DOUBLE_IN_FILE, other="2")]


def test_duplicates_hold_no_personal_data() -> None:
    duplicates = rows.Duplicates()
    duplicates.problem(parse())
    assert "hana" not in repr(vars(duplicates))
    assert "山田" not in repr(vars(duplicates))


@pytest.mark.parametrize(
    ("column", "field"),
    [
        ("applied", Field.APPLIED_AT),
        ("decided", Field.DECIDED_AT),
        ("told", Field.TOLD_AT),
        ("rejected", Field.REJECTED_ON),
        ("withdrew", Field.WITHDREW_ON),
    ],
)
def test_day_to_come_of_what_has_happened_keeps_the_row_out(column: str, field: Field) -> None:
    assert parse(**{column: "2026/11/23"}).problems == ()
    assert parse(**{column: "2026/11/24"}).problems == (Problem(Code.DATE_IN_FUTURE, field, "2026/11/24"),)


def test_planned_days_may_be_to_come() -> None:
    row = parse(offered="2026/12/01", accepted="2026/12/10", joined="2027/04/01", left="2028/03/31")
    assert (row.problems, row.joined_on, row.left_on) == ((), dt.date(2027, 4, 1), dt.date(2028, 3, 31))
