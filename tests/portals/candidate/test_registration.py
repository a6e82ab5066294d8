from __future__ import annotations

import datetime as dt
import re
import typing

import pytest

from career_relay.capabilities.messaging.models import Message
from career_relay.domain.circle.referrals import queries as referrals
from career_relay.domain.people.candidates import queries as candidates
from career_relay.domain.people.candidates.models import SignUp
from career_relay.domain.people.consents import queries as consents
from career_relay.kernel import clock
from career_relay.kernel.tenancy.context import acting_as
from career_relay.portals.candidate import cookies, forms, limits
from tests.portals.candidate.browser import (
    AOI,
    BOTH,
    INTRODUCTION,
    Phone,
    code_in_mail,
    link_of,
    newest_mail,
    revoke_link_of,
    wrong,
)

if typing.TYPE_CHECKING:
    import uuid

    from tests.world import World


def inputs(page: str) -> list[str]:
    return re.findall(r'<(?:input|select|textarea)[^>]* name="(?!csrfmiddlewaretoken|language|next)(\w+)"', page)


def given(candidate_id: uuid.UUID) -> list[tuple[str, str, str]]:
    with acting_as(candidate=candidate_id):
        found = consents.live(candidate_id, clock.now())
    return [(one.purpose, one.organization_name, one.wording.language) for one in found]


def test_registration_goes_from_a_link_to_a_receipt(world: World, phone: Phone, path: str) -> None:
    places = [phone.client.get(path).headers["Location"]]
    places.append(phone.post("welcome", {"door": "support"}).headers["Location"])
    places.append(phone.type_in().headers["Location"])
    places.append(phone.post("consents", BOTH).headers["Location"])
    check = phone.read("check")
    places.append(phone.post("check").headers["Location"])
    places.append(phone.post("code", {"code": code_in_mail(phone.sign_up_id)}).headers["Location"])
    assert places == [
        "/welcome/",
        "/register/",
        "/register/consents/",
        "/register/check/",
        "/register/code/",
        "/register/done/",
    ]
    for words in (
        "髙﨑 葵",
        "aoi@people.example",
        "09012345678",
        "東京都",
        "経理",
        "アルファ精機株式会社の次の募集のお知らせを受け取る",
    ):
        assert words in check
    done = phone.read("done")
    with acting_as(candidate=phone.candidate_id):
        held = candidates.held(phone.candidate_id)
        [way] = referrals.ways_of(phone.candidate_id)
    assert consents.receipt_number(phone.candidate_id) in done
    assert "おかえりなさい" not in done
    assert (held.person.name, held.person.email, held.person.phone) == (
        "髙﨑 葵",
        "aoi@people.example",
        "+819012345678",
    )
    assert (way.organization_name, way.source_type) == ("アルファ精機株式会社", "rejected")
    assert given(phone.candidate_id) == [
        ("agency_introduction", "", "ja"),
        ("employer_recontact", "アルファ精機株式会社", "ja"),
    ]
    assert newest_mail(phone.candidate_id).kind == "registration_received"


def test_registration_asks_for_six_things_at_most_and_ticks_nothing(phone: Phone, path: str) -> None:
    phone.open(path)
    assert sorted(set(inputs(phone.read("details")))) == sorted(AOI)
    phone.type_in()
    page = phone.read("consents")
    assert inputs(page) == ["agency_introduction", "employer_recontact"]
    assert "checked" not in page


def test_consents_start_with_the_door_that_was_pressed(phone: Phone, path: str) -> None:
    phone.open(path, "hear_again")
    phone.type_in()
    assert inputs(phone.read("consents")) == ["employer_recontact", "agency_introduction"]


@pytest.mark.parametrize(
    ("field", "typed", "words"),
    [
        ("name", "", "お名前が入力されていません"),
        ("name", "12345", "お名前に文字がありません"),
        ("name", "http://evil.example 山田", "お名前に URL やメールアドレスは使えません"),
        ("name", "山田\ue000", "ほかの端末で表示できない文字です"),
        ("name", "あ" * 101, "お名前が長すぎます（101 文字）"),
        ("email", "", "メールアドレスが入力されていません"),
        ("email", "aoi@", "メールアドレスの形になっていません"),
        ("phone", "12", "電話番号として読み取れません"),
        ("prefecture", "", "働きたい地域が選ばれていません"),
        ("prefecture", "99", "99"),
        ("source_type", "boss", "boss"),
        ("occupation", "い" * 101, "希望の仕事が長すぎます"),
    ],
)
def test_details_say_what_is_wrong_and_lose_nothing_typed(
    phone: Phone, path: str, field: str, typed: str, words: str
) -> None:
    phone.open(path)
    answer = phone.type_in(**{field: typed})
    page = answer.content.decode()
    assert answer.status_code == 200
    assert words in page
    assert "<title>エラー：" in page
    for name in {"name", "email", "phone", "occupation"} - {field}:
        assert f'value="{AOI[name]}"' in page
    assert cookies.SIGN_UP.name not in answer.cookies


def test_details_come_back_as_they_were_typed(phone: Phone, path: str) -> None:
    phone.come_to_check(path)
    page = phone.read("details")
    for words in (
        'value="髙﨑 葵"',
        'value="aoi@people.example"',
        'value="09012345678"',
        '<option value="13" selected>',
    ):
        assert words in page
    assert phone.type_in(name="髙﨑 あおい").headers["Location"] == "/register/check/"
    assert "髙﨑 あおい" in phone.read("check")


def test_ticks_come_back_as_they_were_set(phone: Phone, path: str) -> None:
    phone.come_to_check(path)
    page = phone.read("consents")
    assert re.findall(r'name="(\w+)"[^>]*checked', page) == ["agency_introduction"]


def test_refusing_everything_leaves_with_dignity_and_without_a_trace(phone: Phone, path: str) -> None:
    phone.open(path)
    phone.type_in()
    sign_up_id = phone.sign_up_id
    assert phone.post("consents", {}).headers["Location"] == "/register/refused/"
    assert "同意しないこともできます" in phone.read("refused")
    answer = phone.post("leave")
    assert answer.headers["Location"] == "/welcome/left/"
    with acting_as(candidate=sign_up_id):
        assert not SignUp.objects.exists()
    assert phone.cookie(cookies.SIGN_UP) is None


def test_nothing_wished_for_after_all_deletes_what_was_typed(phone: Phone, path: str) -> None:
    phone.ask_for_code(path)
    sign_up_id = phone.sign_up_id
    assert phone.post("welcome", {"door": "no_thanks"}).headers["Location"] == "/welcome/left/"
    with acting_as(candidate=sign_up_id):
        assert not SignUp.objects.exists()
        assert not Message.objects.exists()


def test_without_a_tick_there_is_nothing_to_check_and_no_code(phone: Phone, path: str) -> None:
    phone.open(path)
    phone.type_in()
    assert phone.get("check").headers["Location"] == "/register/consents/"
    assert phone.post("check").headers["Location"] == "/register/consents/"
    with acting_as(candidate=phone.sign_up_id):
        assert not Message.objects.exists()


def test_without_a_tick_no_way_leads_to_a_registration(world: World, phone: Phone, path: str) -> None:
    phone.ask_for_code(path)
    code = code_in_mail(phone.sign_up_id)
    phone.post("consents", {})
    assert phone.post("code", {"code": code}).headers["Location"] == "/register/"
    assert phone.post("new_code").headers["Location"] == "/register/"
    assert candidates.by_address(AOI["email"]) is None


def test_pages_of_a_registration_lead_back_to_its_beginning(world: World, phone: Phone) -> None:
    for name in ("consents", "refused", "check", "code"):
        assert phone.get(name).headers["Location"] == "/register/"
    assert phone.post("new_code").headers["Location"] == "/register/"
    assert "メールのリンクから開いてください" in phone.read("details")


def test_a_wrong_code_is_told_at_the_field_and_the_right_one_still_works(phone: Phone, path: str) -> None:
    phone.ask_for_code(path)
    code = code_in_mail(phone.sign_up_id)
    answer = phone.post("code", {"code": wrong(code)})
    assert answer.status_code == 400
    assert "確認コードが違うか、有効期限（30 分）を過ぎています" in answer.content.decode()
    wide = code.translate({ord(str(digit)): chr(0xFF10 + digit) for digit in range(10)})
    assert phone.post("code", {"code": f" {wide[:3]}-{wide[3:]} "}).headers["Location"] == "/register/done/"


@pytest.mark.parametrize("typed", ["", "12345", "1234567", "abcdef", "１２３", "<b>12</b>"])
def test_what_is_no_code_does_not_cost_a_try(phone: Phone, path: str, typed: str) -> None:
    phone.ask_for_code(path)
    answers = [phone.post("code", {"code": typed}).status_code for _ in range(limits.TRIES_PER_CODE + 1)]
    assert set(answers) == {200}
    assert phone.post("code", {"code": code_in_mail(phone.sign_up_id)}).headers["Location"] == "/register/done/"


def test_a_code_sent_to_one_address_never_confirms_another(phone: Phone, path: str) -> None:
    phone.ask_for_code(path)
    code = code_in_mail(phone.sign_up_id)
    phone.type_in(email="victim@people.example")
    answer = phone.post("code", {"code": code})
    assert answer.status_code == 400
    assert candidates.by_address("victim@people.example") is None


def test_a_new_code_replaces_the_one_before(phone: Phone, path: str) -> None:
    phone.ask_for_code(path)
    old = code_in_mail(phone.sign_up_id)
    assert phone.post("new_code").headers["Location"] == "/register/code/"
    assert "新しいコードを送りました" in phone.read("code")
    assert phone.post("code", {"code": old}).status_code == 400
    assert phone.post("code", {"code": code_in_mail(phone.sign_up_id)}).headers["Location"] == "/register/done/"


def test_a_second_click_finds_what_the_first_one_did(phone: Phone, path: str) -> None:
    phone.ask_for_code(path)
    code, before = code_in_mail(phone.sign_up_id), phone.jar
    phone.post("code", {"code": code})
    first = phone.candidate_id
    phone.client.cookies = before
    assert phone.get("code").headers["Location"] == "/register/done/"
    assert phone.get("check").headers["Location"] == "/register/"
    assert phone.post("code", {"code": code}).headers["Location"] == "/register/done/"
    assert phone.candidate_id == first
    with acting_as(candidate=first):
        assert len(referrals.ways_of(first)) == 1


def test_the_same_code_again_and_again_does_not_use_itself_up(phone: Phone, path: str) -> None:
    phone.ask_for_code(path)
    code, before = code_in_mail(phone.sign_up_id), phone.jar
    places = []
    for _ in range(2 * limits.TRIES_PER_CODE):
        phone.client.cookies = before
        before = phone.jar
        places.append(phone.post("code", {"code": code}).headers["Location"])
    assert places == ["/register/done/"] * 2 * limits.TRIES_PER_CODE


def test_a_copy_of_cookie_and_code_opens_nothing_after_a_moment(
    phone: Phone, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    phone.ask_for_code(path)
    code, thief, late = code_in_mail(phone.sign_up_id), Phone(), clock.now() + dt.timedelta(minutes=3)
    thief.client.cookies = phone.jar
    phone.post("code", {"code": code})
    phone.post("sign_out")
    monkeypatch.setattr(clock, "now", lambda: late)
    answer = thief.client.post("/register/code/", {"code": code}, follow=True)
    assert answer.redirect_chain[-1] == ("/me/sign-in/", 302)
    assert cookies.SESSION.name not in thief.client.cookies


def test_the_back_button_after_the_end_leads_to_the_own_page(phone: Phone, aoi: uuid.UUID) -> None:
    assert phone.get("details").headers["Location"] == "/me/"
    assert phone.get("code").headers["Location"] == "/register/"


def test_a_returning_person_is_welcomed_and_stays_one(world: World, phone: Phone, aoi: uuid.UUID) -> None:
    again = Phone()
    assert again.register(link_of(world.beta), email="AOI@people.example", name="髙﨑 あおい", phone="") == aoi
    assert "おかえりなさい" in again.read("done")
    with acting_as(candidate=aoi):
        held = candidates.held(aoi)
        assert [way.organization_name for way in referrals.ways_of(aoi)] == [
            "アルファ精機株式会社",
            "ベータ商事株式会社",
        ]
    assert (held.person.name, held.person.phone) == ("髙﨑 あおい", "+819012345678")


def test_the_code_page_is_the_same_for_known_and_unknown_addresses(world: World, path: str) -> None:
    pages = []
    for address in ("hana@people.example", "nana@people.example"):
        phone = Phone()
        assert phone.ask_for_code(path, email=address).headers["Location"] == "/register/code/"
        pages.append(re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", phone.read("code")).replace(address, ""))
    assert pages[0] == pages[1]


def test_consents_are_kept_in_the_language_they_were_read_in(world: World, path: str) -> None:
    easy = Phone()
    easy.open(path)
    easy.type_in(email="easy@people.example")
    assert "仕事（しごと）を 紹介（しょうかい）してもらう" in easy.read("consents", query="?language=ja-easy")
    easy.post("consents", INTRODUCTION, query="?language=ja-easy")
    easy.post("check")
    easy.post("code", {"code": code_in_mail(easy.sign_up_id)})
    assert given(easy.candidate_id) == [("agency_introduction", "", "ja-easy")]
    english = Phone(HTTP_ACCEPT_LANGUAGE="en")
    english.register(path, email="english@people.example")
    assert given(english.candidate_id) == [("agency_introduction", "", "en")]
    assert newest_mail(english.candidate_id).language == "en"


def test_a_new_employers_link_begins_a_registration_of_its_own(world: World, phone: Phone, path: str) -> None:
    phone.come_to_check(path, BOTH)
    first = phone.sign_up_id
    phone.open(link_of(world.beta))
    page = phone.read("details")
    assert "ベータ商事株式会社" in page
    phone.type_in()
    assert phone.sign_up_id != first
    assert "ベータ商事株式会社の次の募集" in phone.read("consents")
    assert "checked" not in phone.read("consents")


def test_a_registration_outlives_the_hour_of_its_link(phone: Phone, path: str) -> None:
    phone.ask_for_code(path)
    del phone.client.cookies[cookies.LINK.name]
    assert 'value="髙﨑 葵"' in phone.read("details")
    assert phone.post("code", {"code": code_in_mail(phone.sign_up_id)}).headers["Location"] == "/register/done/"


def test_a_registration_is_gone_after_its_day(phone: Phone, path: str) -> None:
    phone.ask_for_code(path)
    with acting_as(candidate=phone.sign_up_id):
        SignUp.objects.update(expires_at=clock.now() - dt.timedelta(seconds=1))
    assert phone.get("check").headers["Location"] == "/register/"
    assert phone.post("code", {"code": "000000"}).headers["Location"] == "/register/"
    assert 'value="髙﨑 葵"' not in phone.read("details")


def test_a_link_that_ends_on_the_way_does_not_turn_the_person_away(world: World, phone: Phone, path: str) -> None:
    phone.ask_for_code(path)
    revoke_link_of(world.alpha)
    assert phone.post("code", {"code": code_in_mail(phone.sign_up_id)}).headers["Location"] == "/register/done/"


def test_source_type_defaults_to_rejected(phone: Phone, path: str) -> None:
    phone.open(path)
    form = forms.DetailsForm({name: value for name, value in AOI.items() if name != "source_type"})
    assert form.is_valid()
    assert form.details.source_type == "rejected"
    phone.type_in(source_type="leaver")
    with acting_as(candidate=phone.sign_up_id):
        assert SignUp.objects.get().details["source_type"] == "leaver"


def test_signed_in_browsers_see_only_their_own_receipt(world: World, phone: Phone, aoi: uuid.UUID) -> None:
    stranger = Phone()
    assert stranger.get("done").headers["Location"] == "/me/sign-in/"
    stranger.sign_in("sora@people.example", world.sora.pk)
    assert stranger.get("done").headers["Location"] == "/me/"
