"""The figures of the yearly report in words: how each is called, what it counts, in which part of the form it stands."""

from __future__ import annotations

import dataclasses
import typing

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from career_relay.domain.ground.skills import occupations

if typing.TYPE_CHECKING:
    from django.utils.functional import _StrPromise

MONEY: typing.Final = frozenset({"fees", "refunds"})
_OCCUPATIONS: typing.Final = dict(occupations.OCCUPATIONS)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A figure: its heading, and what it counts."""

    label: _StrPromise
    definition: _StrPromise


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A part of the form, with its figures in order."""

    title: _StrPromise
    figures: tuple[str, ...]


FIGURES: typing.Final[dict[str, Named]] = {
    "postings_open": Named(
        label=gettext_lazy("有効求人（名）"),
        definition=gettext_lazy("年度末の日に募集中だった求人の採用人数。年度の途中は、今日の数です。"),
    ),
    "postings_regular": Named(
        label=gettext_lazy("常用求人（名）"),
        definition=gettext_lazy("年度内に受け付けた求人のうち、期間の定めがないか、4 か月以上の求人の採用人数。"),
    ),
    "postings_temporary": Named(
        label=gettext_lazy("臨時求人（名）"),
        definition=gettext_lazy(
            "年度内に受け付けた求人のうち、期間が 4 か月に満たない求人の採用人数。様式の「延数」（人日）ではありません。"
        ),
    ),
    "postings_unknown": Named(
        label=gettext_lazy("期間不明の求人（名）"),
        definition=gettext_lazy(
            "年度内に受け付けた求人のうち、求人票から契約の期間が読み取れない求人の採用人数。求人票に期間を書くと、常用か臨時に入ります。"
        ),
    ),
    "seekers_open": Named(
        label=gettext_lazy("有効求職者（名）"),
        definition=gettext_lazy("年度末の日に担当していた方の数。年度の途中は、今日の数です。"),
    ),
    "seekers_new": Named(
        label=gettext_lazy("新規求職申込（件）"), definition=gettext_lazy("年度内に担当を引き受けた件数。")
    ),
    "hires_regular": Named(
        label=gettext_lazy("常用就職（件）"),
        definition=gettext_lazy("年度内に入社した方のうち、契約に期間の定めがないか、4 か月以上の方。"),
    ),
    "hires_indefinite": Named(
        label=gettext_lazy("うち無期雇用（件）"),
        definition=gettext_lazy("年度内に入社した方のうち、契約に期間の定めがない方。"),
    ),
    "hires_temporary": Named(
        label=gettext_lazy("臨時就職（件）"),
        definition=gettext_lazy(
            "年度内に入社した方のうち、常用でない方。契約の終わりが記録されていない有期の方も入ります。"
        ),
    ),
    "left_early": Named(
        label=gettext_lazy("6 か月以内の離職（名）"),
        definition=gettext_lazy(
            "年度内に入社した無期雇用の方のうち、6 か月以内に、企業の都合（解雇）以外で退職した方。"
        ),
    ),
    "left_unknown": Named(
        label=gettext_lazy("判明しない（名）"),
        definition=gettext_lazy(
            "年度内に入社した無期雇用の方のうち、6 か月が過ぎ、退職の記録も 180 日以降の在籍の確認もない方。"
        ),
    ),
    "left_pending": Named(
        label=gettext_lazy("6 か月に満たない（名）"),
        definition=gettext_lazy("年度内に入社した無期雇用の方のうち、まだ 6 か月が過ぎていない方。"),
    ),
    "fees": Named(
        label=gettext_lazy("手数料（千円）"),
        definition=gettext_lazy("年度内に記録された手数料の合計。返戻金は引いていません。"),
    ),
    "refunds": Named(label=gettext_lazy("返戻金（千円）"), definition=gettext_lazy("年度内に記録された返戻金の合計。")),
}
PARTS: typing.Final[tuple[Part, ...]] = (
    Part(
        title=gettext_lazy("求人"),
        figures=("postings_open", "postings_regular", "postings_temporary", "postings_unknown"),
    ),
    Part(title=gettext_lazy("求職"), figures=("seekers_open", "seekers_new")),
    Part(title=gettext_lazy("就職"), figures=("hires_regular", "hires_indefinite", "hires_temporary")),
    Part(title=gettext_lazy("無期雇用で就職した方の離職"), figures=("left_early", "left_unknown", "left_pending")),
    Part(title=gettext_lazy("手数料と返戻金"), figures=("fees", "refunds")),
)


def occupation(code: str) -> str:
    """Return the words for an occupation with its code, as the form lists them."""
    return f"{code} {_OCCUPATIONS[code]}" if code else _("職業分類なし")
