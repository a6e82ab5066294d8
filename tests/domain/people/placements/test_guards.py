"""What the database refuses about placements, whoever asks."""

from __future__ import annotations

import datetime as dt
import typing

import pytest
from django.db import IntegrityError

from career_relay.domain.people.placements.models import Check
from career_relay.kernel.tenancy.context import acting_as
from tests.flows import introducing, placing

if typing.TYPE_CHECKING:
    from tests.world import World


def test_check_stands_between_the_parties_of_its_placement(world: World) -> None:
    scene = introducing.scene(world)
    placement = placing.agreed(scene)
    told = {"candidate_id": placement.candidate_id, "organization_id": scene.agency.id, "placement": placement}
    day: dict[str, typing.Any] = {"days": 7, "due_on": dt.date(2027, 1, 11)}
    with pytest.raises(IntegrityError, match="other parties"), acting_as(organization=scene.agency.id):
        Check.objects.create(**told, **day, employer_id=world.beta.id)
    with acting_as(organization=world.beta.id):
        assert Check.objects.count() == 0
