from __future__ import annotations

import typing

from career_relay.capabilities.messaging.models import Message
from career_relay.domain.people.candidates import queries as candidates
from career_relay.kernel.tenancy.context import acting_as
from career_relay.portals.candidate import cookies
from tests.portals.candidate.browser import Phone, code_in_mail, wrong

if typing.TYPE_CHECKING:
    import uuid

    from tests.world import World

NEW = "new@people.example"


def mails(candidate_id: uuid.UUID) -> list[tuple[str, str]]:
    with acting_as(candidate=candidate_id):
        return list(Message.objects.order_by("created_at", "id").values_list("kind", "to_address"))


def test_a_new_address_counts_once_its_code_is_right(world: World, phone: Phone, aoi: uuid.UUID) -> None:
    elsewhere = Phone()
    elsewhere.client.cookies = phone.jar
    assert phone.post("me_address", {"email": NEW}).headers["Location"] == "/me/address/code/"
    code = code_in_mail(aoi)
    assert phone.post("me_address_code", {"code": wrong(code)}).status_code == 400
    assert candidates.by_address(NEW) is None
    assert phone.post("me_address_code", {"code": code}).headers["Location"] == "/me/"
    assert NEW in phone.read("me")
    assert (candidates.by_address(NEW), candidates.by_address("aoi@people.example")) == (aoi, None)
    assert mails(aoi)[-2:] == [("new_address_code", NEW), ("address_changed", "aoi@people.example")]
    assert elsewhere.get("me").headers["Location"] == "/me/sign-in/"
    assert elsewhere.sign_in(NEW, aoi).headers["Location"] == "/me/"


def test_an_address_in_use_is_told_only_to_whoever_has_its_code(world: World, phone: Phone, aoi: uuid.UUID) -> None:
    known, unknown = ("sora@people.example", NEW)
    pages = []
    for address in (known, unknown):
        phone.post("me_address", {"email": address})
        pages.append(phone.post("me_address_code", {"code": "0"}).content.decode().replace(address, ""))
    assert pages[0].partition("<main")[2].count("別の登録") == 0
    assert len(pages[0]) == len(pages[1])
    phone.post("me_address", {"email": known})
    answer = phone.post("me_address_code", {"code": code_in_mail(aoi)})
    assert answer.status_code == 409
    assert "このメールアドレスは、別の登録で使われています" in answer.content.decode()
    assert candidates.by_address(known) == world.sora.pk


def test_a_change_belongs_to_the_person_who_began_it(world: World, phone: Phone, aoi: uuid.UUID) -> None:
    phone.post("me_address", {"email": NEW})
    code, begun = code_in_mail(aoi), phone.client.cookies[cookies.ADDRESS.name]
    stranger = Phone()
    stranger.sign_in("sora@people.example", world.sora.pk)
    stranger.client.cookies[cookies.ADDRESS.name] = begun.value
    assert stranger.get("me_address_code").headers["Location"] == "/me/address/"
    assert stranger.post("me_address_code", {"code": code}).headers["Location"] == "/me/address/"
    assert candidates.by_address(NEW) is None


def test_a_code_for_signing_in_changes_no_address(world: World, phone: Phone, aoi: uuid.UUID) -> None:
    phone.post("me_address", {"email": NEW})
    phone.post("sign_in", {"email": "aoi@people.example"})
    assert phone.post("me_address_code", {"code": code_in_mail(aoi)}).status_code == 400


def test_the_same_address_again_changes_nothing(phone: Phone, aoi: uuid.UUID) -> None:
    phone.post("me_address", {"email": "aoi@people.example"})
    assert phone.post("me_address_code", {"code": code_in_mail(aoi)}).headers["Location"] == "/me/"
    assert mails(aoi)[-1] == ("new_address_code", "aoi@people.example")
