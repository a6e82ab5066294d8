from __future__ import annotations

import typing

import pytest
from django.urls import reverse

from career_relay.kernel import clock
from career_relay.kernel.tenancy.context import acting_as
from tests.flows import story
from tests.portals.agency import desk
from tests.portals.agency.desk import signed_in, text
from tests.world import make_tenant

if typing.TYPE_CHECKING:
    from tests.portals.pages import Answer
    from tests.world import World

PEOPLE = "/agency/people/"


@pytest.fixture
def link(world: World) -> story.Link:
    desk.open_agency(world)
    return story.open_link(world.alpha, desk.before())


def names(answer: Answer) -> list[str]:
    return [row.line.name for row in answer.context["list"].rows]


def test_empty_list_says_what_fills_it(world: World) -> None:
    client = signed_in(world.agency.owner)
    page = client.get(PEOPLE)
    assert "担当している方は、まだいません" in text(page)
    assert "許可が、まだ確認されていないためです" in text(page)
    assert "担当が終わった方は、まだいません" in text(client.get(PEOPLE, {"state": "ended"}))


def test_list_shows_those_looked_after_with_the_newest_first(world: World, link: story.Link) -> None:
    desk.taken(world.agency, link, "ichiro@people.example", name="一郎")
    desk.taken(world.agency, link, "aoi@people.example", name="髙﨑 葵")
    page = signed_in(world.agency.owner).get(PEOPLE)
    assert names(page) == ["髙﨑 葵", "一郎"]
    assert [(str(tab.label), tab.count, tab.current) for tab in page.context["list"].tabs] == [
        ("担当中", 2, True),
        ("終わった担当", 0, False),
    ]
    assert "最初の連絡待ち" in text(page)


def test_list_is_searched_as_names_are_read_and_narrowed_by_adviser(world: World, link: story.Link) -> None:
    desk.taken(world.agency, link, "sora@elsewhere.example", name="山田 空")
    desk.taken(world.agency, link, "aoi@elsewhere.example", name="髙﨑 葵")
    client = signed_in(world.agency.owner)
    with acting_as(organization=world.agency.id):
        members = {one.role: str(one.pk) for one in world.agency.organization.members.all()}
    assert names(client.get(PEOPLE, {"q": "高崎"})) == ["髙﨑 葵"]
    assert len(names(client.get(PEOPLE, {"adviser": members["manager"]}))) == 2
    nobody = client.get(PEOPLE, {"adviser": members["adviser"]})
    assert "この条件に合う方はいません" in text(nobody)
    assert len(names(client.get(PEOPLE, {"adviser": "who", "page": "x", "q": " "}))) == 2


def test_those_no_longer_looked_after_have_no_name(world: World, link: story.Link) -> None:
    assignment = desk.taken(world.agency, link, name="髙﨑 葵")
    client = signed_in(world.agency.owner)
    client.post(reverse("agency:person_end", args=[assignment]), {"reason": "unreachable"})
    assert "担当している方は、まだいません" in text(client.get(PEOPLE))
    page = client.get(PEOPLE, {"state": "ended", "q": "高崎"})
    assert "ご本人と連絡が取れない" in text(page)
    assert "髙﨑" not in page.content.decode()


def test_list_has_pages_and_keeps_its_filters(world: World, link: story.Link, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("career_relay.domain.people.routing.queries.agency.PAGE_SIZE", 2)
    monkeypatch.setattr("career_relay.portals.agency.people_list.PAGE_SIZE", 2)
    for number in range(3):
        desk.taken(world.agency, link, f"{number}@people.example", name=f"山田 {number}郎")
    client = signed_in(world.agency.owner)
    assert names(client.get(PEOPLE, {"q": "山田"})) == ["山田 2郎", "山田 1郎"]
    second = client.get(PEOPLE, {"q": "山田", "page": "2"})
    assert (names(second), second.context["list"].page.number) == (["山田 0郎"], 2)
    assert names(client.get(PEOPLE, {"page": "99999999999"})) == ["山田 2郎", "山田 1郎"]
    assert "&amp;page=1" in second.content.decode()


def test_list_marks_who_waits_too_long(world: World, link: story.Link) -> None:
    assignment = desk.taken(world.agency, link)
    desk.change(world.agency, assignment, contact_by=clock.now())
    page = signed_in(world.agency.owner).get(PEOPLE)
    assert ([row.tone for row in page.context["list"].rows], "期限超過" in text(page)) == (["negative"], True)


def test_people_of_another_agency_are_not_there(world: World, link: story.Link) -> None:
    desk.taken(world.agency, link, name="髙﨑 葵")
    other = desk.open_agency(world, make_tenant("agency", "よその人材紹介株式会社", "other"))
    client = signed_in(other.owner)
    for query in ({}, {"q": "高崎"}, {"state": "ended"}):
        assert "髙﨑" not in client.get(PEOPLE, query).content.decode()


def test_list_asks_as_often_for_three_rows_as_for_one(world: World, link: story.Link) -> None:
    client = signed_in(world.agency.owner)
    desk.taken(world.agency, link, "0@people.example")
    one = desk.asked(client, PEOPLE)
    for number in (1, 2):
        desk.taken(world.agency, link, f"{number}@people.example")
    assert desk.asked(client, PEOPLE) == one <= desk.MOST_QUERIES


def test_list_of_the_past_asks_as_often_for_three_rows_as_for_one(world: World, link: story.Link) -> None:
    client = signed_in(world.agency.owner)
    counts = []
    for number in range(3):
        assignment = desk.taken(world.agency, link, f"{number}@people.example")
        client.post(reverse("agency:person_end", args=[assignment]), {"reason": "unreachable"})
        client.get(PEOPLE)
        counts.append(desk.asked(client, f"{PEOPLE}?state=ended"))
    assert counts[0] == counts[2] <= desk.MOST_QUERIES
