from __future__ import annotations

import typing
import uuid

from django.test import Client
from django.urls import reverse

from tests.portals.agency.desk import signed_in

if typing.TYPE_CHECKING:
    from tests.portals.pages import Answer
    from tests.world import World

NOBODY = uuid.UUID(int=7)
PAGES = ["/agency/", "/agency/people/", "/agency/introductions/", "/agency/board/", "/agency/placements/"]
PAGES += [f"/agency/reports/2026/{page}" for page in ("", "file/", "fees/", "seekers_new/")]
OF_SOMEBODY = [
    "offer_accept",
    "offer_decline",
    "person",
    "person_adviser",
    "person_end",
    "introduce",
    "introduction",
    "introduction_offer",
    "placement",
    "placement_start",
]
CHANGES = ["offer_accept", "person_adviser"]


def opened(client: Client, name: str) -> Answer:
    """Open a page of somebody whom nobody knows, as it is meant to be opened."""
    address = reverse(f"agency:{name}", args=[NOBODY])
    return client.post(address) if name in CHANGES else client.get(address)


def test_pages_open_for_managers_and_advisers(world: World) -> None:
    for user in world.agency.users.values():
        assert [signed_in(user).get(address).status_code for address in PAGES] == [200] * len(PAGES)


def test_pages_ask_nobody_in_particular_to_sign_in(db: None) -> None:
    answers = [Client().get(address) for address in PAGES] + [opened(Client(), name) for name in OF_SOMEBODY]
    for answer in answers:
        assert (answer.status_code, answer.headers["Location"].split("?")[0]) == (302, reverse("account_login"))


def test_pages_are_not_there_for_other_kinds_and_strangers(world: World) -> None:
    for user in (world.alpha.owner, world.school.owner, world.operator.owner, world.stranger):
        client = signed_in(user)
        assert {opened(client, name).status_code for name in OF_SOMEBODY} == {404}
        assert {client.get(address).status_code for address in PAGES} == {404}


def test_pages_that_change_something_do_not_open_by_reading(world: World) -> None:
    client = signed_in(world.agency.owner)
    for name in CHANGES:
        assert client.get(reverse(f"agency:{name}", args=[NOBODY])).status_code == 405


def test_navigation_offers_only_what_opens(world: World) -> None:
    offered = {}
    for role, user in world.agency.users.items():
        client = signed_in(user)
        items = client.get("/agency/").context["frame"].navigation
        assert {client.get(item.url).status_code for item in items} == {200}, role
        assert [str(item.label) for item in items if item.current] == ["今日"]
        offered[role] = [str(item.label) for item in items if item.url.startswith("/agency/")]
    assert offered["adviser"] == ["今日", "担当している方", "推薦", "成約", "求人", "紹介の依頼", "事業報告"]
    assert offered["manager"][7:] == ["管理簿", "職業紹介の許可", "受け入れの設定", "事業所", "手数料と返戻金"]
