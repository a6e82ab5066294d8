from __future__ import annotations

import itertools
import pathlib
import re
import typing
import uuid

import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from django.urls import reverse

from career_relay.design import storage
from career_relay.portals.candidate import cookies, urls
from tests.portals import pages
from tests.portals.candidate.browser import BOTH, INTRODUCTION, Phone, link_of

if typing.TYPE_CHECKING:
    from tests.portals.pages import Answer
    from tests.world import World

ALL = (cookies.LINK, cookies.SIGN_UP, cookies.CODE, cookies.ADDRESS, cookies.SESSION)
PAGES = pages.by_name(urls.urlpatterns)
LIMIT = 100_000
POSTS = [
    "welcome", "no_mail", "details", "consents", "leave", "check", "code", "new_code", "sign_in", "sign_in_code",
    "sign_out", "me_details", "me_address", "me_address_code", "me_consents", "withdraw", "me_stop",
    "me_agency_wish", "me_agency_unwish", "me_agency_end", "me_agency_report",
    "me_introduction", "me_introduction_no", "me_introduction_time", "me_introduction_accept",
    "me_introduction_withdraw", "me_check",
]  # fmt: skip


def address(name: str) -> str:
    return reverse(f"candidate:{name}", args=[uuid.UUID(int=3)] if "<uuid:" in str(PAGES[name].pattern) else [])


def every_page(phone: Phone, path: str) -> typing.Iterator[tuple[str, Answer]]:
    """Walk through everything and yield each answer with its name."""
    for name in ("welcome", "left", "no_mail", "sign_in", "signed_out", "stopped"):
        yield name, phone.get(name)
    yield "follow", phone.client.get(path)
    yield "unknown", phone.client.get("/r/unknown/")
    for name in ("welcome", "details"):
        yield name, phone.get(name)
    yield "details with errors", phone.post("details", {})
    phone.type_in()
    for name in ("consents", "refused"):
        yield name, phone.get(name)
    phone.post("consents", BOTH)
    for name in ("check", "code"):
        yield name, phone.get(name)
    phone.register(path, BOTH)
    phone.post("me_address", {"email": "new@people.example"})
    phone.post("sign_in", {"email": "hana@people.example"})
    own = [
        name
        for name, page in PAGES.items()
        if re.match(r"me/(?!assignments/|introductions/|checks/)", str(page.pattern))
    ]
    for name in (*own, "done"):
        yield name, phone.client.get(address(name))


def weight(page: bytes) -> int:
    """Return the bytes a phone loads for a page: the page, its one stylesheet, the icon; nothing else is asked for."""
    found = finders.find("design/candidate.css")
    assert found is not None
    sheet = pathlib.Path(found)
    styles = storage.flatten(sheet.read_text(), lambda name: (sheet.parent / name).read_text())
    return len(page) + len(styles.encode()) + sheet.with_name("favicon.svg").stat().st_size


def test_every_page_is_light_private_and_without_scripts(world: World, phone: Phone, path: str) -> None:
    for name, answer in every_page(phone, path):
        assert answer.headers["Cache-Control"] == "no-store, private", name
        assert answer.headers["X-Frame-Options"] == "DENY", name
        assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"], name
        assert b"<script" not in answer.content, name
        assert b" style=" not in answer.content, name
        assert b"https://" not in answer.content, name
        assert weight(answer.content) <= LIMIT, (name, weight(answer.content))


def test_no_address_on_the_way_says_who_somebody_is(world: World, phone: Phone, path: str) -> None:
    places = [answer.headers.get("Location", "") for _name, answer in every_page(phone, path)]
    places += [page.pattern.describe() for page in PAGES.values()]
    assert [place for place in places if "@" in place or "%" in place or "?" in place] == []


@pytest.mark.parametrize("name", POSTS)
def test_every_form_is_guarded_against_other_sites(world: World, path: str, name: str) -> None:
    phone = Phone(enforce_csrf_checks=True)
    phone.client.get(path)
    assert phone.client.post(address(name), {"door": "support"}).status_code == 403


def test_every_way_of_writing_is_among_those(world: World) -> None:
    answers = {name: Client().post(reverse_any(name)).status_code for name in PAGES}
    assert sorted(name for name, status in answers.items() if status != 405) == sorted(POSTS)


def reverse_any(name: str) -> str:
    return reverse("candidate:follow", args=["token"]) if name == "follow" else address(name)


@pytest.fixture
def laden(world: World, path: str) -> Phone:
    """A browser that carries every cookie there is."""
    phone = Phone()
    phone.register(path)
    phone.ask_for_code(path, email="other@people.example")
    phone.post("me_address", {"email": "new@people.example"})
    phone.post("sign_in", {"email": "hana@people.example"})
    return phone


def test_cookies_are_out_of_reach_for_scripts_and_other_sites(laden: Phone) -> None:
    for cookie in ALL:
        morsel = laden.client.cookies[cookie.name]
        assert (morsel["httponly"], morsel["samesite"], morsel["path"]) == (True, "Lax", "/"), cookie.name
        assert morsel["max-age"] == cookie.life.total_seconds(), cookie.name


@pytest.mark.parametrize("place", ["payload", "stamp", "signature", "empty", "garbage"])
def test_a_cookie_that_was_touched_is_no_cookie(laden: Phone, place: str) -> None:
    for cookie in ALL:
        assert laden.cookie(cookie) is not None
        laden.client.cookies[cookie.name] = touched(laden.client.cookies[cookie.name].value, place)
        assert laden.cookie(cookie) is None, cookie.name
    for name in PAGES:
        assert laden.client.get(reverse_any(name)).status_code in {200, 302, 404, 405}


def touched(value: str, place: str) -> str:
    payload, stamp, signature = value.split(":")
    other = {"payload": f"{payload[:-2]}AA:{stamp}:{signature}", "stamp": f"{payload}:1zzzzz:{signature}"}
    other |= {"signature": f"{payload}:{stamp}:{signature[::-1]}", "empty": "", "garbage": "\xff:::"}
    return other[place]


def test_what_was_signed_for_one_purpose_is_worth_nothing_for_another(laden: Phone) -> None:
    values = {cookie: laden.client.cookies[cookie.name].value for cookie in ALL}
    for source, target in itertools.product(ALL, ALL):
        laden.client.cookies[target.name] = values[source]
        assert (laden.cookie(target) is None) == (source is not target), (source.name, target.name)


def test_a_session_of_one_person_cannot_be_turned_into_anothers(world: World, phone: Phone, path: str) -> None:
    phone.register(path)
    alone = Phone()
    alone.client.cookies[cookies.SESSION.name] = f"{world.hana.pk}:1"
    assert alone.get("me").headers["Location"] == "/me/sign-in/"


@pytest.mark.parametrize(
    "next_page", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)"]
)
def test_no_page_leads_to_another_site(world: World, phone: Phone, path: str, next_page: str) -> None:
    data = {"next": next_page, "redirect_to": next_page, "door": "support", "email": "hana@people.example"}
    query = f"?next={next_page}&redirect_to={next_page}"
    phone.client.get(path + query)
    for name in ("welcome", "sign_in"):
        place = phone.post(name, data, query=query).headers["Location"]
        assert place in {"/register/", "/me/sign-in/code/"}


@pytest.mark.parametrize(
    "rubbish", ["\0", "\u202e\u200b", "漢" * 10_000, "{{ x }}{% y %}", "\r\nBcc: x@y.example", "9" * 400]
)
def test_rubbish_in_every_field_breaks_no_page(world: World, phone: Phone, path: str, rubbish: str) -> None:
    fields = (
        "door",
        "name",
        "email",
        "phone",
        "prefecture",
        "occupation",
        "source_type",
        "code",
        "agency_introduction",
        "topic",
        "words",
        "excludes",
    )
    phone.register(path)
    phone.post("sign_in", {"email": "hana@people.example"})
    phone.ask_for_code(path, email="other@people.example")
    for name in sorted(set(POSTS) - {"me_stop", "sign_out", "leave"}):
        answer = phone.client.post(address(name), dict.fromkeys(fields, rubbish))
        assert answer.status_code in {200, 302, 404, 409, 429}, name
    assert phone.client.get(f"/r/{rubbish[:50].strip() or 'x'}/").status_code == 404


def test_a_draft_of_one_browser_is_no_other_browsers(world: World, phone: Phone, path: str) -> None:
    phone.come_to_check(path, INTRODUCTION)
    other = Phone()
    other.open(link_of(world.beta))
    assert "髙﨑 葵" not in other.read("details")
    assert other.get("check").headers["Location"] == "/register/"
