"""The sample files of the demo: `career-relay demo` writes them, the demo's page offers them."""

from __future__ import annotations

import dataclasses
import pathlib
import typing

from django.conf import settings
from django.utils.translation import gettext_lazy as _

if typing.TYPE_CHECKING:
    from django.utils.functional import _StrPromise


@dataclasses.dataclass(frozen=True, slots=True)
class Sample:
    """A file to try an import with."""

    name: str
    title: _StrPromise
    about: _StrPromise


STORY: typing.Final = Sample(
    "applications-1000.csv",
    _("採用管理表（1,000 件）"),
    _("みなと精機の、この 5 週間ほどの応募です。不採用で、まだ連絡していない方が 600 人ほどいます。Shift_JIS。"),
)
OTHERS: typing.Final = (
    Sample(
        "l1-hr-hacker.csv",
        _("求人媒体の応募者一覧（HRハッカー形式）"),
        _("33 列、150 件、Shift_JIS。使えない列（性別、生年月日）は、保存する前に除かれます。"),
    ),
    Sample(
        "l2-airwork.csv",
        _("採用管理画面の応募一覧（AirWORK 形式）"),
        _("すべてのセルが引用符つき、150 件、UTF-8（BOM あり）。"),
    ),
    Sample(
        "l3-restaurant.csv",
        _("飲食店の応募者リスト（飲食店ドットコム形式）"),
        _("氏名とフリガナが 1 つのセル、自己PR に改行、120 件、Shift_JIS。"),
    ),
    Sample(
        "l4-gourmet.csv",
        _("飲食店の応募者リスト（グルメキャリー形式）"),
        _("応募日と時間が別の列、結果の列がないもの、120 件、Shift_JIS。"),
    ),
    Sample(
        "broken.csv",
        _("直すところの多いファイル"),
        _(
            "ない日付、知らない選考結果、重なった応募など、20 種類を超える問題があります。どう伝わるかを見るためのものです。"
        ),
    ),
)
ALL: typing.Final = (STORY, *OTHERS)


def folder() -> pathlib.Path:
    """Return where the demo keeps its samples."""
    return pathlib.Path(settings.VAR) / "samples"


def path(name: str) -> pathlib.Path | None:
    """Return where a sample lies; None for a name that is none, or before the demo was made."""
    if name not in {one.name for one in ALL}:
        return None
    found = folder() / name
    return found if found.is_file() else None
