"""Names of people as files hold them: kept as given, split where that is safe, the reading in full-width katakana."""

from __future__ import annotations

import dataclasses
import re
import typing
import unicodedata

from career_relay.domain.hiring.intake.surnames import LONGEST, SURNAMES
from career_relay.kernel import japanese
from career_relay.kernel.japanese import variants

LONGEST_CELL: typing.Final = 200

_ORDINARY: typing.Final = re.compile(
    r"[A-Za-z\u3041-\u3096\u30a1-\u30fa\u30fc\u4e00-\u9fff々]+(?: [A-Za-z\u3041-\u3096\u30a1-\u30fa\u30fc\u4e00-\u9fff々]+)*"
)
_KANA_ONLY: typing.Final = re.compile(r"[\u30a1-\u30fa\u30fc・=\s]+")
_READING: typing.Final = re.compile(r"[\u30a1-\u30fa\u30fc\u309d\u309e・='A-Za-z\s.-]+")
_LONG_MARK: typing.Final = re.compile(r"(?<=[\u30a1-\u30fa])[-‐‑–—―−]")  # noqa: RUF001 -- typed for a long vowel
_WITH_READING: typing.Final = re.compile(
    r"(?P<name>[^()（）\[\]【】/／]+?)\s*(?:[(（\[【](?P<inner>[^()（）\[\]【】]+)[)）\]】]|[/／](?P<after>.+))\s*"
)
_HONORIFIC: typing.Final = re.compile(r"\s*(?:様|さま|殿)$")
_JAPANESE: typing.Final = re.compile(
    r"[\u3041-\u3096\u30a1-\u30fa\u30fc\u4e00-\u9fff\u3400-\u4dbf\uf900-\ufaff\U00020000-\U0003ffff々]+"
)
_BRACKETS: typing.Final = frozenset("()（）[]【】")
_TO_KATAKANA: typing.Final = {code: code + 0x60 for code in (*range(0x3041, 0x3097), 0x309D, 0x309E)}
_EVERYDAY: typing.Final = str.maketrans(variants.EVERYDAY)


@dataclasses.dataclass(frozen=True, slots=True)
class Name:
    """A person's name; family and given name are empty where the whole could not be split safely."""

    full: str
    family: str = ""
    given: str = ""
    kana: str = ""
    family_kana: str = ""
    given_kana: str = ""

    @property
    def is_split(self) -> bool:
        """Tell whether family and given name are known."""
        return bool(self.family and self.given)


NOBODY: typing.Final = Name("")


def read(
    full: str = "", family: str = "", given: str = "", kana: str = "", family_kana: str = "", given_kana: str = ""
) -> Name:
    """Return the name from whichever columns a file has; a column of its own goes before what is found in the whole."""
    whole, inner_kana = _parted(clean(full))
    family, given = clean(family), clean(given)
    if not (family and given) and whole:
        family, given = _split(whole)
    elif family or given:
        whole = whole or " ".join(filter(None, (family, given)))
    kana = reading(kana) or reading(inner_kana)
    family_kana, given_kana = reading(family_kana), reading(given_kana)
    if family_kana or given_kana:
        kana = kana or " ".join(filter(None, (family_kana, given_kana)))
    elif kana.count(" ") == 1:
        family_kana, given_kana = kana.split(" ")
    return Name(whole, family, given, kana, family_kana, given_kana)


def clean(text: str) -> str:
    """Return a name as it was given, without what nobody typed: control characters, double spaces, 様 at the end."""
    if not text:
        return ""
    tidy = text if _ORDINARY.fullmatch(text) else japanese.clean_name(text)
    return tidy if tidy[-1:] not in {"様", "殿", "ま"} else _HONORIFIC.sub("", tidy)


def reading(text: str) -> str:
    """Return kana in full-width katakana with single spaces, or an empty string when the text is no reading."""
    if not text or len(text) > LONGEST_CELL:
        return ""
    if not _KANA_ONLY.fullmatch(text):
        text = unicodedata.normalize("NFKC", japanese.normalise(text).translate(_TO_KATAKANA)).strip(" ()")
        text = _LONG_MARK.sub("ー", text)
    tidy = " ".join(text.split())
    return tidy if _READING.fullmatch(tidy) else ""


def _parted(full: str) -> tuple[str, str]:
    """Return name and reading of a cell that holds both: 山田（ヤマダ）."""
    if full.isalpha() or len(full) > LONGEST_CELL:
        return full, ""
    found = _WITH_READING.fullmatch(full)
    if found is None:
        return full, ""
    inner = found["inner"] or found["after"]
    return (found["name"], inner) if _is_kana(inner) else (full, "")


def _is_kana(text: str) -> bool:
    plain = unicodedata.normalize("NFKC", text).translate(_TO_KATAKANA)
    return _KANA_ONLY.fullmatch(unicodedata.normalize("NFKC", plain)) is not None


def _split(full: str) -> tuple[str, str]:
    """Return family and given name: at the one space, else after a frequent family name, else nothing.

    A family name of one character is taken only from short names: 林太郎 is 林 太郎, but 林田太郎 is not 林 田太郎.
    Names in Latin letters are left whole: which part comes first is anybody's guess.
    """
    first, space, rest = full.partition(" ")
    if space:
        is_clear = " " not in rest and not full.isascii() and _BRACKETS.isdisjoint(full)
        return (first, rest) if is_clear else ("", "")
    if not _JAPANESE.fullmatch(full):
        return "", ""
    everyday = full.translate(_EVERYDAY)
    for length in range(min(LONGEST, len(full) - 1), 0, -1):
        if everyday[:length] in SURNAMES and (length > 1 or len(full) <= 3):
            return full[:length], full[length:]
    return "", ""
