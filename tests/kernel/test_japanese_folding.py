from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from career_relay.kernel.japanese import folding, variants

JAPANESE = st.text(
    st.sampled_from(
        "アあガがカﾞか゛\u3099ﾀﾞｰー-パばﾊﾟ 　髙𠮷邊ABａ①㈱ゝヽゞ\u200b" + "".join(list(variants.EVERYDAY)[:40])
    )
)


@given(st.one_of(st.text(), JAPANESE))
def test_fold_is_idempotent(text: str) -> None:
    assert folding.fold(folding.fold(text)) == folding.fold(text)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("髙﨑", "高崎"),
        ("渡邊", "渡辺"),
        ("渡邉", "渡辺"),
        ("齋藤", "斉藤"),
        ("齊藤", "斎藤"),
        ("𠮷田", "吉田"),
        ("塚\ufa10".replace("\ufa10", "本"), "塚本"),
        ("\ufa10本", "塚本"),
        ("澤田", "沢田"),
        ("廣瀨", "広瀬"),
        ("嶋田", "島田"),
        ("國眞", "国真"),
        ("濵德", "浜徳"),
        ("惠櫻", "恵桜"),
        ("やまだ　たろう", "ヤマダ タロウ"),
        ("ﾔﾏﾀﾞﾀﾛｳ", "やまだたろう"),
        ("か\u3099", "が"),
        ("カ゛", "ガ"),
        ("サトー", "サト"),
        ("Ｔａｒｏ ＹＡＭＡＤＡ", "taroyamada"),
        ("STRASSE", "straße"),
        ("山田\u200b太郎", "山田太郎"),
    ],
)
def test_fold_makes_spellings_of_one_name_equal(one: str, other: str) -> None:
    assert folding.fold(one) == folding.fold(other)


@pytest.mark.parametrize(("one", "other"), [("阪本", "坂本"), ("佐藤", "佐籐"), ("はし", "ばし"), ("田中", "中田")])
def test_fold_keeps_different_names_apart(one: str, other: str) -> None:
    assert folding.fold(one) != folding.fold(other)


def test_variants_stand_in_one_group_and_are_not_left_to_nfkc() -> None:
    assert len(variants.EVERYDAY) >= 150
    assert [one for one in variants.EVERYDAY.values() if one in variants.EVERYDAY] == []
    assert [one for one in variants.EVERYDAY if unicodedata.normalize("NFKC", one) != one] == []


@pytest.mark.parametrize(
    ("folded", "grams"),
    [("", set()), ("林", {"林"}), ("林花", {"林花"}), ("ヤマダ", {"ヤマ", "マダ"}), ("ああああ", {"ああ"})],
)
def test_grams_are_pairs_of_neighbours(folded: str, grams: set[str]) -> None:
    assert folding.grams(folded) == grams


@given(JAPANESE, JAPANESE)
def test_grams_of_a_part_are_among_those_of_the_whole(part: str, rest: str) -> None:
    folded, whole = folding.fold(part), folding.fold(part) + folding.fold(rest)
    assert len(folded) < 2 or folding.grams(folded) <= folding.grams(whole)
