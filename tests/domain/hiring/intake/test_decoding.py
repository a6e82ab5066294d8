from __future__ import annotations

import codecs
import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from career_relay.domain.hiring.intake import decoding
from career_relay.domain.hiring.intake.problems import Code, UnableToReadFile
from career_relay.domain.hiring.intake.vocabulary import Confidence

TEXT = "応募ID,氏名,フリガナ,メールアドレス,応募日,選考状況\r\n" + "".join(
    f"A{at},山田 花子{at},ヤマダ ハナコ,hana{at}@example.com,2026/06/{at % 28 + 1:02},書類選考中\r\n"
    for at in range(20)
)
SPECIAL = "髙橋,﨑田,①,㈱\r\n"
WORDS = st.lists(
    st.sampled_from(
        [
            "山田",
            "花子",
            "応募",
            "日時",
            "東京都",
            "ヤマダ",
            "さくら",
            "です。",
            "書類選考",
            "不採用",
            "A12",
            "x@example.com",
            "2026/06/11",
            "、",
            "「店長」",
        ]
    ),
    min_size=12,
    max_size=60,
)


def refused(content: bytes, encoding: str = "") -> tuple[Code, str, str]:
    with pytest.raises(UnableToReadFile) as told:
        decoding.decode(content, encoding=encoding)
    problem = told.value.problem
    return problem.code, problem.value, problem.other


@pytest.mark.parametrize(
    ("encoding", "found", "confidence"),
    [
        ("utf-8", "utf-8", Confidence.CERTAIN),
        ("utf-8-sig", "utf-8", Confidence.CERTAIN),
        ("utf-16", "utf-16", Confidence.CERTAIN),
        ("cp932", "cp932", Confidence.CERTAIN),
        ("euc_jp", "euc_jp", Confidence.CERTAIN),
        ("iso2022_jp", "iso2022_jp", Confidence.CERTAIN),
    ],
)
def test_encoding_is_found_and_told(encoding: str, found: str, confidence: Confidence) -> None:
    assert decoding.decode(TEXT.encode(encoding)) == decoding.Decoded(TEXT, found, confidence)


@given(WORDS, st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp932", "euc_jp", "iso2022_jp"]))
def test_japanese_text_comes_back_from_every_encoding(words: list[str], encoding: str) -> None:
    text = "氏名,応募日\r\n山田,さくら\r\n" + "\r\n".join(words)
    assert decoding.decode(text.encode(encoding)).text == text


@pytest.mark.parametrize("encoding", ["cp932", "utf-8", "utf-8-sig", "utf-16"])
def test_characters_of_the_makers_come_back(encoding: str) -> None:
    assert decoding.decode((TEXT + SPECIAL).encode(encoding)).text == TEXT + SPECIAL


def test_big_endian_utf_16_is_read_by_its_mark() -> None:
    assert decoding.decode(codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be")).text == TEXT


def test_half_width_kana_in_cp932_are_not_taken_for_euc() -> None:
    text = "氏名,カナ\r\n" + "山田 花子,ﾔﾏﾀﾞ ﾊﾅｺ\r\n" * 10
    assert decoding.decode(text.encode("cp932")).text == text


def test_chosen_encoding_is_used() -> None:
    content = "ﾔﾏﾀﾞ".encode("cp932")
    assert decoding.decode(content, encoding="cp932") == decoding.Decoded("ﾔﾏﾀﾞ", "cp932", Confidence.CERTAIN)


def test_plain_letters_are_utf_8() -> None:
    assert decoding.decode(b"id,name\n1,Jo\n").encoding == "utf-8"


def archive(name: str) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archived:
        archived.writestr(name, "x")
    return content.getvalue()


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", Code.FILE_EMPTY),
        (b"\xef\xbb\xbf", Code.FILE_EMPTY),
        (b" \r\n\r\n", Code.FILE_EMPTY),
        ("　\n".encode(), Code.FILE_EMPTY),
        (archive("xl/workbook.xml"), Code.FILE_IS_WORKBOOK),
        (archive("[Content_Types].xml"), Code.FILE_IS_WORKBOOK),
        (archive("applicants.csv"), Code.FILE_IS_ARCHIVE),
        (b"PK\x05\x06" + bytes(18), Code.FILE_IS_ARCHIVE),
        (b"\x1f\x8b\x08data", Code.FILE_IS_ARCHIVE),
        (b"7z\xbc\xaf\x27\x1cdata", Code.FILE_IS_ARCHIVE),
        (b"Rar!\x1a\x07", Code.FILE_IS_ARCHIVE),
        (OLE + bytes(100), Code.FILE_IS_OLD_WORKBOOK),
        (OLE + "EncryptedPackage".encode("utf-16-le"), Code.FILE_IS_LOCKED),
        (b"%PDF-1.7", Code.FILE_IS_PDF),
        (b"<!DOCTYPE html><table>", Code.FILE_IS_PAGE),
        (b"\xef\xbb\xbf<html>", Code.FILE_IS_PAGE),
        (b"\r\n<table><tr>", Code.FILE_IS_PAGE),
        (b"<?xml version='1.0'?>", Code.FILE_IS_PAGE),
        (b"\x89PNG\r\n", Code.FILE_IS_OTHER),
        (b"\xff\xd8\xff\xe0", Code.FILE_IS_OTHER),
        (b"GIF89a", Code.FILE_IS_OTHER),
        (b"{\\rtf1", Code.FILE_IS_OTHER),
        (bytes(range(128, 256)) * 40, Code.ENCODING_NOT_FOUND),
    ],
)
def test_what_is_no_table_is_refused_by_name(content: bytes, code: Code) -> None:
    assert refused(content)[0] == code


@pytest.mark.parametrize(
    ("content", "encoding", "problem"),
    [
        (b"a,b\r\n1,\x002\r\n", "", (Code.FILE_HAS_NUL, "", "2")),
        ("a,b\r\n1,2\r\n".encode("utf-16-le"), "", (Code.FILE_HAS_NUL, "", "1")),
        ("氏名\n山\0田\n".encode("utf-16"), "", (Code.FILE_HAS_NUL, "", "2")),
        ("氏名,メモ\n山田,良い\n".encode("utf-7"), "", (Code.ENCODING_REFUSED, "UTF-7", "")),
        ("氏名\n".encode("utf-32"), "", (Code.ENCODING_REFUSED, "UTF-32", "")),
        ("氏名\n".encode(), "gb18030", (Code.ENCODING_REFUSED, "gb18030", "")),
        (TEXT.encode() + b"\xe5\xb1\r\n", "", (Code.BYTES_UNREADABLE, "UTF-8", "22")),
        (TEXT.encode("cp932") + b"x,\x81", "", (Code.BYTES_UNREADABLE, "Shift_JIS（CP932）", "22")),
        (TEXT.encode("euc_jp"), "utf-8", (Code.BYTES_UNREADABLE, "UTF-8", "1")),
        (b"a,b\r1,2\r3," + "山".encode("cp932"), "utf-8", (Code.BYTES_UNREADABLE, "UTF-8", "3")),
    ],
)
def test_unreadable_bytes_are_told_with_their_line(
    content: bytes, encoding: str, problem: tuple[Code, str, str]
) -> None:
    assert refused(content, encoding) == problem


@given(st.binary(max_size=400))
def test_any_bytes_are_text_or_refused(content: bytes) -> None:
    try:
        decoded = decoding.decode(content)
    except UnableToReadFile:
        return
    assert decoded.text.replace("\ufeff", "").strip() != ""
    assert decoding.decode(content, encoding=decoded.encoding).text == decoded.text
