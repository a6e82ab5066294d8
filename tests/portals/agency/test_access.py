from __future__ import annotations

import typing
import uuid

from django.test import Client
from django.urls import reverse

from tests.portals.agency.desk import signed_in

if typing.TYPE_CHECKING:
    from tests.world import World

NOBODY = uuid.UUID(int=7)
PAGES = ["/agency/", "/agency/people/"]
OF_SOMEBODY = ["offer_accept", "offer_decline", "person", "person_adviser", "person_end"]


def test_pages_open_for_managers_and_advisers(world: World) -> None:
    for user in world.agency.users.values():
        assert [signed_in(user).get(address).status_code for address in PAGES] == [200, 200]


def test_pages_ask_nobody_in_particular_to_sign_in(db: None) -> None:
    for address in [*PAGES, *(reverse(f"agency:{name}", args=[NOBODY]) for name in OF_SOMEBODY)]:
        response = Client().post(address) if "accept" in address or "adviser" in address else Client().get(address)
        assert (response.status_code, response.headers["Location"].split("?")[0]) == (302, reverse("account_login"))


def test_pages_are_not_there_for_other_kinds_and_strangers(world: World) -> None:
    for user in (world.alpha.owner, world.school.owner, world.operator.owner, world.stranger):
        client = signed_in(user)
        addresses = [*PAGES, *(reverse(f"agency:{name}", args=[NOBODY]) for name in OF_SOMEBODY)]
        assert {client.post(address).status_code for address in addresses[2:]} == {404}
        assert {client.get(address).status_code for address in PAGES} == {404}


def test_pages_that_change_something_do_not_open_by_reading(world: World) -> None:
    client = signed_in(world.agency.owner)
    for name in ("offer_accept", "person_adviser"):
        assert client.get(reverse(f"agency:{name}", args=[NOBODY])).status_code == 405


def test_navigation_offers_only_what_opens(world: World) -> None:
    offered = {}
    for role, user in world.agency.users.items():
        client = signed_in(user)
        items = client.get("/agency/").context["frame"].navigation
        assert {client.get(item.url).status_code for item in items} == {200}, role
        assert [str(item.label) for item in items if item.current] == ["今日"]
        offered[role] = [str(item.label) for item in items if item.url.startswith("/agency/")]
    assert offered["adviser"] == ["今日", "担当している方"]
    assert offered["manager"][2:] == ["職業紹介の許可", "受け入れの設定", "事業所", "手数料と返戻金"]
