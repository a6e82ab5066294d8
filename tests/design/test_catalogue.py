"""The catalogue and the error pages stand without a database."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from django.http import Http404
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import translation

from career_relay.design import stories, views


class Ids(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.referred: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name == "id" and value:
                self.ids.append(value)
            elif name in {"for", "aria-describedby", "aria-labelledby", "popovertarget"} and value:
                self.referred += value.split()


def parsed(html: str) -> Ids:
    reader = Ids()
    reader.feed(html)
    return reader


def test_catalogue_answers_without_a_database() -> None:
    response = views.catalogue(RequestFactory().get("/design/"))
    assert response.status_code == 200


def test_catalogue_shows_each_section_in_both_schemes() -> None:
    html = views.catalogue(RequestFactory().get("/design/")).content.decode()
    assert html.count('data-theme="light"') == len(stories.SECTIONS)
    assert html.count('data-theme="dark"') == len(stories.SECTIONS)


def test_catalogue_has_unique_ids_and_no_dangling_reference() -> None:
    reader = parsed(views.catalogue(RequestFactory().get("/design/")).content.decode())
    assert sorted(reader.ids) == sorted(set(reader.ids))
    assert set(reader.referred) - set(reader.ids) == set()


@pytest.mark.parametrize("name", stories.FRAMES)
def test_frame_stands_around_its_sample(name: str) -> None:
    response = views.frame(RequestFactory().get("/design/"), name)
    reader = parsed(response.content.decode())
    assert response.status_code == 200
    assert reader.ids.count("main") == 1
    assert set(reader.referred) - set(reader.ids) == set()


def test_unknown_frame_and_status_are_not_found() -> None:
    with pytest.raises(Http404):
        views.frame(RequestFactory().get("/design/"), "else")
    with pytest.raises(Http404):
        views.error(RequestFactory().get("/design/"), 418)


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("status", stories.ERRORS)
def test_error_page_needs_no_request_and_names_its_number(status: int, language: str) -> None:
    with translation.override(language):
        html = render_to_string(f"errors/{status}.html", {"request_id": "3f9c1b7a2d04"})
    assert f'<html lang="{language}"' in html
    assert re.findall(r"<code>(\w+)</code>", html) == ["3f9c1b7a2d04"]
    assert html.count("<h1>") == 1
    assert html.count("<dt>") == 2


def test_error_page_tells_what_the_operation_said() -> None:
    html = render_to_string("errors/409.html", {"message": "この募集は終了しています。"})
    assert "<p>この募集は終了しています。</p>" in html
    assert "<code>" not in html
