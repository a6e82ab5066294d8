"""Somebody whom an agency introduces to Alpha, step by step, a while ago: pages read the real clock."""

from __future__ import annotations

import datetime as dt
import typing

from career_relay.domain.people.introductions.models import Introduction
from career_relay.domain.people.placements.models import Placement
from career_relay.flows import advance_introduction, record_placement
from career_relay.kernel import clock
from career_relay.kernel.tenancy.context import acting_as
from tests.domain.ground.agreements import deal
from tests.flows import caring, introducing, requesting
from tests.flows.introducing import Scene

if typing.TYPE_CHECKING:
    from tests.world import World

EMAIL = "michi@people.example"
NAME = "長曽我部 美智子"
SALARY = 4_800_000
A_MINUTE = dt.timedelta(minutes=1)


def before(minutes: int = 30) -> dt.datetime:
    """Return so many minutes ago."""
    return clock.now() - minutes * A_MINUTE


def today() -> dt.date:
    return clock.day_in_japan(clock.now())


def scene(world: World) -> Scene:
    """Have the world's agency look after somebody, with a posting of Alpha at hand."""
    now = before()
    agency = caring.desk(world.agency, world.operator, now=now)
    deal.live(world.agency, world.alpha, now=now)
    person = caring.person(EMAIL, name=NAME, now=now)
    posting = introducing.post(agency, world.alpha, now=now)
    return Scene(agency, world.alpha, person, caring.take(agency, person, now), posting)


def another(one: Scene, number: int) -> Scene:
    """Return the same scene with another person."""
    now = before()
    person = caring.person(f"person{number}@people.example", name=f"山田 {number} 花", now=now)
    return Scene(one.agency, one.employer, person, caring.take(one.agency, person, now), one.posting)


def by_slot(world: World) -> Scene:
    """Have Alpha ask for somebody by a slot, and the agency take the call on."""
    one = scene(world)
    requesting.earn(one.employer)
    wanted = requesting.posting(one.employer)
    asked = requesting.ask(one.employer, wanted.pk, one.agency, uses_slot=True, now=before(29))
    [call] = requesting.calls(one.employer, asked.request_id)
    posting = requesting.accept(one.agency, call, before(28))
    return Scene(one.agency, one.employer, one.person, one.assignment, posting)


def outside(one: Scene) -> Scene:
    """Return the scene with a posting of a company outside the network."""
    posting = introducing.post(one.agency, None, now=before())
    return Scene(one.agency, one.employer, one.person, one.assignment, posting)


def proposed(one: Scene) -> Introduction:
    return introducing.propose(one, before(25))


def introduced(one: Scene) -> Introduction:
    return introducing.agree(proposed(one), before(20))


def interviewed(one: Scene) -> Introduction:
    """Bring somebody to the first interview, without a time."""
    return introducing.advance(one, introduced(one), "interview", before(15))


def with_times(one: Scene, *days: int) -> Introduction:
    """Propose interviews so many days from now."""
    found = interviewed(one)
    times = [clock.now().replace(second=0, microsecond=0) + dt.timedelta(days=day) for day in days or (3, 4)]
    advance_introduction.propose_times(introduction_id=found.pk, times=times, place="本社 3 階", **by(one, before(12)))
    return found


def offered(one: Scene) -> Introduction:
    """Bring somebody to an offer."""
    found = introducing.advance(one, introduced(one), "screening", before(15))
    advance_introduction.offer(
        introduction_id=found.pk, salary=SALARY, start_on=today(), note="経理部です。", **by(one, before(10))
    )
    return found


def agreed(one: Scene) -> Placement:
    """Have the person take an offer."""
    found = offered(one)
    advance_introduction.accept_offer(introduction_id=found.pk, candidate_id=one.person.pk, now=before(5))
    return placement(one)


def joined(one: Scene) -> Placement:
    """Have the person start today."""
    found = agreed(one)
    record_placement.confirm_start(placement_id=found.pk, started_on=today(), **by(one, before(4)))
    return placement(one)


def by(one: Scene, now: dt.datetime) -> dict[str, typing.Any]:
    """Return who acts for the employer."""
    return {"organization_id": one.employer.id, "actor": one.recruiter, "now": now}


def stored(one: Scene) -> Introduction:
    """Return the newest introduction of the person."""
    with acting_as(candidate=one.person.pk):
        return Introduction.objects.filter(candidate_id=one.person.pk).latest("proposed_at", "pk")


def placement(one: Scene) -> Placement:
    with acting_as(candidate=one.person.pk):
        return Placement.objects.get(candidate_id=one.person.pk)
