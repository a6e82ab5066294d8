from __future__ import annotations

import datetime as dt
import typing

import pytest
from hypothesis import given
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
        ([0], [None]),
        ([7, 0], [None, None]),
        ([7, 4], [None, None]),
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


@given(st.lists(st.integers(0, 12), min_size=1, max_size=6))
def test_hiding_leaves_no_small_figure_to_be_worked_out(real: list[int]) -> None:
    """The rule of the gate, as a model: what is hidden is nothing, or a group of two figures or more and of five people or more."""
    hidden: list[int] = []
    for figure in sorted(real):
        if figure < LEAST or (min(real) < LEAST and sum(hidden) < LEAST):
            hidden.append(figure)
    left = [figure for figure in real if figure >= LEAST]
    assert not hidden or (len(hidden) >= 2 and sum(hidden) >= LEAST) or len(hidden) == len(real)
    assert all(figure >= LEAST for figure in left)


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
    assert found == queries.Month(first_day=dt.date(2026, 11, 1), registered=3, counted=2, in_review=1, not_counted=1)
    assert found.words == "今月 3 人が登録しました。1 人は確認中です。"
    assert (december.first_day, december.registered, december.words) == (
        dt.date(2026, 12, 1),
        1,
        "今月 1 人が登録しました。",
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
