from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from career_relay.kernel import japanese


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("髙﨑　花", "髙﨑 花"),
        (" 𠮷野  家 ", "𠮷野 家"),
        ("か\u3099", "が"),
        ("一", "一"),
        ("あ\u200bい\x00う\r\nえ", "あいう え"),
        ("\u202eabc", "abc"),
    ],
)
def test_clean_name_keeps_the_characters_a_person_writes(typed: str, kept: str) -> None:
    assert japanese.clean_name(typed) == kept


@pytest.mark.parametrize(
    ("typed", "form"),
    [
        ("090-1234-5678", "+819012345678"),
        ("０９０（１２３４）５６７８", "+819012345678"),
        ("+81 90 1234 5678", "+819012345678"),
        ("819012345678", "+819012345678"),
        ("なし", ""),
        ("", ""),
    ],
)
def test_normalise_phone_gives_e164(typed: str, form: str) -> None:
    assert japanese.normalise_phone(typed) == form


@pytest.mark.parametrize(
    ("typed", "form"),
    [(" Hana@Example.JP ", "hana@example.jp"), ("ｈａｎａ＠example.jp", "hana@example.jp")],
)
def test_normalise_email_folds_width_and_case(typed: str, form: str) -> None:
    assert japanese.normalise_email(typed) == form


@given(st.text())
def test_normalise_is_idempotent(text: str) -> None:
    assert japanese.normalise(japanese.normalise(text)) == japanese.normalise(text)


@given(st.text())
def test_clean_name_is_idempotent(text: str) -> None:
    assert japanese.clean_name(japanese.clean_name(text)) == japanese.clean_name(text)
