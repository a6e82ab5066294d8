"""What the database refuses an agency that decides about itself."""

from __future__ import annotations

import datetime as dt
import typing

import pytest
from django.db import IntegrityError, transaction

from career_relay.domain.ground.agencies.models import Licence, Stop
from career_relay.kernel.tenancy.context import acting_as
from tests.domain.ground.agencies import room
from tests.world import NOW

if typing.TYPE_CHECKING:
    from tests.world import World

pytestmark = pytest.mark.django_db
CHANGES: list[dict[str, typing.Any]] = [
    {"state": "confirmed", "decided_at": NOW, "decided_by": "user:me"},
    {"number": "13-ユ-999999"},
    {"valid_from": dt.date(2020, 1, 1)},
    {"valid_until": dt.date(2031, 1, 1)},
]


@pytest.mark.parametrize("changes", CHANGES, ids=lambda changes: next(iter(changes)))
def test_agency_cannot_decide_about_its_licence(world: World, changes: dict[str, typing.Any]) -> None:
    with acting_as(organization=world.agency.id, user=world.agency.owner.pk):
        room.submit(world.agency)
        with pytest.raises(IntegrityError, match="for an operator to decide"), transaction.atomic():
            Licence.objects.update(**changes)
    with acting_as(organization=world.agency.id, user=world.operator.owner.pk):
        assert Licence.objects.update(**changes) == 1


def test_agency_cannot_hand_in_a_licence_that_is_confirmed_already(world: World) -> None:
    with acting_as(organization=world.agency.id, user=world.agency.owner.pk):
        licence = room.submit(world.agency)
        licence.delete()
        licence.state, licence.decided_at, licence.decided_by = Licence.State.CONFIRMED, NOW, "user:me"
        with pytest.raises(IntegrityError, match="for an operator to decide"), transaction.atomic():
            licence.save(force_insert=True)


def test_agency_cannot_end_a_stop(world: World) -> None:
    with acting_as(organization=world.agency.id, user=world.agency.owner.pk):
        Stop.objects.create(organization=world.agency.organization, reason="確認のため", since=NOW, by="user:1")
        with pytest.raises(IntegrityError, match="for an operator to decide"), transaction.atomic():
            Stop.objects.update(ended_at=NOW)
