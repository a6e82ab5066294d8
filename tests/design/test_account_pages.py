"""Signing in looks like the rest of the product, and needs no script."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from django.urls import reverse

if TYPE_CHECKING:
    from django.test import Client

PAGES = ("account_login", "account_signup", "account_reset_password")


@pytest.mark.django_db
@pytest.mark.parametrize("name", PAGES)
def test_page_stands_in_our_frame(client: Client, name: str) -> None:
    html = client.get(reverse(name)).content.decode()
    assert html.count('<main id="main" class="centred__card"') == 1
    assert html.count("<h1>") == 1
    assert html.count("button--baton") == 1
    assert re.findall("<script", html) == []


@pytest.mark.django_db
def test_wrong_sign_in_is_summed_up_and_keeps_the_address(client: Client) -> None:
    html = client.post(reverse("account_login"), {"login": "someone@example.jp", "password": "wrong"}).content.decode()
    assert 'class="error-summary"' in html
    assert 'value="someone@example.jp"' in html
    assert "<title>エラー：" in html


@pytest.mark.django_db
def test_page_speaks_the_language_asked_for(client: Client) -> None:
    html = client.get(reverse("account_login"), headers={"accept-language": "en"}).content.decode()
    assert '<html lang="en"' in html
    assert '<button type="submit" name="language" value="ja" lang="ja">日本語</button>' in html
