"""Occupations (職種): the major groups of the Ministry's classification, and how free words are read as them.

Source: 厚生労働省編職業分類 (revised 2022), 大分類. Placement offices keep their books and report by it.
"""

from __future__ import annotations

import re
import typing

from django.utils.translation import gettext_lazy as _

from career_relay.kernel import japanese
from career_relay.kernel.japanese import folding

OCCUPATIONS = [
    ("01", _("管理的職業")),
    ("02", _("研究・技術の職業")),
    ("03", _("法務・経営・文化芸術等の専門的職業")),
    ("04", _("医療・看護・保健の職業")),
    ("05", _("保育・教育の職業")),
    ("06", _("事務的職業")),
    ("07", _("販売・営業の職業")),
    ("08", _("福祉・介護の職業")),
    ("09", _("サービスの職業")),
    ("10", _("警備・保安の職業")),
    ("11", _("農林漁業の職業")),
    ("12", _("製造・修理・塗装・製図等の職業")),
    ("13", _("配送・輸送・機械運転の職業")),
    ("14", _("建設・土木・電気工事の職業")),
    ("15", _("運搬・清掃・包装・選別等の職業")),
]

_WORDS: typing.Final[dict[str, str]] = {
    "01": "管理職 部長 課長 工場長 支店長 役員 マネージャー manager",
    "02": (
        "研究 開発 技術 エンジニア プログラマー システム 設計 データ インフラ ネットワーク 情報処理 it se 施工管理 建築士"
        " 測量 品質管理 生産技術 機械学習 engineer developer"
    ),
    "03": (
        "法務 経営 企画 コンサルタント コンサルティング 弁護士 会計士 税理士 社労士 デザイナー デザイン 編集 記者 ライター"
        " 通訳 翻訳 マーケティング 広報 designer marketing"
    ),
    "04": "看護 医師 薬剤師 保健師 助産師 歯科 理学療法士 作業療法士 放射線技師 臨床検査 栄養士 医療 nurse",
    "05": "保育 教員 教師 講師 幼稚園 教育 塾 学童 teacher",
    "06": (
        "事務 経理 総務 人事 労務 財務 秘書 受付 庶務 購買 貿易 コールセンター オペレーター 営業事務 一般事務 医療事務"
        " 介護事務 データ入力 採用 accounting administration"
    ),
    "07": "営業 販売 店員 レジ ショップ 店長 セールス 小売 バイヤー sales",
    "08": "介護 福祉 ケアマネジャー ケアマネ ヘルパー 相談員 社会福祉士 支援員 care",
    "09": "サービス 飲食 調理 ホール キッチン 接客 ホテル 美容 理容 旅行 ブライダル 料理 service",
    "10": "警備 保安 守衛 警察 消防 自衛",
    "11": "農業 林業 漁業 農家 畜産 園芸 造園",
    "12": "製造 組立 加工 溶接 塗装 修理 整備 製図 検査 工場 ライン cad",
    "13": "配送 運転 ドライバー トラック 運輸 タクシー バス フォークリフト driver",
    "14": "建設 土木 電気工事 大工 配管 とび 施工 内装 工事",
    "15": "運搬 清掃 包装 選別 倉庫 軽作業 ピッキング 梱包 仕分け 引越",
}
_CODES: typing.Final[dict[str, str]] = {
    folding.fold(word): code for code, words in _WORDS.items() for word in words.split()
}
_LONGEST_FIRST: typing.Final = sorted(
    (word for word in _CODES if not word.isascii()), key=lambda word: (-len(word), word)
)
_LATIN: typing.Final = re.compile(r"[a-z]+")


def recognised(text: str) -> frozenset[str]:
    """Return the codes of the occupations that free words speak of; empty where none is known.

    The longest known word is taken first and its letters are spent, so 「営業事務」 is office work and no sales. Latin
    words count whole only: an editor is no IT.
    """
    latin = _LATIN.findall(japanese.normalise(text).lower())
    found = {_CODES[word] for word in latin if word in _CODES}
    left = folding.fold(text)
    for word in _LONGEST_FIRST:
        if word in left:
            found.add(_CODES[word])
            left = left.replace(word, " ")
    return frozenset(found)


def labels(codes: typing.Iterable[str]) -> list[str]:
    """Return the words for codes, in the order of the classification."""
    wanted = set(codes)
    return [str(label) for code, label in OCCUPATIONS if code in wanted]
