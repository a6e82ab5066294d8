from __future__ import annotations

import pytest

from career_relay.capabilities.messaging import operations, queries, unsubscribing
from career_relay.capabilities.messaging.models import Suppression
from tests.capabilities.messaging import letters
from tests.capabilities.messaging.sink import Sink
from tests.world import NOW

TOKEN = unsubscribing.unsubscribe_token("relay", "hana@people.example")


def test_token_is_read_back_and_tells_no_address() -> None:
    wish = unsubscribing.wish(TOKEN)
    assert wish == unsubscribing.Wish("relay", unsubscribing.address_hash("hana@people.example"))
    assert ("hana" in TOKEN, "people" in TOKEN, len(TOKEN) <= 100) == (False, False, True)


def test_token_is_the_same_however_the_address_is_written() -> None:
    assert unsubscribing.unsubscribe_token("relay", " Hana@PEOPLE.example") == TOKEN


@pytest.mark.parametrize(
    "token",
    [
        "",
        "relay",
        "relay..",
        TOKEN[:-1],
        TOKEN + "A",
        TOKEN.replace("relay", "other"),
        TOKEN.replace(".", ":"),
        f"{TOKEN}.x",
        TOKEN[:-3] + "é語a",
        "\x00" * 40,
    ],
)
def test_token_that_is_not_ours_is_refused(token: str) -> None:
    assert unsubscribing.wish(token) is None
    with pytest.raises(operations.UnableToUnsubscribe) as raised:
        operations.suppress(token=token, now=NOW)
    assert (raised.value.status, raised.value.code) == (404, "UNSUBSCRIBE_LINK_INVALID")


@pytest.mark.usefixtures("db")
def test_suppress_may_be_repeated() -> None:
    assert [operations.suppress(token=TOKEN, now=NOW) for _ in range(2)] == ["relay", "relay"]
    assert list(Suppression.objects.values_list("list", "reason")) == [("relay", "unsubscribed")]


@pytest.mark.usefixtures("db")
def test_suppressed_list_stays_silent_and_everything_else_still_comes(mail_server: Sink) -> None:
    waiting = letters.queue(suppression_list="relay")
    operations.suppress(token=TOKEN, now=NOW)
    other_list = letters.queue(suppression_list="news")
    no_list = letters.queue()
    other_person = letters.queue(to="sora@people.example", suppression_list="relay")
    states = [letters.send(message).state for message in (waiting, other_list, no_list, other_person)]
    assert states == ["suppressed", "sent", "sent", "sent"]
    assert [recipient for recipient, _ in mail_server.mails].count("hana@people.example") == 2


@pytest.mark.usefixtures("db")
def test_is_suppressed_knows_list_and_address() -> None:
    operations.suppress(token=TOKEN, now=NOW)
    asked = [("relay", "hana@people.example"), ("news", "hana@people.example"), ("relay", "sora@people.example")]
    assert [queries.is_suppressed(*question) for question in asked] == [True, False, False]
