from __future__ import annotations

import datetime as dt
import re
import time
import typing

import pytest

from career_relay.capabilities.messaging import operations, unsubscribing
from career_relay.capabilities.messaging import queries as messaging
from career_relay.domain.hiring.links import operations as links
from career_relay.domain.hiring.links.models import Visit
from career_relay.kernel import actors, clock
from career_relay.kernel.tenancy.context import acting_as
from career_relay.portals.candidate import cookies, limits
from tests.portals.candidate.browser import Phone, link_of, newest_mail, revoke_link_of

if typing.TYPE_CHECKING:
    from tests.portals.pages import Answer
    from tests.world import Tenant, World

NEEDED = "メールのリンクから開いてください"


def main_of(answer: Answer) -> str:
    return answer.content.decode().partition("<main")[2].partition("</main>")[0]


def visits(tenant: Tenant) -> list[tuple[str, int]]:
    with acting_as(organization=tenant.id):
        return list(Visit.objects.order_by("door").values_list("door", "count"))


def test_follow_trades_the_token_for_a_cookie_and_a_clean_address(phone: Phone, path: str) -> None:
    answer = phone.client.get(path)
    assert (answer.status_code, answer.headers["Location"]) == (302, "/welcome/")
    cookie = answer.cookies[cookies.LINK.name]
    assert (cookie["max-age"], cookie["httponly"], cookie["samesite"], cookie["path"]) == (3600, True, "Lax", "/")
    assert path.split("/")[2] not in cookie.value


def test_welcome_names_the_employer_before_the_programme(phone: Phone, path: str) -> None:
    phone.client.get(path)
    page = phone.read("welcome")
    assert page.index("アルファ精機株式会社") < page.index("選考へのお時間を") < page.index("キャリアリレー</span>")
    assert "あなたの情報は何も記録されません" in page


@pytest.mark.parametrize(
    ("door", "leads_to"), [("support", "/register/"), ("hear_again", "/register/"), ("no_thanks", "/welcome/left/")]
)
def test_a_door_counts_one_visit_and_leads_on(world: World, phone: Phone, path: str, door: str, leads_to: str) -> None:
    assert phone.open(path, door).headers["Location"] == leads_to
    assert visits(world.alpha) == [(door, 1)]


def test_only_the_first_door_of_a_visitor_counts(world: World, phone: Phone, path: str) -> None:
    phone.open(path, "no_thanks")
    assert phone.post("welcome", {"door": "support"}).headers["Location"] == "/register/"
    assert visits(world.alpha) == [("no_thanks", 1)]


def test_one_network_counts_so_many_visits_and_nobody_is_held_up(world: World, path: str) -> None:
    places = [Phone().open(path).headers["Location"] for _ in range(limits.VISITS_PER_NETWORK + 2)]
    assert places == ["/register/"] * (limits.VISITS_PER_NETWORK + 2)
    assert visits(world.alpha) == [("support", limits.VISITS_PER_NETWORK)]
    assert Phone(REMOTE_ADDR="198.51.100.7").open(path).headers["Location"] == "/register/"
    assert visits(world.alpha) == [("support", limits.VISITS_PER_NETWORK + 1)]


def test_a_door_that_does_not_exist_shows_the_doors_again(world: World, phone: Phone, path: str) -> None:
    phone.client.get(path)
    answer = phone.post("welcome", {"door": "https://evil.example/"})
    assert answer.status_code == 200
    assert visits(world.alpha) == []


def test_unknown_and_ended_links_meet_the_same_page_without_the_employer(world: World, phone: Phone, path: str) -> None:
    revoke_link_of(world.alpha)
    ended, unknown = phone.client.get(path), phone.client.get("/r/nobody-was-given-this/")
    assert (ended.status_code, unknown.status_code) == (404, 404)
    assert main_of(ended) == main_of(unknown)
    assert "アルファ" not in ended.content.decode()
    assert cookies.LINK.name not in ended.cookies


def test_welcome_without_link_says_kindly_what_to_do(world: World, phone: Phone) -> None:
    assert NEEDED in phone.read("welcome")
    assert NEEDED in phone.post("welcome", {"door": "support"}).content.decode()
    assert visits(world.alpha) == []


def test_the_cookie_of_a_link_ends_after_an_hour(phone: Phone, path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    phone.client.get(path)
    later = time.time() + dt.timedelta(minutes=61).total_seconds()
    monkeypatch.setattr(time, "time", lambda: later)
    assert NEEDED in phone.read("welcome")


def test_the_cookie_of_a_link_ends_with_the_link(
    world: World, phone: Phone, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    phone.client.get(path)
    user = world.alpha.owner.pk
    with acting_as(organization=world.alpha.id, user=user):
        links.record_basis(
            organization_id=world.alpha.id, kind="none", note="", user_id=user, actor=actors.user(user), now=clock.now()
        )
    assert NEEDED in phone.post("welcome", {"door": "support"}).content.decode()
    later = time.time() + dt.timedelta(minutes=2).total_seconds()
    monkeypatch.setattr(time, "time", lambda: later)
    assert NEEDED in phone.read("welcome")


def test_welcome_right_after_the_link_asks_the_database_nothing(
    phone: Phone, path: str, django_assert_num_queries: typing.Any
) -> None:
    phone.client.get(path)
    with django_assert_num_queries(0):
        assert "アルファ精機株式会社" in phone.read("welcome")


def test_welcome_is_drawn_once_and_has_a_token_for_each_browser(path: str) -> None:
    phones = [Phone(enforce_csrf_checks=True) for _ in range(2)]
    pages = [(phone.client.get(path), phone.read("welcome"))[1] for phone in phones]
    tokens = [re.findall(r'name="csrfmiddlewaretoken" value="(\w+)"', page) for page in pages]
    assert pages[0].replace(tokens[0][0], tokens[1][0]) == pages[1]
    assert tokens[0] != tokens[1]
    answers = [
        phone.post("welcome", {"door": "support", "csrfmiddlewaretoken": token[0]}).status_code
        for phone, token in [*zip(phones, tokens, strict=True), *zip(phones, reversed(tokens), strict=True)]
    ]
    assert answers == [302, 302, 403, 403]


def test_welcome_speaks_plain_japanese_on_request(phone: Phone, path: str) -> None:
    phone.client.get(path)
    assert "会社（かいしゃ）に 応募（おうぼ）してくれて" in phone.read("welcome", query="?language=ja-easy")
    answer = phone.post("welcome", {"door": "support"}, query="?language=ja-easy")
    assert answer.headers["Location"] == "/register/?language=ja-easy"


def test_nobody_stays_nobody_who_wants_nothing(phone: Phone, path: str) -> None:
    phone.open(path, "no_thanks")
    assert "あなたの情報は何も残していません" in phone.read("left")


def test_no_mail_stops_invitations_to_an_address_and_keeps_only_its_hash(world: World, phone: Phone) -> None:
    assert phone.post("no_mail", {"email": "ＡＯＩ@people.example"}).status_code == 200
    assert messaging.is_suppressed(unsubscribing.RELAY_MAILS, "aoi@people.example")
    assert not messaging.is_suppressed(unsubscribing.RELAY_MAILS, "sora@people.example")


def test_the_receipt_comes_also_to_an_address_that_wants_no_invitations(phone: Phone, path: str) -> None:
    phone.post("no_mail", {"email": "aoi@people.example"})
    person = phone.register(path, email="aoi@people.example")
    receipt = newest_mail(person)
    with acting_as(candidate=person):
        envelope = operations.claim(message_id=receipt.pk, now=clock.now())
    assert (receipt.kind, receipt.to_address) == ("registration_received", "aoi@people.example")
    assert envelope is not None


def test_no_mail_explains_an_address_that_is_none(world: World, phone: Phone) -> None:
    page = phone.post("no_mail", {"email": "aoi"}).content.decode()
    assert "メールアドレスの形になっていません" in page
    assert 'value="aoi"' in page


def test_links_of_two_employers_do_not_mix(world: World, phone: Phone, path: str) -> None:
    phone.open(path)
    phone.client.get(link_of(world.beta))
    page = phone.read("welcome")
    assert "ベータ商事株式会社" in page
    assert "アルファ" not in page
    phone.post("welcome", {"door": "support"})
    assert (visits(world.alpha), visits(world.beta)) == ([("support", 1)], [("support", 1)])
