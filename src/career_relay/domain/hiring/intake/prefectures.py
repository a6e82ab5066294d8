"""The 47 prefectures by the codes of JIS X 0401, as files write them: 東京都, 東京, Tokyo, 13東京都."""

from __future__ import annotations

import re
import typing
import unicodedata

LONGEST: typing.Final = 40

_KANJI: typing.Final = """
北海道 青森 岩手 宮城 秋田 山形 福島 茨城 栃木 群馬 埼玉 千葉 東京 神奈川 新潟 富山 石川 福井 山梨 長野
岐阜 静岡 愛知 三重 滋賀 京都 大阪 兵庫 奈良 和歌山 鳥取 島根 岡山 広島 山口 徳島 香川 愛媛 高知 福岡 佐賀
長崎 熊本 大分 宮崎 鹿児島 沖縄
"""
_ROMAN: typing.Final = """
hokkaido aomori iwate miyagi akita yamagata fukushima ibaraki tochigi gunma saitama chiba tokyo kanagawa
niigata toyama ishikawa fukui yamanashi nagano gifu shizuoka aichi mie shiga kyoto osaka hyogo nara
wakayama tottori shimane okayama hiroshima yamaguchi tokushima kagawa ehime kochi fukuoka saga nagasaki
kumamoto oita miyazaki kagoshima okinawa
"""
_STEMS: typing.Final = _KANJI.split()
_SUFFIXES: typing.Final = {"東京": "都", "京都": "府", "大阪": "府", "北海道": ""}
_CODES: typing.Final = {
    **{name: f"{number:02}" for number, name in enumerate(_STEMS, start=1)},
    **{f"{name}{_SUFFIXES.get(name, '県')}": f"{number:02}" for number, name in enumerate(_STEMS, start=1)},
    **{name: f"{number:02}" for number, name in enumerate(_ROMAN.split(), start=1)},
}
_AROUND: typing.Final = re.compile(r"^\d{1,2}[\s:.]*|[\s-]*(?:prefecture|ken|pref\.?)$|(?<=tokyo)-to$|(?<=[oa])-fu$")


def code(text: str) -> str:
    """Return the two digits of a prefecture, or an empty string when the text is none."""
    found = _CODES.get(text)
    if found is not None or len(text) > LONGEST:
        return found or ""
    plain = unicodedata.normalize("NFKC", text).strip().casefold()
    if plain.isascii() and plain.isdigit() and 1 <= int(plain) <= len(_STEMS):
        return f"{int(plain):02}"
    return _CODES.get(_AROUND.sub("", plain), "")
