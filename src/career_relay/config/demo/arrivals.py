"""People who come through the links of the demo's employers with a story of their own."""

from __future__ import annotations

import dataclasses
import datetime as dt
import typing

from career_relay.domain.people.consents.models import Consent
from career_relay.portals.public import demo_roles

INTRODUCTION: typing.Final = (Consent.Purpose.AGENCY_INTRODUCTION,)
FIRST: typing.Final = dt.timedelta(days=2)
BETWEEN: typing.Final = dt.timedelta(hours=22)


@dataclasses.dataclass(frozen=True, slots=True)
class Arrival:
    """Somebody comes through one of the employer's links."""

    link: str
    name: str
    email: str
    phone: str = ""
    language: str = "ja"
    purposes: tuple[str, ...] = INTRODUCTION
    source_type: str = "rejected"


WISHES: typing.Final = (
    ("13", "経理"),
    ("14", "機械設計"),
    ("27", "法人営業"),
    ("", ""),
    ("01", "カスタマーサポート"),
    ("23", "生産技術"),
    ("13", "Web エンジニア"),
    ("40", "人事・総務"),
)


def wish(number: int) -> dict[str, str]:
    """Return where and as what the `number`th person would like to work; some say nothing."""
    prefecture, occupation = WISHES[number % len(WISHES)]
    return {"prefecture": prefecture, "occupation": occupation}


HASEGAWA, SANTOS = demo_roles.PEOPLE
AT_MAIN: typing.Final = (
    Arrival("graduates", "小林 陽菜", "kobayashi@people.example.jp"),
    Arrival("graduates", "中村 悠真", "nakamura@people.example.jp"),
    Arrival("engineers", "勅使河原 さくら", "teshigawara@people.example.jp"),
    Arrival("graduates", "髙橋 蓮", "takahashi@people.example.jp"),
    Arrival("graduates", "𠮷田 結衣", "yoshida@people.example.jp", phone="090-0000-0105"),
    Arrival("engineers", SANTOS.name, SANTOS.email, language=SANTOS.language),
    Arrival("graduates", "斎藤 大和", "saito@people.example.jp"),
    Arrival("engineers", "Nguyễn Văn An", "nguyen@people.example.jp", language="en"),
    Arrival("graduates", "渡部 凛", "watabe@people.example.jp"),
    Arrival("engineers", "辻󠄀 健太", "tsuji@people.example.jp"),
    Arrival("graduates", "森 あおい", "mori@people.example.jp", purposes=("employer_recontact",)),
    Arrival("graduates", "清水 湊", "shimizu@people.example.jp"),
    Arrival("engineers", "山本 芽依", "yamamoto@people.example.jp"),
    Arrival("graduates", HASEGAWA.name, HASEGAWA.email),
    Arrival("shops", "井上 颯太", "inoue@people.example.jp"),
    Arrival("graduates", "𠮷田 ゆい", "yui.yoshida@people.example.jp", phone="090-0000-0105"),
    Arrival("engineers", "長谷部 詩", "hasebe@people.example.jp"),
    Arrival("engineers", HASEGAWA.name, HASEGAWA.email),
    Arrival("shops", "藤原 樹", "fujiwara@people.example.jp"),
    Arrival("graduates", "岡田 紬", "okada@people.example.jp"),
)
AT_SOFTWARE: typing.Final = (
    Arrival("interview", "小比類巻 慎太郎", "kohiruimaki@people.example.jp", source_type="withdrew"),
    Arrival("interview", "比嘉 彩", "higa@people.example.jp", purposes=("employer_recontact", "statistics")),
    Arrival("interview", "五十嵐 翼", "igarashi.private@aoba-software.example.jp"),
    Arrival("graduates", "王 花", "ou@people.example.jp"),
    Arrival("graduates", "王 花", "ou@people.example.jp"),
)
