"""What the cells of a column look like: enough to tell an e-mail address from a name, never enough to guess a meaning."""

from __future__ import annotations

import functools
import re
import typing
import unicodedata

from career_relay.domain.hiring.intake import values
from career_relay.domain.hiring.intake.vocabulary import DAYS, Field
from career_relay.kernel.japanese import dates

if typing.TYPE_CHECKING:
    import collections.abc

ENOUGH: typing.Final = 0.6
PLENTY: typing.Final = 0.8
FEW: typing.Final = 3
LONGEST: typing.Final = 200

_EMAIL: typing.Final = re.compile(r"[^\s@,;]+@[^\s@,;]+\.[A-Za-z]{2,}(?:\s*[,;/\s].*)?", re.DOTALL)
_PHONE: typing.Final = re.compile(r"(?:\+?81|0)?[\d\s().\-‐‑–—−ー]{8,16}(?:\s*[,;/\s].*)?")  # noqa: RUF001 -- hyphens as typed
_TIME: typing.Final = re.compile(
    r"(?:午[前後])?\s*\d{1,2}(?::|時)(?:\d{1,2}分?)?(?::\d{2})?(?:\s*[AP]M)?", re.IGNORECASE
)
_KANA: typing.Final = re.compile(r"[\u3041-\u3096\u30a1-\u30fa\u30fc\s・゛゜-]+")
_NAME_AND_KANA: typing.Final = re.compile(r"[^()]*[^()\s]\s*\([\u3041-\u3096\u30a1-\u30fa\u30fc\s・]+\)")
_ID: typing.Final = re.compile(r"[A-Za-z]{0,6}[-_]?\d[\w-]*")
_HAS_LETTER: typing.Final = re.compile(r"[^\W\d_]")
_LIKE_A_DATE: typing.Final = re.compile(
    r"\d+[/.\-年]\d+|[MTSHR]\d|明治|大正|昭和|平成|令和|\d{4,5}$|\d+月", re.IGNORECASE
)

_EMPTY_MARKS: typing.Final = frozenset({"", "-", "'", "空白", "なし", "ー"})


def fits(field: Field, samples: collections.abc.Sequence[str]) -> bool:
    """Tell whether the samples may be what the field holds; blank columns fit everything."""
    seen = _seen(samples)
    check = _CHECKS.get(field)
    return not seen or check is None or _share(seen, check) >= ENOUGH


def refined(field: Field, samples: collections.abc.Sequence[str]) -> Field:
    """Return the field that the content makes of a name: 氏名（カナ） over 山田（ヤマダ） is the name, 応募日 over 11:07 a time."""
    seen = _seen(samples)
    readings = _OTHER_READINGS.get(field)
    if not seen or readings is None:
        return field
    check, enough, other = readings
    return other if _share(seen, check) >= enough else field


def decide(samples: collections.abc.Sequence[str]) -> Field | None:
    """Return the field of a column whose name says nothing, where the content can mean one thing only."""
    seen = _seen(samples)
    if len(seen) < FEW:
        return None
    if _share(seen, _is_email) >= PLENTY:
        return Field.EMAIL
    if (
        _share(seen, _is_phone) >= PLENTY
        and _share(seen, lambda cell: cell.lstrip("(").startswith(("0", "+81"))) >= PLENTY
    ):
        return Field.PHONE
    return Field.NAME if _share(seen, _is_name_and_kana) >= PLENTY else None


def _seen(samples: collections.abc.Sequence[str]) -> list[str]:
    plain = (unicodedata.normalize("NFKC", sample[:LONGEST]).strip() for sample in samples)
    return [sample for sample in plain if sample not in _EMPTY_MARKS]


def _share(seen: list[str], check: collections.abc.Callable[[str], object]) -> float:
    return sum(bool(check(cell)) for cell in seen) / len(seen)


def _is_email(cell: str) -> bool:
    return _EMAIL.fullmatch(cell) is not None


def _is_phone(cell: str) -> bool:
    return _PHONE.fullmatch(cell) is not None and not _is_date(cell)


@functools.lru_cache(maxsize=2_000)
def _is_date(cell: str) -> bool:
    try:
        dates.parse_day(cell)
    except dates.UnreadableDate:
        return False
    return True


def _is_like_a_date(cell: str) -> bool:
    """Tell whether somebody meant a date, readable or not: what is wrong with it is told row by row."""
    return _LIKE_A_DATE.search(cell) is not None and not _is_email(cell)


def _is_time(cell: str) -> bool:
    return _TIME.fullmatch(cell) is not None


def _is_kana(cell: str) -> bool:
    return _KANA.fullmatch(cell) is not None or (cell.isascii() and _HAS_LETTER.search(cell) is not None)


def _is_name_and_kana(cell: str) -> bool:
    return _NAME_AND_KANA.fullmatch(cell) is not None and not _KANA.fullmatch(cell.replace("(", "").replace(")", ""))


def _is_name(cell: str) -> bool:
    return _HAS_LETTER.search(cell) is not None and not _is_email(cell) and not _is_date(cell) and len(cell) <= 60


def _is_words(cell: str) -> bool:
    return _HAS_LETTER.search(cell) is not None and not _is_email(cell) and not _is_date(cell)


def _is_short_words(cell: str) -> bool:
    return not _is_email(cell) and not _is_date(cell) and not _is_time(cell) and len(cell) <= 60


def _is_ending(cell: str) -> bool:
    """Tell whether the cell says how an application ended: some sources keep that under the reason."""
    meaning = values.outcome(cell)
    return meaning is not None and meaning[1] is not None


def _is_id(cell: str) -> bool:
    return len(cell) <= 64 and not _is_email(cell) and not _is_time(cell) and "/" not in cell


def _is_bare_number(cell: str) -> bool:
    return cell.isascii() and _ID.fullmatch(cell) is not None


_OTHER_READINGS: typing.Final[dict[Field, tuple[collections.abc.Callable[[str], bool], float, Field]]] = {
    Field.KANA: (_is_name_and_kana, ENOUGH, Field.NAME),
    Field.APPLIED_TIME: (_is_date, ENOUGH, Field.APPLIED_AT),
    Field.APPLIED_AT: (_is_time, ENOUGH, Field.APPLIED_TIME),
    Field.REASON: (_is_ending, PLENTY, Field.OUTCOME),
    Field.POSTING_TITLE: (_is_bare_number, PLENTY, Field.POSTING_ID),
}
_CHECKS: typing.Final[dict[Field, collections.abc.Callable[[str], bool]]] = {
    Field.APPLICATION_ID: _is_id,
    Field.APPLICANT_ID: _is_id,
    Field.POSTING_ID: _is_id,
    Field.NAME: _is_name,
    Field.FAMILY_NAME: _is_name,
    Field.GIVEN_NAME: _is_name,
    Field.KANA: _is_kana,
    Field.FAMILY_KANA: _is_kana,
    Field.GIVEN_KANA: _is_kana,
    Field.EMAIL: _is_email,
    Field.PHONE: _is_phone,
    Field.APPLIED_AT: _is_like_a_date,
    Field.APPLIED_TIME: _is_time,
    Field.SOURCE: _is_short_words,
    Field.POSTING_TITLE: _is_words,
    Field.EMPLOYMENT_TYPE: _is_short_words,
    Field.JOB_FAMILY: _is_words,
    Field.PREFECTURE: _is_short_words,
    Field.STAGE: _is_short_words,
    Field.OUTCOME: _is_short_words,
    Field.STATUS: _is_short_words,
    **dict.fromkeys(DAYS, _is_like_a_date),
}
