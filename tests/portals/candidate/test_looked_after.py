"""Being looked after by an agency, on the person's own pages.

The person came and the agency said yes once: whatever a test does to them is rolled back.
"""

from __future__ import annotations

import contextlib
import dataclasses
import json
import re
import typing

import pytest
from django.db import connections, transaction
from django.utils.html import escape

from career_relay.capabilities.messaging.models import Message
from career_relay.domain.ground.agencies import operations as agency_operations
from career_relay.domain.ground.organizations.models import Organization
from career_relay.kernel import clock
from career_relay.kernel.tenancy.context import acting_as
from career_relay.portals.candidate import limits
from tests import database
from tests.domain.ground.agencies import room
from tests.portals.agency import desk
from tests.portals.candidate.browser import Phone, link_of
from tests.portals.candidate.test_agencies import AGENCY, MOST_QUERIES, kept_from, offered
from tests.portals.candidate.test_security import LIMIT, weight
from tests.world import World, build_world

if typing.TYPE_CHECKING:
    import collections.abc
    import uuid

    import pytest_django.plugin

    from tests.world import Tenant

REPORT: typing.Final = {"topic": "silent", "words": "期限を過ぎても、連絡がありません。"}


@pytest.fixture(scope="module")
def world(
    django_db_setup: None, django_db_blocker: pytest_django.plugin.DjangoDbBlocker
) -> collections.abc.Iterator[World]:
    with django_db_blocker.unblock(), database.fresh():
        yield build_world()


@pytest.fixture(scope="module")
def agency(world: World) -> Tenant:
    """The world's agency, which may receive people."""
    return desk.open_agency(world)


@pytest.fixture(scope="module")
def registered(world: World) -> Phone:
    """The phone of a person who came through Alpha's link."""
    used = Phone()
    used.register(link_of(world.alpha))
    return used


@pytest.fixture(scope="module")
def aoi(registered: Phone) -> uuid.UUID:
    return registered.candidate_id


@pytest.fixture(scope="module")
def cared(agency: Tenant, aoi: uuid.UUID) -> uuid.UUID:
    """The assignment of the person with this phone, whom the agency looks after."""
    assignment = offered(aoi)
    desk.accept(agency, assignment, clock.now())
    return assignment


@pytest.fixture
def phone(registered: Phone) -> Phone:
    """The person's phone as it is after registering."""
    theirs = Phone()
    theirs.client.cookies = registered.jar
    return theirs


@pytest.fixture(autouse=True)
def rolled_back(cared: uuid.UUID) -> collections.abc.Iterator[None]:
    with contextlib.ExitStack() as stack:
        for alias in connections:
            stack.enter_context(transaction.atomic(using=alias))
        yield
        for alias in connections:
            transaction.set_rollback(True, using=alias)


def reports(candidate_id: uuid.UUID) -> list[Message]:
    with acting_as(candidate=candidate_id):
        return list(Message.objects.filter(kind="agency_report"))


def test_me_says_who_looks_after_the_person_and_how_to_reach_them(phone: Phone, cared: uuid.UUID) -> None:
    page = phone.read("me")
    for words in (AGENCY, "13-ユ-123456", "03-1234-5678", "desk@agency.example", "までに、この会社から連絡があります"):
        assert words in page, words
    assert "平日は 20 時まで電話できます。" in page


def test_me_says_when_the_first_contact_was(agency: Tenant, phone: Phone, cared: uuid.UUID) -> None:
    desk.change(agency, cared, contacted_at=clock.now())
    assert "に済んでいます" in phone.read("me")


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
    for words in (
        AGENCY,
        "13-ユ-123456",
        "連絡がない",
        REPORT["words"],
        "回答は、運営のページからご本人のページに届きます",
    ):
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
