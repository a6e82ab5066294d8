"""Link scanners and curious thumbs: reading a page, whichever and by whomever, writes no row."""

from __future__ import annotations

import typing
import uuid

import pytest
from django.db import connections
from django.urls import reverse

from career_relay.portals.candidate import urls
from tests.portals import pages
from tests.portals.candidate.browser import Phone

if typing.TYPE_CHECKING:
    from tests.world import World

WRITTEN = "SELECT relname, n_tup_ins + n_tup_upd + n_tup_del FROM pg_stat_xact_all_tables WHERE n_tup_ins + n_tup_upd + n_tup_del > 0"
PAGES = pages.by_name(urls.urlpatterns)
NAMES = set(PAGES) - {"follow"}


def address(name: str) -> str:
    return reverse(f"candidate:{name}", args=[uuid.UUID(int=7)] if "<uuid:" in str(PAGES[name].pattern) else [])


def written() -> set[tuple[str, str, int]]:
    """Return how many rows of each table this test wrote so far, on both connections, rolled back ones included."""
    found = set()
    for alias in ("default", "limits"):
        with connections[alias].cursor() as cursor:
            cursor.execute(WRITTEN)
            found |= {(alias, table, rows) for table, rows in cursor.fetchall()}
    return found


def nobody(phone: Phone, path: str) -> None:
    """Open nothing."""


def visitor(phone: Phone, path: str) -> None:
    phone.client.get(path)


def typist(phone: Phone, path: str) -> None:
    phone.come_to_check(path)


def waiting(phone: Phone, path: str) -> None:
    phone.ask_for_code(path)
    phone.post("sign_in", {"email": "hana@people.example"})


def registered(phone: Phone, path: str) -> None:
    phone.register(path)
    phone.post("me_address", {"email": "new@people.example"})


@pytest.mark.parametrize("method", ["get", "head"])
@pytest.mark.parametrize("someone", [nobody, visitor, typist, waiting, registered])
def test_reading_writes_no_row(
    world: World, phone: Phone, path: str, method: str, someone: typing.Callable[[Phone, str], None]
) -> None:
    someone(phone, path)
    before = written()
    assert before
    getattr(phone.client, method)(path)
    for name in NAMES:
        for query in ("", "?language=ja-easy"):
            getattr(phone.client, method)(address(name) + query)
    assert written() == before


@pytest.mark.parametrize("method", ["get", "head"])
def test_reading_an_unknown_link_writes_no_row(world: World, phone: Phone, path: str, method: str) -> None:
    before = written()
    assert before
    answer = getattr(phone.client, method)(reverse("candidate:follow", args=["no-token-of-ours"]))
    assert (answer.status_code, written()) == (404, before)
