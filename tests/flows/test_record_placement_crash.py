"""A hire with real commits: a crash at any statement, in whoever's turn, leaves all or nothing."""

from __future__ import annotations

import functools
import typing

import pytest

from career_relay.flows import advance_introduction
from tests.flows import crashing, introducing, placing, requesting
from tests.world import NOW, build_world

if typing.TYPE_CHECKING:
    from tests.flows.introducing import Scene


@pytest.fixture
def scene(fresh_database: dict[str, str]) -> Scene:
    return placing.slot_scene(build_world(), slot="one_replacement")


def test_crash_on_the_way_to_a_start_and_a_leaving_leaves_all_or_nothing(
    scene: Scene, fresh_database: dict[str, str]
) -> None:
    placement = placing.agreed(scene)
    with crashing.looking(fresh_database) as look:
        start = functools.partial(placing.start, scene, placement)
        assert crashing.crashes_until_done(start, look) > 40
        assert crashing.count(look, "entry", "check", "block") == [1, 4, 1]
        leave = functools.partial(placing.leave, scene, placement, placing.START)
        assert crashing.crashes_until_done(leave, look) > 25
        assert [state for kind, _id, state in look() if kind == "slot" and '"available"' in state] != []


def test_crash_on_the_way_to_a_yes_leaves_all_or_nothing(scene: Scene, fresh_database: dict[str, str]) -> None:
    made = introducing.propose(scene)
    with crashing.looking(fresh_database) as look:
        say_yes = functools.partial(introducing.agree, made)
        assert crashing.crashes_until_done(say_yes, look) > 40
        assert (introducing.seen(scene), requesting.slots(scene.employer)) == (introducing.NAME, ["introduced"])


def test_crash_on_the_way_to_an_accepted_offer_and_no_start_leaves_all_or_nothing(
    scene: Scene, fresh_database: dict[str, str]
) -> None:
    made = introducing.introduce(scene)
    introducing.offer(scene, made)
    with crashing.looking(fresh_database) as look:
        accept = functools.partial(
            advance_introduction.accept_offer, introduction_id=made.pk, candidate_id=made.candidate_id, now=NOW
        )
        assert crashing.crashes_until_done(accept, look) > 20
        assert crashing.count(look, "placement", "fee terms") == [1, 1]
        stay_away = functools.partial(placing.stay_away, scene, placing.of(scene.agency, made))
        assert crashing.crashes_until_done(stay_away, look) > 30
        assert requesting.slots(scene.employer) == ["available"]


def test_crash_on_the_way_back_from_an_accepted_offer_leaves_all_or_nothing(
    scene: Scene, fresh_database: dict[str, str]
) -> None:
    placement = placing.agreed(scene)
    with crashing.looking(fresh_database) as look:
        step_back = functools.partial(
            advance_introduction.withdraw,
            introduction_id=placement.introduction_id,
            reason="",
            candidate_id=placement.candidate_id,
            now=NOW,
        )
        assert crashing.crashes_until_done(step_back, look) > 30
        assert requesting.slots(scene.employer) == ["available"]


def test_crash_on_the_way_to_a_request_leaves_all_or_nothing(fresh_database: dict[str, str]) -> None:
    world = build_world()
    agency = requesting.bound(world.alpha, world.operator, "relay")
    requesting.earn(world.alpha)
    posting = requesting.posting(world.alpha)
    with crashing.looking(fresh_database) as look:
        ask = functools.partial(requesting.ask, world.alpha, posting.pk, agency, uses_slot=True)
        assert crashing.crashes_until_done(ask, look) > 20
        assert (crashing.count(look, "request", "call"), requesting.slots(world.alpha)) == ([1, 1], ["reserved"])
