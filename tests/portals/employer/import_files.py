"""Files as employers bring them: invented people in the layout and encoding of a real source."""

from __future__ import annotations

import csv
import io

from django.core.files.uploadedfile import SimpleUploadedFile

HEADER = [
    "応募者id", "応募求人先", "選考ステータス", "応募経路", "名前", "名前フリガナ", "性別", "生年月日", "電話番号",
    "メールアドレス", "都道府県", "本籍", "選考理由", "応募日時",
]  # fmt: skip
UNKNOWN_WORD = "社長決裁待ち"


def row(
    number: int, *, name: str = "髙﨑 花", status: str = "不採用", applied: str = "2026/06/11 11:07:06"
) -> list[str]:
    """Return one application as the file has it."""
    return [
        f"A-{number}", "経理①", status, "求人媒体", name, "タカサキ ハナ", "女性", "1990/01/01", "090-1234-5678",
        f"person{number}@people.example", "東京都", "長野県", "経験の年数", applied,
    ]  # fmt: skip


def table(rows: list[list[str]], *, header: list[str] | None = None, encoding: str = "cp932") -> bytes:
    """Return a file of the layout."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerows([header or HEADER, *rows])
    return text.getvalue().encode(encoding)


def upload(content: bytes, name: str = "応募者一覧.csv") -> SimpleUploadedFile:
    """Return a file as a browser sends it."""
    return SimpleUploadedFile(name, content, content_type="text/csv")
