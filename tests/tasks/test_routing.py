from __future__ import annotations

import typing

from career_relay.kernel import clock
from career_relay.tasks import routing
from tests.flows import caring

if typing.TYPE_CHECKING:
    import procrastinate

    from tests.world import World


def test_a_person_is_routed_by_name_and_everybody_by_the_clock(world: World) -> None:
    now = clock.now()
    caring.desk(world.agency, world.operator, now=now)
    first, second = (caring.person(f"{number}@people.example", now=now) for number in range(2))
    routing.route_candidate(candidate=str(first.pk))
    assert (caring.states(first.pk), caring.states(second.pk)) == (["offered"], [])
    for _ in range(2):
        routing.route_waiting(timestamp=0)
        assert (caring.states(first.pk), caring.states(second.pk)) == (["offered"], ["offered"])


def test_deadlines_are_kept_by_the_clock(world: World) -> None:
    now = clock.now()
    agency = caring.desk(world.agency, world.operator, now=now)
    person = caring.person("a@people.example", now=now)
    caring.take(agency, person, now)
    caring.suspend(agency, now)
    for _ in range(2):
        routing.keep_deadlines(timestamp=0)
        assert caring.states(person.pk) == ["ended"]


def test_routing_comes_round_by_itself(app: procrastinate.App) -> None:
    crons = {name: task.cron for (name, _), task in app.periodic_registry.periodic_tasks.items()}
    assert (crons["route_waiting"], crons["keep_deadlines"]) == ("*/5 * * * *", "*/10 * * * *")
