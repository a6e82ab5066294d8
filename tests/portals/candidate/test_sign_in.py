from __future__ import annotations

import re
import typing

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from career_relay.capabilities.messaging.models import Message
from career_relay.flows import erase_candidate
from career_relay.kernel import clock
from career_relay.kernel.tenancy.context import acting_as
from career_relay.portals.candidate import cookies, limits
from tests.portals.candidate.browser import Phone, code_in_mail, wrong

if typing.TYPE_CHECKING:
    from tests.portals.pages import Answer
    from tests.world import World

HANA, NOBODY = "hana@people.example", "nana@people.example"
OWN_PAGES = [
    "me", "me_details", "me_address", "me_address_code", "me_consents", "me_receipts", "me_download", "me_stop", "done",
    "me_agencies", "me_agency_reported", "me_complaints",
]  # fmt: skip
SECRETS = re.compile(r'name="csrfmiddlewaretoken" value="\w+"|[?&]?csrf=\w+|X-Request-ID.*|\b[0-9a-f]{12}\b')


def seen(answer: Answer) -> tuple[int, str, list[str], str]:
    """Return what somebody can tell of an answer: status, body, names of headers and cookies."""
    body = SECRETS.sub("", answer.content.decode())
    return answer.status_code, body, sorted(answer.headers), ",".join(sorted(answer.cookies))


def test_sign_in_opens_the_own_page_by_a_mailed_code(world: World, phone: Phone) -> None:
    assert phone.sign_in(HANA, world.hana.pk).headers["Location"] == "/me/"
    assert "髙﨑 花 さんのページ" in phone.read("me")


@pytest.mark.parametrize("typed", ["HANA@People.Example", "ｈａｎａ@people.example", " hana@people.example "])
def test_sign_in_reads_an_address_however_it_is_typed(world: World, phone: Phone, typed: str) -> None:
    assert phone.sign_in(typed, world.hana.pk).headers["Location"] == "/me/"


def test_sign_in_answers_alike_for_known_unknown_and_erased_people(world: World) -> None:
    with acting_as(candidate=world.sora.pk):
        erase_candidate.erase_candidate(candidate_id=world.sora.pk, now=clock.now())
    answers = []
    for address in (HANA, NOBODY, "sora@people.example"):
        phone = Phone()
        asked = seen(phone.post("sign_in", {"email": address}))
        page = seen(phone.get("sign_in_code"))
        answers.append((asked, page, seen(phone.post("sign_in_code", {"code": "000000"}))))
    assert answers[0] == answers[1] == answers[2]


def test_sign_in_does_the_same_work_for_known_and_unknown_people(world: World, phone: Phone) -> None:
    phone.post("sign_in", {"email": "warm@people.example"})
    shapes = []
    for address in (HANA, NOBODY):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            phone.post("sign_in", {"email": address})
        shapes.append(
            [re.sub(r"'[^']*'|\d+", "?", query["sql"])[:60] for query in queries if "SAVEPOINT" not in query["sql"]]
        )
    assert shapes[0] == shapes[1]


def test_sign_in_mails_nobody_who_is_not_registered(world: World, phone: Phone) -> None:
    phone.post("sign_in", {"email": NOBODY})
    challenge = phone.id_in(cookies.CODE)
    with acting_as(candidate=challenge):
        assert not Message.objects.exists()


def test_sign_in_code_of_one_request_does_not_open_another(world: World, phone: Phone) -> None:
    phone.post("sign_in", {"email": HANA})
    first = code_in_mail(world.hana.pk)
    phone.post("sign_in", {"email": HANA})
    assert phone.post("sign_in_code", {"code": first}).status_code == 400
    assert phone.post("sign_in_code", {"code": code_in_mail(world.hana.pk)}).status_code == 302


def test_sign_in_code_opens_once(world: World, phone: Phone) -> None:
    phone.post("sign_in", {"email": HANA})
    before, code = phone.jar, code_in_mail(world.hana.pk)
    assert phone.post("sign_in_code", {"code": code}).status_code == 302
    thief = Phone()
    thief.client.cookies = before
    assert thief.post("sign_in_code", {"code": code}).status_code == 429
    assert thief.cookie(cookies.SESSION) is None


def test_five_tries_end_a_code_even_for_the_right_digits(world: World, phone: Phone) -> None:
    phone.post("sign_in", {"email": HANA})
    code = code_in_mail(world.hana.pk)
    tries = [phone.post("sign_in_code", {"code": wrong(code)}).status_code for _ in range(limits.TRIES_PER_CODE)]
    assert tries == [400] * limits.TRIES_PER_CODE
    answer = phone.post("sign_in_code", {"code": code})
    assert answer.status_code == 429
    assert "この確認コードはもう使えません" in answer.content.decode()
    assert phone.sign_in(HANA, world.hana.pk).headers["Location"] == "/me/"


def test_five_tries_end_a_code_of_a_registration_and_a_new_one_mends_it(phone: Phone, path: str) -> None:
    phone.ask_for_code(path)
    code = code_in_mail(phone.sign_up_id)
    for _ in range(limits.TRIES_PER_CODE):
        phone.post("code", {"code": wrong(code)})
    assert phone.post("code", {"code": code}).status_code == 429
    phone.post("new_code")
    assert phone.post("code", {"code": code_in_mail(phone.sign_up_id)}).headers["Location"] == "/register/done/"


def test_ten_codes_an_hour_go_to_one_address_from_wherever(world: World) -> None:
    statuses = []
    for number in range(limits.CODES_PER_ADDRESS + 1):
        phone = Phone(REMOTE_ADDR=f"198.51.100.{number + 1}")
        answer = phone.post("sign_in", {"email": HANA})
        statuses.append(answer.status_code)
    assert statuses == [302] * limits.CODES_PER_ADDRESS + [429]
    assert int(answer.headers["Retry-After"]) in range(3500, 3601)
    assert f'value="{HANA}"' in answer.content.decode()


def test_codes_of_registrations_and_of_sign_ins_share_one_limit(phone: Phone, path: str) -> None:
    phone.ask_for_code(path)
    for _ in range(limits.CODES_PER_ADDRESS - 1):
        phone.post("sign_in", {"email": "aoi@people.example"})
    assert phone.post("check").status_code == 429
    assert phone.post("new_code").status_code == 429
    assert phone.post("code", {"code": code_in_mail(phone.sign_up_id)}).headers["Location"] == "/register/done/"


def test_one_network_gets_so_many_codes_and_no_more(world: World) -> None:
    phone = Phone(REMOTE_ADDR="203.0.113.9")
    statuses = [
        phone.post("sign_in", {"email": f"guess{number}@people.example"}).status_code
        for number in range(limits.PER_NETWORK + 1)
    ]
    assert statuses == [302] * limits.PER_NETWORK + [429]
    assert Phone(REMOTE_ADDR="203.0.113.10").post("sign_in", {"email": HANA}).status_code == 302


@pytest.mark.parametrize("name", OWN_PAGES)
def test_own_pages_lead_strangers_to_the_door(world: World, phone: Phone, name: str) -> None:
    assert phone.get(name).headers["Location"] == "/me/sign-in/"


@pytest.mark.parametrize("name", ["me_stop", "me_details", "me_consents", "me_address", "sign_out"])
def test_own_forms_lead_strangers_to_the_door(world: World, phone: Phone, name: str) -> None:
    assert phone.post(name, {"name": "他人", "email": "x@people.example"}).headers["Location"] == "/me/sign-in/"


def test_members_of_staff_are_strangers_here(world: World, phone: Phone) -> None:
    phone.client.force_login(world.alpha.owner)
    assert phone.get("me").headers["Location"] == "/me/sign-in/"
    phone.sign_in(HANA, world.hana.pk)
    assert "髙﨑 花" in phone.read("me")


def test_sign_out_ends_every_session(world: World, phone: Phone) -> None:
    phone.sign_in(HANA, world.hana.pk)
    copied = Phone()
    copied.client.cookies = phone.jar
    assert copied.get("me").status_code == 200
    assert phone.post("sign_out").headers["Location"] == "/me/signed-out/"
    assert "ログアウトしました" in phone.read("signed_out")
    assert copied.get("me").headers["Location"] == "/me/sign-in/"


def test_sessions_of_an_erased_person_are_over(world: World, phone: Phone) -> None:
    phone.sign_in(HANA, world.hana.pk)
    with acting_as(candidate=world.hana.pk):
        erase_candidate.erase_candidate(candidate_id=world.hana.pk, now=clock.now())
    assert phone.get("me").headers["Location"] == "/me/sign-in/"


def test_reading_the_door_does_not_sign_out(world: World, phone: Phone) -> None:
    phone.sign_in(HANA, world.hana.pk)
    assert phone.get("sign_out").status_code == 405
    assert phone.get("me").status_code == 200
