from __future__ import annotations

import datetime as dt
import typing
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from career_relay.domain.ground.agencies import rules
from tests.domain.ground.agencies.room import JPEG, PDF, PNG, TODAY
from tests.world import NOW

A_DAY = dt.timedelta(days=1)
DASHES = ["", "-", "－", "ー", "—", "―", " - ", "‐"]
digits = st.text("0123456789", min_size=6, max_size=6)
days = st.dates(dt.date(2020, 1, 1), dt.date(2039, 12, 31))


@given(st.text("0123456789", min_size=2, max_size=2), st.sampled_from("ユム特地"), digits, st.sampled_from(DASHES))
def test_number_comes_to_one_form_however_it_is_typed(office: str, kind: str, serial: str, dash: str) -> None:
    wide = unicodedata.normalize("NFKC", f"{office}{serial}").translate(
        {ord("0") + n: ord("０") + n for n in range(10)}
    )
    expected = f"{office}-{kind}-{serial}"
    assert rules.number(f"{office}{dash}{kind}{dash}{serial}") == expected
    assert rules.number(f" {wide[:2]}{dash}{kind}{dash}{wide[2:]}\n") == expected
    assert rules.number(expected) == expected


@pytest.mark.parametrize(
    "text",
    ["", "13-ユ-12345", "13-ユ-1234567", "1-ユ-123456", "13-ヨ-123456", "13-U-123456", "ユ-123456", "x13-ユ-123456"],
)
def test_anything_else_is_no_number(text: str) -> None:
    assert rules.number(text) == ""


def test_half_width_kana_is_read() -> None:
    assert [rules.number("13-ﾕ-300001"), rules.number("27ﾑ000123")] == ["13-ユ-300001", "27-ム-000123"]


@pytest.mark.parametrize(("kind", "may"), [("ユ", True), ("ム", False), ("特", False), ("地", False)])
def test_only_paid_licences_charge(kind: str, *, may: bool) -> None:
    assert rules.may_charge(f"13-{kind}-123456") is may


@given(day=days, renewed=st.booleans())
def test_licence_ends_on_the_eve_of_its_anniversary(day: dt.date, *, renewed: bool) -> None:
    end = rules.latest_end(day, is_renewal=renewed)
    following = end + A_DAY
    assert following.year - day.year == (5 if renewed else 3)
    assert (following.month, following.day) == ((3, 1) if (day.month, day.day) == (2, 29) else (day.month, day.day))


def test_licence_from_a_leap_day_ends_with_february() -> None:
    assert rules.latest_end(dt.date(2028, 2, 29), is_renewal=False) == dt.date(2031, 2, 28)


@pytest.mark.parametrize(
    ("trained_on", "counts"),
    [
        (TODAY, True),
        (TODAY + A_DAY, False),
        (TODAY.replace(year=TODAY.year - 5) + A_DAY, True),
        (TODAY.replace(year=TODAY.year - 5), False),
    ],
)
def test_training_counts_for_five_years(trained_on: dt.date, *, counts: bool) -> None:
    assert rules.is_trained(trained_on, TODAY) is counts


@pytest.mark.parametrize(
    ("left", "stage"), [(91, None), (90, 90), (31, 90), (30, 30), (8, 30), (7, 7), (0, 7), (-1, 0), (-500, 0)]
)
def test_reminder_is_the_last_one_reached(left: int, stage: int | None) -> None:
    assert rules.due_stage(TODAY + A_DAY * left, TODAY) == stage


def term(state: str = "confirmed", begins: int = -30, ends: int = 30, **changes: typing.Any) -> rules.LicenceTerm:
    decided_at = None if state == "submitted" else NOW
    usual: dict[str, typing.Any] = {"number": "13-ユ-123456", "decided_at": decided_at}
    return rules.LicenceTerm(
        state=state, valid_from=TODAY + A_DAY * begins, valid_until=TODAY + A_DAY * ends, **(usual | changes)
    )


def standing(*terms: rules.LicenceTerm, **changes: typing.Any) -> rules.Standing:
    usual: dict[str, typing.Any] = {"has_desk": True, "has_office": True, "fees_from": TODAY}
    return rules.standing(rules.Parts(licences=terms, **(usual | changes)), TODAY)


def test_licensed_agency_lacks_nothing() -> None:
    found = standing(term())
    assert found == rules.Standing(
        state="licensed", number="13-ユ-123456", valid_until=TODAY + A_DAY * 30, days_left=30
    )
    assert (found.may_take_people, found.may_act, found.text) == (True, True, "受け付けできます")


LATER = NOW + A_DAY
STATES: list[tuple[str, tuple[rules.LicenceTerm, ...], dict[str, typing.Any], tuple[str, ...]]] = [
    (
        "incomplete",
        (),
        {"has_desk": False, "has_office": False, "fees_from": None},
        ("licence", "desk", "office", "fees"),
    ),
    ("incomplete", (), {}, ("licence",)),
    ("incomplete", (term(),), {"has_desk": False}, ("desk",)),
    ("incomplete", (term(),), {"has_office": False}, ("office",)),
    ("incomplete", (term(),), {"fees_from": TODAY + A_DAY}, ("fees",)),
    ("waiting", (term("submitted"),), {"has_desk": False}, ("licence", "desk")),
    ("waiting", (term(begins=1),), {}, ("licence",)),
    ("waiting", (term(ends=-1), term("submitted")), {}, ("licence",)),
    ("refused", (term("refused", reason="番号"),), {}, ("licence",)),
    ("refused", (term(ends=-1), term("refused", decided_at=LATER, reason="番号")), {}, ("licence",)),
    ("expired", (term(ends=-1),), {}, ("licence",)),
    ("expired", (term(ends=-1, decided_at=LATER), term("refused", reason="番号")), {}, ("licence",)),
    ("licensed", (term(ends=0),), {}, ()),
    ("licensed", (term(begins=0),), {}, ()),
    ("licensed", (term(), term("submitted")), {}, ()),
    ("licensed", (term(), term("refused", decided_at=LATER)), {}, ()),
    ("stopped", (term(),), {"stop_reason": "苦情"}, ()),
    ("stopped", (), {"stop_reason": "苦情"}, ("licence",)),
]


@pytest.mark.parametrize(("state", "terms", "changes", "missing"), STATES)
def test_standing_names_what_is_in_the_way(
    state: str, terms: tuple[rules.LicenceTerm, ...], changes: dict[str, typing.Any], missing: tuple[str, ...]
) -> None:
    found = standing(*terms, **changes)
    assert (found.state, found.missing) == (state, missing)
    assert found.may_take_people is found.may_act is (state == "licensed")
    assert found.reason == {"refused": "番号", "stopped": "苦情"}.get(state, "")
    assert found.text


@given(
    st.lists(
        st.tuples(st.sampled_from(["submitted", "confirmed", "refused"]), st.integers(-60, 60), st.integers(0, 60))
    )
)
def test_agency_is_covered_exactly_while_a_confirmed_licence_holds(drawn: list[tuple[str, int, int]]) -> None:
    terms = [term(state, begins=begins, ends=begins + length) for state, begins, length in drawn]
    covered = {
        TODAY + A_DAY * day
        for state, begins, length in drawn
        if state == "confirmed"
        for day in range(begins, begins + length + 1)
    }
    last = TODAY
    while last + A_DAY in covered:
        last += A_DAY
    assert rules.covered_until(terms, TODAY) == (last if TODAY in covered else None)
    assert standing(*terms).may_act is (TODAY in covered)


def test_renewal_that_follows_counts_on() -> None:
    found = standing(term(ends=10), term(begins=11, ends=100))
    assert (found.days_left, found.valid_until) == (100, TODAY + A_DAY * 100)
    assert standing(term(ends=10), term(begins=12, ends=100)).days_left == 10


@pytest.mark.parametrize(
    ("content", "kind"),
    [(PDF, "application/pdf"), (PNG, "image/png"), (JPEG, "image/jpeg"), (b"", ""), (b"<html>", ""), (b" %PDF-", "")],
)
def test_file_is_what_its_first_bytes_say(content: bytes, kind: str) -> None:
    assert rules.evidence_type(content) == kind


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("許可証.pdf", "許可証.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        ("C:\\Users\\me\\licence.PDF", "licence.pdf"),
        ("page.html", "page.pdf"),
        ("あ" * 300 + ".pdf", "あ" * 100 + ".pdf"),
        ("", "licence.pdf"),
        ("..", "licence.pdf"),
        ("folder/", "licence.pdf"),
        ("a\r\nb\x00.pdf", "a b.pdf"),
    ],
)
def test_file_keeps_a_harmless_name(name: str, kept: str) -> None:
    assert rules.evidence_name(name, "application/pdf") == kept


@given(st.text(max_size=300))
def test_any_name_becomes_one_that_fits(name: str) -> None:
    kept = rules.evidence_name(name, "image/png")
    assert kept.endswith(".png")
    assert 4 < len(kept) <= 104
    assert not set(kept) & set("/\\\r\n\0")
