"""Somebody who took an offer, and what becomes of it, told in single words."""

from __future__ import annotations

import dataclasses
import datetime as dt
import typing

from career_relay.domain.ground.postings import operations as postings
from career_relay.domain.ground.postings.rules import Sheet
from career_relay.domain.ground.programmes import operations as programmes
from career_relay.domain.ground.programmes.models import DEFAULT_PROGRAMME_ID
from career_relay.domain.people.placements import queries
from career_relay.domain.people.placements.models import FeeEntry, Placement
from career_relay.flows import advance_introduction, check_retention, record_placement
from career_relay.kernel import actors
from career_relay.kernel.tenancy.context import acting_as
from tests.flows import caring, introducing, requesting
from tests.world import NOW

if typing.TYPE_CHECKING:
    import uuid

    from career_relay.domain.ground.postings.models import JobPosting
    from career_relay.domain.people.introductions.models import Introduction
    from career_relay.domain.people.placements.models import Check
    from tests.flows.caring import Desk
    from tests.flows.introducing import Scene
    from tests.world import Tenant, World

SALARY: typing.Final = 4_800_000
START: typing.Final = dt.date(2027, 1, 4)


def at(day: dt.date) -> dt.datetime:
    """Return noon of a day in Japan."""
    return dt.datetime.combine(day, dt.time(3), tzinfo=dt.UTC)


def publish(**settings: typing.Any) -> None:
    """Have the programme's rules changed from now on."""
    programmes.publish_policy(
        programme_id=DEFAULT_PROGRAMME_ID, actor=actors.SYSTEM, now=NOW, effective_from=NOW, **settings
    )


def accept(scene: Scene, made: Introduction, now: dt.datetime = NOW) -> Placement:
    """Offer the job and have the person take it."""
    introducing.offer(scene, made, now)
    advance_introduction.accept_offer(introduction_id=made.pk, candidate_id=made.candidate_id, now=now)
    return of(scene.agency, made)


def of(agency: Desk, made: Introduction) -> Placement:
    """Return the placement that an introduction led to."""
    with acting_as(organization=agency.id):
        return Placement.objects.get(introduction=made.pk)


def agreed(scene: Scene) -> Placement:
    """Return the placement of somebody who took an offer, for a fee."""
    return accept(scene, introducing.introduce(scene))


def joined(scene: Scene, started_on: dt.date = START) -> Placement:
    """Return the placement of somebody who has started, for a fee."""
    return start(scene, agreed(scene), started_on)


def slot_scene(world: World, *, slot: str = "no_replacement") -> Scene:
    """Have an agency take on the employer's request that a slot pays for, with somebody at hand."""
    requesting.earn(world.alpha)
    return _called(world, slot=slot, uses_slot=True)


def fee_scene(world: World) -> Scene:
    """Have an agency take on the employer's request that is paid for by a fee, with somebody at hand."""
    return _called(world, slot="no_replacement", uses_slot=False)


def outside_scene(world: World) -> Scene:
    """Have an agency look after somebody, with a posting of an employer that takes no part in the network."""
    scene = introducing.scene(world)
    return dataclasses.replace(scene, posting=introducing.post(scene.agency, None))


def beside(scene: Scene) -> Scene:
    """Have the agency look after somebody else as well, for the same posting."""
    person = caring.person("beside@example.jp", name="二宮 陸")
    return dataclasses.replace(scene, person=person, assignment=caring.take(scene.agency, person))


def post_fixed(scene: Scene) -> JobPosting:
    """Have the agency write a posting of the employer whose contract has an end."""
    sheet = Sheet(
        title="経理（契約社員）",
        employment_type="mid_career",
        occupation="06",
        prefecture="13",
        terms=dataclasses.replace(introducing.TERMS, contract="fixed", contract_detail="1 年。更新あり"),
        hiring_employer_id=scene.employer.id,
    )
    told: dict[str, typing.Any] = {"organization_id": scene.agency.id, "actor": scene.agency.adviser, "now": NOW}
    with acting_as(organization=scene.agency.id):
        return postings.write(posting_id=None, sheet=sheet, is_agency=True, **told)


def agreed_outside(scene: Scene, **offer: typing.Any) -> Placement:
    """Have the agency do for the employer outside the network what the employer would, up to the accepted offer."""
    made = introducing.introduce(scene)
    told: dict[str, typing.Any] = {"organization_id": scene.agency.id, "actor": scene.agency.adviser, "now": NOW}
    advance_introduction.advance(introduction_id=made.pk, to="interview", **told)
    terms: dict[str, typing.Any] = {"salary": SALARY, "start_on": START, "note": ""} | offer
    advance_introduction.offer(introduction_id=made.pk, **terms, **told)
    advance_introduction.accept_offer(introduction_id=made.pk, **told)
    return of(scene.agency, made)


def also_outside(scene: Scene) -> Placement:
    """Have the scene's agency place somebody else as well, with an employer outside the network."""
    person = caring.person("soto@example.jp", name="外山 空")
    assignment = caring.take(scene.agency, person)
    posting = introducing.post(scene.agency, None)
    return agreed_outside(dataclasses.replace(scene, person=person, assignment=assignment, posting=posting))


def first(scene: Scene) -> Placement:
    """Return the employer's only placement."""
    with acting_as(organization=scene.employer.id):
        return Placement.objects.get()


def start(scene: Scene, placement: Placement, started_on: dt.date = START, **told: typing.Any) -> Placement:
    """Have the employer say, on the day itself unless told otherwise, that the person has started."""
    usual = _by_employer(scene, at(started_on))
    return record_placement.confirm_start(placement_id=placement.pk, started_on=started_on, **usual | told)


def start_by_agency(scene: Scene, placement: Placement, **told: typing.Any) -> Placement:
    """Have the agency say that the person has started."""
    return start(scene, placement, organization_id=scene.agency.id, actor=scene.agency.adviser, **told)


def stay_away(scene: Scene, placement: Placement, reason: str = "person", **told: typing.Any) -> Placement:
    """Have the employer say that the person never starts."""
    usual = _by_employer(scene, at(START))
    return record_placement.not_started(placement_id=placement.pk, reason=reason, **usual | told)


def leave(scene: Scene, placement: Placement, left_on: dt.date, **told: typing.Any) -> Placement:
    """Have the employer say, a day later unless told otherwise, that the person left."""
    usual: dict[str, typing.Any] = {
        "organization_id": scene.employer.id,
        "actor": scene.recruiter,
        "reason": "person",
        "now": at(left_on + dt.timedelta(days=1)),
    }
    return record_placement.record_leaving(placement_id=placement.pk, left_on=left_on, **usual | told)


def answer(scene: Scene, check: Check, now: dt.datetime, **told: typing.Any) -> Check:
    """Have the employer answer a check."""
    usual: dict[str, typing.Any] = {
        "organization_id": scene.employer.id,
        "actor": scene.recruiter,
        "in_post": True,
        "left_on": None,
        "reason": "",
    }
    return check_retention.answer(check_id=check.pk, now=now, **usual | told)


def checks(tenant: Tenant | Desk, placement: Placement) -> list[Check]:
    """Return the placement's checks in order."""
    with acting_as(organization=tenant.id):
        return list(placement.checks.order_by("days"))


def entries(tenant: Tenant | Desk) -> list[tuple[str, int]]:
    """Return what fell due and was given back, in order, as one of the two organizations reads it."""
    with acting_as(organization=tenant.id):
        return list(FeeEntry.objects.order_by("recorded_at", "pk").values_list("kind", "amount_yen"))


def file(organization_id: uuid.UUID, placement: Placement) -> queries.File:
    """Return the file of a placement as one of its organizations sees it."""
    with acting_as(organization=organization_id):
        found = queries.placement(organization_id, placement.pk)
    assert found is not None
    return found


def _by_employer(scene: Scene, now: dt.datetime) -> dict[str, typing.Any]:
    return {"organization_id": scene.employer.id, "actor": scene.recruiter, "now": now}


def _called(world: World, *, slot: str, uses_slot: bool) -> Scene:
    agency = requesting.bound(world.alpha, world.operator, "relay", slot=slot)
    posting = requesting.accept(agency, requesting.asked(world.alpha, agency, uses_slot=uses_slot))
    person = caring.person("slot@example.jp", name=introducing.NAME)
    return introducing.Scene(agency, world.alpha, person, caring.take(agency, person), posting)
