"""The agency that looks after a person, on the person's own pages."""

from __future__ import annotations

import dataclasses
import datetime as dt
import html
import json
import re
import typing

import pytest
from django.utils.html import escape

from career_relay.capabilities.messaging.models import Message
from career_relay.domain.ground.agencies import operations as agency_operations
from career_relay.domain.ground.organizations.models import Organization
from career_relay.domain.people.candidates import queries as candidates
from career_relay.domain.people.consents.models import Consent
from career_relay.domain.people.routing import queries as routing
from career_relay.flows import route_candidate
from career_relay.kernel import actors, clock
from career_relay.kernel.tenancy.context import acting_as
from career_relay.portals.candidate import care, limits
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


@pytest.fixture
def cared(agency: Tenant, phone: Phone, aoi: uuid.UUID) -> uuid.UUID:
    """The assignment of the person with this phone, whom the agency looks after."""
    assignment = offered(aoi)
    desk.accept(agency, assignment, clock.now())
    return assignment


def offered(candidate_id: uuid.UUID) -> uuid.UUID:
    route_candidate.route_candidate(candidate_id=candidate_id, now=clock.now())
    return desk.assignment_of(candidate_id)


def wishes(candidate_id: uuid.UUID) -> list[str]:
    with acting_as(candidate=candidate_id):
        return [one.name for one in routing.wishes(candidate_id)]


def kept_from(candidate_id: uuid.UUID) -> set[str]:
    with acting_as(candidate=candidate_id):
        return {one.organization_name for one in candidates.held(candidate_id).kept_from}


def reports(candidate_id: uuid.UUID) -> list[Message]:
    with acting_as(candidate=candidate_id):
        return list(Message.objects.filter(kind="agency_report"))


def others(world: World, number: int) -> list[Tenant]:
    made = [make_tenant("agency", f"えらべる紹介 {place} 株式会社", f"other{place}") for place in range(number)]
    return [desk.open_agency(world, tenant) for tenant in made]


def test_me_says_who_looks_after_the_person_and_how_to_reach_them(phone: Phone, cared: uuid.UUID) -> None:
    page = phone.read("me")
    for words in (AGENCY, "13-ユ-123456", "03-1234-5678", "desk@agency.example", "までに、この会社から連絡があります"):
        assert words in page, words
    assert "平日は 20 時まで電話できます。" in page


def test_me_says_when_the_first_contact_was(agency: Tenant, phone: Phone, cared: uuid.UUID) -> None:
    desk.change(agency, cared, contacted_at=clock.now())
    assert "に済んでいます" in phone.read("me")


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


def test_changing_ends_the_agencys_time_at_once(agency: Tenant, phone: Phone, aoi: uuid.UUID, cared: uuid.UUID) -> None:
    assert "この会社は、あなたのお名前や連絡先をすぐに見られなくなります" in phone.read("me_agency_end", cared)
    assert phone.post("me_agency_end", {}, cared).headers["Location"] == "/me/"
    found = desk.stored(agency, cared)
    assert (found.state, found.end_reason) == ("ended", "person_changed")
    page = phone.read("me")
    assert "担当を終えました。" in page
    assert "03-1234-5678" not in page
    assert AGENCY not in kept_from(aoi)


def test_changing_for_good_keeps_the_agency_away(phone: Phone, aoi: uuid.UUID, cared: uuid.UUID) -> None:
    phone.post("me_agency_end", {"excludes": "on"}, cared)
    assert AGENCY in kept_from(aoi)
    assert "「これからも担当してほしくない」を選んだ会社です" in phone.read("me_agencies", query="?prefecture=all")
    assert offered(aoi) == cared


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


def test_changing_twice_is_not_there_the_second_time(phone: Phone, cared: uuid.UUID) -> None:
    phone.post("me_agency_end", {}, cared)
    assert phone.post("me_agency_end", {"excludes": "on"}, cared).status_code == 404


def test_stopping_withdraws_the_consent(agency: Tenant, phone: Phone, cared: uuid.UUID) -> None:
    [address] = re.findall(r'action="(/me/consents/[^"]+)"', phone.read("me_agency_end", cared))
    phone.client.post(address)
    assert desk.stored(agency, cared).end_reason == "withdrawn"
    assert "担当の紹介会社" not in phone.read("me")


def test_report_goes_to_the_operator_without_the_persons_name(
    world: World, phone: Phone, aoi: uuid.UUID, cared: uuid.UUID
) -> None:
    answer = phone.post("me_agency_report", REPORT, cared)
    assert answer.headers["Location"] == "/me/agencies/reported/"
    assert "運営に知らせました" in phone.read("me_agency_reported")
    [mail] = reports(aoi)
    assert mail.to_address == world.operator.owner.email
    for words in (AGENCY, "13-ユ-123456", "連絡がない", REPORT["words"], "返事はできません"):
        assert words in mail.text, words
    assert not {word for word in ("髙﨑", "aoi@", str(aoi), "アルファ") if word in mail.text + mail.html}


def test_report_names_the_person_who_wants_an_answer(phone: Phone, aoi: uuid.UUID, cared: uuid.UUID) -> None:
    phone.post("me_agency_report", {**REPORT, "wants_answer": "on"}, cared)
    [mail] = reports(aoi)
    assert "髙﨑 葵 <aoi@people.example>" in mail.text


def test_copy_for_the_person_has_the_report_and_not_who_read_it(world: World, phone: Phone, cared: uuid.UUID) -> None:
    phone.post("me_agency_report", REPORT, cared)
    answer = phone.get("me_download").content.decode()
    [mail] = [one for one in json.loads(answer)["mails"] if one["kind"] == "agency_report"]
    assert (mail["to_address"], REPORT["words"] in mail["text"]) == ("", True)
    assert world.operator.owner.email not in answer


def test_report_takes_words_as_they_are_written(phone: Phone, aoi: uuid.UUID, cared: uuid.UUID) -> None:
    words = "<b>髙﨑</b> & {{ name }} {{secret:code}} %(x)s\n2 行目 🌸"
    phone.post("me_agency_report", {**REPORT, "words": words}, cared)
    [mail] = reports(aoi)
    assert "&lt;b&gt;髙﨑&lt;/b&gt;" in mail.html
    assert "{{secret:code}}" in mail.text


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"topic": ""}, "困っていることが選ばれていません"),
        ({"words": " "}, "くわしい内容が入力されていません"),
        ({"words": "あ" * 1001}, "1000"),
    ],
)
def test_report_that_says_nothing_is_refused(
    phone: Phone, aoi: uuid.UUID, cared: uuid.UUID, changed: dict[str, str], words: str
) -> None:
    assert words in phone.post("me_agency_report", {**REPORT, **changed}, cared).content.decode()
    assert reports(aoi) == []


def test_reports_are_limited(phone: Phone, aoi: uuid.UUID, cared: uuid.UUID) -> None:
    answers = [phone.post("me_agency_report", REPORT, cared) for _try in range(limits.REPORTS_PER_PERSON + 1)]
    assert [answer.status_code for answer in answers] == [302] * limits.REPORTS_PER_PERSON + [429]
    assert "Retry-After" in answers[-1].headers
    assert len(reports(aoi)) == limits.REPORTS_PER_PERSON


@pytest.mark.parametrize("name", ["me_agency_end", "me_agency_report"])
def test_assignment_of_somebody_else_is_not_there(
    world: World, agency: Tenant, aoi: uuid.UUID, cared: uuid.UUID, name: str
) -> None:
    stranger = Phone()
    stranger.sign_in("sora@people.example", world.sora.pk)
    answers = [stranger.get(name, cared), stranger.post(name, REPORT, cared)]
    assert [answer.status_code for answer in answers] == [404, 404]
    assert (desk.stored(agency, cared).state, reports(aoi)) == ("active", [])


def test_pages_lead_whoever_is_not_signed_in_to_the_code(cared: uuid.UUID, world: World) -> None:
    stranger = Phone()
    answers = [
        stranger.get("me_agencies"),
        stranger.post("me_agency_wish", {}, world.agency.id),
        stranger.post("me_agency_end", {}, cared),
        stranger.post("me_agency_report", REPORT, cared),
    ]
    assert {answer.headers["Location"] for answer in answers} == {"/me/sign-in/"}


def test_choosing_changes_nothing_by_reading(world: World, phone: Phone, cared: uuid.UUID) -> None:
    for name in ("me_agency_wish", "me_agency_unwish"):
        assert phone.get(name, world.agency.id).status_code == 405
    assert desk.asked(phone.client, "/me/agencies/") <= MOST_QUERIES
    assert desk.asked(phone.client, f"/me/assignments/{cared}/end/") <= MOST_QUERIES


def test_directory_asks_as_often_for_three_agencies_as_for_one(world: World, phone: Phone, aoi: uuid.UUID) -> None:
    others(world, 1)
    one = desk.asked(phone.client, "/me/agencies/")
    for place in (7, 8):
        desk.open_agency(world, make_tenant("agency", f"えらべる紹介 {place} 株式会社", f"other{place}"))
    assert desk.asked(phone.client, "/me/agencies/") == one <= MOST_QUERIES


@pytest.mark.parametrize(
    "words", ["<b>紹介</b> & \"花\" 'x'", "{{ name }} {% now %} 紹介", "漢" * 100], ids=["html", "template", "long"]
)
def test_agencys_words_are_shown_as_they_are_written(
    agency: Tenant, phone: Phone, cared: uuid.UUID, words: str
) -> None:
    with acting_as(organization=agency.id):
        Organization.objects.filter(pk=agency.id).update(name=words)
        details = dataclasses.replace(room.DESK, message=words)
        agency_operations.save_desk(details=details, **room.by(agency, clock.now()))
    for name in ("me", "me_agencies"):
        page = phone.read(name)
        assert f"<h3>{escape(words)}</h3>" in page
        assert f"<p>{escape(words)}</p>" in page
    for name in ("me_agency_end", "me_agency_report"):
        assert f"<strong>{escape(words)}</strong>" in phone.read(name, cared)


@pytest.mark.parametrize("name", ["me_agency_end", "me_agency_report"])
def test_pages_about_one_agency_are_light_private_and_without_scripts(
    phone: Phone, cared: uuid.UUID, name: str
) -> None:
    answer = phone.get(name, cared)
    assert answer.headers["Cache-Control"] == "no-store, private"
    assert not {words for words in (b"<script", b" style=", b"https://") if words in answer.content}
    assert weight(answer.content) <= LIMIT


def test_english_pages_are_english(phone: Phone, cared: uuid.UUID) -> None:
    phone.client.cookies["django_language"] = "en"
    for name, arguments in (("me", []), ("me_agencies", []), ("me_agency_end", [cared]), ("me_agency_report", [cared])):
        assert 'lang="en"' in phone.read(name, *arguments)


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
