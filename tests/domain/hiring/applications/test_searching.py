from __future__ import annotations

import typing

import pytest

from tests.domain.hiring.applications.records import Records

if typing.TYPE_CHECKING:
    from tests.world import World

PAIRS = [
    ("高橋", "髙橋 花"),
    ("髙橋", "高橋 花"),
    ("山崎", "山﨑 花"),
    ("山﨑", "山崎 花"),
    ("宮嵜", "宮崎 花"),
    ("渡辺", "渡邊 花"),
    ("渡邊", "渡邉 花"),
    ("渡邉", "渡辺 花"),
    ("斎藤", "齋藤 花"),
    ("斉藤", "齊藤 花"),
    ("齊藤", "斎藤 花"),
    ("沢田", "澤田 花"),
    ("広瀬", "廣瀨 花"),
    ("島田", "嶋田 花"),
    ("中嶋", "中島 花"),
    ("国分", "國分 花"),
    ("浜田", "濵田 花"),
    ("濱田", "浜田 花"),
    ("真田", "眞田 花"),
    ("恵子", "山田 惠子"),
    ("桜井", "櫻井 花"),
    ("吉田", "𠮷田 花"),
    ("土井", "圡井 花"),
    ("富田", "冨田 花"),
    ("松本", "枩本 花"),
    ("柳沢", "栁澤 花"),
    ("関根", "關根 花"),
    ("辺見", "邉見 花"),
    ("滝川", "瀧川 花"),
    ("竜也", "山田 龍也"),
    ("黒田", "黑田 花"),
    ("神田", "神田 花"),
    ("塚本", "塚本 花"),
    ("大塚", "大塚 花"),
    ("桧山", "檜山 花"),
    ("高橋花", "髙橋　花"),
    ("高橋　花", "髙橋 花"),
    (" 髙 橋 ", "高橋 花"),
    ("smith", "Ｊｏｈｎ Ｓｍｉｔｈ"),
]
READINGS = ["タカハシ", "たかはし", "ﾀｶﾊｼ", "タカハシハナ", "タカハシ　ハナ", "ﾀｶﾊｼ ﾊﾅ", "たかはし　はな"]


@pytest.mark.parametrize(("typed", "stored"), PAIRS)
def test_search_finds_names_in_whatever_characters(world: World, typed: str, stored: str) -> None:
    records = Records(world.alpha)
    records.apply(records.person("北 次郎", "キタ ジロウ"))
    wanted = records.apply(records.person(stored, "カナ"))
    assert records.found(q=typed) == [wanted.pk]


@pytest.mark.parametrize("typed", READINGS)
def test_search_finds_readings_in_whatever_kana(world: World, typed: str) -> None:
    records = Records(world.alpha)
    records.apply(records.person("北 次郎", "キタ ジロウ"))
    wanted = records.apply(records.person("髙橋 花", "タカハシ ハナ"))
    assert records.found(q=typed) == [wanted.pk]


def test_search_wants_the_text_itself_not_only_its_pairs(world: World) -> None:
    records = Records(world.alpha)
    records.apply(records.person("ABXBCY CD"))
    wanted = records.apply(records.person("XABCDY"))
    assert records.found(q="abcd") == [wanted.pk]


def test_search_does_not_join_name_and_reading(world: World) -> None:
    records = Records(world.alpha)
    records.apply(records.person("山田 花", "ヤマダ ハナ"))
    assert records.found(q="花ヤ") == []


def test_search_by_one_character_finds_it_anywhere(world: World) -> None:
    records = Records(world.alpha)
    first, second = (records.apply(records.person(name)).pk for name in ("林 一", "小林 二"))
    records.apply(records.person("森 三"))
    assert set(records.found(q="林")) == {first, second}


@pytest.mark.parametrize("typed", ["%", "_", "\\", "'", "ーー", "・ー〜"])
def test_search_takes_no_character_for_a_pattern(world: World, typed: str) -> None:
    records = Records(world.alpha)
    records.apply(records.person("山田 花"))
    assert records.found(q=typed) == []


def test_search_by_address_wants_it_whole(world: World) -> None:
    records = Records(world.alpha)
    wanted = records.apply(records.person(email="hana@people.example"))
    records.apply(records.person(email="hana@people.example.com"))
    assert records.found(q="Ｈana＠people.example") == [wanted.pk]
    assert records.found(q="hana@people") == []


def test_search_by_id_wants_it_whole_and_still_finds_names(world: World) -> None:
    records = Records(world.alpha)
    wanted = records.apply(external_id="A-100")
    records.apply(external_id="A-1001")
    named = records.apply(records.person("テスト100"))
    assert records.found(q="A-100") == [wanted.pk]
    assert records.found(q="Ａ－１００") == [wanted.pk]
    assert records.found(q="テスト100") == [named.pk]


@pytest.mark.parametrize("typed", ["花", "山田", "hana@people.example", "A1", "山田花子"])
def test_search_finds_nobody_of_another_employer(world: World, typed: str) -> None:
    alpha, beta = Records(world.alpha), Records(world.beta)
    wanted = alpha.apply(alpha.person("山田 花子", "", "hana@people.example"), external_id="A1")
    assert alpha.found(q=typed) == [wanted.pk]
    assert beta.found(q=typed) == []
