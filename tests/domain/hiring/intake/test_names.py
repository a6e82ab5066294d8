from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from career_relay.domain.hiring.intake import names, surnames
from career_relay.domain.hiring.intake.names import Name


@pytest.mark.parametrize(
    ("full", "name"),
    [
        ("山田 太郎", Name("山田 太郎", "山田", "太郎")),
        ("山田　太郎", Name("山田 太郎", "山田", "太郎")),
        ("山田太郎", Name("山田太郎", "山田", "太郎")),
        ("髙橋花子", Name("髙橋花子", "髙橋", "花子")),
        ("渡邉一", Name("渡邉一", "渡邉", "一")),
        ("𠮷田茂", Name("𠮷田茂", "𠮷田", "茂")),
        ("佐々木希", Name("佐々木希", "佐々木", "希")),
        ("勅使河原一", Name("勅使河原一", "勅使河原", "一")),
        ("五十嵐健", Name("五十嵐健", "五十嵐", "健")),
        ("林太郎", Name("林太郎", "林", "太郎")),
        ("林田太郎", Name("林田太郎", "林田", "太郎")),
        ("関", Name("関")),
        ("山田", Name("山田")),
        ("龍造寺隆信", Name("龍造寺隆信")),
        ("John Smith", Name("John Smith")),
        ("グエン バン アン", Name("グエン バン アン")),
        ("ﾔﾏﾀﾞ ﾀﾛｳ", Name("ﾔﾏﾀﾞ ﾀﾛｳ", "ﾔﾏﾀﾞ", "ﾀﾛｳ")),
        ("山田太郎 様", Name("山田太郎", "山田", "太郎")),
        ("山田（ヤマダ）", Name("山田", kana="ヤマダ")),
        ("山田太郎(やまだたろう)", Name("山田太郎", "山田", "太郎", "ヤマダタロウ")),
        ("渡邊 一郎（ﾜﾀﾅﾍﾞ ｲﾁﾛｳ）", Name("渡邊 一郎", "渡邊", "一郎", "ワタナベ イチロウ", "ワタナベ", "イチロウ")),
        ("大塚明／オオツカアキラ", Name("大塚明", "大塚", "明", "オオツカアキラ")),
        ("山田太郎（旧姓 佐藤）", Name("山田太郎（旧姓 佐藤）")),
        ("か\u3099とう 花", Name("がとう 花", "がとう", "花")),
        ("", Name("")),
        ("　", Name("")),
    ],
)
def test_whole_name_is_split_where_that_is_safe(full: str, name: Name) -> None:
    assert names.read(full=full) == name


def test_parts_of_their_own_make_the_name() -> None:
    found = names.read(family="山田", given="太郎", family_kana="やまだ", given_kana="ﾀﾛｳ")
    assert found == Name("山田 太郎", "山田", "太郎", "ヤマダ タロウ", "ヤマダ", "タロウ")


def test_family_name_alone_is_the_name_and_not_split() -> None:
    found = names.read(family="山田")
    assert (found, found.is_split) == (Name("山田", "山田"), False)


def test_column_for_the_reading_goes_before_the_one_in_the_name() -> None:
    assert names.read(full="山田（ヤマダ）", kana="やまた").kana == "ヤマタ"


@pytest.mark.parametrize(
    ("text", "reading"),
    [
        ("やまだ　たろう", "ヤマダ タロウ"),
        ("ﾔﾏﾀﾞﾀﾛｳ", "ヤマダタロウ"),
        ("サト－ ケン", "サトー ケン"),
        ("サト- ケン", "サトー ケン"),
        ("ハ\u3099ン", "バン"),
        ("（ヤマダ）", "ヤマダ"),
        ("ｼﾞｮﾝ･ｽﾐｽ", "ジョン・スミス"),
        ("Yamada Taro", "Yamada Taro"),
        ("山田", ""),
        ("ヤマダ1", ""),
        ("", ""),
    ],
)
def test_reading_is_full_width_katakana(text: str, reading: str) -> None:
    assert names.reading(text) == reading


def test_dictionary_holds_frequent_surnames_in_everyday_characters() -> None:
    assert len(surnames.SURNAMES) >= 300
    assert [
        name for name in surnames.SURNAMES if names.read(full=f"{name}　花子") != Name(f"{name} 花子", name, "花子")
    ] == []
    assert [name for name in surnames.SURNAMES if len(name) > 1 and names.read(full=f"{name}翔").family != name] == []


@given(st.text())
def test_cleaning_is_idempotent(text: str) -> None:
    assert names.clean(names.clean(text)) == names.clean(text)


@given(st.text(), st.text())
def test_name_is_never_lost(full: str, kana: str) -> None:
    found = names.read(full=full, kana=kana)
    assert bool(found.full) == bool(names.clean(full))
    assert found.full in names.clean(full)
