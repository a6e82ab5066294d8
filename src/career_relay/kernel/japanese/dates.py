"""Days and moments as Japanese exports write them: 2026/6/1, 2026年6月1日 11:07, 令和七年四月一日, R7.4.1, ISO 8601.

What could be read in two ways is refused with a code that says how to mend it, never guessed: years of two digits, months
without a day, 06/11/2026. A bare number such as 46184 is refused too: it is a spreadsheet's day count, but nothing tells
whether it counts from 1900 or from 1904.
"""

from __future__ import annotations

import datetime as dt
import enum
import functools
import re
import typing
import unicodedata

from career_relay.kernel import clock


class Fault(enum.StrEnum):
    """Why text is not a day or a moment."""

    EMPTY = "empty"
    UNKNOWN_FORM = "unknown_form"
    IMPOSSIBLE_DAY = "impossible_day"
    IMPOSSIBLE_TIME = "impossible_time"
    OUTSIDE_ERA = "outside_era"
    MONTH_ONLY = "month_only"
    SHORT_YEAR = "short_year"
    NO_YEAR = "no_year"
    DAY_COUNT = "day_count"
    DAY_FIRST = "day_first"


class UnreadableDate(ValueError):
    """The text is not a day or a moment; `fault` says why."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault)
        self.fault = fault


EARLIEST_YEAR: typing.Final = 1873
LATEST_YEAR: typing.Final = 2100
LONGEST: typing.Final = 80

_ERAS: typing.Final[dict[str, tuple[dt.date, dt.date]]] = {
    "明治": (dt.date(1868, 1, 25), dt.date(1912, 7, 29)),
    "大正": (dt.date(1912, 7, 30), dt.date(1926, 12, 24)),
    "昭和": (dt.date(1926, 12, 25), dt.date(1989, 1, 7)),
    "平成": (dt.date(1989, 1, 8), dt.date(2019, 4, 30)),
    "令和": (dt.date(2019, 5, 1), dt.date(LATEST_YEAR, 12, 31)),
}
_ERA_LETTERS: typing.Final = {"M": "明治", "T": "大正", "S": "昭和", "H": "平成", "R": "令和"}
_KANJI_DIGITS: typing.Final = str.maketrans("〇零一二三四五六七八九", "00123456789")

_PLAIN: typing.Final = re.compile(r"(\d{4})([/-])(\d\d?)\2(\d\d?)(?: +(\d\d?):(\d\d)(?::(\d\d))?)?", re.ASCII)
_NUMBER: typing.Final = r"元|\d+"
_WESTERN: typing.Final = re.compile(
    r"(?:西暦)?(?P<year>\d{4})(?:\s*[/.\-年]\s*(?P<month>\d\d?)\s*[/.\-月]\s*(?P<day>\d\d?)(?:\s*日)?|(?P<packed>\d{4}))"
)
_ERA: typing.Final = re.compile(
    rf"(?P<era>明治|大正|昭和|平成|令和|[MTSHR])\s*\.?(?P<year>{_NUMBER})\s*[/.\-年]\s*(?P<month>\d\d?)\s*[/.\-月]\s*(?P<day>\d\d?)(?:\s*日)?",
    re.IGNORECASE,
)
_WEEKDAY: typing.Final = re.compile(r"\s*\(?(?:(?<=\()[月火水木金土日祝・]+(?:曜日?)?|[月火水木金土日]曜日?)\)?")
_TIME: typing.Final = re.compile(
    r"(?P<half>午前|午後|AM |PM )?\s*(?P<hour>\d\d?)\s*[:時]\s*(?P<minute>\d\d?)?\s*分?(?:\s*:?\s*(?P<second>\d\d?)\s*秒?)?(?:[.,]\d{1,9})?"
    r"\s*(?P<late>AM|PM)?\s*(?P<zone>Z|JST|UTC|[+-]\d\d:?\d\d)?(?:\s*JST)?",
    re.IGNORECASE,
)
_FAULTS: typing.Final[tuple[tuple[re.Pattern[str], Fault], ...]] = (
    (re.compile(r"[1-9]\d{4}(?:\.\d+)?"), Fault.DAY_COUNT),
    (
        re.compile(r"(?:明治|大正|昭和|平成|令和|[MTSHR])\s*\.?(?:元|\d{1,2})\s*[/.\-年]\s*\d\d?\s*月?", re.IGNORECASE),
        Fault.MONTH_ONLY,
    ),
    (re.compile(r"\d{4}\s*[/.\-年]\s*\d\d?\s*月?"), Fault.MONTH_ONLY),
    (re.compile(r"'?\d\d\s*[/.\-年]\s*\d\d?\s*[/.\-月]\s*\d\d?\s*日?(?:\D.*)?"), Fault.SHORT_YEAR),
    (re.compile(r"\d\d?\s*[/.\-]\s*\d\d?\s*[/.\-]\s*\d{4}(?:\D.*)?"), Fault.DAY_FIRST),
    (re.compile(r"\d\d?\s*[/月]\s*\d\d?\s*日?(?:[\s(].*)?"), Fault.NO_YEAR),
)


@functools.lru_cache(maxsize=20_000)
def parse_day(text: str) -> dt.date:
    """Return the day in Japan, of a moment too.

    Raises UnreadableDate.
    """
    plain = _PLAIN.fullmatch(text)
    if plain is not None and plain[5] is None:
        return _day(int(plain[1]), int(plain[3]), int(plain[4]))
    return parse_moment(text).date()


def parse_moment(text: str) -> dt.datetime:
    """Return the moment in Japan; text with a day only is the start of that day.

    Raises UnreadableDate.
    """
    plain = _PLAIN.fullmatch(text)
    if plain is not None:
        day = _day(int(plain[1]), int(plain[3]), int(plain[4]))
        return _at(day, int(plain[5] or 0), int(plain[6] or 0), int(plain[7] or 0))
    tidy = _tidied(text)
    if not tidy:
        raise UnreadableDate(Fault.EMPTY)
    day, rest = _leading_day(tidy)
    return _with_time(day, rest) if rest else _at(day, 0, 0, 0)


def parse_time(text: str) -> dt.time:
    """Return a time of day that stands in a cell of its own.

    Raises UnreadableDate.
    """
    tidy = _tidied(text)
    if not tidy:
        raise UnreadableDate(Fault.EMPTY)
    return _with_time(dt.date(LATEST_YEAR, 1, 1), tidy).time()


def _tidied(text: str) -> str:
    """Return the text in half width, its number words as digits, without what a spreadsheet puts before text.

    Raises UnreadableDate for text longer than any date, before a pattern has to look through it.
    """
    if len(text) > LONGEST:
        raise UnreadableDate(Fault.UNKNOWN_FORM)
    plain = unicodedata.normalize("NFKC", text).strip().lstrip("'").strip()
    return re.sub("[〇零一二三四五六七八九十]+(?=[年月日時分秒])", lambda found: _digits(found[0]), plain)


def _digits(kanji: str) -> str:
    """Return 二〇二六 as 2026 and 二十一 as 21."""
    tens, ten, ones = kanji.partition("十")
    if not ten:
        return kanji.translate(_KANJI_DIGITS)
    return (tens or "一").translate(_KANJI_DIGITS) + (ones or "0").translate(_KANJI_DIGITS)


def _leading_day(text: str) -> tuple[dt.date, str]:
    """Return the day that the text begins with, and what follows it."""
    found = _WESTERN.match(text)
    if found is not None and not text[found.end() : found.end() + 1].isdigit():
        packed = found["packed"]
        month, day = (packed[:2], packed[2:]) if packed else (found["month"], found["day"])
        return _day(int(found["year"]), int(month), int(day)), _after_weekday(text[found.end() :])
    found = _ERA.match(text)
    if found is not None and not text[found.end() : found.end() + 1].isdigit():
        return _era_day(found), _after_weekday(text[found.end() :])
    raise UnreadableDate(_fault(text))


def _after_weekday(rest: str) -> str:
    """Return what follows the day once its weekday and the sign before a time are gone."""
    weekday = _WEEKDAY.match(rest)
    without = rest[weekday.end() :] if weekday is not None else rest
    return without.removeprefix("T").removeprefix(",").strip()


def _fault(text: str) -> Fault:
    return next((fault for form, fault in _FAULTS if form.fullmatch(text)), Fault.UNKNOWN_FORM)


def _day(year: int, month: int, day: int) -> dt.date:
    if not EARLIEST_YEAR <= year <= LATEST_YEAR:
        raise UnreadableDate(Fault.IMPOSSIBLE_DAY)
    try:
        return dt.date(year, month, day)
    except ValueError:
        raise UnreadableDate(Fault.IMPOSSIBLE_DAY) from None


def _era_day(found: re.Match[str]) -> dt.date:
    """Return the day of an era, which must lie inside it: 平成32年 and 令和1年4月30日 were never written by a calendar."""
    era = _ERA_LETTERS.get(found["era"].upper(), found["era"])
    first, last = _ERAS[era]
    number = 1 if found["year"] == "元" else int(found["year"])
    if number < 1 or first.year + number - 1 > last.year:
        raise UnreadableDate(Fault.OUTSIDE_ERA)
    day = _day(first.year + number - 1, int(found["month"]), int(found["day"]))
    if not first <= day <= last:
        raise UnreadableDate(Fault.OUTSIDE_ERA)
    return day


def _with_time(day: dt.date, text: str) -> dt.datetime:
    """Return the day at the time that `text` tells, in Japan, whatever zone it was written in."""
    found = _TIME.fullmatch(text)
    if found is None:
        raise UnreadableDate(Fault.UNKNOWN_FORM)
    hour = _hour(int(found["hour"]), (found["half"] or found["late"] or "").strip().upper())
    moment = _at(day, hour, int(found["minute"] or 0), int(found["second"] or 0))
    zone = (found["zone"] or "JST").upper()
    if zone == "JST":
        return moment
    return moment.replace(tzinfo=_zone(zone)).astimezone(clock.TOKYO)


def _hour(hour: int, half: str) -> int:
    """Return the hour of the day; 午後0時 and 12 PM are both noon."""
    if not half:
        return hour
    if hour > 12:
        raise UnreadableDate(Fault.IMPOSSIBLE_TIME)
    return hour % 12 + (12 if half in {"午後", "PM"} else 0)


def _zone(text: str) -> dt.timezone:
    if text in {"Z", "UTC"}:
        return dt.UTC
    hours, minutes = int(text[1:3]), int(text[-2:])
    if hours > 14 or minutes > 59:
        raise UnreadableDate(Fault.IMPOSSIBLE_TIME)
    distance = dt.timedelta(hours=hours, minutes=minutes)
    return dt.timezone(-distance if text[0] == "-" else distance)


def _at(day: dt.date, hour: int, minute: int, second: int) -> dt.datetime:
    try:
        return dt.datetime(day.year, day.month, day.day, hour, minute, second, tzinfo=clock.TOKYO)
    except ValueError:
        raise UnreadableDate(Fault.IMPOSSIBLE_TIME) from None
