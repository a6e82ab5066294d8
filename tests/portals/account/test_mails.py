from __future__ import annotations

import typing

import pytest
from django.test import Client

from career_relay.capabilities.messaging import operations as messaging
from career_relay.capabilities.messaging.models import Message
from career_relay.domain.ground.accounts import operations as accounts
from career_relay.domain.ground.organizations import operations
from career_relay.kernel import actors, ids
from career_relay.kernel.tenancy.context import acting_as
from tests.portals.account.people import path_in, signed_in, text
from tests.world import NOW

if typing.TYPE_CHECKING:
    from tests.world import Tenant, World

pytestmark = pytest.mark.django_db

MAILS = "/organization/mail/"


def mail(tenant: Tenant, email: str, state: str = "sent") -> Message:
    with acting_as(organization=tenant.id):
        operations.invite(
            organization_id=tenant.id,
            email=email,
            role=list(tenant.users)[-1],
            language="ja",
            actor=actors.user(tenant.owner.pk),
            now=NOW,
        )
        Message.objects.filter(to_address=email).update(state=state)
        return Message.objects.get(to_address=email)


def test_log_shows_time_kind_receiver_and_state_of_own_mails(world: World) -> None:
    mail(world.agency, "one@elsewhere.example")
    mail(world.beta, "two@elsewhere.example")
    page = text(signed_in(world.agency.owner).get(MAILS))
    for words in ("メンバーの招待", "one@elsewhere.example", "2026/11/23 (月) 14:05", "送信済み", "すべて 1"):
        assert words in page, words
    assert "two@elsewhere.example" not in page


def test_log_is_narrowed_by_state_in_the_address(world: World) -> None:
    mail(world.alpha, "one@elsewhere.example", "sent")
    mail(world.alpha, "two@elsewhere.example", "uncertain")
    client = signed_in(world.alpha.owner)
    page = text(client.get(f"{MAILS}?state=uncertain"))
    assert "two@elsewhere.example" in page
    assert "one@elsewhere.example" not in page
    for state in ("failed", "nonsense"):
        assert "この状態のメールはありません" in text(client.get(f"{MAILS}?state={state}"))


@pytest.mark.parametrize("query", ["?page=nonsense", "?page=99&state=", "?state=sent&page=-1"])
def test_log_bears_an_address_changed_by_hand(world: World, query: str) -> None:
    mail(world.alpha, "one@elsewhere.example")
    assert "one@elsewhere.example" in text(signed_in(world.alpha.owner).get(f"{MAILS}{query}"))


def test_log_has_pages_of_fifty(world: World) -> None:
    for number in range(51):
        mail(world.alpha, f"{number:02}@elsewhere.example")
    client = signed_in(world.alpha.owner)
    assert text(client.get(MAILS)).count("@elsewhere.example") == 50
    assert text(client.get(f"{MAILS}?page=2")).count("@elsewhere.example") == 1


def test_empty_log_says_what_would_fill_it(world: World) -> None:
    assert "招待やお知らせを送ると" in text(signed_in(world.alpha.owner).get(MAILS))


def test_mail_is_shown_with_its_link_masked(world: World) -> None:
    message = mail(world.alpha, "one@elsewhere.example")
    page = signed_in(world.alpha.owner).get(f"{MAILS}{message.pk}/")
    assert path_in(message) not in page.content.decode()
    assert "secret:url" not in page.content.decode()
    for words in (message.subject, "one@elsewhere.example", "alpha ownerさんが"):
        assert words in text(page), words


def test_demo_alone_shows_the_raw_mail(world: World, settings: typing.Any) -> None:
    message = mail(world.alpha, "one@elsewhere.example")
    client, address = signed_in(world.alpha.owner), f"{MAILS}{message.pk}/"
    assert "Message-ID" not in text(client.get(address))
    settings.DEMO = True
    page = client.get(address).content.decode()
    assert "Message-ID" in page
    assert path_in(message) in page


def test_a_persons_own_mail_is_no_mail_of_the_organization(world: World) -> None:
    owner = world.alpha.owner
    Client().post("/account/password/reset/", {"email": owner.email})
    with acting_as(user=owner.pk):
        own = Message.objects.get(user_id=owner.pk)
    client = signed_in(owner)
    assert client.get(f"{MAILS}{own.pk}/").status_code == 404
    assert "パスワード再設定" not in text(client.get(MAILS))


def test_a_candidates_mail_is_no_mail_of_the_organization(world: World) -> None:
    with acting_as(candidate=world.hana.pk):
        theirs = messaging.queue(
            template="mail/address_code",
            to="hana@people.example",
            language="ja",
            context={},
            secrets={"code": ["code", "test", str(ids.new())]},
            candidate=world.hana.pk,
            now=NOW,
        )
    client = signed_in(world.alpha.owner)
    assert client.get(f"{MAILS}{theirs.pk}/").status_code == 404
    assert "hana@people.example" not in text(client.get(MAILS))


@pytest.mark.parametrize("count", [1, 3])
def test_log_takes_the_same_queries_however_long(
    world: World, count: int, django_assert_num_queries: typing.Any
) -> None:
    for number in range(count):
        mail(world.alpha, f"{number}@elsewhere.example")
    client = signed_in(world.alpha.owner)
    with django_assert_num_queries(10):
        client.get(MAILS)


@pytest.mark.parametrize(("language", "sender"), [("ja", "キャリアリレー"), ("en", "Career Relay")])
def test_sender_is_named_in_the_language_of_the_mail(world: World, language: str, sender: str) -> None:
    accounts.change_language(user_id=world.stranger.pk, language=language)
    message = mail(world.alpha, world.stranger.email)
    page = text(signed_in(world.alpha.owner).get(f"{MAILS}{message.pk}/"))
    assert f"{sender} &lt;relay@example.jp&gt;" in page
