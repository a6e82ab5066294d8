from __future__ import annotations

import typing

import pytest
from django.test import Client

from career_relay.domain.ground.organizations import operations, queries
from career_relay.domain.ground.organizations.models import Member
from career_relay.kernel import actors, clock
from career_relay.kernel.tenancy.context import acting_as
from tests.portals.account.people import signed_in, text
from tests.world import NOW, make_user

if typing.TYPE_CHECKING:
    from career_relay.domain.ground.accounts.models import User
    from tests.world import Tenant, World

pytestmark = pytest.mark.django_db


def seat(user: User, tenant: Tenant, role: str) -> None:
    with acting_as(organization=tenant.id):
        Member.objects.create(organization=tenant.organization, user=user, role=role, joined_at=NOW)


@pytest.mark.parametrize(
    ("handle", "address"),
    [
        ("alpha", "/employer/"),
        ("agency", "/agency/"),
        ("school", "/organization/"),
        ("operator", "/operator/"),
    ],
)
def test_home_leads_by_the_kind_of_organization(world: World, handle: str, address: str) -> None:
    assert signed_in(getattr(world, handle).owner).get("/home/").headers["Location"] == address


def test_home_lets_a_person_with_several_seats_choose(world: World) -> None:
    user = world.alpha.owner
    seat(user, world.school, "coordinator")
    client = signed_in(user)
    assert client.get("/home/").headers["Location"] == "/switch/"
    page = text(client.get("/switch/"))
    assert "アルファ精機株式会社" in page
    assert "みらい専門学校" in page
    assert "ベータ商事株式会社" not in page
    assert client.post(f"/switch/{world.school.id}/").headers["Location"] == "/home/"
    assert client.get("/home/").headers["Location"] == "/organization/"
    assert "みらい専門学校" in text(client.get("/organization/"))
    client.post("/switch/", {"organization": str(world.alpha.id)})
    assert client.get("/home/").headers["Location"] == "/employer/"


def test_home_leads_a_person_without_a_seat_to_founding_one(world: World) -> None:
    assert signed_in(world.stranger).get("/home/").headers["Location"] == "/start/"


def test_home_leads_an_invited_person_into_the_invitation(world: World) -> None:
    with acting_as(organization=world.alpha.id):
        operations.invite(
            organization_id=world.alpha.id,
            email=world.stranger.email,
            role="analyst",
            language="ja",
            actor=actors.user(world.alpha.owner.pk),
            now=clock.now(),
        )
    client = signed_in(world.stranger)
    address = client.get("/home/").headers["Location"]
    assert address.startswith("/invitations/")
    assert "アルファ精機株式会社への招待" in text(client.get(address))


def test_home_after_losing_the_chosen_seat_asks_rather_than_switches(world: World) -> None:
    user = world.alpha.users["recruiter"]
    seat(user, world.beta, "analyst")
    client = signed_in(user)
    client.post(f"/switch/{world.alpha.id}/")
    with acting_as(organization=world.alpha.id):
        operations.remove_member(
            organization_id=world.alpha.id,
            member_id=queries.members(world.alpha.id).get(user=user).pk,
            actor=actors.user(world.alpha.owner.pk),
            now=NOW,
        )
    assert client.get("/organization/").status_code == 404
    assert client.get("/home/").headers["Location"] == "/switch/"


@pytest.mark.parametrize("posted", ["", "alpha", "{beta}", "01a2068a-a27f-7a33-84a6-116bb1d768ce"])
def test_switch_knows_only_ones_own_organizations(world: World, posted: str) -> None:
    client = signed_in(world.alpha.owner)
    wanted = posted.format(beta=world.beta.id)
    assert client.post("/switch/", {"organization": wanted}).status_code == 404
    assert "organization" not in client.session


def test_switch_by_address_knows_only_ones_own_organizations(world: World) -> None:
    client = signed_in(world.alpha.owner)
    assert client.post(f"/switch/{world.beta.id}/").status_code == 404
    assert client.get(f"/switch/{world.beta.id}/").status_code == 405
    assert "organization" not in client.session


def test_switch_without_a_seat_says_what_to_do(world: World) -> None:
    assert "所属している組織はありません" in text(signed_in(world.stranger).get("/switch/"))


def test_start_fills_in_the_companys_domain_but_never_a_free_one(world: World) -> None:
    assert 'value="elsewhere.example"' in signed_in(world.stranger).get("/start/").content.decode()
    free = make_user("yuki@gmail.com", "由紀")
    assert "gmail.com" not in signed_in(free).get("/start/").content.decode().replace("yuki@gmail.com", "")


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"name": ""}, "会社名"),
        ({"kind": "school"}, "登録する組織"),
        ({"industry": "x"}, "業種"),
        ({"prefecture": "48"}, "所在地"),
        ({"mail_domain": "gmail.com"}, "「gmail.com」は社内メールのドメインに設定できません"),
    ],
)
def test_start_says_what_is_wrong_and_founds_nothing(world: World, changes: dict[str, str], words: str) -> None:
    details = {
        "kind": "employer",
        "name": "みなと精機",
        "industry": "manufacturing",
        "prefecture": "14",
        "mail_domain": "",
    }
    answer = signed_in(world.stranger).post("/start/", details | changes)
    assert answer.status_code == 200
    assert words in text(answer)
    assert queries.seats_of(world.stranger.pk) == []


def test_start_sent_twice_founds_once(world: World) -> None:
    client = signed_in(world.stranger)
    details = {
        "kind": "employer",
        "name": "みなと精機",
        "industry": "manufacturing",
        "prefecture": "14",
        "mail_domain": "",
    }
    assert client.post("/start/", details).headers["Location"] == "/employer/"
    again = client.post("/start/", details)
    assert "お試し中の組織がすでにあります" in text(again)
    assert len(queries.seats_of(world.stranger.pk)) == 1


def test_start_as_an_agency_leads_to_its_first_page(world: World) -> None:
    client = signed_in(world.stranger)
    assert client.get("/start/?kind=agency").context["form"]["kind"].value() == "agency"
    details = {"kind": "agency", "name": "つなぐ", "industry": "services", "prefecture": "14", "mail_domain": ""}
    assert client.post("/start/", details).headers["Location"] == "/agency/"
    assert [(seat.kind, seat.role) for seat in queries.seats_of(world.stranger.pk)] == [("agency", "manager")]


def test_security_names_the_person_and_what_is_not_set_up(world: World) -> None:
    page = text(signed_in(world.alpha.owner).get("/account/security/"))
    assert "alpha ownerさん（owner@alpha.example）" in page
    assert "未設定" in page


def test_pages_speak_english(world: World) -> None:
    client = signed_in(world.agency.owner)
    client.post("/i18n/setlang/", {"language": "en", "next": "/organization/"})
    assert '<html lang="en"' in client.get("/organization/").content.decode()


@pytest.mark.parametrize(("wanted", "kept"), [("en", "en"), ("fr", "ja"), ("", "ja")])
def test_language_switch_changes_the_language_of_a_members_mails(world: World, wanted: str, kept: str) -> None:
    signed_in(world.agency.owner).post("/i18n/setlang/", {"language": wanted, "next": "/organization/"})
    world.agency.owner.refresh_from_db()
    world.stranger.refresh_from_db()
    assert (world.agency.owner.language, world.stranger.language) == (kept, "ja")


def test_language_switch_changes_nothing_when_read(world: World) -> None:
    signed_in(world.agency.owner).get("/i18n/setlang/", {"language": "en"})
    world.agency.owner.refresh_from_db()
    assert world.agency.owner.language == "ja"


def test_language_switch_sends_nobody_elsewhere(db: None) -> None:
    answer = Client().post("/i18n/setlang/", {"language": "en", "next": "https://elsewhere.example/"})
    assert answer.headers["Location"] == "/"
