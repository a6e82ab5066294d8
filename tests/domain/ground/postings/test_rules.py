from __future__ import annotations

import dataclasses
import datetime as dt
import json
import typing

import pytest

from career_relay.domain.ground.postings import rules
from career_relay.domain.ground.postings.rules import Terms
from tests.flows.requesting import TERMS, sheet


def with_(**changes: typing.Any) -> Terms:
    return dataclasses.replace(TERMS, **changes)


def test_terms_are_read_as_they_were_kept() -> None:
    for terms in (TERMS, Terms(), with_(salary_max=None, is_dispatch=True)):
        assert Terms.of(json.loads(json.dumps(terms.stored()))) == terms
    assert Terms.of(None) == Terms()


def test_every_item_has_a_label_and_no_label_is_over() -> None:
    assert list(rules.LABELS) == [field.name for field in dataclasses.fields(Terms)]


def test_nothing_is_missing_of_a_whole_sheet() -> None:
    assert rules.missing(TERMS, is_outside=False) == []


def test_the_law_wants_each_of_these_items() -> None:
    wanted = (
        "duties duties_change contract trial place place_change hours breaks holidays overtime salary_min pay insurance"
        " smoking"
    )
    assert rules.missing(Terms(), is_outside=False) == wanted.split()


def test_what_is_wanted_depends_on_the_contract_and_on_who_hires() -> None:
    assert rules.missing(with_(contract="fixed"), is_outside=False) == ["contract_detail"]
    assert rules.missing(TERMS, is_outside=True) == ["employer_address", "employer_contact"]


@pytest.mark.parametrize(
    ("changes", "fields"),
    [
        ({}, set()),
        ({"duties": "長" * 2001}, {"duties"}),
        ({"smoking": "長" * 401, "pay": "長" * 1000}, {"smoking"}),
        ({"contract": "forever"}, {"contract"}),
        ({"insurance": ("pension", "fire")}, {"insurance"}),
        ({"salary_min": 0}, {"salary_min"}),
        ({"salary_min": 5_000_000, "salary_max": 4_999_999}, {"salary_max"}),
        ({"salary_min": None}, {"salary_min"}),
        ({"salary_min": None, "salary_max": None}, set()),
        ({"salary_max": 1_000_000_001}, {"salary_max"}),
    ],
)
def test_faults_name_the_items_that_cannot_be_kept(changes: dict[str, typing.Any], fields: set[str]) -> None:
    assert set(rules.faults(with_(**changes))) == fields


def test_text_says_what_was_said_and_leaves_out_what_was_not() -> None:
    told = dict(rules.text_of(TERMS))
    assert (told["契約期間"], told["想定年収"]) == ("期間の定めなし", "5,000,000 円から 7,000,000 円")
    assert (told["加入する保険"], told["派遣での雇用"]) == (
        "雇用保険、労災保険、健康保険、厚生年金",
        "派遣ではありません",
    )
    assert {"固定残業代", "年収の上限", "年収の下限"} & set(told) == set()
    assert rules.text_of(Terms()) == [("派遣での雇用", "派遣ではありません")]


def test_salary_is_told_by_what_is_known_of_it() -> None:
    told = [with_(salary_min=low, salary_max=high) for low, high in [(None, None), (4_000_000, None), (1, 1)]]
    assert [rules.salary_words(terms) for terms in told] == ["", "4,000,000 円から", "1 円"]


def test_hash_changes_with_every_word_and_with_nothing_else() -> None:
    usual = rules.hash_of("経理", "アルファ", TERMS)
    assert usual == rules.hash_of("経理", "アルファ", Terms.of(TERMS.stored()))
    others = [
        rules.hash_of("総務", "アルファ", TERMS),
        rules.hash_of("経理", "ベータ", TERMS),
        rules.hash_of("経理", "アルファ", with_(trial="なし")),
    ]
    assert len({usual, *others}) == 4
    assert len(usual) == 64


@pytest.mark.parametrize(
    ("changes", "fields"),
    [
        ({"hiring_employer_name": "外の会社"}, set()),
        ({}, {"hiring_employer_name"}),
        ({"hiring_employer_name": "長" * 121}, {"hiring_employer_name"}),
        ({"hiring_employer_name": "外", "title": ""}, {"title"}),
        ({"hiring_employer_name": "外", "occupation": "99", "prefecture": "48"}, {"occupation", "prefecture"}),
        ({"hiring_employer_name": "外", "openings": 0}, {"openings"}),
        (
            {
                "hiring_employer_name": "外",
                "received_on": dt.date(2026, 11, 2),
                "valid_until": dt.date(2026, 11, 1),
            },
            {"valid_until"},
        ),
        ({"hiring_employer_name": "外", "terms": with_(contract="x")}, {"contract"}),
    ],
)
def test_sheet_faults_name_the_fields(changes: dict[str, typing.Any], fields: set[str]) -> None:
    assert set(rules.sheet_faults(sheet(**changes), is_agency=True)) == fields
    assert set(rules.sheet_faults(sheet(**changes), is_agency=False)) == fields - (
        {"hiring_employer_name"} if not changes else set()
    )


def test_work_is_barred_by_its_occupation_title_or_family() -> None:
    assert rules.barred_by("現場の作業", "", "14") == "建設業務"
    assert rules.barred_by("スタッフ", "とび職", "") == "建設業務"
    assert rules.barred_by("船内荷役", "", "15") == "港湾運送業務"
    assert rules.barred_by("施工管理", "技術", "02") is None


@pytest.mark.parametrize(
    "words",
    ["港湾運送の作業員", "沿岸荷役スタッフ", "建設作業員", "大工見習い", "とび職", "鳶工", "型枠大工", "電気工事士",
     "建築現場の作業スタッフ（施工管理補助あり）", "解体作業", "内装 職人", "道路舗装作業", "配管工", "建設業務"],
)  # fmt: skip
def test_work_with_one_s_own_hands_is_barred(words: str) -> None:
    assert rules.barred_work(words) in {"港湾運送業務", "建設業務"}


@pytest.mark.parametrize(
    "words",
    ["施工管理", "建築施工管理技士", "建設会社の営業", "土木設計", "建設業の経理事務", "建設会社の事務作業", "港湾運送会社の事務",
     "電気工事の積算", "電気工事士の資格を持つ施工管理", "大工場の生産管理", "大工学部の助教", "飛び込みなしの営業", "倉庫作業", "CAD オペレーター（配管工図面）",
     "Web エンジニア", ""],
)  # fmt: skip
def test_desks_of_builders_and_ports_are_not_barred(words: str) -> None:
    assert rules.barred_work(words) is None
