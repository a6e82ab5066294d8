from __future__ import annotations

import dataclasses
import datetime as dt
import decimal
import itertools
import typing

import pytest

from career_relay.domain.ground.agreements import rules
from career_relay.domain.ground.agreements.models import Agreement, AgreementAct
from career_relay.domain.ground.organizations.models import Organization

Act, State, Kind = AgreementAct.Act, Agreement.State, Organization.Kind
PAIRS = [tuple(sorted(pair)) for pair in rules.TEMPLATES]
PAID = rules.TEMPLATES[frozenset({Kind.EMPLOYER, Kind.AGENCY})]


def test_every_pair_of_different_kinds_has_a_template_and_no_kind_with_itself() -> None:
    assert {frozenset(pair) for pair in itertools.combinations(Kind.values, 2)} == set(rules.TEMPLATES)
    assert [rules.template(kind, kind) for kind in Kind.values] == [None] * 4


@pytest.mark.parametrize("pair", PAIRS)
def test_template_may_be_proposed_as_it_is(pair: tuple[str, str]) -> None:
    terms = rules.template(*pair)
    assert terms is not None
    assert rules.faults(terms, *pair) == {}
    assert rules.faults(terms, *reversed(pair)) == {}


@pytest.mark.parametrize("pair", PAIRS)
def test_terms_are_kept_and_read_without_loss(pair: tuple[str, str]) -> None:
    terms = rules.TEMPLATES[frozenset(pair)]
    assert rules.Terms.of(terms.stored()) == terms


@pytest.mark.parametrize("other", [Kind.OPERATOR, Kind.SCHOOL])
def test_employer_shares_nobody_s_data_with_who_introduces_nobody(other: str) -> None:
    offered = {code for code, _label in rules.data_choices(Kind.EMPLOYER, other)}
    assert offered == {"postings", "contacts", "figures"}
    terms = dataclasses.replace(rules.TEMPLATES[frozenset({Kind.EMPLOYER, other})], data_categories=("identity",))
    assert list(rules.faults(terms, Kind.EMPLOYER, other)) == ["data_categories"]


WRONG: list[tuple[str, dict[str, typing.Any]]] = [
    ("purpose", {"purpose": "sale"}),
    ("data_categories", {"data_categories": ()}),
    ("data_categories", {"data_categories": ("religion",)}),
    ("review_months", {"review_months": 0}),
    ("review_months", {"review_months": 37}),
    ("notes", {"notes": "あ" * 1001}),
    ("country", {"country": "日本"}),
    ("fee", {"fee": "gift", "fee_percent": None, "refunds": ()}),
    ("fee_percent", {"fee_percent": decimal.Decimal("50.1")}),
    ("fee_percent", {"fee_percent": decimal.Decimal(0)}),
    ("fee_percent", {"fee_percent": decimal.Decimal("30.55")}),
    ("fee_percent", {"fee_percent": None}),
    ("fee_percent", {"fee": "none", "refunds": ()}),
    ("fee_yen", {"fee": "fixed", "fee_percent": None}),
    ("fee_yen", {"fee": "fixed", "fee_percent": None, "fee_yen": 0}),
    ("fee_yen", {"fee": "fixed", "fee_percent": None, "fee_yen": 100_000_000}),
    ("fee_yen", {"fee_yen": 800_000}),
    ("refunds", {"refunds": (rules.Refund(within_days=90, percent=50), rules.Refund(within_days=30, percent=30))}),
    ("refunds", {"refunds": (rules.Refund(within_days=30, percent=30), rules.Refund(within_days=90, percent=50))}),
    ("refunds", {"refunds": (rules.Refund(within_days=30, percent=101),)}),
    ("refunds", {"refunds": (rules.Refund(within_days=0, percent=50),)}),
    ("refunds", {"refunds": tuple(rules.Refund(within_days=day, percent=80 - day) for day in range(1, 8))}),
    ("refunds", {"fee": "none", "fee_percent": None}),
    ("slot", {"slot": "always"}),
    ("penalty_amount", {"penalty_amount": "30 万円"}),
    ("penalty_amount", dict.fromkeys(["penalty_amount", "penalty_trigger", "penalty_ending"], "あ" * 1001)),
    ("accept_days", {"accept_days": 0}),
    ("contact_days", {"contact_days": 11}),
]


@pytest.mark.parametrize(("field", "changes"), WRONG)
def test_faults_name_the_field(field: str, changes: dict[str, typing.Any]) -> None:
    terms = dataclasses.replace(PAID, **changes)
    assert list(rules.faults(terms, Kind.EMPLOYER, Kind.AGENCY)) == [field]


@pytest.mark.parametrize(
    "changes",
    [
        {"fee": "none", "fee_percent": None, "refunds": ()},
        {"fee": "fixed", "fee_percent": None, "fee_yen": 800_000},
        {"fee_percent": decimal.Decimal(50)},
        {"refunds": ()},
        {"slot": "none"},
        dict.fromkeys(["penalty_amount", "penalty_trigger", "penalty_ending"], "30 万円"),
    ],
)
def test_terms_that_may_be_proposed(changes: dict[str, typing.Any]) -> None:
    assert rules.faults(dataclasses.replace(PAID, **changes), Kind.EMPLOYER, Kind.AGENCY) == {}


def test_only_employer_and_agency_agree_on_money() -> None:
    paid = dataclasses.replace(PAID, data_categories=("contacts",))
    for pair in PAIRS:
        has_fault = list(rules.faults(paid, *pair)) == ["fee"]
        assert has_fault is (set(pair) != {"employer", "agency"})


IN_FORCE: set[str] = {Act.ENDED, Act.REVIEWED, Act.AMENDED}
ALLOWED: list[tuple[str, str | None, str | None, set[str]]] = [
    (State.PROPOSED, "us", None, {Act.PROPOSED, Act.ENDED}),
    (State.PROPOSED, "them", None, {Act.PROPOSED, Act.ACCEPTED, Act.DECLINED}),
    (State.LIVE, None, None, IN_FORCE | {Act.SUSPENDED}),
    (State.LIVE, "us", None, IN_FORCE | {Act.SUSPENDED}),
    (State.LIVE, "them", None, IN_FORCE | {Act.SUSPENDED, Act.ACCEPTED, Act.DECLINED}),
    (State.SUSPENDED, None, "us", IN_FORCE | {Act.RESUMED}),
    (State.SUSPENDED, None, "them", IN_FORCE),
    (State.SUSPENDED, "them", "them", IN_FORCE | {Act.ACCEPTED, Act.DECLINED}),
    (State.DECLINED, None, None, set()),
    (State.ENDED, None, None, set()),
]


@pytest.mark.parametrize(("state", "offered_by", "suspended_by", "acts"), ALLOWED)
def test_allowed_acts(state: str, offered_by: typing.Any, suspended_by: typing.Any, acts: set[str]) -> None:
    assert rules.allowed(rules.Position(state=state, offered_by=offered_by, suspended_by=suspended_by)) == acts


def test_state_after_each_act() -> None:
    changes = {
        (state, act): rules.state_after(state, act)
        for state in State
        for act in Act
        if rules.state_after(state, act) != state
    }
    assert {
        key: changes[key] for key in changes if key[0] in {State.PROPOSED, State.LIVE} and key[1] != Act.RESUMED
    } == {
        (State.PROPOSED, Act.ACCEPTED): State.LIVE,
        (State.PROPOSED, Act.DECLINED): State.DECLINED,
        (State.PROPOSED, Act.SUSPENDED): State.SUSPENDED,
        (State.PROPOSED, Act.ENDED): State.ENDED,
        (State.LIVE, Act.SUSPENDED): State.SUSPENDED,
        (State.LIVE, Act.ENDED): State.ENDED,
    }
    assert rules.state_after(State.SUSPENDED, Act.ACCEPTED) == State.SUSPENDED


REVIEW = dt.date(2027, 11, 23)


@pytest.mark.parametrize(
    ("days_before", "told", "due"),
    [
        (31, None, None),
        (30, None, 30),
        (1, None, 30),
        (1, 30, None),
        (0, 30, 0),
        (0, None, 0),
        (-5, 30, 0),
        (-5, 0, None),
    ],
)
def test_reminder_is_due_once_each(days_before: int, told: int | None, due: int | None) -> None:
    assert rules.reminder(REVIEW, REVIEW - dt.timedelta(days=days_before), told) == due


def test_no_reminder_without_a_review() -> None:
    assert rules.reminder(None, REVIEW, None) is None
