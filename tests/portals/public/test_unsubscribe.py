from __future__ import annotations

import typing

import pytest
from django.test import Client

from career_relay.capabilities.messaging import queries, unsubscribing
from career_relay.capabilities.messaging.models import Suppression

ADDRESS, LIST = "hana@people.example", unsubscribing.RELAY_MAILS
ONE_CLICK = "List-Unsubscribe=One-Click"
FORM = "application/x-www-form-urlencoded"


def path(address: str = ADDRESS, list_name: str = LIST) -> str:
    return unsubscribing.PATH % unsubscribing.unsubscribe_token(list_name, address)


def one_click(where: str) -> typing.Any:
    """Post as mail programs do: no cookie, no page before it, Django's own check for forms switched on."""
    return Client(enforce_csrf_checks=True).post(where, ONE_CLICK, content_type=FORM)


def test_one_click_stops_the_list_for_that_address(db: None) -> None:
    response = one_click(path())
    assert (response.status_code, queries.is_suppressed(LIST, ADDRESS)) == (200, True)
    assert queries.is_suppressed(LIST, "sora@people.example") is False
    assert queries.is_suppressed("other", ADDRESS) is False


def test_form_stops_it_too_and_twice_is_once(db: None) -> None:
    client = Client(enforce_csrf_checks=True)
    client.get(path())
    answers = [client.post(path()).status_code, client.post(path()).status_code, one_click(path()).status_code]
    assert (answers, Suppression.objects.count()) == ([200, 200, 200], 1)


def test_opening_the_link_only_asks(db: None) -> None:
    client = Client()
    answers = [client.get(path()), client.head(path()), client.options(path())]
    assert [response.status_code for response in answers] == [200, 200, 405]
    assert Suppression.objects.count() == 0
    assert ADDRESS not in answers[0].content.decode()


def test_forged_and_broken_links_lead_nowhere(db: None) -> None:
    token = unsubscribing.unsubscribe_token(LIST, ADDRESS)
    name, digest, signature = token.split(".")
    other = unsubscribing.unsubscribe_token("other", ADDRESS).split(".")[2]
    forged = [f"{name}.{digest}.{other}", f"other.{digest}.{signature}", f"{name}.{digest}", token[:-4], "…", "a.b.c"]
    for one in forged:
        where = unsubscribing.PATH % one
        assert (Client().get(where).status_code, one_click(where).status_code) == (404, 404), one
    assert Suppression.objects.count() == 0


@pytest.mark.parametrize(
    ("list_name", "words", "other"),
    [
        (unsubscribing.RELAY_MAILS, "キャリアリレーのご案内", "無料紹介枠のお知らせ"),
        (unsubscribing.SLOT_MAILS, "無料紹介枠のお知らせ", "キャリアリレーのご案内"),
        (unsubscribing.DIGESTS, "未通知の件数のお知らせ", "キャリアリレーのご案内"),
    ],
)
def test_page_says_which_mails_stop(db: None, list_name: str, words: str, other: str) -> None:
    where = path(list_name=list_name)
    asked, done = Client().get(where).content.decode(), Client().post(where).content.decode()
    assert f"{words}を止めますか" in asked
    assert f"{words}を送ることはもうありません" in done.replace("キャリアリレーからのご案内", "キャリアリレーのご案内")
    assert other not in asked + done
    assert queries.is_suppressed(list_name, ADDRESS)
