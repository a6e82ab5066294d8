from __future__ import annotations

import typing

import pytest
from django.contrib.sessions.models import Session
from django.test import Client

from career_relay.capabilities.crypto import keys
from career_relay.domain.ground.accounts.models import User
from career_relay.domain.ground.organizations import queries
from tests.portals.account.people import PASSWORD, code_in, mails_of, text
from tests.world import addresses_of

if typing.TYPE_CHECKING:
    from tests.world import World

pytestmark = pytest.mark.django_db

SIGN_UP, CONFIRM = "/account/signup/", "/account/confirm-email/"
YUKI = {"name": "髙﨑  由紀", "email": "ｙuki@Minato.example", "password1": PASSWORD}
MINATO = {
    "kind": "employer",
    "name": "株式会社みなと精機",
    "industry": "manufacturing",
    "prefecture": "14",
    "mail_domain": "minato.example",
}


def yuki() -> User:
    return User.objects.get(email="yuki@minato.example")


def test_sign_up_leads_from_a_name_to_the_employers_home(client: Client) -> None:
    assert client.get(SIGN_UP).status_code == 200
    assert client.post(SIGN_UP, YUKI).headers["Location"] == CONFIRM
    user = yuki()
    [mail] = mails_of(user)
    assert (user.name, mail.to_address, mail.kind) == ("髙﨑 由紀", "yuki@minato.example", "address_code")
    assert client.post(CONFIRM, {"code": code_in(mail)}).headers["Location"] == "/home/"
    assert client.get("/home/").headers["Location"] == "/start/"
    assert 'value="minato.example"' in client.get("/start/").content.decode()
    assert client.post("/start/", MINATO).headers["Location"] == "/employer/"
    [seat] = queries.seats_of(user.pk)
    assert (seat.name, seat.state, seat.role) == ("株式会社みなと精機", "trial", "owner")
    assert client.session["organization"] == str(seat.organization_id)
    assert client.get("/home/").headers["Location"] == "/employer/"


def test_sign_up_and_sign_in_call_the_address_the_same(client: Client) -> None:
    client.post("/i18n/setlang/", {"language": "en"})
    for page in (SIGN_UP, "/account/login/"):
        assert "E-mail address" in text(client.get(page)), page


def test_nobody_is_signed_in_before_the_code(client: Client) -> None:
    client.post(SIGN_UP, YUKI)
    assert client.get("/home/").headers["Location"] == "/account/login/?next=/home/"
    assert client.get("/start/").headers["Location"] == "/account/login/?next=/start/"


def test_code_may_be_typed_with_wide_digits_and_a_gap(client: Client) -> None:
    client.post(SIGN_UP, YUKI)
    code = code_in(mails_of(yuki())[0])
    wide = "".join(chr(ord(digit) + 0xFEE0) for digit in code)
    assert client.post(CONFIRM, {"code": f" {wide[:3]} {wide[3:]}"}).headers["Location"] == "/home/"


def test_the_code_stands_in_no_session_and_no_mail(client: Client) -> None:
    client.post(SIGN_UP, YUKI)
    [mail] = mails_of(yuki())
    code = code_in(mail)
    kept = [str(session.get_decoded()) for session in Session.objects.all()]
    assert not [one for one in [*kept, mail.text, mail.html, mail.subject] if code in one]


def test_a_code_may_be_tried_five_times(client: Client) -> None:
    client.post(SIGN_UP, YUKI)
    code = code_in(mails_of(yuki())[0])
    wrong = "000000" if code != "000000" else "000001"
    answers = [client.post(CONFIRM, {"code": wrong}) for _ in range(5)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 200, 302]
    assert "コードが違います。メールに届いた最新のコードを入力してください。" in text(answers[0])
    assert client.post(CONFIRM, {"code": code}).headers["Location"] == "/account/login/"
    assert addresses_of(yuki()) == {"yuki@minato.example": False}


def test_tries_of_a_code_count_over_all_sessions(client: Client) -> None:
    """A copied session would give five tries to each copy: the count hangs on the code instead."""
    client.post(SIGN_UP, YUKI)
    code = code_in(mails_of(yuki())[0])
    kept = dict(client.session)
    answers = []
    for _ in range(6):
        copy = Client()
        session = copy.session
        session.update(kept)
        session.save()
        answers.append(copy.post(CONFIRM, {"code": "000000" if code != "000000" else "000001"}).status_code)
    assert answers == [200, 200, 200, 200, 200, 429]


def test_a_new_code_replaces_the_old(client: Client) -> None:
    client.post(SIGN_UP, YUKI)
    assert client.post(CONFIRM, {"action": "resend"}).headers["Location"] == CONFIRM
    old, new = (code_in(mail) for mail in mails_of(yuki()))
    assert old != new
    assert client.post(CONFIRM, {"code": old}).status_code == 200
    assert client.post(CONFIRM, {"code": new}).headers["Location"] == "/home/"


def test_code_of_another_person_opens_nothing(client: Client) -> None:
    client.post(SIGN_UP, YUKI)
    other = Client()
    other.post(SIGN_UP, YUKI | {"email": "other@minato.example"})
    theirs = code_in(mails_of(User.objects.get(email="other@minato.example"))[0])
    assert client.post(CONFIRM, {"code": theirs}).status_code == 200
    assert addresses_of(yuki()) == {"yuki@minato.example": False}


def test_sign_up_with_a_known_address_looks_the_same_and_tells_its_owner(world: World) -> None:
    owner = world.alpha.owner
    answers = []
    for email in (owner.email, "fresh@minato.example"):
        client = Client()
        posted = client.post(SIGN_UP, YUKI | {"email": email})
        page = client.get(CONFIRM)
        wrong = [client.post(CONFIRM, {"code": "12345x"}) for _ in range(5)]
        pages = [text(page), *(text(one) for one in wrong)]
        seen = [one.replace(email, "…") for one in pages]
        statuses = [posted.status_code, page.status_code, *(one.status_code for one in wrong)]
        answers.append((posted.headers["Location"], statuses, seen, wrong[-1].headers["Location"]))
    assert answers[0] == answers[1]
    [mail] = mails_of(owner)
    assert (mail.kind, mail.to_address) == ("address_taken", owner.email)
    assert User.objects.filter(email=owner.email).count() == 1


def test_pretended_sign_up_accepts_no_code_at_all(world: World) -> None:
    client = Client()
    client.post(SIGN_UP, YUKI | {"email": world.alpha.owner.email})
    challenge = client.session["account_email_verification_code"]["code"]
    assert client.post(CONFIRM, {"code": keys.code("member-address", challenge)}).status_code == 200
    assert client.get("/home/").headers["Location"] == "/account/login/?next=/home/"


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"name": " "}, "お名前"),
        ({"email": "minato.example"}, "メールアドレス"),
        ({"password1": "short-one"}, "12"),
        ({"password1": "1qaz2wsx3edc"}, "一般的"),
        ({"password1": "yuki@minato.example"}, "メールアドレス"),
    ],
)
def test_sign_up_says_what_is_wrong_and_keeps_what_was_typed(
    client: Client, changes: dict[str, str], words: str
) -> None:
    answer = client.post(SIGN_UP, YUKI | changes)
    assert answer.status_code == 200
    assert words in text(answer)
    assert not User.objects.filter(email="yuki@minato.example").exists()
    if "name" not in changes:
        assert "髙﨑" in answer.content.decode()
    assert PASSWORD not in answer.content.decode()


def test_sign_ups_are_limited_by_address(world: World) -> None:
    answers = [Client().post(SIGN_UP, YUKI).status_code for _ in range(6)]
    assert answers == [302, 302, 302, 302, 302, 429]
    assert Client().post(SIGN_UP, YUKI | {"email": "fresh@minato.example"}).status_code == 302


def test_sign_ups_are_limited_by_network(db: None) -> None:
    def sign_up(number: int, address: str) -> int:
        email = f"{number}@minato.example"
        return Client(REMOTE_ADDR=address).post(SIGN_UP, YUKI | {"email": email}).status_code

    assert [sign_up(number, "2001:db8::1") for number in range(20)] == [302] * 20
    assert sign_up(20, "2001:db8::ffff") == 429
    assert sign_up(21, "2001:db8:0:1::1") == 302


def test_limit_answers_with_its_page_and_when_to_come_back(client: Client) -> None:
    for _ in range(5):
        Client().post(SIGN_UP, YUKI)
    answer = client.post(SIGN_UP, YUKI)
    assert answer.status_code == 429
    assert 3500 < int(answer.headers["Retry-After"]) <= 3600
    assert "約60分後" in text(answer)


def test_mail_is_written_in_the_language_of_the_page(client: Client) -> None:
    client.post(SIGN_UP, YUKI, headers={"accept-language": "en"})
    assert mails_of(yuki())[0].language == "en"


def test_mails_to_somebody_who_signed_up_in_english_are_english(client: Client) -> None:
    client.post("/i18n/setlang/", {"language": "en"})
    client.post(SIGN_UP, YUKI)
    assert (yuki().language, mails_of(yuki())[0].language) == ("en", "en")
    Client(headers={"Accept-Language": "ja"}).post("/account/password/reset/", {"email": yuki().email})
    Client(headers={"Accept-Language": "ja"}).post(SIGN_UP, YUKI)
    kinds = [(mail.kind, mail.language) for mail in mails_of(yuki())]
    assert kinds == [("address_code", "en"), ("password_code", "en"), ("address_taken", "en")]
