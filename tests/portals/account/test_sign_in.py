from __future__ import annotations

import typing

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth as totp
from django.test import Client

from tests.portals.account.people import code_in, mails_of, signed_in, text
from tests.world import PASSWORD, addresses_of, unconfirm

if typing.TYPE_CHECKING:
    from career_relay.domain.ground.accounts.models import User
    from tests.portals.pages import Answer
    from tests.world import World

pytestmark = pytest.mark.django_db

SIGN_IN, RESET = "/account/login/", "/account/password/reset/"
RESET_CODE, NEW_PASSWORD = "/account/password/reset/confirm/", "/account/password/reset/complete/"
SECOND = "/account/2fa/authenticate/"
NEXT_PASSWORD = "another-baton-to-pass"


def sign_in(client: Client, email: str, password: str = PASSWORD) -> Answer:
    return client.post(SIGN_IN, {"login": email, "password": password})


def with_authenticator(user: User) -> str:
    secret = "JBSWY3DPEHPK3PXP"
    totp.TOTP.activate(user, secret)
    return secret


def totp_code(secret: str) -> str:
    [_before, counter, _after] = totp.yield_hotp_counters_from_time()
    return str(totp.format_hotp_value(totp.hotp_value(secret, counter)))


def test_sign_in_leads_home(client: Client, world: World) -> None:
    assert sign_in(client, " ＯWNER@alpha.example").headers["Location"] == "/home/"
    assert client.get("/home/").headers["Location"] == "/employer/"


def test_wrong_password_and_unknown_address_look_the_same(world: World) -> None:
    pages = []
    for email in (world.alpha.owner.email, "nobody@elsewhere.example"):
        answer = sign_in(Client(), email, "wrong-password-here")
        pages.append((answer.status_code, text(answer).replace(email, "…")))
    assert pages[0] == pages[1]
    assert "メールアドレスかパスワードが違います" in pages[0][1]


def test_sign_in_is_limited_by_address_known_or_not(world: World) -> None:
    for email in (world.alpha.owner.email, "nobody@elsewhere.example"):
        answers = [sign_in(Client(), email, "wrong-password-here").status_code for _ in range(11)]
        assert answers == [200] * 10 + [429]
    assert sign_in(Client(), world.alpha.owner.email).status_code == 429
    assert sign_in(Client(), world.beta.owner.email).status_code == 302


def test_sign_in_is_limited_by_network(world: World) -> None:
    for number in range(50):
        assert sign_in(Client(), f"{number}@elsewhere.example", "wrong-password-here").status_code == 200
    assert sign_in(Client(), world.alpha.owner.email).status_code == 429
    assert sign_in(Client(REMOTE_ADDR="192.0.2.1"), world.alpha.owner.email).status_code == 302


def test_sign_ins_that_succeed_are_not_counted_and_pay_for_no_guess(world: World) -> None:
    for _ in range(11):
        assert sign_in(Client(), world.alpha.owner.email).status_code == 302
    guesses = []
    for _ in range(11):
        sign_in(Client(), world.alpha.owner.email)
        guesses.append(sign_in(Client(), world.beta.owner.email, "wrong-password-here").status_code)
    assert guesses == [200] * 10 + [429]


def test_an_unconfirmed_address_gets_a_code_before_anything_else(client: Client, world: World) -> None:
    unconfirm(world.stranger)
    assert sign_in(client, world.stranger.email).headers["Location"] == "/account/confirm-email/"
    [mail] = mails_of(world.stranger)
    assert client.post("/account/confirm-email/", {"code": code_in(mail)}).headers["Location"] == "/home/"


def test_a_removed_account_cannot_sign_in(client: Client, world: World) -> None:
    type(world.stranger).objects.filter(pk=world.stranger.pk).update(is_active=False)
    sign_in(client, world.stranger.email)
    assert client.get("/home/").headers["Location"].startswith("/account/login/")


def test_signing_out_forgets_the_chosen_organization(world: World) -> None:
    client = signed_in(world.alpha.owner)
    client.post("/switch/", {"organization": str(world.alpha.id)})
    assert client.get("/account/logout/").status_code == 200
    assert "organization" in client.session
    client.post("/account/logout/")
    assert "organization" not in client.session


def test_password_is_reset_by_a_mailed_code(client: Client, world: World) -> None:
    owner, open_page = world.alpha.owner, signed_in(world.alpha.owner)
    assert client.post(RESET, {"email": owner.email}).headers["Location"] == RESET_CODE
    [mail] = mails_of(owner)
    assert mail.kind == "password_code"
    assert client.post(RESET_CODE, {"code": code_in(mail)}).headers["Location"] == NEW_PASSWORD
    typed = {"password1": NEXT_PASSWORD, "password2": NEXT_PASSWORD}
    assert client.post(NEW_PASSWORD, typed).status_code == 302
    assert sign_in(Client(), owner.email).status_code == 200
    assert sign_in(Client(), owner.email, NEXT_PASSWORD).status_code == 302
    assert open_page.get("/home/").headers["Location"].startswith("/account/login/")


def test_password_is_not_reset_without_the_code(client: Client, world: World) -> None:
    client.post(RESET, {"email": world.alpha.owner.email})
    typed = {"password1": NEXT_PASSWORD, "password2": NEXT_PASSWORD}
    assert client.post(NEW_PASSWORD, typed).headers["Location"] == RESET_CODE
    assert sign_in(Client(), world.alpha.owner.email).status_code == 302


def test_reset_for_known_and_unknown_address_looks_the_same(world: World) -> None:
    answers = []
    for email in (world.alpha.owner.email, "nobody@elsewhere.example"):
        client = Client()
        posted = client.post(RESET, {"email": email})
        page = client.get(RESET_CODE)
        wrong = [client.post(RESET_CODE, {"code": "12345x"}) for _ in range(5)]
        pages = [text(one).replace(email, "…") for one in (page, *wrong)]
        answers.append(
            (posted.headers["Location"], [one.status_code for one in wrong], pages, wrong[-1].headers["Location"])
        )
    assert answers[0] == answers[1]


def test_resets_are_limited_by_address_known_or_not(world: World) -> None:
    for email in (world.alpha.owner.email, "nobody@elsewhere.example"):
        assert [Client().post(RESET, {"email": email}).status_code for _ in range(6)] == [302] * 5 + [429]
    assert len(mails_of(world.alpha.owner)) == 5


def test_an_empty_code_never_resets(client: Client, world: World) -> None:
    client.post(RESET, {"email": "nobody@elsewhere.example"})
    for typed in ("", " ", "-"):
        assert client.post(RESET_CODE, {"code": typed}).status_code == 200


def test_second_factor_is_asked_for(client: Client, world: World) -> None:
    owner = world.alpha.owner
    secret = with_authenticator(owner)
    assert sign_in(client, owner.email).headers["Location"] == SECOND
    assert client.get("/home/").headers["Location"].startswith("/account/login/")
    assert client.post(SECOND, {"code": "000000"}).status_code == 200
    assert client.post(SECOND, {"code": totp_code(secret)}).headers["Location"] == "/home/"


def test_a_recovery_code_works_once(world: World) -> None:
    owner = world.alpha.owner
    with_authenticator(owner)
    code = RecoveryCodes.activate(owner).get_unused_codes()[0]
    answers = []
    for _ in range(2):
        client = Client()
        sign_in(client, owner.email)
        answers.append(client.post(SECOND, {"code": code}).status_code)
    assert answers == [302, 200]


def test_an_authenticators_code_opens_once(world: World, settings: typing.Any) -> None:
    """Each process has a cache of its own: the count in the database is what keeps a code from being used again."""
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}
    owner = world.alpha.owner
    code = totp_code(with_authenticator(owner))
    answers = []
    for _ in range(2):
        client = Client()
        sign_in(client, owner.email)
        answers.append(client.post(SECOND, {"code": code}).status_code)
    assert answers == [302, 429]


def test_second_factor_is_limited(world: World) -> None:
    owner = world.alpha.owner
    code = totp_code(with_authenticator(owner))
    wrong = "000000" if code != "000000" else "000001"
    client = Client()
    sign_in(client, owner.email)
    answers = [client.post(SECOND, {"code": wrong}).status_code for _ in range(11)]
    assert answers == [200] * 10 + [429]


def test_authenticator_is_switched_on_and_the_nudge_goes(world: World) -> None:
    owner, client = world.alpha.owner, Client()
    sign_in(client, owner.email)
    nudge = "二段階認証が設定されていません"
    assert nudge in text(client.get("/organization/"))
    activate = "/account/2fa/totp/activate/"
    asked = client.get(activate)
    assert asked.headers["Location"].startswith("/account/reauthenticate/")
    assert client.post(asked.headers["Location"], {"password": PASSWORD}).headers["Location"] == activate
    client.get(activate)
    secret = client.session["mfa.totp.secret"]
    assert client.post(activate, {"code": totp_code(secret)}).status_code == 302
    assert Authenticator.objects.filter(user=owner).count() == 2
    assert nudge not in text(client.get("/organization/"))
    assert "有効" in text(client.get("/account/security/"))


def test_password_is_changed_only_with_the_old_one(world: World) -> None:
    client, change = Client(), "/account/password/change/"
    sign_in(client, world.alpha.owner.email)
    typed = {"oldpassword": "wrong-password-here", "password1": NEXT_PASSWORD, "password2": NEXT_PASSWORD}
    assert client.post(change, typed).status_code == 200
    assert client.post(change, typed | {"oldpassword": PASSWORD}).status_code == 302
    assert client.get("/home/").status_code == 302
    assert sign_in(Client(), world.alpha.owner.email, NEXT_PASSWORD).status_code == 302


def test_added_address_is_confirmed_by_a_code_sent_there(world: World) -> None:
    client = Client()
    sign_in(client, world.alpha.owner.email)
    page = "/account/email/"
    asked = client.post(page, {"action_add": "", "email": "second@alpha.example"})
    client.post(asked.headers["Location"], {"password": PASSWORD})
    asked = client.post(page, {"action_add": "", "email": "Second@alpha.example"})
    assert asked.headers["Location"] == "/account/confirm-email/"
    mail = mails_of(world.alpha.owner)[-1]
    assert (mail.to_address, mail.kind) == ("second@alpha.example", "address_code")
    client.post("/account/confirm-email/", {"code": code_in(mail)})
    assert addresses_of(world.alpha.owner) == {"owner@alpha.example": True, "second@alpha.example": True}
