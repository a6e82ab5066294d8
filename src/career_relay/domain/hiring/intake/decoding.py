"""Bytes to text: the encoding is found in a fixed order and told, and what is no table is refused by name.

A byte order mark decides; then strict UTF-8; then a score among the three older Japanese encodings. Detectors for all
languages are not asked: on Japanese rows they take EUC-JP for Korean and CP932 for Chinese.
"""

from __future__ import annotations

import codecs
import dataclasses
import re
import typing

from career_relay.domain.hiring.intake.problems import Code, Problem, UnableToReadFile
from career_relay.domain.hiring.intake.vocabulary import Confidence

ENCODINGS: typing.Final = {
    "utf-8": "UTF-8",
    "cp932": "Shift_JIS（CP932）",
    "euc_jp": "EUC-JP",
    "iso2022_jp": "ISO-2022-JP",
    "utf-16": "UTF-16",
}
SAMPLE_BYTES: typing.Final = 200_000

_MARKS: typing.Final = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_UTF_32_MARKS: typing.Final = (codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)
_OLD_WORKBOOK: typing.Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MAGIC: typing.Final = (
    (b"%PDF", Code.FILE_IS_PDF),
    (b"\x1f\x8b", Code.FILE_IS_ARCHIVE),
    (b"7z\xbc\xaf\x27\x1c", Code.FILE_IS_ARCHIVE),
    (b"Rar!", Code.FILE_IS_ARCHIVE),
    (b"\x89PNG", Code.FILE_IS_OTHER),
    (b"\xff\xd8\xff", Code.FILE_IS_OTHER),
    (b"GIF8", Code.FILE_IS_OTHER),
    (b"{\\rtf", Code.FILE_IS_OTHER),
)
_PAGE: typing.Final = re.compile(rb"\s*<(?:!doctype|html|table|\?xml)", re.IGNORECASE)
_ESCAPE: typing.Final = re.compile(rb"\x1b[$(]")
_KANA: typing.Final = re.compile(r"[\u3041-\u30fa]")  # numbers such as +81… never give these in UTF-7
_VISIBLE: typing.Final = re.compile(r"[^\s\ufeff]")
_USUAL: typing.Final = re.compile(r"[\u3041-\u3096\u30a1-\u30fa\u30fc\u3000-\u3002\uff01-\uff5e]")
_KANJI: typing.Final = re.compile(r"[\u4e00-\u9fff]")
_UNUSUAL: typing.Final = re.compile(r"[\uff61-\uff9f\ue000-\uf8ff\u0370-\u04ff\u2500-\u257f\x80-\x9f]")


@dataclasses.dataclass(frozen=True, slots=True)
class Decoded:
    """The text of a file, and how it was read."""

    text: str
    encoding: str
    confidence: Confidence


def decode(content: bytes, *, encoding: str = "") -> Decoded:
    """Return the text of a file, read in the encoding that was chosen or, without one, in the one that is found.

    Raises UnableToReadFile for what is no text, and with the line of the first bytes that the encoding has not.
    """
    _refuse_what_is_no_table(content)
    if encoding and encoding not in ENCODINGS:
        raise UnableToReadFile(Problem(Code.ENCODING_REFUSED, value=encoding))
    found, confidence = (encoding, Confidence.CERTAIN) if encoding else _find(content)
    text = _strictly(content, found)
    if "\0" in text:
        raise UnableToReadFile(Problem(Code.FILE_HAS_NUL, other=str(_line_of(text, text.index("\0")))))
    if not _VISIBLE.search(text):
        raise UnableToReadFile(Problem(Code.FILE_EMPTY))
    return Decoded(text, found, confidence)


def _refuse_what_is_no_table(content: bytes) -> None:
    if not content:
        raise UnableToReadFile(Problem(Code.FILE_EMPTY))
    code = _no_table(content)
    if code is not None:
        raise UnableToReadFile(Problem(code))
    if content.startswith(_UTF_32_MARKS) and not content.startswith(codecs.BOM_UTF16_LE + b"\0\0\r"):
        raise UnableToReadFile(Problem(Code.ENCODING_REFUSED, value="UTF-32"))


def _no_table(content: bytes) -> Code | None:
    """Return what the file is by its first bytes, when that is no text."""
    if content.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        is_workbook = b"[Content_Types].xml" in content or b"xl/" in content
        return Code.FILE_IS_WORKBOOK if is_workbook else Code.FILE_IS_ARCHIVE
    if content.startswith(_OLD_WORKBOOK):
        is_locked = "EncryptedPackage".encode("utf-16-le") in content
        return Code.FILE_IS_LOCKED if is_locked else Code.FILE_IS_OLD_WORKBOOK
    if _PAGE.match(content.removeprefix(codecs.BOM_UTF8)):
        return Code.FILE_IS_PAGE
    return next((code for magic, code in _MAGIC if content.startswith(magic)), None)


def _find(content: bytes) -> tuple[str, Confidence]:
    """Return the encoding and how sure it is.

    Raises UnableToReadFile when no encoding fits.
    """
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return encoding, Confidence.CERTAIN
    if b"\0" in content:
        raise UnableToReadFile(Problem(Code.FILE_HAS_NUL, other=str(_line_of_byte(content, content.index(b"\0")))))
    if content.isascii():
        return _find_in_ascii(content)
    if _reads(content, "utf-8"):
        return "utf-8", Confidence.CERTAIN
    return _find_older(content)


def _find_in_ascii(content: bytes) -> tuple[str, Confidence]:
    """Return the encoding of bytes below 128, in which ISO-2022-JP and UTF-7 hide their characters."""
    if _ESCAPE.search(content):
        return "iso2022_jp", Confidence.CERTAIN
    if b"+" in content and _reads(content, "utf-7") and _KANA.search(content.decode("utf-7")):
        raise UnableToReadFile(Problem(Code.ENCODING_REFUSED, value="UTF-7"))
    return "utf-8", Confidence.CERTAIN


def _find_older(content: bytes) -> tuple[str, Confidence]:
    fitting = [encoding for encoding in ("cp932", "euc_jp") if _reads(content, encoding)]
    if not fitting:
        return _least_damaged(content), Confidence.UNKNOWN
    scores = {encoding: _likeness(content, encoding) for encoding in fitting}
    best = max(fitting, key=lambda encoding: scores[encoding])
    if scores[best] < 0:
        return best, Confidence.UNKNOWN
    others = [score for encoding, score in scores.items() if encoding != best]
    is_clear = all(scores[best] - score > 1 for score in others)
    return best, Confidence.CERTAIN if is_clear else Confidence.LIKELY


def _likeness(content: bytes, encoding: str) -> float:
    """Return how much the text looks like Japanese: kana and kanji count, half-width kana and box lines count against."""
    text = content[:SAMPLE_BYTES].decode(encoding, errors="ignore")
    letters = sum(not character.isascii() for character in text) or 1
    usual, kanji, unusual = (len(form.findall(text)) for form in (_USUAL, _KANJI, _UNUSUAL))
    return (2 * usual + kanji - 3 * unusual) / letters


def _least_damaged(content: bytes) -> str:
    """Return the encoding in which the fewest bytes are lost, so that the message names the right line.

    Raises UnableToReadFile when the bytes are text in none of them.
    """
    sample = content[:SAMPLE_BYTES]
    lost = {
        encoding: sample.decode(encoding, errors="replace").count("\ufffd") for encoding in ("utf-8", "cp932", "euc_jp")
    }
    best = min(lost, key=lambda encoding: lost[encoding])
    if lost[best] * 20 > len(sample):
        raise UnableToReadFile(Problem(Code.ENCODING_NOT_FOUND))
    return best


def _reads(content: bytes, encoding: str) -> bool:
    try:
        content.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _strictly(content: bytes, encoding: str) -> str:
    """Return the whole text without its mark.

    Raises UnableToReadFile with the line of the first unreadable bytes.
    """
    try:
        return content.decode(encoding).removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        line = _line_of_byte(content, error.start)
        raise UnableToReadFile(Problem(Code.BYTES_UNREADABLE, value=ENCODINGS[encoding], other=str(line))) from None


def _line_of(text: str, at: int) -> int:
    before = text[:at].replace("\r\n", "\n").replace("\r", "\n")
    return before.count("\n") + 1


def _line_of_byte(content: bytes, at: int) -> int:
    before = content[:at].replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    return before.count(b"\n") + 1
