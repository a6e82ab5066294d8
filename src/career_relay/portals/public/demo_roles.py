"""The people of the demo: made by `career-relay demo`, offered on the demo's page."""

from __future__ import annotations

import dataclasses
import typing

from django.utils.translation import gettext_lazy as _

if typing.TYPE_CHECKING:
    from django.utils.functional import _StrPromise

EMPLOYER = "株式会社みなと精機"
EMPLOYER_DOMAIN = "minato-seiki.example.jp"
PASSWORD = "minato-relay-demo"  # noqa: S105 -- printed at the start of every demo


@dataclasses.dataclass(frozen=True, slots=True)
class Member:
    """Somebody who works for the demo's employer."""

    key: str
    name: str
    role: str
    title: _StrPromise
    sees: _StrPromise

    @property
    def email(self) -> str:
        return f"{self.key}@{EMPLOYER_DOMAIN}"


@dataclasses.dataclass(frozen=True, slots=True)
class Person:
    """Somebody who registered through the demo's link and can sign in to their own page."""

    name: str
    email: str
    language: str


MEMBERS: typing.Final = (
    Member(
        "takasaki",
        "髙﨑 美咲",
        "owner",
        _("オーナー"),
        _("応募者、お見送りのご連絡、リンク、台帳、メンバー。すべての操作ができます。"),
    ),
    Member(
        "sato", "佐藤 健", "recruiter", _("採用担当"), _("応募者を取り込み、お見送りのご連絡を送り、台帳を見ます。")
    ),
    Member(
        "yamazaki",
        "山﨑 大翔",
        "hiring_manager",
        _("現場責任者"),
        _("担当する求人の応募者と、あと何人で枠が増えるかを見ます。"),
    ),
    Member(
        "watanabe",
        "渡邉 さくら",
        "analyst",
        _("分析担当"),
        _("採用の流れ、リンク、台帳を見ます。応募者の名前は見えません。"),
    ),
    Member(
        "saito", "齋藤 学", "auditor", _("監査担当"), _("応募者、ご連絡、台帳の記録を確かめます。変更はできません。")
    ),
)
PEOPLE: typing.Final = (
    Person("長谷川 蓮", "hasegawa@people.example.jp", "ja"),
    Person("Maria Santos", "santos@people.example.jp", "en"),
)
