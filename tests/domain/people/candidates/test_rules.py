from __future__ import annotations

import typing
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from career_relay.domain.people.candidates import rules

NAMES = [
    "髙﨑 花",
    "𠮷野",
    "葛󠄀城",
    "李",
    "O’Brien-Smith Jr.",
    "St. John",
    "María José",
    "ﾊﾅｺ",
    "が",
    "Ñ",
    "😀 花",
    "佐藤・ホセ",
    "あ" * 100,
]
WEB = [
    "http://evil.example",
    "山田 www.evil.example",
    "花 evil.com へ",
    "ｅｖｉｌ．ｃｏｍ",
    "花@people.example",
    "今すぐ relay.jp",
    "ftp://x",
    "bit.ly/x",
]


def refused(rule: typing.Callable[[str], str], text: str) -> str:
    with pytest.raises(rules.UnableToUseDetail) as caught:
        rule(text)
    assert str(caught.value.message)
    return caught.value.field


@pytest.mark.parametrize("name", NAMES)
def test_clean_name_keeps_a_name_as_its_owner_writes_it(name: str) -> None:
    assert rules.clean_name(f"  {name}\u3000") == unicodedata.normalize("NFC", name)


@pytest.mark.parametrize("name", [*WEB, "", " ", "\u3000\u200b", "…", "123", "あ" * 101, "外\ue000字", "\ud800"])
def test_clean_name_refuses_what_is_no_name(name: str) -> None:
    assert refused(rules.clean_name, name) == "name"


@given(st.text(max_size=120))
def test_clean_name_never_lets_control_characters_or_breaks_through(text: str) -> None:
    try:
        name = rules.clean_name(text)
    except rules.UnableToUseDetail:
        return
    assert 1 <= len(name) <= rules.LONGEST_NAME
    assert not any(unicodedata.category(character)[0] == "C" for character in name)
    assert name == name.strip() == rules.clean_name(name)
    assert "://" not in name


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("a@people.example", "a@people.example"),
        (" Hana.T+x@People.Example ", "Hana.T+x@People.Example"),
        ("ｈａｎａ＠ｐｅｏｐｌｅ．ｅｘａｍｐｌｅ", "hana@people.example"),
    ],
)
def test_clean_email_keeps_the_address_in_half_width(typed: str, kept: str) -> None:
    assert rules.clean_email(typed) == kept


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "a",
        "a@",
        "@b.example",
        "a b@c.example",
        "a@b.example\nBcc: x@y.example",
        "花@people.example",
        "a" * 250 + "@b.example",
    ],
)
def test_clean_email_refuses_what_is_no_address(typed: str) -> None:
    assert refused(rules.clean_email, typed) == "email"


@given(st.emails())
def test_clean_email_never_grows_line_breaks(address: str) -> None:
    try:
        kept = rules.clean_email(address)
    except rules.UnableToUseDetail:
        return
    assert kept == rules.clean_email(kept)
    assert kept.isprintable()


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("", ""),
        (" \u3000", ""),
        ("090-1234-5678", "+819012345678"),
        ("０３（１２３４）５６７８", "+81312345678"),
        ("+1 650 253 0000", "+16502530000"),
    ],
)
def test_clean_phone_keeps_e164(typed: str, kept: str) -> None:
    assert rules.clean_phone(typed) == kept


@pytest.mark.parametrize("typed", ["1", "電話なし", "090-1234", "+", "0" * 30])
def test_clean_phone_refuses_what_cannot_be_dialled(typed: str) -> None:
    assert refused(rules.clean_phone, typed) == "phone"


def test_prefecture_and_occupation_are_optional_and_checked() -> None:
    assert (rules.clean_prefecture(""), rules.clean_prefecture("47")) == ("", "47")
    assert (rules.clean_occupation(""), rules.clean_occupation(" 経理 / 総務 ")) == ("", "経理 / 総務")
    assert refused(rules.clean_prefecture, "48") == "prefecture"
    assert refused(rules.clean_occupation, "x" * 101) == "occupation"
    assert refused(rules.clean_occupation, "見て→ evil.com") == "occupation"


def test_details_keeps_all_in_one_form() -> None:
    assert rules.details(name=" 山田  空 ", email="Sora@people.example", phone="090 1234 5678") == rules.Details(
        name="山田 空", email="Sora@people.example", phone="+819012345678"
    )
