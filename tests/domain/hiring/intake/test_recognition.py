from __future__ import annotations

import collections

import pytest

from career_relay.domain.hiring.intake import headers, recognition
from career_relay.domain.hiring.intake.recognition import Handling
from career_relay.domain.hiring.intake.vocabulary import Confidence, Field

CERTAIN, LIKELY, UNKNOWN = Confidence.CERTAIN, Confidence.LIKELY, Confidence.UNKNOWN
EMAILS = ["a@example.com", "b@example.com", "c@example.com"]
DAYS = ["2026/06/11", "2026/6/12", "令和8年6月13日"]


def recognise(
    *columns: tuple[str, list[str]], remembered: dict[str, Field | None] | None = None
) -> list[tuple[Field | None, Confidence, Handling]]:
    found = recognition.recognise([name for name, _cells in columns], [cells for _name, cells in columns], remembered)
    assert [column.index for column in found] == list(range(len(columns)))
    return [(column.field, column.confidence, column.handling) for column in found]


def test_dictionary_has_more_than_600_spellings_and_none_in_two_fields() -> None:
    fields: dict[str, set[Field]] = collections.defaultdict(set)
    for name, field in headers.spellings():
        fields[headers.key(name)].add(field)
    assert len(fields) >= 600
    assert {name: found for name, found in fields.items() if len(found) > 1} == {}
    assert [name for name in fields if headers.is_other(name)] == []


def test_dictionary_knows_every_field_and_every_spelling_is_found() -> None:
    assert {field for _name, field in headers.spellings()} == set(Field)
    missed = [
        (name, field)
        for name, field in headers.spellings()
        if (headers.field_of(headers.key(name)) or (None,))[0] != field
    ]
    assert missed == []


@pytest.mark.parametrize("name", sorted({name for name, _field in headers.spellings()})[::40])
def test_dictionary_spelling_is_never_barred_or_dropped(name: str) -> None:
    assert recognise((name, []))[0][2] == Handling.MAPPED


def test_no_spelling_of_the_dictionary_is_barred_or_dropped() -> None:
    names = [name for name, _field in headers.spellings()]
    columns = recognition.recognise(names, [[] for _name in names])
    assert [column.header for column in columns if column.handling in {Handling.BARRED, Handling.DROPPED}] == []


@pytest.mark.parametrize(
    "header",
    [
        "メールアドレス",
        "ﾒｰﾙｱﾄﾞﾚｽ",
        "メール アドレス",
        "メール　アドレス",
        "【必須】メールアドレス",
        "メールアドレス(必須)",
        "メールアドレス※",
        "*メールアドレス*",
        "E-Mail",
        "Ｅ－ｍａｉｌ",
        "e_mail",
        "EMAIL ADDRESS",
        "\ufeffメールアドレス",
        "メールアドレス（半角）",
    ],
)
def test_header_is_known_in_every_width_and_dress(header: str) -> None:
    assert recognise((header, EMAILS)) == [(Field.EMAIL, CERTAIN, Handling.MAPPED)]


@pytest.mark.parametrize(
    ("header", "samples", "found"),
    [
        ("氏名（カナ）", ["山田（ヤマダ）", "佐藤（サトウ）"], (Field.NAME, CERTAIN, Handling.MAPPED)),
        ("氏名（カナ）", ["ヤマダ", "サトウ"], (Field.KANA, CERTAIN, Handling.MAPPED)),
        ("応募者（名）", ["花子"], (Field.NAME, LIKELY, Handling.MAPPED)),
        ("応募時刻", ["11:07", "9:00"], (Field.APPLIED_AT, LIKELY, Handling.MAPPED)),
        ("応募時刻", ["2026/06/11 11:07"], (Field.APPLIED_AT, LIKELY, Handling.MAPPED)),
        ("応募求人", ["10023", "10024"], (Field.POSTING_ID, CERTAIN, Handling.MAPPED)),
        ("応募求人", ["店長候補", "調理"], (Field.POSTING_TITLE, CERTAIN, Handling.MAPPED)),
        ("選考終了理由", ["不採用", "応募者辞退", "不採用"], (Field.OUTCOME, CERTAIN, Handling.MAPPED)),
        ("選考終了理由", ["経験不足", "条件が合わない"], (Field.REASON, CERTAIN, Handling.MAPPED)),
        ("電話番号", EMAILS, (None, UNKNOWN, Handling.KEPT)),
        ("メールアドレス", ["090-1234-5678"], (None, UNKNOWN, Handling.KEPT)),
        ("一次面接", ["合格", "不合格"], (None, UNKNOWN, Handling.KEPT)),
        ("一次面接", DAYS, (Field.STAGE_DATE_FIRST, CERTAIN, Handling.MAPPED)),
        ("不合格", ["○", "○"], (None, UNKNOWN, Handling.KEPT)),
        ("応募日", ["2026/99/99", "R8/4"], (Field.APPLIED_AT, CERTAIN, Handling.MAPPED)),
        ("応募日", ["-", "空白"], (Field.APPLIED_AT, CERTAIN, Handling.MAPPED)),
        ("フリガナ", ["山田", "佐藤"], (None, UNKNOWN, Handling.KEPT)),
        ("列A", EMAILS, (Field.EMAIL, LIKELY, Handling.MAPPED)),
        ("列A", EMAILS[:2], (None, UNKNOWN, Handling.KEPT)),
        (
            "列A",
            ["090-1234-5678", "０３−１２３４−５６７８", "+81 90 1234 5678"],
            (Field.PHONE, LIKELY, Handling.MAPPED),
        ),
        ("列A", ["12345678", "12345679", "12345680"], (None, UNKNOWN, Handling.KEPT)),
        ("列A", ["山田（ヤマダ）", "佐藤（サトウ）", "林（ハヤシ）"], (Field.NAME, LIKELY, Handling.MAPPED)),
        ("列A", DAYS, (None, UNKNOWN, Handling.KEPT)),
        ("", [], (None, UNKNOWN, Handling.KEPT)),
        ("自己PR", ["よろしく"], (None, CERTAIN, Handling.KEPT)),
        ("ID", ["1", "2"], (Field.APPLICATION_ID, LIKELY, Handling.MAPPED)),
        ("応募者情報.氏名", ["山田"], (Field.NAME, CERTAIN, Handling.MAPPED)),
        ("応募フォーム.氏名", ["山田"], (Field.NAME, LIKELY, Handling.MAPPED)),
        ("学歴.備考", ["良い"], (None, UNKNOWN, Handling.KEPT)),
        ("緊急連絡先：電話番号", ["090-1234-5678"], (None, UNKNOWN, Handling.KEPT)),
    ],
)
def test_content_decides_between_readings_of_a_name(
    header: str, samples: list[str], found: tuple[Field | None, Confidence, Handling]
) -> None:
    assert recognise((header, samples)) == [found]


def test_date_and_time_in_two_columns_are_told_apart() -> None:
    assert recognise(("応募日", DAYS), ("応募時刻", ["11:07", "9:00"])) == [
        (Field.APPLIED_AT, CERTAIN, Handling.MAPPED),
        (Field.APPLIED_TIME, LIKELY, Handling.MAPPED),
    ]


def test_field_is_fed_by_the_better_of_two_columns() -> None:
    assert recognise(("Home Phone", ["03-1234-5678"]), ("Cell Phone", ["090-1234-5678"])) == [
        (None, UNKNOWN, Handling.KEPT),
        (Field.PHONE, CERTAIN, Handling.MAPPED),
    ]
    assert recognise(("氏名", ["山田"]), ("氏名", ["佐藤"])) == [
        (Field.NAME, CERTAIN, Handling.MAPPED),
        (None, UNKNOWN, Handling.KEPT),
    ]


def test_remembered_answer_goes_before_the_dictionary() -> None:
    remembered: dict[str, Field | None] = {recognition.key("備 考"): Field.REASON, recognition.key("メール"): None}
    assert recognise(("備考", ["経験不足"]), ("メール", EMAILS), ("理由", ["なし"]), remembered=remembered) == [
        (Field.REASON, CERTAIN, Handling.MAPPED),
        (None, CERTAIN, Handling.KEPT),
        (None, UNKNOWN, Handling.KEPT),
    ]


def test_remembered_answer_that_the_content_denies_is_not_certain() -> None:
    remembered: dict[str, Field | None] = {recognition.key("連絡先"): Field.EMAIL}
    assert recognise(("連絡先", ["090-1234-5678"]), remembered=remembered) == [(Field.EMAIL, LIKELY, Handling.MAPPED)]


@pytest.mark.parametrize(
    "header",
    [
        "本籍",
        "本籍地",
        "出生地",
        "門地",
        "人種",
        "民族",
        "社会的身分",
        "宗教",
        "信仰する宗教",
        "思想",
        "信条",
        "支持政党",
        "労働組合加入歴",
        "配偶者",
        "配偶者の有無",
        "配偶者の扶養義務",
        "扶養家族",
        "扶養家族数",
        "扶養人数",
        "家族構成",
        "家族の職業",
        "続柄",
        "同居人数",
        "顔写真",
        "証明写真URL",
        "写真",
        "身長",
        "体重",
        "身長（cm）",
        "血液型",
        "持病",
        "既往歴",
        "健康状態",
        "健康診断結果",
        "障害者手帳の有無",
        "犯罪歴",
        "住宅状況",
        "生活環境",
        "尊敬する人物",
        "愛読書",
        "購読新聞",
        "人生観",
        "候補者一般.配偶者",
        "候補者一般.扶養家族",
        "候補者基本.顔写真",
        "Marital Status",
        "Religion",
        "Photo",
        "Height",
        "Race/Ethnicity",
        "Spouse",
        "profile.photo",
        "Place of Birth",
        "Disability Status",
        "ﾎﾝｾｷ（本籍）",
    ],
)
def test_barred_column_is_never_mapped_and_shows_no_cells(header: str) -> None:
    remembered: dict[str, Field | None] = {recognition.key(header): Field.NOTE}
    [column] = recognition.recognise([header], [["秘密"]], remembered)
    assert (column.field, column.confidence, column.handling, column.samples) == (None, CERTAIN, Handling.BARRED, ())
    assert column.is_barred


@pytest.mark.parametrize(
    "header",
    [
        "性別",
        "生年月日",
        "年齢",
        "年齢（応募時）",
        "国籍",
        "在留資格",
        "Gender",
        "Date of Birth",
        "DOB",
        "Age",
        "Nationality",
        "候補者一般.性別",
    ],
)
def test_column_of_no_use_is_dropped(header: str) -> None:
    [column] = recognition.recognise([header], [["秘密"]])
    assert (column.field, column.handling, column.samples, column.is_barred) == (None, Handling.DROPPED, (), False)


@pytest.mark.parametrize(
    "header", ["家族手当の希望", "ポートフォリオ", "語学", "Page", "Message", "Embrace", "Weighting", "Trace ID"]
)
def test_harmless_column_is_kept(header: str) -> None:
    assert recognise((header, ["x"]))[0][2] == Handling.KEPT
