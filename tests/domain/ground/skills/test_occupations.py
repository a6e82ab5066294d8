from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from career_relay.domain.ground.skills import occupations


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("経理", {"06"}),
        ("営業事務", {"06"}),
        ("営業、事務", {"06", "07"}),
        ("ソフトウェアエンジニア", {"02"}),
        ("ｿﾌﾄｳｪｱｴﾝｼﾞﾆｱ", {"02"}),
        ("IT 営業", {"02", "07"}),
        ("Editor", set()),
        ("看護師", {"04"}),
        ("施工管理", {"02"}),
        ("倉庫内軽作業・ピッキング", {"15"}),
        ("未定です", set()),
        ("", set()),
    ],
)
def test_words_are_read_as_occupations(text: str, codes: set[str]) -> None:
    assert occupations.recognised(text) == codes


@given(st.text())
def test_any_words_give_known_codes_only(text: str) -> None:
    assert occupations.recognised(text) <= {code for code, _ in occupations.OCCUPATIONS}


def test_labels_come_in_the_order_of_the_classification() -> None:
    assert occupations.labels(["07", "02", "99"]) == ["研究・技術の職業", "販売・営業の職業"]
