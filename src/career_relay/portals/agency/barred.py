"""Words by which a note may speak of what job seekers must not be asked (law L6, L7): a reason to look twice, no proof."""

from __future__ import annotations

import typing

from career_relay.kernel import japanese

WORDS: typing.Final = (
    "本籍", "出生地", "出身地", "国籍", "人種", "民族", "部落", "家柄",
    "家族", "両親", "父親", "母親", "兄弟", "姉妹", "配偶者", "夫の", "妻の", "扶養", "離婚", "未婚", "既婚", "妊娠",
    "持ち家", "間取り", "宗教", "信仰", "信者", "支持政党", "政党", "思想", "人生観", "尊敬する人物", "愛読書", "購読",
    "労働組合", "労組", "組合員", "学生運動", "病歴", "既往症", "持病", "通院", "服薬", "障害者手帳", "うつ", "健康診断",
    "容姿", "身長", "体重", "美人", "イケメン",
)  # fmt: skip


def words_in(text: str) -> list[str]:
    """Return those of the words that stand in a text, in the order of the list."""
    normal = japanese.normalise(text)
    return [word for word in WORDS if word in normal]
