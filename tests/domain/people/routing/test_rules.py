from __future__ import annotations

import collections
import dataclasses
import datetime as dt
import typing
import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

from career_relay.domain.people.routing import rules
from career_relay.domain.people.routing.models import Assignment
from career_relay.kernel.clock import TOKYO
from career_relay.kernel.japanese import working_days
from tests.world import NOW

IDS = [uuid.UUID(int=number) for number in range(1, 7)]
PREFECTURES, OCCUPATIONS, TYPES = ["13", "14", "27"], ["03", "05"], ["mid_career", "part_time"]
MONDAY = dt.datetime(2026, 11, 30, 10, tzinfo=TOKYO)


def some(codes: list[str]) -> st.SearchStrategy[frozenset[str]]:
    return st.frozensets(st.sampled_from(codes))


AGENCY = st.builds(
    rules.Serving,
    organization_id=st.just(IDS[0]),
    prefectures=some(PREFECTURES),
    occupations=some(OCCUPATIONS),
    employment_types=some(TYPES),
    free=st.integers(-1, 3),
    last_offered_at=st.none() | st.integers(0, 9).map(lambda days: NOW - dt.timedelta(days=days)),
)
AGENCIES = st.lists(AGENCY, max_size=len(IDS)).map(
    lambda found: [dataclasses.replace(one, organization_id=IDS[at]) for at, one in enumerate(found)]
)
PERSON = st.builds(
    rules.Wanting,
    candidate_id=st.uuids(),
    prefecture=st.sampled_from(["", *PREFECTURES]),
    occupations=some(OCCUPATIONS),
    employment_type=st.sampled_from(["", *TYPES]),
    chosen=st.lists(st.sampled_from(IDS), max_size=3, unique=True).map(tuple),
    barred=st.frozensets(st.sampled_from(IDS), max_size=3),
    places=st.integers(1, 3),
    has_agency=st.booleans(),
)


def agency(number: int, **changes: typing.Any) -> rules.Serving:
    return rules.Serving(organization_id=IDS[number], **changes)


def person(**changes: typing.Any) -> rules.Wanting:
    return rules.Wanting(candidate_id=uuid.uuid4(), **changes)


def asked(people: list[rules.Wanting], agencies: list[rules.Serving]) -> list[uuid.UUID]:
    return [proposal.organization_id for proposal in rules.allot(people, agencies)]


@pytest.mark.parametrize(
    ("serves", "wishes", "fits"),
    [
        ({}, {"prefecture": "13", "occupations": frozenset({"03"}), "employment_type": "part_time"}, True),
        ({"prefectures": frozenset({"13"})}, {"prefecture": "13"}, True),
        ({"prefectures": frozenset({"13"})}, {"prefecture": "27"}, False),
        ({"prefectures": frozenset({"13"})}, {}, True),
        ({"occupations": frozenset({"03"})}, {"occupations": frozenset({"03", "05"})}, True),
        ({"occupations": frozenset({"03"})}, {"occupations": frozenset({"05"})}, False),
        ({"occupations": frozenset({"03"})}, {}, True),
        ({"employment_types": frozenset({"mid_career"})}, {"employment_type": "part_time"}, False),
        ({"employment_types": frozenset({"mid_career"})}, {}, True),
    ],
)
def test_what_is_not_said_limits_nobody(
    serves: dict[str, typing.Any], wishes: dict[str, typing.Any], *, fits: bool
) -> None:
    assert rules.serves(agency(0, **serves), person(**wishes)) is fits
    assert asked([person(**wishes)], [agency(0, **serves)]) == ([IDS[0]] if fits else [])


def test_chosen_agencies_come_first_in_their_order_and_need_not_serve_the_wish() -> None:
    found = [agency(0, free=1), *(agency(number, prefectures=frozenset({"47"})) for number in (1, 2)), agency(3)]
    people = [person(prefecture="13", chosen=(IDS[2], IDS[1])) for _number in range(5)]
    assert asked(people, found) == [IDS[2], IDS[1], IDS[0], IDS[3]]


def test_whoever_waited_longest_for_an_offer_is_next() -> None:
    found = [agency(0, last_offered_at=NOW), agency(1, last_offered_at=NOW - dt.timedelta(1)), agency(3), agency(2)]
    found = [dataclasses.replace(one, free=2) for one in found]
    assert asked([person() for _number in range(8)], found) == [IDS[2], IDS[3], IDS[1], IDS[0]] * 2


@pytest.mark.parametrize("closed", [{"free": 0}, {"free": -1}])
def test_full_agencies_are_asked_by_nobody(closed: dict[str, int]) -> None:
    assert asked([person(chosen=(IDS[0],))], [agency(0, **closed), agency(1)]) == [IDS[1]]


def test_barred_agencies_are_not_asked_even_if_chosen() -> None:
    barred = frozenset({IDS[0]})
    assert asked([person(chosen=(IDS[0],), barred=barred)], [agency(0), agency(1)]) == [IDS[1]]


@pytest.mark.parametrize(
    ("wishes", "expected"),
    [
        ({}, [0]),
        ({"chosen": (IDS[2], IDS[1])}, [2, 1]),
        ({"chosen": (IDS[4],)}, [0]),
        ({"has_agency": True}, []),
        ({"has_agency": True, "chosen": (IDS[1],)}, [1]),
    ],
)
def test_beyond_the_first_only_chosen_agencies_are_asked(wishes: dict[str, typing.Any], expected: list[int]) -> None:
    found = asked([person(places=3, **wishes)], [agency(number) for number in range(4)])
    assert found == [IDS[number] for number in expected]


@given(st.lists(PERSON, max_size=8), AGENCIES)
def test_allot_takes_the_best_agency_at_every_single_proposal(
    people: list[rules.Wanting], agencies: list[rules.Serving]
) -> None:
    """The queue of `allot` against the rule itself, with the agencies brought up to date each time."""
    state, wanted, turn = {one.organization_id: one for one in agencies}, [], 0
    for wanting in people:
        for _place in range(wanting.places):
            best = best_of(wanting, state.values())
            if best is None:
                break
            turn += 1
            asked_now = dt.datetime(2027, 1, 1, tzinfo=dt.UTC) + dt.timedelta(seconds=turn)
            state[best] = dataclasses.replace(state[best], free=state[best].free - 1, last_offered_at=asked_now)
            wanting = dataclasses.replace(wanting, barred=wanting.barred | {best}, has_agency=True)  # noqa: PLW2901
            wanted.append((wanting.candidate_id, best))
    assert [(one.person.candidate_id, one.organization_id) for one in rules.allot(people, agencies)] == wanted


def best_of(wanting: rules.Wanting, agencies: collections.abc.Iterable[rules.Serving]) -> uuid.UUID | None:
    may = {one.organization_id: one for one in agencies if one.free > 0 and one.organization_id not in wanting.barred}
    chosen = [one for one in wanting.chosen if one in may]
    if chosen or wanting.has_agency:
        return next(iter(chosen), None)
    since = dt.datetime.min.replace(tzinfo=dt.UTC)
    fitting = [one for one in may.values() if rules.serves(one, wanting)]
    fitting.sort(key=lambda one: (one.last_offered_at or since, one.organization_id))
    return fitting[0].organization_id if fitting else None


@given(st.lists(PERSON, max_size=12, unique_by=lambda one: one.candidate_id), AGENCIES)
def test_no_more_than_one_agency_knows_a_person_unchosen(
    people: list[rules.Wanting], agencies: list[rules.Serving]
) -> None:
    unchosen = collections.Counter(
        proposal.person
        for proposal in rules.allot(people, agencies)
        if proposal.organization_id not in proposal.person.chosen
    )
    assert all(unchosen[one] <= (not one.has_agency) for one in people)


@given(st.lists(PERSON, max_size=12, unique_by=lambda one: one.candidate_id), AGENCIES)
def test_allot_keeps_capacity_and_places(people: list[rules.Wanting], agencies: list[rules.Serving]) -> None:
    proposals = list(rules.allot(people, agencies))
    by_agency = collections.Counter(one.organization_id for one in proposals)
    by_person = collections.Counter(one.person.candidate_id for one in proposals)
    assert all(by_agency[one.organization_id] <= max(one.free, 0) for one in agencies)
    assert all(by_person[one.candidate_id] <= one.places for one in people)
    assert len({(one.person.candidate_id, one.organization_id) for one in proposals}) == len(proposals)
    assert not any(one.organization_id in one.person.barred for one in proposals)


@pytest.mark.parametrize(
    ("start", "days", "end"),
    [
        (MONDAY, 2, dt.datetime(2026, 12, 2, 18, tzinfo=TOKYO)),
        (MONDAY.replace(hour=23), 2, dt.datetime(2026, 12, 2, 18, tzinfo=TOKYO)),
        (dt.datetime(2026, 12, 4, 10, tzinfo=TOKYO), 1, dt.datetime(2026, 12, 7, 18, tzinfo=TOKYO)),
        (dt.datetime(2026, 12, 28, 10, tzinfo=TOKYO), 1, dt.datetime(2027, 1, 4, 18, tzinfo=TOKYO)),
        (MONDAY, 0, dt.datetime(2026, 11, 30, 18, tzinfo=TOKYO)),
        (MONDAY.replace(hour=18), 0, dt.datetime(2026, 12, 1, 18, tzinfo=TOKYO)),
    ],
)
def test_deadlines_are_ends_of_working_days(start: dt.datetime, days: int, end: dt.datetime) -> None:
    assert rules.answer_by(start, days) == rules.contact_by(start, days) == end


@given(st.integers(0, 3 * 365 * 24 * 60).map(lambda minutes: MONDAY + dt.timedelta(minutes=minutes)), st.integers(0, 9))
def test_a_deadline_lies_ahead_on_a_working_day_unless_there_was_none_to_wait_for(
    start: dt.datetime, days: int
) -> None:
    end = rules.answer_by(start, days)
    assert end > start
    assert working_days.is_working_day(end.date()) or (days == 0 and end.date() == start.date())


@pytest.mark.parametrize("state", Assignment.State)
def test_what_is_over_stays_over(state: str) -> None:
    following = {one for one in Assignment.State if rules.may_become(state, one)}
    assert bool(following) is rules.is_open(state)
    assert ("active" in following) is (state == "offered")
