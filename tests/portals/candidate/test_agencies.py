"""The agency that looks after a person, on the person's own pages."""

from __future__ import annotations

import dataclasses
import datetime as dt
import html
import re
import typing

import pytest

from career_relay.domain.ground.agencies import operations as agency_operations
from career_relay.domain.people.candidates import queries as candidates
from career_relay.domain.people.consents.models import Consent
from career_relay.domain.people.routing import queries as routing
from career_relay.flows import route_candidate
from career_relay.kernel import actors, clock
from career_relay.kernel.tenancy.context import acting_as
from career_relay.portals.candidate import care
from tests.domain.ground.agencies import room
from tests.portals.agency import desk
from tests.portals.candidate.browser import Phone
from tests.portals.candidate.test_security import LIMIT, weight
from tests.world import make_tenant

if typing.TYPE_CHECKING:
    import uuid

    from tests.world import Tenant, World

AGENCY: typing.Final = "つなぐ人材紹介株式会社"
REPORT: typing.Final = {"topic": "silent", "words": "期限を過ぎても、連絡がありません。"}
MOST_QUERIES: typing.Final = 40


@pytest.fixture
def agency(world: World) -> Tenant:
    """The world's agency, which may receive people."""
    return desk.open_agency(world)


def offered(candidate_id: uuid.UUID) -> uuid.UUID:
    route_candidate.route_candidate(candidate_id=candidate_id, now=clock.now())
    return desk.assignment_of(candidate_id)


def wishes(candidate_id: uuid.UUID) -> list[str]:
    with acting_as(candidate=candidate_id):
        return [one.name for one in routing.wishes(candidate_id)]


def kept_from(candidate_id: uuid.UUID) -> set[str]:
    with acting_as(candidate=candidate_id):
        return {one.organization_name for one in candidates.held(candidate_id).kept_from}


def others(world: World, number: int) -> list[Tenant]:
    made = [make_tenant("agency", f"えらべる紹介 {place} 株式会社", f"other{place}") for place in range(number)]
    return [desk.open_agency(world, tenant) for tenant in made]


def test_me_says_that_an_agency_is_looked_for_and_names_none_before_it_said_yes(
    agency: Tenant, phone: Phone, aoi: uuid.UUID
) -> None:
    assert "引き受けられるかを確かめています" in phone.read("me")
    offered(aoi)
    page = phone.read("me")
    assert "引き受けられるかを確かめています" in page
    assert AGENCY not in page


def test_me_says_what_happens_when_nobody_is_found(phone: Phone, aoi: uuid.UUID) -> None:
    with acting_as(candidate=aoi):
        Consent.objects.update(granted_at=clock.now() - dt.timedelta(days=1))
    page = phone.read("me")
    assert "まだ見つかっていません" in page
    assert "見つかったらメールでお知らせします" in page


def test_me_says_nothing_of_agencies_to_those_who_want_none(phone: Phone, path: str) -> None:
    phone.register(path, {"employer_recontact": "on"})
    assert "担当の紹介会社" not in phone.read("me")
    assert "いまは、紹介会社から紹介を受けることに同意していません" in phone.read("me_agencies")


def test_receipts_say_what_was_passed_on_to_whom_and_when(
    world: World, agency: Tenant, phone: Phone, aoi: uuid.UUID
) -> None:
    assert "まだ、どこにも渡していません。" in phone.read("me_receipts")
    desk.accept(agency, offered(aoi), clock.now())
    page = phone.read("me_receipts")
    for words in ("情報を渡した記録", f"<h3>{AGENCY}</h3>", world.operator.organization.name, "この記録を残す期限"):
        assert words in page, words


def test_choosing_takes_three_in_order_and_gives_them_back(world: World, phone: Phone, aoi: uuid.UUID) -> None:
    made = others(world, 4)
    names = [tenant.organization.name for tenant in made]
    assert phone.read("me_agencies").count("希望に入れる<") == 4
    for tenant in made[:3]:
        assert phone.post("me_agency_wish", {}, tenant.id).headers["Location"] == "/me/agencies/"
    assert wishes(aoi) == names[:3]
    page = phone.read("me_agencies")
    assert ("選べるのは 3 社までです" in page, "希望に入れる<" in page) == (True, False)
    assert phone.post("me_agency_wish", {}, made[3].id).status_code == 409
    phone.post("me_agency_unwish", {}, made[0].id)
    assert wishes(aoi) == names[1:3]


def test_choosing_twice_changes_nothing(world: World, phone: Phone, aoi: uuid.UUID) -> None:
    [tenant] = others(world, 1)
    for _click in range(2):
        assert phone.post("me_agency_wish", {}, tenant.id).status_code == 302
    assert wishes(aoi) == [tenant.organization.name]
    for _click in range(2):
        assert phone.post("me_agency_unwish", {}, tenant.id).status_code == 302
    assert wishes(aoi) == []


def test_chosen_agency_that_is_stopped_stays_chosen_and_does_not_hold_up_the_others(
    world: World, phone: Phone, aoi: uuid.UUID
) -> None:
    closed, open_one = others(world, 2)
    phone.post("me_agency_wish", {}, closed.id)
    with acting_as(organization=closed.id):
        agency_operations.stop(
            organization_id=closed.id, reason="確認", decided_by=actors.user(world.operator.owner.pk), now=clock.now()
        )
    phone.post("me_agency_wish", {}, open_one.id)
    assert wishes(aoi) == [closed.organization.name, open_one.organization.name]
    phone.post("me_agency_unwish", {}, open_one.id)
    assert wishes(aoi) == [closed.organization.name]
    assert closed.organization.name in phone.read("me_agencies")
    phone.post("me_agency_unwish", {}, closed.id)
    assert wishes(aoi) == []
    assert phone.post("me_agency_wish", {}, closed.id).status_code == 404
    assert phone.post("me_agency_wish", {}, world.school.id).status_code == 404


def test_directory_shows_the_persons_area_first_and_is_searched(world: World, phone: Phone, aoi: uuid.UUID) -> None:
    tokyo, osaka = others(world, 2)
    with acting_as(organization=osaka.id):
        details = dataclasses.replace(room.DESK, prefectures=("27",), occupations=("06",))
        agency_operations.save_desk(details=details, **room.by(osaka, clock.now()))
    names = [tenant.organization.name for tenant in (tokyo, osaka)]

    def shown(query: str = "") -> list[str]:
        return re.findall(r"<h3>(.*?)</h3>", phone.read("me_agencies", query=query))

    assert shown() == names[:1]
    assert shown("?prefecture=all") == names
    assert shown("?prefecture=27") == names
    assert shown("?prefecture=all&q=紹介１") == names[1:]
    assert "この条件の紹介会社はありません" in phone.read("me_agencies", query="?q=ない会社&page=9")
    assert "事務的職業" in phone.read("me_agencies", query="?prefecture=27")


def test_directory_says_who_has_no_place_and_who_may_receive_nobody(world: World, phone: Phone, aoi: uuid.UUID) -> None:
    [closed] = others(world, 1)
    room.complete(make_tenant("agency", "協定のない紹介株式会社", "unsigned"), world.operator, clock.now())
    with acting_as(organization=closed.id):
        details = dataclasses.replace(room.DESK, is_taking=False)
        agency_operations.save_desk(details=details, **room.by(closed, clock.now()))
    page = phone.read("me_agencies")
    assert ("いまは空きがありません" in page, "協定のない" in page) == (True, False)


@pytest.mark.parametrize("how", [{}, {"excludes": "on"}])
def test_choosing_another_agency_does_not_bring_back_the_one_that_was_left(
    world: World, agency: Tenant, phone: Phone, aoi: uuid.UUID, how: dict[str, str]
) -> None:
    phone.post("me_agency_wish", {}, agency.id)
    assignment = offered(aoi)
    desk.accept(agency, assignment, clock.now())
    phone.post("me_agency_end", how, assignment)
    assert wishes(aoi) == []
    [other] = others(world, 1)
    phone.post("me_agency_wish", {}, other.id)
    assert wishes(aoi) == [other.organization.name]
    assert (AGENCY in kept_from(aoi)) is bool(how)


def test_directory_asks_as_often_for_three_agencies_as_for_one(world: World, phone: Phone, aoi: uuid.UUID) -> None:
    others(world, 1)
    one = desk.asked(phone.client, "/me/agencies/")
    for place in (7, 8):
        desk.open_agency(world, make_tenant("agency", f"えらべる紹介 {place} 株式会社", f"other{place}"))
    assert desk.asked(phone.client, "/me/agencies/") == one <= MOST_QUERIES


def test_full_page_of_long_agencies_is_light(world: World, phone: Phone, aoi: uuid.UUID) -> None:
    for place in range(care.PAGE_SIZE + 1):
        tenant = desk.open_agency(world, make_tenant("agency", f"{place} 号" + "長" * 100, f"other{place}"))
        with acting_as(organization=tenant.id):
            details = dataclasses.replace(
                room.DESK, message="あ" * 300, prefectures=tuple(f"{code:02}" for code in range(1, 47))
            )
            agency_operations.save_desk(details=details, **room.by(tenant, clock.now()))
    answer = phone.get("me_agencies")
    page = answer.content.decode()
    assert page.count("<h3>") == care.PAGE_SIZE
    [address] = re.findall(r'href="(\?[^"]+)#agencies"', page)
    assert phone.read("me_agencies", query=html.unescape(address)).count("<h3>") == 1
    assert weight(answer.content) <= LIMIT
