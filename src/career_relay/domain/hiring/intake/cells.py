"""One cell to one typed value. What is wrong with it goes to `Findings`: an error keeps the row out, a warning does not."""

from __future__ import annotations

import dataclasses
import functools
import re
import typing
import unicodedata

from career_relay.domain.hiring.intake import prefectures
from career_relay.domain.hiring.intake.problems import Code, Problem
from career_relay.domain.hiring.intake.vocabulary import Field
from career_relay.kernel.japanese import dates

if typing.TYPE_CHECKING:
    import datetime as dt

LONGEST: typing.Final[dict[Field, int]] = {
    Field.NOTE: 10_000,
    Field.REASON: 1_000,
    Field.POSTING_TITLE: 200,
    Field.EMAIL: 254,
}
LONGEST_USUAL: typing.Final = 100
LONGEST_CONTACT: typing.Final = 600

_INVISIBLE: typing.Final = re.compile(
    "[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x80-\x84\x86-\x9f]"
)
_AS_TEXT: typing.Final = re.compile(r'[=＝]"([^"]*)"')
_FORMULA: typing.Final = re.compile(r"[=＝]|[-+@＋－＠][A-Za-z(=]")
_DAMAGE: typing.Final = re.compile("[?？〓\ufffd□■]")

_PLAIN_EMAIL: typing.Final = re.compile(
    r"(?=[^@]{1,64}@)[a-z0-9_+-]+(?:\.[a-z0-9_+-]+)*@(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,24}"
)
_ANY_EMAIL: typing.Final = re.compile(
    r"(?P<local>[a-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64})@(?P<domain>(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z][a-z0-9-]{1,23})"
)
_CARRIER: typing.Final = re.compile(
    r"(?:.+\.)?(?:docomo\.ne\.jp|ezweb\.ne\.jp|au\.com|softbank\.(?:ne\.)?jp|i\.softbank\.jp|vodafone\.ne\.jp|disney\.ne\.jp|pdx\.ne\.jp|willcom\.com|emnet\.ne\.jp|ymobile\.ne\.jp|ymobile1\.ne\.jp)"
)
_IN_BRACKETS: typing.Final = re.compile(r"<([^<>]+@[^<>]+)>")
_BETWEEN_EMAILS: typing.Final = re.compile(r"[,;、，；/／|]|\s+")  # noqa: RUF001 -- as typed

_PLAIN_PHONE: typing.Final = re.compile(r"0[5-9]0-?\d{4}-?\d{4}", re.ASCII)
_JAPANESE_PHONE: typing.Final = re.compile(r"0[5-9]0\d{8}|0800\d{7}|0(?![5-9]0)[1-9]\d{8}")
_ZERO_LOST: typing.Final = re.compile(r"[5-9]0\d{8}|(?![5-9]0)[1-9]\d{8}")
_BETWEEN_PHONES: typing.Final = re.compile(r"[,;、/|\n\r]|または|\bor\b|\s+(?=0\d|\+81)")
_EXTENSION: typing.Final = re.compile(r"(?:内線|\(代\)|代表|ext\.?|x)\s*[-:]?\d*\)?$", re.IGNORECASE)
_NOT_A_PHONE: typing.Final = re.compile(r"[^\d+().\-‐‑‒–—―−ー~\s]|\d[+]|^\d+\.\d+$")  # noqa: RUF001 -- hyphens as typed
_LABEL: typing.Final = re.compile(
    r"^(?:tel|電話|携帯|phone|mobile|自宅|mob|fax)\s*[:.)]?\s*|\((?:携帯|自宅|本人|固定)\)$", re.IGNORECASE
)

_FAULTS: typing.Final = {
    dates.Fault.EMPTY: Code.REQUIRED_EMPTY,
    dates.Fault.UNKNOWN_FORM: Code.DATE_UNREADABLE,
    dates.Fault.IMPOSSIBLE_DAY: Code.DATE_IMPOSSIBLE,
    dates.Fault.IMPOSSIBLE_TIME: Code.TIME_IMPOSSIBLE,
    dates.Fault.OUTSIDE_ERA: Code.DATE_OUTSIDE_ERA,
    dates.Fault.MONTH_ONLY: Code.DATE_WITHOUT_DAY,
    dates.Fault.SHORT_YEAR: Code.DATE_SHORT_YEAR,
    dates.Fault.NO_YEAR: Code.DATE_WITHOUT_YEAR,
    dates.Fault.DAY_COUNT: Code.DATE_IS_DAY_COUNT,
    dates.Fault.DAY_FIRST: Code.DATE_DAY_FIRST,
}


@dataclasses.dataclass(slots=True)
class Findings:
    """What was found while a row was read."""

    errors: list[Problem] = dataclasses.field(default_factory=list)
    warnings: list[Problem] = dataclasses.field(default_factory=list)

    def fail(self, code: Code, field: Field | None = None, value: str = "", other: str = "") -> None:
        """Note something that keeps the row out."""
        self.errors.append(Problem(code, field, value, other))

    def warn(self, code: Code, field: Field | None = None, value: str = "", other: str = "") -> None:
        """Note something that was mended or left out, while the row goes in."""
        self.warnings.append(Problem(code, field, value, other))


def seen(raw: str, field: Field, findings: Findings) -> str:
    """Return what a person sees in the cell: no invisible marks, no spaces around, and ="0901" as the text it means."""
    text = raw.strip()
    if text.isalnum():
        return text
    if _INVISIBLE.search(text):
        text = _INVISIBLE.sub("", text).strip()
        findings.warn(Code.INVISIBLE_REMOVED, field, text)
    as_text = _AS_TEXT.fullmatch(text)
    return as_text[1].strip() if as_text is not None else text


def text(raw: str, field: Field, findings: Findings) -> str:
    """Return free text; a formula stays the text it is."""
    cell = seen(raw, field, findings)
    if _FORMULA.match(cell):
        findings.warn(Code.FORMULA_KEPT, field, cell)
    return _short_enough(cell, field, findings)


def name(raw: str, field: Field, findings: Findings) -> str:
    """Return a name as given, with a warning where an export replaced a character it could not write."""
    cell = text(raw, field, findings)
    if _DAMAGE.search(cell):
        findings.warn(Code.NAME_DAMAGED, field, cell)
    return cell


def day(raw: str, field: Field, findings: Findings) -> dt.date | None:
    """Return the day in Japan."""
    try:
        return dates.parse_day(raw)
    except dates.UnreadableDate as unreadable:
        return _mended(raw, unreadable, dates.parse_day, field, findings)


def moment(raw: str, field: Field, findings: Findings) -> dt.datetime | None:
    """Return the moment; a day without a time is its beginning in Japan."""
    try:
        return dates.parse_moment(raw)
    except dates.UnreadableDate as unreadable:
        return _mended(raw, unreadable, dates.parse_moment, field, findings)


def time(raw: str, field: Field, findings: Findings) -> dt.time | None:
    """Return a time that stands in a column of its own."""
    cell = seen(raw, field, findings)
    try:
        return dates.parse_time(cell)
    except dates.UnreadableDate:
        findings.fail(Code.TIME_IMPOSSIBLE, field, cell)
        return None


def email(raw: str, field: Field, findings: Findings) -> str:
    """Return the address in the form that is compared and written to; of several, the first."""
    address = raw.strip().lower()
    if _PLAIN_EMAIL.fullmatch(address) and len(address) <= LONGEST[Field.EMAIL]:
        return address
    if len(raw) > LONGEST_CONTACT:
        findings.fail(Code.EMAIL_UNREADABLE, field, raw[:LONGEST_USUAL])
        return ""
    address = _one_address(unicodedata.normalize("NFKC", seen(raw, field, findings)).lower(), field, findings)
    found = _ANY_EMAIL.fullmatch(address)
    if found is None or len(address) > LONGEST[Field.EMAIL]:
        findings.fail(Code.EMAIL_UNREADABLE, field, raw)
        return ""
    if _is_loose(found["local"]):
        if not _CARRIER.fullmatch(found["domain"]):
            findings.fail(Code.EMAIL_UNREADABLE, field, raw)
            return ""
        findings.warn(Code.EMAIL_OLD_FORM, field, address)
    return address


def phone(raw: str, field: Field, findings: Findings) -> str:
    """Return the number as E.164; what can't be called is left out with a warning, for a row is worth more than its number."""
    if _PLAIN_PHONE.fullmatch(raw):
        return f"+81{raw.replace('-', '')[1:]}"
    cell = unicodedata.normalize("NFKC", seen(raw[:LONGEST_CONTACT], field, findings))
    parts = [part for part in _BETWEEN_PHONES.split(_LABEL.sub("", cell)) if part.strip()]
    numbers = [number for number in map(_number, parts) if number[0]]
    if not numbers:
        findings.warn(Code.PHONE_UNREADABLE, field, raw)
        return ""
    if len(parts) > 1:
        findings.warn(Code.PHONE_SEVERAL, field, raw)
    number, has_lost_zero = numbers[0]
    if has_lost_zero:
        findings.warn(Code.PHONE_ZERO_ADDED, field, raw)
    return number


def prefecture(raw: str, field: Field, findings: Findings) -> str:
    """Return the code of the prefecture."""
    code = prefectures.code(raw) or prefectures.code(seen(raw, field, findings))
    if not code:
        findings.warn(Code.PREFECTURE_UNKNOWN, field, raw)
    return code


Found = typing.TypeVar("Found", bound="dt.date")


def _mended(
    raw: str,
    unreadable: dates.UnreadableDate,
    parse: typing.Callable[[str], Found],
    field: Field,
    findings: Findings,
) -> Found | None:
    """Try once more without invisible marks, then say what is wrong."""
    cell = seen(raw, field, findings)
    if cell != raw:
        try:
            return parse(cell)
        except dates.UnreadableDate as still:
            unreadable = still
    findings.fail(_FAULTS[unreadable.fault], field, cell)
    return None


def _short_enough(cell: str, field: Field, findings: Findings) -> str:
    longest = LONGEST.get(field, LONGEST_USUAL)
    if len(cell) > longest:
        findings.fail(Code.VALUE_TOO_LONG, field, cell[: LONGEST_USUAL + 1], str(longest))
    return cell[:longest]


def _one_address(cell: str, field: Field, findings: Findings) -> str:
    """Return the first address of a cell, with what broke it taken out."""
    bracketed = _IN_BRACKETS.search(cell)
    if bracketed is not None:
        return bracketed[1].strip()
    parts = [part for part in _BETWEEN_EMAILS.split(cell.removeprefix("mailto:")) if part]
    if sum("@" in part for part in parts) > 1:
        findings.warn(Code.EMAIL_SEVERAL, field, cell)
        return next(part for part in parts if "@" in part)
    joined = "".join(cell.removeprefix("mailto:").split())
    if joined != cell.removeprefix("mailto:"):
        findings.warn(Code.EMAIL_JOINED, field, joined)
    return joined


def _is_loose(local: str) -> bool:
    """Tell whether a local part has dots where the standard has none and old telephones did."""
    return ".." in local or local.startswith(".") or local.endswith(".")


@functools.lru_cache(maxsize=5_000)
def _number(part: str) -> tuple[str, bool]:
    """Return E.164 and whether a lost zero was put back; an empty number when the text is none."""
    plain = _EXTENSION.sub("", _LABEL.sub("", part.strip())).strip()
    if _NOT_A_PHONE.search(plain):
        return "", False
    digits = "".join(character for character in plain if character.isdigit())
    if plain.startswith("+") and not digits.startswith("81"):
        return (f"+{digits}", False) if 8 <= len(digits) <= 15 else ("", False)
    domestic = _domestic(digits)
    if _JAPANESE_PHONE.fullmatch(domestic):
        return f"+81{domestic[1:]}", False
    if _ZERO_LOST.fullmatch(domestic):
        return f"+81{domestic}", True
    return "", False


def _domestic(digits: str) -> str:
    """Return the digits as dialled in Japan: +81 90…, 0081 90… and +81 (0)90… begin with 0."""
    without = digits.removeprefix("00") if digits.startswith("0081") else digits
    if without.startswith("81") and len(without) >= 11:
        return f"0{without[2:].lstrip('0')}"
    return digits
