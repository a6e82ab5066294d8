from __future__ import annotations

import datetime as dt

import japanera  # type: ignore[import-untyped]  # it comes without types
import pytest
from hypothesis import given
from hypothesis import strategies as st

from career_relay.kernel import clock
from career_relay.kernel.japanese import dates
from career_relay.kernel.japanese.dates import Fault

DAYS = st.dates(dt.date(1873, 1, 1), dt.date(2100, 12, 31))
DAYS_OF_NAMED_ERAS = st.dates(dt.date(1927, 1, 1), dt.date(2100, 12, 31))
KANJI = "〇一二三四五六七八九"
WIDE = str.maketrans("0123456789/:-", "０１２３４５６７８９／：－")


def kanji(number: int) -> str:
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else "十" if tens == 1 else f"{KANJI[tens]}十"
    return head + (KANJI[ones] if ones or not tens else "")


def in_era(day: dt.date) -> tuple[str, int]:
    era = japanera.EraDate.from_date(day).era
    return era.kanji, day.year - era.since.year + 1


WESTERN = (
    lambda day: day.isoformat(),
    lambda day: f"{day.year}/{day.month}/{day.day}",
    lambda day: f"{day.year}.{day.month:02}.{day.day:02}",
    lambda day: f"{day.year}年{day.month}月{day.day}日",
    lambda day: f"{day.year} 年 {day.month} 月 {day.day} 日",
    lambda day: f"{day.year}{day.month:02}{day.day:02}",
    lambda day: f"{day.year}/{day.month:02}/{day.day:02}".translate(WIDE),
    lambda day: f"{day.year}/{day.month}/{day.day}({'月火水木金土日'[day.weekday()]})",
    lambda day: f"{day.year}年{day.month}月{day.day}日（{'月火水木金土日'[day.weekday()]}曜日）",
    lambda day: f"'{day.year}-{day.month}-{day.day}",
    lambda day: f"西暦{day.year}年{day.month}月{day.day}日",
    lambda day: f"{''.join(KANJI[int(one)] for one in str(day.year))}年{kanji(day.month)}月{kanji(day.day)}日",
)
SIGNS = {"昭和": "㍼", "平成": "㍻", "令和": "㋿"}
LETTERS = {"昭和": "S", "平成": "H", "令和": "R"}
ERA_FORMS = (
    lambda era, year, day: f"{era}{year}年{day.month}月{day.day}日",
    lambda era, year, day: f"{era}{'元' if year == 1 else year}年{day.month}月{day.day}日",
    lambda era, year, day: f"{era} {year}年 {day.month}月 {day.day}日",
    lambda era, year, day: f"{era}{kanji(year)}年{kanji(day.month)}月{kanji(day.day)}日",
    lambda era, year, day: f"{SIGNS[era]}{year}.{day.month}.{day.day}",
    lambda era, year, day: f"{LETTERS[era]}{year}.{day.month:02}.{day.day:02}",
    lambda era, year, day: f"{LETTERS[era].lower()}{year}/{day.month}/{day.day}",
    lambda era, year, day: f"{LETTERS[era]}.{year}-{day.month}-{day.day}",
)


@given(DAYS, st.sampled_from(WESTERN))
def test_parse_day_reads_every_spelling_of_a_western_year(day: dt.date, form: object) -> None:
    assert callable(form)
    assert dates.parse_day(form(day)) == day


@given(DAYS_OF_NAMED_ERAS, st.sampled_from(ERA_FORMS))
def test_parse_day_reads_every_spelling_of_an_era(day: dt.date, form: object) -> None:
    assert callable(form)
    assert dates.parse_day(form(*in_era(day), day)) == day


@given(DAYS, st.integers(1, 99))
def test_parse_day_agrees_with_another_calendar_on_which_era_days_exist(day: dt.date, year: int) -> None:
    for era in japanera.ERA_DATA_COMMON:
        if era.kanji not in LETTERS:
            continue
        text = f"{era.kanji}{year}年{day.month}月{day.day}日"
        western = era.since.year + year - 1
        last = era.until or dt.date(2101, 1, 1)
        exists = western <= 2100 and _exists(western, day) and era.since <= day.replace(year=western) < last
        assert _reads(text) == exists, text


def _exists(year: int, day: dt.date) -> bool:
    try:
        day.replace(year=year)
    except ValueError:
        return False
    return True


def _reads(text: str) -> bool:
    try:
        dates.parse_day(text)
    except dates.UnreadableDate:
        return False
    return True


@given(DAYS, st.times(), st.sampled_from(["/", "-"]), st.sampled_from(["minutes", "seconds"]))
def test_parse_moment_reads_day_and_time_in_japan(day: dt.date, time: dt.time, sign: str, precision: str) -> None:
    time = time.replace(microsecond=0, second=0 if precision == "minutes" else time.second)
    text = f"{day.year}{sign}{day.month:02}{sign}{day.day:02} {time.isoformat(precision)}"
    expected = dt.datetime.combine(day, time, tzinfo=clock.TOKYO)
    assert [dates.parse_moment(text), dates.parse_moment(text.translate(WIDE))] == [expected, expected]


@given(st.integers(631_152_000, 4_070_908_800), st.integers(-14 * 60, 14 * 60))
def test_parse_moment_reads_what_iso_writes_with_an_offset(seconds: int, minutes: int) -> None:
    zone = dt.timezone(dt.timedelta(minutes=minutes))
    exact = dt.datetime.fromtimestamp(seconds, zone)
    assert dates.parse_moment(exact.isoformat()) == exact
    assert dates.parse_moment(exact.isoformat()).tzinfo == clock.TOKYO


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026/06/11 11:07:06", "2026-06-11T11:07:06+09:00"),
        ("2026-06-11T02:07:06Z", "2026-06-11T11:07:06+09:00"),
        ("2026-06-10 23:00:00 -0800", "2026-06-11T16:00:00+09:00"),
        ("2026年6月1日（月） 午後3時5分", "2026-06-01T15:05:00+09:00"),
        ("2026/6/1 12:05 AM", "2026-06-01T00:05:00+09:00"),
        ("2026/6/1 12:05 PM", "2026-06-01T12:05:00+09:00"),
        ("2026/06/11 11:07:06.123", "2026-06-11T11:07:06+09:00"),
        ("2026-06-11 11:07:06 +0900 JST", "2026-06-11T11:07:06+09:00"),
        ("令和8年6月11日 11時7分6秒", "2026-06-11T11:07:06+09:00"),
        ("2026/06/11", "2026-06-11T00:00:00+09:00"),
    ],
)
def test_parse_moment_reads(text: str, moment: str) -> None:
    assert dates.parse_moment(text).isoformat() == moment


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("11:07", "11:07:00"),
        ("１１：０７：０６", "11:07:06"),
        ("午前9時", "09:00:00"),
        ("9時5分", "09:05:00"),
        ("3:05 PM", "15:05:00"),
    ],
)
def test_parse_time_reads(text: str, time: str) -> None:
    assert dates.parse_time(text).isoformat() == time


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", Fault.EMPTY),
        ("　 ", Fault.EMPTY),
        ("未定", Fault.UNKNOWN_FORM),
        ("2026/06/11x", Fault.UNKNOWN_FORM),
        ("2026/06/111", Fault.UNKNOWN_FORM),
        ("2026/02/29", Fault.IMPOSSIBLE_DAY),
        ("2026/13/01", Fault.IMPOSSIBLE_DAY),
        ("2026/06/31", Fault.IMPOSSIBLE_DAY),
        ("20261301", Fault.IMPOSSIBLE_DAY),
        ("0001/01/01", Fault.IMPOSSIBLE_DAY),
        ("2101/01/01", Fault.IMPOSSIBLE_DAY),
        ("9999/12/31", Fault.IMPOSSIBLE_DAY),
        ("0000-00-00", Fault.IMPOSSIBLE_DAY),
        ("2026/06/11 24:00", Fault.IMPOSSIBLE_TIME),
        ("2026/06/11 11:60", Fault.IMPOSSIBLE_TIME),
        ("2026/06/11 午後13時", Fault.IMPOSSIBLE_TIME),
        ("2026-06-11T11:07+15:00", Fault.IMPOSSIBLE_TIME),
        ("平成32年1月1日", Fault.OUTSIDE_ERA),
        ("平成31年5月1日", Fault.OUTSIDE_ERA),
        ("令和1年4月30日", Fault.OUTSIDE_ERA),
        ("令和0年5月1日", Fault.OUTSIDE_ERA),
        ("昭和65年1月1日", Fault.OUTSIDE_ERA),
        ("R99.1.1", Fault.OUTSIDE_ERA),
        ("令和6年2月30日", Fault.IMPOSSIBLE_DAY),
        ("令和七年二月二十九日", Fault.IMPOSSIBLE_DAY),
        ("R7/4", Fault.MONTH_ONLY),
        ("令和7年4月", Fault.MONTH_ONLY),
        ("2026/06", Fault.MONTH_ONLY),
        ("2026年6月", Fault.MONTH_ONLY),
        ("26/06/11", Fault.SHORT_YEAR),
        ("'26.6.11", Fault.SHORT_YEAR),
        ("26/06/11 11:07", Fault.SHORT_YEAR),
        ("06/11/2026", Fault.DAY_FIRST),
        ("11.06.2026", Fault.DAY_FIRST),
        ("6/11", Fault.NO_YEAR),
        ("6月11日", Fault.NO_YEAR),
        ("6月11日(木) 11:00", Fault.NO_YEAR),
        ("46184", Fault.DAY_COUNT),
        ("46184.4632", Fault.DAY_COUNT),
    ],
)
def test_unreadable_date_tells_why(text: str, fault: Fault) -> None:
    with pytest.raises(dates.UnreadableDate) as told:
        dates.parse_moment(text)
    assert told.value.fault == fault


@given(st.text(max_size=20))
def test_any_text_is_a_day_that_reads_again_or_unreadable(text: str) -> None:
    try:
        day = dates.parse_day(text)
    except dates.UnreadableDate:
        return
    assert dates.parse_day(day.isoformat()) == day
