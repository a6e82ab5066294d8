"""The people of the demo: made by `career-relay demo`, offered on the demo's page."""

from __future__ import annotations

import dataclasses
import typing

from django.utils.translation import gettext_lazy as _

if typing.TYPE_CHECKING:
    from django.utils.functional import _StrPromise

EMPLOYER = "株式会社みなと精機"
EMPLOYER_DOMAIN = "minato-seiki.example.jp"
AGENCY_DOMAIN = "mirai-career.example.jp"
OPERATOR_DOMAIN = "relay-operator.example.jp"
PASSWORD = "minato-relay-demo"  # noqa: S105 -- printed at the start of every demo


@dataclasses.dataclass(frozen=True, slots=True)
class Member:
    """Somebody who may sign in: for the demo's main employer, unless another organization is named."""

    key: str
    name: str
    role: str
    title: _StrPromise
    sees: _StrPromise
    domain: str = EMPLOYER_DOMAIN

    @property
    def email(self) -> str:
        return f"{self.key}@{self.domain}"


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
PARTNERS: typing.Final = (
    Member(
        "okamoto",
        "岡本 香織",
        "manager",
        _("紹介会社の責任者"),
        _("許可、手数料、受け入れる地域と職種、連携協定、担当する方のすべてを扱います。"),
        AGENCY_DOMAIN,
    ),
    Member(
        "ueda",
        "上田 樹",
        "adviser",
        _("紹介会社のアドバイザー"),
        _("新しい方を引き受け、連絡を記録します。お見送りをした企業の記録は見えません。"),
        AGENCY_DOMAIN,
    ),
    Member(
        "aoki",
        "青木 誠",
        "operator",
        _("運営"),
        _("紹介会社の許可を確かめ、担当の決まっていない方の人数を見ます。ご登録者の名前は見えません。"),
        OPERATOR_DOMAIN,
    ),
)
EVERYBODY: typing.Final = (*MEMBERS, *PARTNERS)
PEOPLE: typing.Final = (
    Person("長谷川 蓮", "hasegawa@people.example.jp", "ja"),
    Person("Maria Santos", "santos@people.example.jp", "en"),
)
