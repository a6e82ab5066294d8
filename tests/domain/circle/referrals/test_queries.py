from __future__ import annotations

import datetime as dt
import typing

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from career_relay.domain.circle.referrals import queries
from career_relay.domain.circle.referrals.models import Registration
from career_relay.kernel import clock, ids
from career_relay.kernel.tenancy.context import acting_as
from tests.flows import story
from tests.world import NOW, make_candidate

if typing.TYPE_CHECKING:
    import uuid

    from tests.world import Tenant, World

LEAST = 5


def come(link: story.Link, person: uuid.UUID) -> None:
    with acting_as(candidate=person):
        Registration.objects.create(
            id=ids.new(),
            candidate_id=person,
            organization_id=link.organization_id,
            link_id=link.link_id,
            registered_at=NOW,
        )


def people(number: int) -> list[uuid.UUID]:
    return [make_candidate("人", f"{ids.new()}@people.example").pk for _person in range(number)]


def shown(tenant: Tenant, links: list[story.Link]) -> list[int | None]:
    with acting_as(organization=tenant.id):
        found = queries.per_link(tenant.id)
    assert set(found) == {link.link_id for link in links}
    return [found[link.link_id] for link in links]


@pytest.fixture
def everyone(world: World) -> list[uuid.UUID]:
    """Return as many people as any link of a test has, for an employer who has joined."""
    story.join(world.alpha)
    return people(12)


def test_per_link_shows_figures_from_the_small_group_up(world: World) -> None:
    links = [story.open_link(world.alpha)]
    found = []
    for person in people(6):
        come(links[0], person)
        found.append(shown(world.alpha, links))
    assert found == [[None]] * 4 + [[5], [6]]


def test_per_link_counts_a_person_once_however_often_they_come(world: World) -> None:
    links = [story.open_link(world.alpha)]
    [person] = people(1)
    for _time in range(LEAST):
        come(links[0], person)
    assert shown(world.alpha, links) == [None]


@pytest.mark.parametrize(
    ("real", "told"),
    [
        ([0], [0]),
        ([0, 7], [0, 7]),
        ([0, 0, 7], [0, 0, 7]),
        ([3], [None]),
        ([0, 3], [None, None]),
        ([4, 7], [None, None]),
        ([5, 5], [5, 5]),
        ([4, 3, 9], [None, None, 9]),
        ([0, 4, 7], [None, None, None]),
        ([0, 1, 1, 1, 1, 1, 9], [None, None, None, None, None, None, 9]),
        ([7, 4, 6], [7, None, None]),
        ([5, 6, 7], [5, 6, 7]),
        ([9, 3, 2], [9, None, None]),
        ([9, 8, 1, 1], [9, None, None, None]),
    ],
)
def test_per_link_hides_a_small_figure_with_its_complement(
    world: World, real: list[int], told: list[int | None]
) -> None:
    story.join(world.alpha)
    links = [story.create_link(world.alpha) for _link in real]
    everyone = people(max(real))
    for link, number in zip(links, real, strict=True):
        for person in everyone[:number]:
            come(link, person)
    assert shown(world.alpha, links) == told


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(real=st.lists(st.integers(0, 12), min_size=1, max_size=6))
def test_hiding_leaves_no_small_figure_to_be_worked_out(
    world: World, everyone: list[uuid.UUID], real: list[int]
) -> None:
    """With the total known, what is hidden is nothing, or a group of five or more, or all that is not zero."""
    with transaction.atomic():
        links = [story.create_link(world.alpha) for _link in real]
        for link, number in zip(links, real, strict=True):
            for person in everyone[:number]:
                come(link, person)
        told = shown(world.alpha, links)
        transaction.set_rollback(True)
    hidden = [figure for figure, said in zip(real, told, strict=True) if said is None]
    left = [said for said in told if said is not None]
    assert not hidden or sum(hidden) >= LEAST or not any(left)
    assert bool(hidden) == any(0 < figure < LEAST for figure in real)
    assert not any(0 < said < LEAST for said in left)
    assert not (hidden and 0 in left)


def test_per_link_is_the_employers_own(world: World) -> None:
    link = story.open_link(world.alpha)
    for person in people(LEAST):
        come(link, person)
    with acting_as(organization=world.beta.id):
        assert queries.per_link(world.alpha.id) == {}
    with acting_as():
        assert queries.per_link(world.alpha.id) == {}


def test_not_counted_tells_day_and_reason_and_nothing_else(world: World) -> None:
    link = story.open_link(world.alpha)
    evening = dt.datetime(2026, 11, 23, 15, 30, tzinfo=dt.UTC)
    story.register(link, "a@people.example")
    story.register(link, "a@people.example", now=NOW + dt.timedelta(hours=1))
    story.register(link, "b@alpha.example", now=NOW + dt.timedelta(hours=2))
    story.register(link, "c@people.example", now=evening, purposes=["employer_recontact"])
    with acting_as(organization=world.alpha.id):
        found = queries.not_counted(world.alpha.id)
    day, next_day = dt.date(2026, 11, 23), dt.date(2026, 11, 24)
    assert found == [
        queries.NotCountedLine(day=next_day, state="not_counted", reason="no_introduction_consent"),
        queries.NotCountedLine(day=day, state="not_counted", reason="same_person"),
        queries.NotCountedLine(day=day, state="review", reason="own_domain"),
    ]
    assert (found[2].state_name, found[2].reason_name) == ("要確認", "自社のメールアドレスからの登録です")
    with acting_as(organization=world.beta.id):
        assert queries.not_counted(world.alpha.id) == []


def test_month_says_in_words_what_came_of_it(world: World) -> None:
    link = story.open_link(world.alpha)
    with acting_as(organization=world.alpha.id):
        assert queries.month(world.alpha.id, NOW).words == "今月の登録は、まだありません。"
    for email in ("a@people.example", "b@people.example", "b@people.example", "c@alpha.example"):
        story.register(link, email)
    story.register(link, "d@people.example", now=clock.start_of_day_in_japan(dt.date(2026, 12, 1)))
    with acting_as(organization=world.alpha.id):
        found = queries.month(world.alpha.id, NOW)
        december = queries.month(world.alpha.id, dt.datetime(2026, 11, 30, 15, tzinfo=dt.UTC))
    assert found == queries.Month(first_day=dt.date(2026, 11, 1), registered=4, counted=2, in_review=1, not_counted=1)
    assert found.words == "今月の登録は 4 件です。1 件は確認中です。"
    assert (december.first_day, december.registered, december.words) == (
        dt.date(2026, 12, 1),
        1,
        "今月の登録は 1 件です。",
    )


def test_ways_of_names_the_employers_to_the_person_alone(world: World) -> None:
    result = story.register(story.open_link(world.alpha), "a@people.example")
    story.register(
        story.open_link(world.beta), "a@people.example", now=NOW + dt.timedelta(days=1), source_type="leaver"
    )
    with acting_as(candidate=result.candidate_id):
        found = queries.ways_of(result.candidate_id)
    assert [(way.organization_name, way.source_type) for way in found] == [
        ("アルファ精機株式会社", "rejected"),
        ("ベータ商事株式会社", "leaver"),
    ]
    with acting_as(organization=world.alpha.id):
        assert queries.ways_of(result.candidate_id) == []
