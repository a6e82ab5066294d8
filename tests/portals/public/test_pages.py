from __future__ import annotations

import re
import typing

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from career_relay.domain.ground.programmes import terms

if typing.TYPE_CHECKING:
    from pytest_django.fixtures import Settings

    from tests.world import World

PAGES = ("home", "terms", "privacy")
LARGEST = 40_000


def page(name: str) -> str:
    response = Client().get(reverse(f"public:{name}"))
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize("name", PAGES)
def test_page_opens_for_everybody_without_a_query_and_leaves_no_cookie_but_the_forms(db: None, name: str) -> None:
    client = Client()
    with CaptureQueriesContext(connection) as captured:
        response = client.get(reverse(f"public:{name}"))
    asked = [query["sql"] for query in captured if "SAVEPOINT" not in query["sql"]]
    assert (response.status_code, asked, set(client.cookies)) == (200, [], {"csrf"})
    assert len(response.content) < LARGEST


@pytest.mark.parametrize("name", PAGES)
def test_page_asks_nothing_of_other_servers(db: None, name: str) -> None:
    addresses = re.findall(r'(?:src|href|action)="([^"]+)"', page(name))
    assert [address for address in addresses if re.match(r"(https?:)?//", address)] == []


def test_home_tells_the_model_in_five_lines_and_five_steps(db: None) -> None:
    lines, steps = re.findall(r"<ol[^>]*>(.*?)</ol>", page("home"), flags=re.DOTALL)
    assert (lines.count("<strong>"), steps.count("<strong>")) == (5, 5)


def test_home_draws_the_relay_with_words_for_those_who_cannot_see_it(db: None) -> None:
    [picture] = re.findall(r'<svg class="relay-picture".*?</svg>', page("home"), flags=re.DOTALL)
    stations = re.findall(r'relay-picture__name" y="-3">([^<]+)<', picture)
    assert stations == ["応募", "お見送り", "登録", "紹介", "入社", "再応募"]
    assert 'role="img"' in picture
    assert "登録 10 人ごとに、企業は無料紹介枠を 1 つ受け取ります。" in re.findall(r"<desc[^>]*>([^<]+)<", picture)[0]


def test_home_leads_to_signing_up_and_to_the_demo_only_where_it_runs(db: None, settings: Settings) -> None:
    settings.DEMO = False
    without = page("home")
    settings.DEMO = True
    with_demo = page("home")
    assert f'href="{reverse("account_signup")}"' in without
    assert (reverse("public:demo") in without, reverse("public:demo") in with_demo) == (False, True)


def test_home_greets_a_member_with_the_way_home(world: World) -> None:
    client = Client()
    client.force_login(world.alpha.owner, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert f'href="{reverse("account:home")}"' in client.get(reverse("public:home")).content.decode()


def test_terms_are_shown_whole_in_the_current_version(db: None) -> None:
    shown = page("terms")
    assert f"第 {terms.CURRENT.version} 版" in shown
    assert all(section.heading in shown for section in terms.CURRENT.ja.sections)


def test_privacy_names_where_to_write(db: None, settings: Settings) -> None:
    settings.DEFAULT_FROM_EMAIL = "運営 <desk@operator.example>"
    assert 'href="mailto:desk@operator.example"' in page("privacy")
