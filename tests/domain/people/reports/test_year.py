"""The figures of the yearly report against a recount by hand, and the days on which its year begins, ends and is due."""

from __future__ import annotations

import datetime as dt
import typing
import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

from career_relay.domain.people.reports.rules import year as rules

YEAR = 2026
TODAY = dt.date(2027, 4, 20)
PERIOD = rules.Period(year=YEAR, today=TODAY)
LAST = dt.date(2027, 3, 31)
DAYS = st.dates(dt.date(2026, 3, 25), dt.date(2027, 4, 10)) | st.sampled_from(
    [dt.date(2026, 3, 31), dt.date(2026, 4, 1), dt.date(2027, 3, 31), dt.date(2027, 4, 1)]
)
OCCUPATIONS = st.sampled_from(["", "06", "07"])
KEYS = st.uuids()
POSTINGS = st.builds(
    rules.Posting,
    key=KEYS,
    occupation=OCCUPATIONS,
    length=st.sampled_from(["regular", "temporary", "unknown"]),
    openings=st.integers(1, 9),
    received_on=DAYS,
    over_on=st.none() | DAYS,
)
SEEKERS = st.builds(rules.Seeker, key=KEYS, occupation=OCCUPATIONS, accepted_on=DAYS, ended_on=st.none() | DAYS)
MONEY = st.builds(rules.Money, key=KEYS, occupation=OCCUPATIONS, on=DAYS, amount_yen=st.integers(-2_000_000, 4_000_000))


@st.composite
def hires(draw: st.DrawFn) -> rules.Hire:
    start_on = draw(DAYS)
    is_indefinite = draw(st.booleans())
    days = st.none() | st.integers(0, 300).map(lambda number: start_on + dt.timedelta(days=number))
    return rules.Hire(
        key=draw(KEYS),
        occupation=draw(OCCUPATIONS),
        is_regular=is_indefinite or draw(st.booleans()),
        is_indefinite=is_indefinite,
        start_on=start_on,
        left_on=draw(days),
        left_by_employer=draw(st.booleans()),
        seen_on=draw(days),
    )


BOOKS = st.builds(
    rules.Books,
    postings=st.lists(POSTINGS, max_size=6).map(tuple),
    seekers=st.lists(SEEKERS, max_size=6).map(tuple),
    hires=st.lists(hires(), max_size=6).map(tuple),
    money=st.lists(MONEY, max_size=6).map(tuple),
)


def in_year(day: dt.date) -> bool:
    return "2026-04-01" <= day.isoformat() <= "2027-03-31"


def half_a_year_after(day: dt.date) -> dt.date:
    """Return the same day six months on, or the month's last where there is none."""
    month = day.month + 6
    year, month = (day.year + 1, month - 12) if month > 12 else (day.year, month)
    for number in range(day.day, 27, -1):
        try:
            return dt.date(year, month, number)
        except ValueError:
            continue
    return dt.date(year, month, day.day)


def recounted(books: rules.Books, occupation: str) -> dict[str, int]:
    """Count everything again, in the plainest way."""
    kinds = [
        *(kind for posting in books.postings if posting.occupation == occupation for kind in of_posting(posting)),
        *(kind for seeker in books.seekers if seeker.occupation == occupation for kind in of_seeker(seeker)),
        *(kind for hire in books.hires if hire.occupation == occupation for kind in of_hire(hire)),
    ]
    money = [one for one in books.money if one.occupation == occupation and in_year(one.on)]
    return {figure: kinds.count(figure) for figure in rules.FIGURES} | {
        "fees": sum(one.amount_yen for one in money if one.amount_yen > 0),
        "refunds": -sum(one.amount_yen for one in money if one.amount_yen < 0),
    }


def of_posting(posting: rules.Posting) -> list[str]:
    is_open = posting.received_on <= LAST and (posting.over_on is None or posting.over_on > LAST)
    kinds = ["postings_open"] * is_open + [f"postings_{posting.length}"] * in_year(posting.received_on)
    return kinds * posting.openings


def of_seeker(seeker: rules.Seeker) -> list[str]:
    is_open = seeker.accepted_on <= LAST and (seeker.ended_on is None or seeker.ended_on > LAST)
    return ["seekers_open"] * is_open + ["seekers_new"] * in_year(seeker.accepted_on)


def of_hire(hire: rules.Hire) -> list[str]:
    if not in_year(hire.start_on):
        return []
    kinds = ["hires_regular" if hire.is_regular else "hires_temporary"]
    return [*kinds, "hires_indefinite", fate(hire)] if hire.is_indefinite else kinds


def fate(hire: rules.Hire) -> str:
    half = half_a_year_after(hire.start_on)
    if hire.left_on:
        return "left_early" if hire.left_on < half and not hire.left_by_employer else ""
    if half > TODAY:
        return "left_pending"
    is_seen = hire.seen_on is not None and (hire.seen_on - hire.start_on).days >= 180
    return "" if is_seen else "left_unknown"


@given(BOOKS)
def test_figures_are_those_of_a_recount(books: rules.Books) -> None:
    counted = rules.count(books, PERIOD)
    for occupation in ("", "06", "07"):
        assert counted.get(occupation, dict.fromkeys(rules.FIGURES, 0)) == recounted(books, occupation)
    assert list(counted) == sorted(counted, key=lambda code: code or "~")


@given(BOOKS, st.sampled_from(sorted(rules.FIGURES)))
def test_every_figure_is_what_its_rows_weigh(books: rules.Books, figure: str) -> None:
    counted = rules.count(books, PERIOD)
    everything = rules.rows(books, figure, PERIOD)
    assert all(weight > 0 for _row, weight in everything)
    assert sum(weight for _row, weight in everything) == rules.totals(counted)[figure]
    for code, figures in counted.items():
        assert sum(weight for _row, weight in rules.rows(books, figure, PERIOD, code)) == figures[figure]


@given(st.integers(0, 10**10))
def test_thousands_are_rounded_half_up(yen: int) -> None:
    assert abs(rules.thousands(yen) * 1000 - yen) <= 500
    assert rules.thousands(yen * 1000 + 499) == yen
    assert rules.thousands(yen * 1000 + 500) == yen + 1


def test_running_year_is_counted_as_of_today() -> None:
    today = dt.date(2026, 11, 24)
    posting = rules.Posting(
        key=uuid.uuid4(), occupation="06", length="regular", openings=2, received_on=today, over_on=dt.date(2027, 1, 1)
    )
    books = rules.Books(postings=(posting,))
    assert rules.count(books, rules.Period(year=YEAR, today=today))["06"]["postings_open"] == 2
    assert rules.count(books, PERIOD)["06"]["postings_open"] == 0


@pytest.mark.parametrize(
    ("contract", "detail", "found"),
    [
        ("indefinite", "", "regular"),
        ("indefinite", "1 か月", "regular"),
        ("fixed", "1 年。更新あり", "regular"),
        ("fixed", "４ヶ月", "regular"),
        ("fixed", "3か月", "temporary"),
        ("fixed", "3 months", "temporary"),
        ("fixed", "6 か月（試用 3 か月）", "regular"),
        ("fixed", "2027 年 3 月末まで", "unknown"),
        ("fixed", "", "unknown"),
        ("", "1 年", "unknown"),
    ],
)
def test_length_is_read_from_the_words(contract: str, detail: str, found: str) -> None:
    assert rules.length(contract, detail) == found


DATES: typing.Final = [
    # today, year to hand in, first shown, wanted, to be reminded of
    ("2027-03-30", 2025, 2026, False, None),
    ("2027-03-31", 2025, 2026, False, 2026),
    ("2027-04-01", 2026, 2026, True, 2026),
    ("2027-04-30", 2026, 2026, True, 2026),
    ("2027-05-01", 2026, 2026, True, None),
    ("2027-05-31", 2026, 2026, True, None),
    ("2027-06-01", 2026, 2027, False, None),
    ("2026-11-24", 2025, 2026, False, None),
]


@pytest.mark.parametrize(("day", "to_report", "first", "wanted", "reminded"), DATES)
def test_days_of_the_report(day: str, to_report: int, first: int, reminded: int | None, *, wanted: bool) -> None:
    today = dt.date.fromisoformat(day)
    assert rules.year_to_report(today) == to_report
    assert (rules.first_shown(today), rules.is_wanted(today)) == (first, wanted)
    assert rules.year_to_remind_of(today) == reminded


def test_year_that_has_not_begun_can_not_be_asked_for() -> None:
    assert [rules.is_year(year, TODAY) for year in (1999, 2000, 2027, 2028)] == [False, True, True, False]
    assert (PERIOD.is_over, rules.Period(year=2027, today=TODAY).is_over) == (True, False)
    assert PERIOD.due_on == dt.date(2027, 4, 30)
