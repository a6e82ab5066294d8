from __future__ import annotations

import datetime as dt
import random
import uuid

from career_relay.domain.ground.requests import rules
from tests.world import NOW

ACCOUNTANT = rules.Wanted(prefecture="13", occupation="06", employment_type="mid_career")


def agency(number: int, **about: object) -> rules.Serving:
    return rules.Serving(organization_id=uuid.UUID(int=number), **about)  # type: ignore[arg-type]


def in_order(*agencies: rules.Serving) -> list[int]:
    return [one.int for one in rules.order(ACCOUNTANT, agencies)]


def test_who_serves_such_postings_comes_before_the_less_busy() -> None:
    assert in_order(
        agency(1, occupations=frozenset({"04"})),
        agency(2, prefectures=frozenset({"27"})),
        agency(3, employment_types=frozenset({"part_time"})),
        agency(4, prefectures=frozenset({"13", "14"}), occupations=frozenset({"06"}), open_calls=9),
    ) == [4, 1, 2, 3]


def test_the_less_busy_come_before_those_who_waited_longer() -> None:
    long_ago = NOW - dt.timedelta(days=99)
    assert in_order(agency(1, open_calls=1, last_called_at=long_ago), agency(2, last_called_at=NOW)) == [2, 1]


def test_whoever_was_never_called_or_waited_longest_comes_first() -> None:
    earlier = NOW - dt.timedelta(days=1)
    told = [agency(1, last_called_at=NOW), agency(2, last_called_at=earlier), agency(3)]
    assert in_order(*told) == [3, 2, 1]


def test_order_does_not_depend_on_how_the_agencies_are_told() -> None:
    told = [agency(number, open_calls=number % 2) for number in range(10)]
    mixed = random.Random(7).sample(told, len(told))  # noqa: S311 -- no secret
    assert in_order(*mixed) == in_order(*told) == [0, 2, 4, 6, 8, 1, 3, 5, 7, 9]


def test_what_is_not_said_limits_nothing() -> None:
    assert rules.serves(agency(1), ACCOUNTANT)
    assert rules.serves(agency(1, prefectures=frozenset({"27"})), rules.Wanted(occupation="06"))


def test_days_end_with_work_and_search_on_its_last_day() -> None:
    friday = dt.datetime(2026, 11, 27, 1, tzinfo=dt.UTC)
    assert rules.answer_by(friday, 2) == dt.datetime(2026, 12, 1, 9, tzinfo=dt.UTC)
    assert rules.search_until(friday, 30) == dt.date(2026, 12, 27)
