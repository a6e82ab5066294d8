from __future__ import annotations

import typing

from django.urls import reverse

from career_relay.domain.ground.agencies import operations
from career_relay.kernel import actors, clock
from career_relay.kernel.tenancy.context import acting_as
from tests.flows import story
from tests.portals.agency import desk
from tests.portals.agency.desk import signed_in, text
from tests.world import make_tenant

if typing.TYPE_CHECKING:
    import uuid

    from tests.world import World

HOME = "/agency/"


def accept_url(assignment_id: uuid.UUID) -> str:
    return reverse("agency:offer_accept", args=[assignment_id])


def decline_url(assignment_id: uuid.UUID) -> str:
    return reverse("agency:offer_decline", args=[assignment_id])


def offer(world: World, email: str = "aoi@people.example", **typed: str) -> uuid.UUID:
    return desk.assignment_of(desk.person_comes(story.open_link(world.alpha, desk.before()), email, **typed))


def test_accepting_opens_the_file_and_makes_the_member_the_adviser(world: World) -> None:
    agency = desk.open_agency(world)
    assignment = offer(world, name="髙﨑 葵")
    client = signed_in(agency.users["adviser"])
    answer = client.post(accept_url(assignment))
    assert answer.headers["Location"] == reverse("agency:person", args=[assignment])
    page = text(client.get(answer.headers["Location"]))
    assert "引き受けました。" in page
    assert "髙﨑 葵 さん" in page
    assert "担当アドバイザー：agency adviser" in page
    assert desk.stored(agency, assignment).state == "active"


def test_accepting_twice_finds_what_the_first_click_did(world: World) -> None:
    agency = desk.open_agency(world)
    assignment = offer(world)
    client = signed_in(agency.owner)
    first = client.post(accept_url(assignment))
    taken_on = desk.stored(agency, assignment)
    assert client.post(accept_url(assignment)).headers["Location"] == first.headers["Location"]
    assert desk.stored(agency, assignment).answered_at == taken_on.answered_at


def test_accepting_too_late_says_so(world: World) -> None:
    agency = desk.open_agency(world)
    assignment = offer(world)
    desk.change(agency, assignment, answer_by=clock.now())
    client = signed_in(agency.owner)
    answer = client.post(accept_url(assignment))
    assert (answer.status_code, "回答できません" in text(answer)) == (409, True)
    assert desk.stored(agency, assignment).state == "offered"
    assert client.get(decline_url(assignment)).status_code == 404


def test_declining_asks_for_the_reason_and_shows_nobody(world: World) -> None:
    agency = desk.open_agency(world)
    assignment = offer(world, name="髙﨑 葵")
    client = signed_in(agency.owner)
    page = client.get(decline_url(assignment))
    assert "事務的職業" in text(page)
    assert not {word for word in ("髙﨑", "aoi@", "アルファ") if word in page.content.decode()}
    refused = client.post(decline_url(assignment), {"note": "書きかけ"})
    assert "理由が選ばれていません" in text(refused)
    assert "書きかけ" in refused.content.decode()
    answer = client.post(decline_url(assignment), {"reason": "area", "note": "千葉のみ"})
    assert answer.headers["Location"] == HOME
    found = desk.stored(agency, assignment)
    assert (found.state, found.decline_reason, found.decline_note) == ("declined", "area", "千葉のみ")


def test_declining_twice_changes_nothing_and_says_so(world: World) -> None:
    agency = desk.open_agency(world)
    assignment = offer(world)
    client = signed_in(agency.owner)
    client.post(decline_url(assignment), {"reason": "area"})
    assert client.post(decline_url(assignment), {"reason": "capacity"}).headers["Location"] == HOME
    assert "すでに回答済みです" in text(client.get(HOME))
    assert desk.stored(agency, assignment).decline_reason == "area"


def test_offer_is_not_answered_by_reading(world: World) -> None:
    agency = desk.open_agency(world)
    assignment = offer(world)
    client = signed_in(agency.owner)
    assert client.get(accept_url(assignment)).status_code == 405
    desk.asked(client, decline_url(assignment))
    assert desk.stored(agency, assignment).state == "offered"


def test_offer_of_another_agency_is_not_there(world: World) -> None:
    agency = desk.open_agency(world)
    assignment = offer(world)
    other = desk.open_agency(world, make_tenant("agency", "よその人材紹介株式会社", "other"))
    client = signed_in(other.owner)
    answers = [
        client.post(accept_url(assignment)),
        client.get(decline_url(assignment)),
        client.post(decline_url(assignment), {"reason": "area"}),
    ]
    assert [answer.status_code for answer in answers] == [404, 404, 404]
    assert desk.stored(agency, assignment).state == "offered"


def test_agency_without_a_licence_takes_nobody_on(world: World) -> None:
    agency = desk.open_agency(world)
    assignment = offer(world)
    with acting_as(organization=agency.id):
        operations.stop(
            organization_id=agency.id,
            reason="確認",
            decided_by=actors.user(world.operator.owner.pk),
            now=desk.before(),
        )
    answer = signed_in(agency.owner).post(accept_url(assignment))
    assert (answer.status_code, "引き受けられません" in text(answer)) == (409, True)
    assert desk.stored(agency, assignment).state == "offered"
