"""Every kind of bad cell, with the code it must give; the values it keeps are compared as well."""

from __future__ import annotations

import datetime as dt
import time
import typing

import pytest
from hypothesis import given
from hypothesis import strategies as st

from career_relay.domain.hiring.intake import cells
from career_relay.domain.hiring.intake.problems import Code
from career_relay.domain.hiring.intake.vocabulary import Field
from career_relay.kernel import clock

Found = tuple[object, list[Code], list[Code]]


def parsed(parse: typing.Callable[[str, Field, cells.Findings], object], raw: str, field: Field) -> Found:
    findings = cells.Findings()
    value = parse(raw, field, findings)
    return value, [one.code for one in findings.errors], [one.code for one in findings.warnings]


def wrong(code: Code, value: object = "") -> Found:
    return value, [code], []


def warned(value: object, *codes: Code) -> Found:
    return value, [], list(codes)


def fine(value: object) -> Found:
    return value, [], []


@pytest.mark.parametrize(
    ("raw", "found"),
    [
        ("a@example.com", fine("a@example.com")),
        (" A.B+c@Example.CO.JP ", fine("a.b+c@example.co.jp")),
        ("ｈａｎａ＠ｅｘａｍｐｌｅ．ｃｏｍ", fine("hana@example.com")),
        ("hana＠example.com", fine("hana@example.com")),
        ("mailto:hana@example.com", fine("hana@example.com")),
        ("山田花子 <hana@example.com>", fine("hana@example.com")),
        ('="hana@example.com"', fine("hana@example.com")),
        ("o'neil@example.com", fine("o'neil@example.com")),
        ("\thana@example.com", fine("hana@example.com")),
        ("hana..@docomo.ne.jp", warned("hana..@docomo.ne.jp", Code.EMAIL_OLD_FORM)),
        ("ha..na@docomo.ne.jp", warned("ha..na@docomo.ne.jp", Code.EMAIL_OLD_FORM)),
        (".hana@ezweb.ne.jp", warned(".hana@ezweb.ne.jp", Code.EMAIL_OLD_FORM)),
        ("hana.@softbank.ne.jp", warned("hana.@softbank.ne.jp", Code.EMAIL_OLD_FORM)),
        ("hana.@t.vodafone.ne.jp", warned("hana.@t.vodafone.ne.jp", Code.EMAIL_OLD_FORM)),
        ("hana.@au.com", warned("hana.@au.com", Code.EMAIL_OLD_FORM)),
        ("hana.@i.softbank.jp", warned("hana.@i.softbank.jp", Code.EMAIL_OLD_FORM)),
        ("a@example.com, b@example.com", warned("a@example.com", Code.EMAIL_SEVERAL)),
        ("a@example.com;b@example.com", warned("a@example.com", Code.EMAIL_SEVERAL)),
        ("a@example.com、b@example.com", warned("a@example.com", Code.EMAIL_SEVERAL)),
        ("a@example.com\nb@example.com", warned("a@example.com", Code.EMAIL_SEVERAL)),
        ("a@example.com／b@example.com", warned("a@example.com", Code.EMAIL_SEVERAL)),
        ("hana\n@example.com", warned("hana@example.com", Code.EMAIL_JOINED)),
        ("hana@exam\r\nple.com", warned("hana@example.com", Code.EMAIL_JOINED)),
        ("hana @example.com", warned("hana@example.com", Code.EMAIL_JOINED)),
        ("hana@example.com\u200b", warned("hana@example.com", Code.INVISIBLE_REMOVED)),
        ("\u202ehana@example.com", warned("hana@example.com", Code.INVISIBLE_REMOVED)),
        ("\ufeffhana@example.com", warned("hana@example.com", Code.INVISIBLE_REMOVED)),
        ("hana..x@example.com", wrong(Code.EMAIL_UNREADABLE)),
        ("hana.@example.com", wrong(Code.EMAIL_UNREADABLE)),
        ("hana.@notdocomo.ne.jp.example.com", wrong(Code.EMAIL_UNREADABLE)),
        ("hana", wrong(Code.EMAIL_UNREADABLE)),
        ("hana@", wrong(Code.EMAIL_UNREADABLE)),
        ("@example.com", wrong(Code.EMAIL_UNREADABLE)),
        ("hana@example", wrong(Code.EMAIL_UNREADABLE)),
        ("hana@example..com", wrong(Code.EMAIL_UNREADABLE)),
        ("hana@-example.com", wrong(Code.EMAIL_UNREADABLE)),
        ("hana@@example.com", wrong(Code.EMAIL_UNREADABLE)),
        ("花@example.com", wrong(Code.EMAIL_UNREADABLE)),
        ("hana@例え.jp", wrong(Code.EMAIL_UNREADABLE)),
        ("hana@example.c", wrong(Code.EMAIL_UNREADABLE)),
        ("hana(at)example.com", wrong(Code.EMAIL_UNREADABLE)),
        ("a" * 65 + "@example.com", wrong(Code.EMAIL_UNREADABLE)),
        ("a@" + "b" * 250 + ".com", wrong(Code.EMAIL_UNREADABLE)),
        ("090-1234-5678", wrong(Code.EMAIL_UNREADABLE)),
        ("非公開", wrong(Code.EMAIL_UNREADABLE)),
    ],
)
def test_email(raw: str, found: Found) -> None:
    assert parsed(cells.email, raw, Field.EMAIL) == found


MOBILE, OFFICE = "+819012345678", "+81312345678"


@pytest.mark.parametrize(
    ("raw", "found"),
    [
        ("090-1234-5678", fine(MOBILE)),
        ("09012345678", fine(MOBILE)),
        ("０９０−１２３４−５６７８", fine(MOBILE)),
        ("090－1234－5678", fine(MOBILE)),
        ("090ー1234ー5678", fine(MOBILE)),
        ("090‐1234‐5678", fine(MOBILE)),
        ("090—1234—5678", fine(MOBILE)),
        ("090 1234 5678", fine(MOBILE)),
        ("090.1234.5678", fine(MOBILE)),
        ("(090)1234-5678", fine(MOBILE)),
        ("090（1234）5678", fine(MOBILE)),
        ("+81 90-1234-5678", fine(MOBILE)),
        ("+81(0)90-1234-5678", fine(MOBILE)),
        ("＋８１９０１２３４５６７８", fine(MOBILE)),
        ("+819012345678", fine(MOBILE)),
        ("819012345678", fine(MOBILE)),
        ("0081-90-1234-5678", fine(MOBILE)),
        ('="09012345678"', fine(MOBILE)),
        ("TEL:090-1234-5678", fine(MOBILE)),
        ("携帯：090-1234-5678", fine(MOBILE)),
        ("090-1234-5678（携帯）", fine(MOBILE)),
        ("03-1234-5678", fine(OFFICE)),
        ("03-1234-5678 内線12", fine(OFFICE)),
        ("03-1234-5678（代）", fine(OFFICE)),
        ("0120-123-456", fine("+81120123456")),
        ("0800-123-4567", fine("+818001234567")),
        ("050-1234-5678", fine("+815012345678")),
        ("+1 415 555 2671", fine("+14155552671")),
        ("9012345678", warned(MOBILE, Code.PHONE_ZERO_ADDED)),
        ("90-1234-5678", warned(MOBILE, Code.PHONE_ZERO_ADDED)),
        ("312345678", warned(OFFICE, Code.PHONE_ZERO_ADDED)),
        ("090-1234-5678, 03-1234-5678", warned(MOBILE, Code.PHONE_SEVERAL)),
        ("090-1234-5678/03-1234-5678", warned(MOBILE, Code.PHONE_SEVERAL)),
        ("090-1234-5678\n03-1234-5678", warned(MOBILE, Code.PHONE_SEVERAL)),
        ("09012345678　0312345678", warned(MOBILE, Code.PHONE_SEVERAL)),
        ("なし、090-1234-5678", warned(MOBILE, Code.PHONE_SEVERAL)),
        ("9012345678;312345678", warned(MOBILE, Code.PHONE_SEVERAL, Code.PHONE_ZERO_ADDED)),
        ("090-1234-5678\u200e", warned(MOBILE, Code.INVISIBLE_REMOVED)),
        ("090-1234-567", warned("", Code.PHONE_UNREADABLE)),
        ("090-1234-56789", warned("", Code.PHONE_UNREADABLE)),
        ("000-0000-0000", warned("", Code.PHONE_UNREADABLE)),
        ("1234", warned("", Code.PHONE_UNREADABLE)),
        ("9.01235E+09", warned("", Code.PHONE_UNREADABLE)),
        ("9012345678.0", warned("", Code.PHONE_UNREADABLE)),
        ("+12", warned("", Code.PHONE_UNREADABLE)),
        ("非公開", warned("", Code.PHONE_UNREADABLE)),
        ("hana@example.com", warned("", Code.PHONE_UNREADABLE)),
        ("090-1234-５６７８x", fine(MOBILE)),
        ("２０２６年", warned("", Code.PHONE_UNREADABLE)),
        ("090-XXXX-XXXX", warned("", Code.PHONE_UNREADABLE)),
    ],
)
def test_phone(raw: str, found: Found) -> None:
    assert parsed(cells.phone, raw, Field.PHONE) == found


@pytest.mark.parametrize(
    ("raw", "found"),
    [
        ("2026/06/11", fine(dt.date(2026, 6, 11))),
        (" 令和8年6月11日 ", fine(dt.date(2026, 6, 11))),
        ("2026/06/11 23:59:59", fine(dt.date(2026, 6, 11))),
        ("2026-06-10T15:00:00Z", fine(dt.date(2026, 6, 11))),
        ('="2026/06/11"', fine(dt.date(2026, 6, 11))),
        ("2026/06/11\u200b", warned(dt.date(2026, 6, 11), Code.INVISIBLE_REMOVED)),
        ("未定", wrong(Code.DATE_UNREADABLE, None)),
        ("2026/06/11頃", wrong(Code.DATE_UNREADABLE, None)),
        ("先週", wrong(Code.DATE_UNREADABLE, None)),
        ("32歳", wrong(Code.DATE_UNREADABLE, None)),
        ("#VALUE!", wrong(Code.DATE_UNREADABLE, None)),
        ("########", wrong(Code.DATE_UNREADABLE, None)),
        ("Jun 11 2026", wrong(Code.DATE_UNREADABLE, None)),
        ("1781136000", wrong(Code.DATE_UNREADABLE, None)),
        ("2026/02/29", wrong(Code.DATE_IMPOSSIBLE, None)),
        ("2026/00/10", wrong(Code.DATE_IMPOSSIBLE, None)),
        ("2026/04/31", wrong(Code.DATE_IMPOSSIBLE, None)),
        ("1800/01/01", wrong(Code.DATE_IMPOSSIBLE, None)),
        ("9999/12/31", wrong(Code.DATE_IMPOSSIBLE, None)),
        ("令和6年2月30日", wrong(Code.DATE_IMPOSSIBLE, None)),
        ("平成32年1月1日", wrong(Code.DATE_OUTSIDE_ERA, None)),
        ("令和1年4月30日", wrong(Code.DATE_OUTSIDE_ERA, None)),
        ("H31.5.1", wrong(Code.DATE_OUTSIDE_ERA, None)),
        ("R7/4", wrong(Code.DATE_WITHOUT_DAY, None)),
        ("2026年6月", wrong(Code.DATE_WITHOUT_DAY, None)),
        ("2026/06", wrong(Code.DATE_WITHOUT_DAY, None)),
        ("26/06/11", wrong(Code.DATE_SHORT_YEAR, None)),
        ("'26.6.11", wrong(Code.DATE_SHORT_YEAR, None)),
        ("6/11", wrong(Code.DATE_WITHOUT_YEAR, None)),
        ("6月11日", wrong(Code.DATE_WITHOUT_YEAR, None)),
        ("46184", wrong(Code.DATE_IS_DAY_COUNT, None)),
        ("46184.5", wrong(Code.DATE_IS_DAY_COUNT, None)),
        ("06/11/2026", wrong(Code.DATE_DAY_FIRST, None)),
        ("11.6.2026", wrong(Code.DATE_DAY_FIRST, None)),
        ("2026/06/11 25:00", wrong(Code.TIME_IMPOSSIBLE, None)),
    ],
)
def test_day(raw: str, found: Found) -> None:
    assert parsed(cells.day, raw, Field.DECIDED_AT) == found


@pytest.mark.parametrize(
    ("raw", "found"),
    [
        ("2026/06/11 11:07:06", fine(dt.datetime(2026, 6, 11, 11, 7, 6, tzinfo=clock.TOKYO))),
        ("２０２６／０６／１１　１１：０７", fine(dt.datetime(2026, 6, 11, 11, 7, tzinfo=clock.TOKYO))),
        ("2026/06/11", fine(dt.datetime(2026, 6, 11, tzinfo=clock.TOKYO))),
        ("2026/06/11 11:70", wrong(Code.TIME_IMPOSSIBLE, None)),
        ("2026/06/11 -", wrong(Code.DATE_UNREADABLE, None)),
        ("11:07", wrong(Code.DATE_UNREADABLE, None)),
        ("26/06/11 11:07", wrong(Code.DATE_SHORT_YEAR, None)),
    ],
)
def test_moment(raw: str, found: Found) -> None:
    assert parsed(cells.moment, raw, Field.APPLIED_AT) == found


@pytest.mark.parametrize(
    ("raw", "found"),
    [
        ("11:07", fine(dt.time(11, 7))),
        ("午後3時", fine(dt.time(15))),
        ("25:00", wrong(Code.TIME_IMPOSSIBLE, None)),
        ("昼ごろ", wrong(Code.TIME_IMPOSSIBLE, None)),
        ("1107", wrong(Code.TIME_IMPOSSIBLE, None)),
        ("2026/06/11", wrong(Code.TIME_IMPOSSIBLE, None)),
    ],
)
def test_time(raw: str, found: Found) -> None:
    assert parsed(cells.time, raw, Field.APPLIED_TIME) == found


@pytest.mark.parametrize(
    ("raw", "found"),
    [
        ("東京都", fine("13")),
        ("東京", fine("13")),
        ("京都府", fine("26")),
        ("北海道", fine("01")),
        ("沖縄県", fine("47")),
        ("Tokyo", fine("13")),
        ("Osaka-fu", fine("27")),
        ("Kanagawa Prefecture", fine("14")),
        ("13東京都", fine("13")),
        ("13", fine("13")),
        (" 大阪府　", fine("27")),
        ("東京都港区", warned("", Code.PREFECTURE_UNKNOWN)),
        ("関東", warned("", Code.PREFECTURE_UNKNOWN)),
        ("海外", warned("", Code.PREFECTURE_UNKNOWN)),
        ("48", warned("", Code.PREFECTURE_UNKNOWN)),
        ("京都都", warned("", Code.PREFECTURE_UNKNOWN)),
    ],
)
def test_prefecture(raw: str, found: Found) -> None:
    assert parsed(cells.prefecture, raw, Field.PREFECTURE) == found


@pytest.mark.parametrize(
    ("raw", "found"),
    [
        ("よろしく", fine("よろしく")),
        ("  一行目\n二行目 ", fine("一行目\n二行目")),
        ('="0012"', fine("0012")),
        ("+81-90-1234-5678", fine("+81-90-1234-5678")),
        ("-5", fine("-5")),
        ("①㈱髙﨑", fine("①㈱髙﨑")),
        (
            '=HYPERLINK("https://example.com","見る")',
            warned('=HYPERLINK("https://example.com","見る")', Code.FORMULA_KEPT),
        ),
        ("=1+1", warned("=1+1", Code.FORMULA_KEPT)),
        ("＝SUM(A1)", warned("＝SUM(A1)", Code.FORMULA_KEPT)),
        ("+cmd|' /C calc'!A0", warned("+cmd|' /C calc'!A0", Code.FORMULA_KEPT)),
        ("-SUM(A1)", warned("-SUM(A1)", Code.FORMULA_KEPT)),
        ("@SUM(A1)", warned("@SUM(A1)", Code.FORMULA_KEPT)),
        ("＠SUM(A1)", warned("＠SUM(A1)", Code.FORMULA_KEPT)),
        ("－SUM(A1)", warned("－SUM(A1)", Code.FORMULA_KEPT)),
        ("\t=1+1", warned("=1+1", Code.FORMULA_KEPT)),
        ("\r=1+1", warned("=1+1", Code.FORMULA_KEPT)),
        ("店長\u200b候補", warned("店長候補", Code.INVISIBLE_REMOVED)),
        ("\u202e補候長店\u202c", warned("補候長店", Code.INVISIBLE_REMOVED)),
        ("\u2066店長\u2069", warned("店長", Code.INVISIBLE_REMOVED)),
        ("店\ufeff長", warned("店長", Code.INVISIBLE_REMOVED)),
        ("店\x07長", warned("店長", Code.INVISIBLE_REMOVED)),
        ("店\x85長", fine("店\x85長")),
        ("\u200b=1+1", warned("=1+1", Code.INVISIBLE_REMOVED, Code.FORMULA_KEPT)),
        ("長" * 200, fine("長" * 200)),
        ("長" * 201, wrong(Code.VALUE_TOO_LONG, "長" * 200)),
    ],
)
def test_text(raw: str, found: Found) -> None:
    assert parsed(cells.text, raw, Field.POSTING_TITLE) == found


@pytest.mark.parametrize(
    ("raw", "found"),
    [
        ("𠮷田 茂", fine("𠮷田 茂")),
        ("山田（ヤマダ）", fine("山田（ヤマダ）")),
        ("?田 茂", warned("?田 茂", Code.NAME_DAMAGED)),
        ("？田 茂", warned("？田 茂", Code.NAME_DAMAGED)),
        ("〓田 茂", warned("〓田 茂", Code.NAME_DAMAGED)),
        ("\ufffd田 茂", warned("\ufffd田 茂", Code.NAME_DAMAGED)),
        ("□田 茂", warned("□田 茂", Code.NAME_DAMAGED)),
        ('=HYPERLINK("x")', warned('=HYPERLINK("x")', Code.FORMULA_KEPT)),
        ("山" * 101, wrong(Code.VALUE_TOO_LONG, "山" * 100)),
    ],
)
def test_name(raw: str, found: Found) -> None:
    assert parsed(cells.name, raw, Field.NAME) == found


PARSERS = (cells.text, cells.name, cells.day, cells.moment, cells.time, cells.email, cells.phone, cells.prefecture)


@given(st.text(), st.sampled_from(PARSERS))
def test_any_cell_gives_a_value_or_says_what_is_wrong(
    raw: str, parse: typing.Callable[[str, Field, cells.Findings], object]
) -> None:
    value, errors, warnings = parsed(parse, raw, Field.NOTE)
    assert bool(value) or bool(errors) or bool(warnings) or value == dt.time() or parse in (cells.text, cells.name)


ENDLESS = [
    "a" * 10_000,
    "a." * 5_000 + "@x",
    "a@" + "a-" * 4_900,
    "山 " * 5_000,
    "0-" * 5_000,
    "1" * 10_000,
    "2026" + " " * 9_000 + "x",
    "十" * 9_999 + "年",
]


@pytest.mark.parametrize("raw", ENDLESS, ids=lambda raw: raw[:4])
@pytest.mark.parametrize("parse", PARSERS)
def test_endless_cell_is_answered_at_once(
    raw: str, parse: typing.Callable[[str, Field, cells.Findings], object]
) -> None:
    began = time.process_time()
    _value, errors, warnings = parsed(parse, raw, Field.POSTING_TITLE)
    assert len(errors) + len(warnings) == 1
    assert time.process_time() - began < 0.5
