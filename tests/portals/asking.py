"""Employers that ask agencies for somebody: what that rests on, and the asking itself."""

from __future__ import annotations

import typing

from career_relay.flows import request_people
from career_relay.kernel import actors
from tests.domain.ground.agreements import deal
from tests.flows import story
from tests.portals import sheets
from tests.portals.agency import desk
from tests.portals.employer.desk import DAY, people_come

if typing.TYPE_CHECKING:
    import uuid

    from tests.world import Tenant, World

NEEDS = "連結決算の経験が 3 年以上ある方"


def partners(world: World, employer: Tenant | None = None, agency: Tenant | None = None, **terms: typing.Any) -> None:
    """Have an agency that may receive people and an employer agree, a quarter of an hour ago."""
    if agency is None:
        agency = desk.open_agency(world)
    deal.live(employer or world.alpha, agency, now=desk.before(), **terms)


def earn_slot(tenant: Tenant) -> None:
    """Have ten people register through the employer's link, long enough ago for the slot to be usable."""
    people_come(story.open_link(tenant, DAY), 10)


def ask(
    employer: Tenant, *, uses_slot: bool = False, agencies: tuple[uuid.UUID, ...] = (), **head: typing.Any
) -> uuid.UUID:
    """Ask for somebody for a posting made for it; return the request."""
    posting = sheets.keep(employer, **head)
    asked = request_people.request_people(
        organization_id=employer.id,
        posting_id=posting.pk,
        needs=NEEDS,
        uses_slot=uses_slot,
        agencies=agencies,
        actor=actors.user(employer.owner.pk),
        now=desk.before() + desk.A_MINUTE,
    )
    return asked.request_id
