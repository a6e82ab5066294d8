from __future__ import annotations

import dataclasses
import datetime as dt
import decimal
import typing

import pytest
from hypothesis import given
from hypothesis import strategies as st

from career_relay.domain.people.books import rules
from career_relay.domain.people.introductions.models import Introduction
from career_relay.domain.people.placements.models import FeeEntry, FeeTerms, Placement

DAY, TODAY = dt.date(2026, 4, 1), dt.date(2027, 6, 1)
HIRE = rules.Hire(
    state="joined",
    contract="indefinite",
    start_on=DAY,
    barred_until=dt.date(2028, 4, 1),
    left_on=None,
    left_by_employer=False,
    seen_on=None,
    refund_yen=0,
    refunded_on=None,
)
HANDLING = rules.Handling(
    introduced_on=DAY, seeker="髙﨑 葵", company="みなと商店", title="経理", state="joined", hire=HIRE
)
OPENING = rules.Opening(
    company="みなと商店",
    address="東京都港区",
    contact="採用窓口",
    received_on=DAY,
    valid_until=None,
    is_closed=False,
    title="経理",
    occupation="",
    openings=2,
    place="港区",
    employment="中途",
    contract="期間の定めなし",
    pay="月給",
)
SEEKER = rules.Seeker(name="髙﨑 葵", address="", born_on=None, occupation="経理", received_on=DAY, ended_on=None)
MONEY = rules.Money(
    company="みなと商店",
    seeker="髙﨑 葵",
    title="経理",
    on=DAY,
    kind="invoice",
    kind_name="紹介手数料",
    amount_yen=1_680_000,
    salary_yen=4_800_000,
    basis="agreement",
    basis_name="連携協定",
    version=2,
    percent=decimal.Decimal("35.0"),
    fixed=None,
    start_on=DAY,
    left_on=None,
)
TEXTS, DAYS = st.sampled_from(["", "何か"]), st.dates(dt.date(2024, 1, 1), dt.date(2028, 12, 31))
MAYBE = st.none() | DAYS
HIRES = st.builds(
    rules.Hire,
    state=st.sampled_from(Placement.State.values),
    contract=st.sampled_from(["", "indefinite", "fixed"]),
    start_on=DAYS,
    barred_until=MAYBE,
    left_on=MAYBE,
    left_by_employer=st.booleans(),
    seen_on=MAYBE,
    refund_yen=st.sampled_from([0, 840_000]),
    refunded_on=MAYBE,
)
HANDLINGS = st.none() | st.builds(
    rules.Handling,
    introduced_on=DAYS,
    seeker=TEXTS,
    company=TEXTS,
    title=TEXTS,
    state=st.sampled_from(Introduction.State.values),
    hire=st.none() | HIRES,
)
OPENINGS = st.builds(
    rules.Opening,
    **dict.fromkeys(["company", "address", "contact", "title", "occupation", "place"], TEXTS),
    **dict.fromkeys(["employment", "contract", "pay"], TEXTS),
    received_on=DAYS,
    valid_until=MAYBE,
    is_closed=st.booleans(),
    openings=st.integers(1, 9),
)
SEEKERS = st.builds(
    rules.Seeker, name=TEXTS, address=TEXTS, born_on=MAYBE, occupation=TEXTS, received_on=DAYS, ended_on=MAYBE
)
MONEYS = st.builds(
    rules.Money,
    **dict.fromkeys(["company", "seeker", "title"], TEXTS),
    on=DAYS,
    kind=st.sampled_from(FeeEntry.Kind.values),
    kind_name=st.just("紹介手数料"),
    amount_yen=st.integers(-9, 9),
    salary_yen=st.integers(0, 9),
    basis=st.sampled_from(FeeTerms.Basis.values),
    basis_name=st.just("手数料表"),
    version=st.integers(1, 3),
    percent=st.none() | st.just(decimal.Decimal("35.0")),
    fixed=st.none() | st.just(500_000),
    start_on=DAYS,
    left_on=MAYBE,
)


@given(OPENINGS, SEEKERS, HANDLINGS, MONEYS, DAYS)
def test_no_line_leaves_an_item_empty(
    opening: rules.Opening,
    seeker: rules.Seeker,
    handling: rules.Handling | None,
    money: rules.Money,
    today: dt.date,
) -> None:
    for book, line in (
        ("postings", rules.posting_line(opening, handling, today)),
        ("seekers", rules.seeker_line(seeker, handling, today)),
        ("fees", rules.fee_line(money)),
    ):
        assert set(line) == set(rules.COLUMNS[book])
        assert "" not in line.values()


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({}, "不明"),
        ({"seen_on": dt.date(2026, 10, 1)}, "離職なし"),
        ({"seen_on": dt.date(2026, 9, 30)}, "不明"),
        ({"left_on": dt.date(2026, 9, 30)}, "離職あり（2026-09-30）"),
        ({"left_on": dt.date(2026, 10, 1)}, "離職なし"),
        ({"left_on": dt.date(2026, 5, 1), "left_by_employer": True}, "企業の都合による離職（2026-05-01）"),
        ({"start_on": dt.date(2027, 5, 1)}, "6 か月が過ぎていません"),
        ({"contract": "fixed", "left_on": dt.date(2026, 5, 1)}, "該当なし"),
    ],
)
def test_early_leaving_tells_what_is_known(changes: dict[str, typing.Any], words: str) -> None:
    assert rules.early_leaving(dataclasses.replace(HIRE, **changes), TODAY) == words


@pytest.mark.parametrize(
    ("state", "hire", "words"),
    [
        ("screening", None, "選考中"),
        ("refused", None, "不採用"),
        ("withdrawn", None, "辞退・取り下げ"),
        ("accepted", "agreed", "採用（入社待ち）"),
        ("closed", "not_started", "採用（入社せず）"),
        ("joined", "joined", "採用"),
        ("joined", "left", "採用（退職済み）"),
    ],
)
def test_outcome_is_that_of_the_hire_where_there_is_one(state: str, hire: str | None, words: str) -> None:
    placed = dataclasses.replace(HIRE, state=hire) if hire else None
    handling = dataclasses.replace(HANDLING, state=state, hire=placed)
    assert rules.posting_line(OPENING, handling, TODAY)["outcome"] == words


@pytest.mark.parametrize(
    ("changes", "basis", "collected_on"),
    [
        ({}, "連携協定 第 2 版: 年収の見込み 4,800,000 円 × 35.0%", "記録なし"),
        ({"percent": None, "fixed": 500_000}, "連携協定 第 2 版: 定額 500,000 円", "記録なし"),
        (
            {"basis": "slot", "basis_name": "無料紹介枠", "kind": "waived", "percent": None},
            "無料紹介枠（第 2 版）により 0 円",
            "該当なし",
        ),
        (
            {"kind": "refund", "left_on": dt.date(2026, 5, 1)},
            "返戻金の表（入社 2026-04-01、退職 2026-05-01）",
            "該当なし",
        ),
    ],
)
def test_fee_says_what_it_was_reckoned_from(changes: dict[str, typing.Any], basis: str, collected_on: str) -> None:
    line = rules.fee_line(dataclasses.replace(MONEY, **changes))
    assert (line["basis"], line["collected_on"]) == (basis, collected_on)


def test_validity_says_whether_it_is_over() -> None:
    ends_on = dt.date(2026, 9, 30)
    told = [
        rules.seeker_line(SEEKER, None, TODAY)["valid_until"],
        rules.seeker_line(dataclasses.replace(SEEKER, ended_on=ends_on), None, TODAY)["valid_until"],
        rules.posting_line(dataclasses.replace(OPENING, valid_until=ends_on), None, TODAY)["valid_until"],
        rules.posting_line(dataclasses.replace(OPENING, is_closed=True), None, TODAY)["valid_until"],
    ]
    assert told == [
        "定めなし（受け付け中）",
        "2026-09-30 まで（終了）",
        "2026-09-30 まで",
        "終了（終わった日は記録なし）",
    ]


def test_entry_is_kept_two_years_after_its_end() -> None:
    assert rules.kept_until(dt.date(2024, 2, 29)) == dt.date(2026, 2, 28)
