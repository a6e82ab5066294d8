"""An agency's settings, asked for by those they are not for, and what a list costs. A new page fails here until it has its line."""

from __future__ import annotations

import typing

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from career_relay.domain.ground.agencies import queries
from career_relay.kernel.tenancy.context import acting_as
from career_relay.portals.agency import urls_settings
from tests.domain.ground.agencies import room
from tests.portals import pages
from tests.portals.agency.settings_pages import A_DAY, NOW, TODAY, licence, signed_in
from tests.world import make_tenant

if typing.TYPE_CHECKING:
    from tests.world import Tenant, World

pytestmark = pytest.mark.django_db

PAGES = pages.by_name(urls_settings.urlpatterns)
OF_ONE_THING = {"licence_evidence", "office", "office_remove"}
CANARY = "かなりあ支社"


def addresses(world: World, tenant: Tenant) -> dict[str, str]:
    """Return the address of every page by name, with objects of this agency in it."""
    with acting_as(organization=tenant.id):
        values = {
            "licence_id": room.submit(tenant, NOW).pk,
            "office_id": room.open_office(tenant, NOW, name=CANARY).pk,
        }
        room.publish(tenant, now=NOW)
    found = {}
    for name, page in PAGES.items():
        route = str(page.pattern)
        for parameter, value in values.items():
            route = route.replace(f"<uuid:{parameter}>", str(value))
        found[name] = f"/agency/{route}"
    return found


@pytest.mark.parametrize("method", ["get", "post"])
def test_advisers_are_told_that_they_may_not(world: World, method: str) -> None:
    client = signed_in(world.agency.users["adviser"])
    answers = [getattr(client, method)(one) for one in addresses(world, world.agency).values()]
    assert {answer.status_code for answer in answers} <= {403, 405}
    assert 403 in {answer.status_code for answer in answers}


@pytest.mark.parametrize("method", ["get", "post"])
def test_other_kinds_find_nothing(world: World, method: str) -> None:
    paths = addresses(world, world.agency).values()
    people = [world.alpha.owner, world.school.owner, world.operator.owner, world.stranger]
    answers = [getattr(signed_in(person), method)(path) for person in people for path in paths]
    assert {answer.status_code for answer in answers} <= {404, 405}
    assert not [answer for answer in answers if CANARY in answer.content.decode()]


@pytest.mark.parametrize("method", ["get", "post"])
def test_signed_out_people_are_asked_to_sign_in(world: World, method: str) -> None:
    for path in addresses(world, world.agency).values():
        answer = getattr(Client(), method)(path)
        assert answer.status_code == 405 or answer.headers["Location"] == f"/account/login/?next={path}"


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("page", sorted(PAGES))
def test_another_agency_s_things_are_not_found(world: World, page: str, method: str) -> None:
    other = make_tenant("agency", "あたらしい紹介", "new-agency")
    answer = getattr(signed_in(other.owner), method)(addresses(world, world.agency)[page])
    assert CANARY not in answer.content.decode()
    if page in OF_ONE_THING:
        assert answer.status_code in (404, 405)
    with acting_as(organization=world.agency.id):
        assert queries.offices(world.agency.id).get().name == CANARY


@pytest.mark.parametrize("page", sorted(PAGES))
def test_forms_want_their_token(world: World, page: str) -> None:
    client = signed_in(world.agency.owner, enforce_csrf_checks=True)
    assert client.post(addresses(world, world.agency)[page], licence()).status_code in (403, 405)


def test_lists_ask_as_often_for_three_rows_as_for_one(world: World) -> None:
    client = signed_in(world.agency.owner)
    room.complete(world.agency, world.operator, NOW)

    def queries_of() -> dict[str, int]:
        found = {}
        for name in ("licence", "offices", "fees"):
            with CaptureQueriesContext(connection) as captured:
                assert client.get(f"/agency/{name}/").status_code == 200
            found[name] = len(captured)
        return found

    one = queries_of()
    with acting_as(organization=world.agency.id):
        for number in range(2):
            room.open_office(world.agency, NOW, name=f"支社 {number}")
            room.publish(world.agency, now=NOW)
            room.confirm(world.agency, world.operator, NOW, valid_until=TODAY + A_DAY * (500 + number))
    assert queries_of() == one
