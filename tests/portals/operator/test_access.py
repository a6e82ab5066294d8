"""Every page of this portal, asked for by those it is not for, and what a list costs. A new page fails here until it has its line."""

from __future__ import annotations

import typing

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from career_relay.domain.ground.agencies import queries
from career_relay.kernel.tenancy.context import acting_as
from career_relay.portals.operator import urls
from tests.domain.ground.agencies import room
from tests.portals import pages
from tests.portals.agency.settings_pages import NOW, TODAY, signed_in
from tests.world import make_tenant

if typing.TYPE_CHECKING:
    from tests.world import Tenant, World

pytestmark = pytest.mark.django_db

PAGES = pages.by_name(urls.urlpatterns)
READ = {"home", "agencies", "agency", "agency_stop", "licence_evidence", "licence_refuse"}
YEARLY = {"yearly", "yearly_figures", "yearly_file"}
COMPLAINTS = {"complaints", "complaint", "complaint_take_up"}
WRITE = {"agency_stop", "agency_resume", "licence_confirm", "licence_refuse"}


def addresses(tenant: Tenant, agency_id: object = None) -> dict[str, str]:
    """Return the address of every page by name, with a licence of this agency that waits; it may be asked for as another's."""
    with acting_as(organization=tenant.id):
        licence = queries.licences(tenant.id).first() or room.submit(tenant, NOW)
    found = {}
    for name, page in PAGES.items():
        route = str(page.pattern).replace("<uuid:agency_id>", str(agency_id or tenant.id)).replace("<int:year>", "2026")
        route = route.replace("<uuid:complaint_id>", str(tenant.id))
        found[name] = f"/operator/{route.replace('<uuid:licence_id>', str(licence.pk))}"
    return found


def state(tenant: Tenant) -> str:
    with acting_as(organization=tenant.id):
        return queries.standing(tenant.id, TODAY).state


def test_every_page_has_its_line() -> None:
    assert set(PAGES) == READ | WRITE | YEARLY | COMPLAINTS


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("who", ["alpha", "agency", "school", "stranger"])
def test_others_find_nothing_and_change_nothing(world: World, who: str, method: str) -> None:
    person = world.stranger if who == "stranger" else getattr(world, who).owner
    for path in addresses(world.agency).values():
        answer = getattr(signed_in(person), method)(path, {"reason": "理由"})
        assert answer.status_code in (404, 405)
        assert room.NUMBER not in answer.content.decode()
    assert state(world.agency) == "waiting"


@pytest.mark.parametrize("method", ["get", "post"])
def test_signed_out_people_are_asked_to_sign_in(world: World, method: str) -> None:
    for path in addresses(world.agency).values():
        answer = getattr(Client(), method)(path)
        assert answer.status_code == 405 or answer.headers["Location"] == f"/account/login/?next={path}"


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("page", sorted((READ | WRITE) - {"home", "agencies"}))
def test_what_is_no_agency_is_not_found(world: World, page: str, method: str) -> None:
    client = signed_in(world.operator.owner)
    for other in (world.alpha.id, world.school.id, world.operator.id, world.hana.pk):
        answer = getattr(client, method)(addresses(world.agency, other)[page], {"reason": "理由"})
        assert answer.status_code in (404, 405)


@pytest.mark.parametrize("page", ["licence_evidence", "licence_refuse"])
def test_licence_of_another_agency_is_not_found(world: World, page: str) -> None:
    other = make_tenant("agency", "あたらしい紹介", "new-agency")
    address = addresses(world.agency, other.id)[page]
    assert signed_in(world.operator.owner).get(address).status_code == 404


def test_licence_of_another_agency_is_not_confirmed(world: World) -> None:
    other = make_tenant("agency", "あたらしい紹介", "new-agency")
    signed_in(world.operator.owner).post(addresses(world.agency, other.id)["licence_confirm"])
    assert (state(world.agency), state(other)) == ("waiting", "incomplete")


@pytest.mark.parametrize("page", sorted(WRITE))
def test_forms_want_their_token(world: World, page: str) -> None:
    client = signed_in(world.operator.owner, enforce_csrf_checks=True)
    assert client.post(addresses(world.agency)[page], {"reason": "理由"}).status_code == 403
    assert state(world.agency) == "waiting"


@pytest.mark.parametrize("page", sorted(WRITE - READ))
def test_what_only_writes_is_not_read(world: World, page: str) -> None:
    assert signed_in(world.operator.owner).get(addresses(world.agency)[page]).status_code == 405


def test_pages_ask_as_often_for_three_agencies_as_for_one(world: World) -> None:
    client = signed_in(world.operator.owner)
    room.complete(world.agency, world.operator, NOW)

    def queries_of() -> dict[str, int]:
        found = {}
        for path in ("/operator/", "/operator/agencies/", f"/operator/agencies/{world.agency.id}/"):
            with CaptureQueriesContext(connection) as captured:
                assert client.get(path).status_code == 200
            found[path] = len(captured)
        return found

    one = queries_of()
    with acting_as(organization=world.agency.id):
        room.open_office(world.agency, NOW)
        room.publish(world.agency, now=NOW)
    for number in range(2):
        tenant = make_tenant("agency", f"紹介 {number}", f"agency-{number}")
        room.complete(tenant, world.operator, NOW)
        with acting_as(organization=tenant.id):
            room.submit(tenant, NOW)
    assert queries_of() == one
