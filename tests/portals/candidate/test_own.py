from __future__ import annotations

import datetime as dt
import json
import re
import typing
import uuid

import pytest

from career_relay.domain.circle.referrals import queries as referrals
from career_relay.domain.people.candidates import queries as candidates
from career_relay.domain.people.candidates.models import Candidate, Exclusion, Identity
from career_relay.domain.people.consents import queries as consents
from career_relay.domain.people.consents.models import Consent
from career_relay.kernel import clock
from career_relay.kernel.tenancy.context import acting_as
from tests.portals.candidate.browser import BOTH, Phone, link_of, newest_mail

if typing.TYPE_CHECKING:
    from tests.world import World

ALPHA = "アルファ精機株式会社"


def live(candidate_id: uuid.UUID) -> dict[str, uuid.UUID]:
    with acting_as(candidate=candidate_id):
        return {one.purpose: one.consent_id for one in consents.live(candidate_id, clock.now())}


def held(candidate_id: uuid.UUID) -> candidates.Held:
    with acting_as(candidate=candidate_id):
        return candidates.held(candidate_id)


@pytest.fixture
def both(phone: Phone, path: str) -> uuid.UUID:
    """A person who agreed to both doors."""
    return phone.register(path, BOTH)


def test_me_says_what_is_next_what_is_held_by_whom_and_since_when(world: World, phone: Phone, both: uuid.UUID) -> None:
    page = phone.read("me")
    for words in (
        "髙﨑 葵 さんのページ",
        "担当する紹介会社が決まったら、会社名をメールでお知らせします",
        "同意した会社が新しい募集を始めたら",
        "紹介会社から仕事の紹介を受ける",
        f"{ALPHA}の次の募集のお知らせを受け取る",
        "サービスの運営者です",
        "aoi@people.example",
        "09012345678",
        "東京都",
        f"{ALPHA}のリンクから",
    ):
        assert words in page
    assert page.count('action="/me/consents/') == 2


def test_me_names_the_employer_that_is_kept_out(world: World, phone: Phone, aoi: uuid.UUID) -> None:
    assert "ここに登録した内容は、いまもこれからも見られません。" in phone.read("me")


def test_withdraw_ends_one_consent_at_once_and_keeps_the_employer_out_again(
    world: World, phone: Phone, both: uuid.UUID
) -> None:
    consent_id = live(both)["employer_recontact"]
    assert phone.post("withdraw", {}, consent_id).headers["Location"] == "/me/"
    page = phone.read("me")
    assert "同意を取り消しました" in page
    assert page.count('action="/me/consents/') == 1
    assert set(live(both)) == {"agency_introduction"}
    with acting_as(candidate=both):
        assert Exclusion.objects.get().organization_id == world.alpha.id


def test_withdrawing_twice_changes_nothing(phone: Phone, both: uuid.UUID) -> None:
    consent_id = live(both)["agency_introduction"]
    phone.post("withdraw", {}, consent_id)
    with acting_as(candidate=both):
        first = Consent.objects.get(pk=consent_id).withdrawn_at
    assert phone.post("withdraw", {}, consent_id).headers["Location"] == "/me/"
    with acting_as(candidate=both):
        assert Consent.objects.get(pk=consent_id).withdrawn_at == first


@pytest.mark.parametrize("made_up", [True, False])
def test_a_strangers_consent_is_not_there(world: World, phone: Phone, both: uuid.UUID, *, made_up: bool) -> None:
    consent_id = uuid.UUID(int=9) if made_up else live(both)["agency_introduction"]
    stranger = Phone()
    stranger.sign_in("sora@people.example", world.sora.pk)
    answer = stranger.post("withdraw", {}, consent_id)
    assert answer.status_code == 404
    assert "髙﨑 葵" not in answer.content.decode()
    assert set(live(both)) == {"agency_introduction", "employer_recontact"}


def test_nothing_of_one_person_stands_on_anothers_pages(world: World, phone: Phone, both: uuid.UUID) -> None:
    stranger = Phone()
    stranger.sign_in("sora@people.example", world.sora.pk)
    for name in ("me", "me_details", "me_address", "me_consents", "me_receipts", "me_download", "me_stop"):
        page = stranger.read(name)
        assert not {words for words in ("髙﨑", "aoi@", ALPHA, str(both)) if words in page}, name


def test_more_consents_offers_what_was_not_given_and_ticks_nothing(phone: Phone, aoi: uuid.UUID) -> None:
    page = phone.read("me_consents")
    assert re.findall(r'type="checkbox" name="(\w+)"', page) == ["school_information", "statistics"]
    assert "checked" not in page
    assert phone.post("me_consents", {"statistics": "on"}).headers["Location"] == "/me/"
    assert set(live(aoi)) == {"agency_introduction", "statistics"}
    assert re.findall(r'type="checkbox" name="(\w+)"', phone.read("me_consents")) == ["school_information"]


def test_introduction_can_be_agreed_to_later_and_again(phone: Phone, path: str) -> None:
    person = phone.register(path, {"employer_recontact": "on"})
    assert "紹介会社からの連絡はありません" in phone.read("me")
    phone.post("me_consents", {"agency_introduction": "on"})
    phone.post("withdraw", {}, live(person)["agency_introduction"])
    phone.post("me_consents", {"agency_introduction": "on"}, query="?language=ja-easy")
    with acting_as(candidate=person):
        [first, second] = [one for one in consents.history(person) if one.purpose == "agency_introduction"]
    assert (first.withdrawn_at is None, second.withdrawn_at, second.wording.language) == (False, None, "ja-easy")


def test_more_consents_takes_no_purpose_it_did_not_offer(phone: Phone, aoi: uuid.UUID) -> None:
    assert phone.post("me_consents", {"employer_recontact": "on"}).headers["Location"] == "/me/"
    assert set(live(aoi)) == {"agency_introduction"}


def test_details_correct_what_is_held(phone: Phone, aoi: uuid.UUID) -> None:
    page = phone.read("me_details")
    assert 'value="09012345678"' in page
    typed = {"name": "髙﨑 あおい", "phone": "", "prefecture": "27", "occupation": "総務"}
    assert phone.post("me_details", typed).headers["Location"] == "/me/"
    assert "変更を保存しました" in phone.read("me")
    found = held(aoi)
    assert (found.person.name, found.person.phone) == ("髙﨑 あおい", "")
    assert (found.prefecture, found.occupation) == ("27", "総務")


def test_details_refuse_and_keep_what_was_typed(phone: Phone, aoi: uuid.UUID) -> None:
    typed = {"name": "", "phone": "12", "prefecture": "27", "occupation": "総務"}
    page = phone.post("me_details", typed).content.decode()
    assert "お名前が入力されていません" in page
    assert 'value="12"' in page
    assert 'value="総務"' in page
    assert held(aoi).person.name == "髙﨑 葵"


def test_receipts_show_every_yes_with_its_words_and_its_end(phone: Phone, both: uuid.UUID) -> None:
    phone.post("withdraw", {}, live(both)["agency_introduction"])
    page = phone.read("me_receipts")
    for words in (consents.receipt_number(both), "取り消し済み", "同意中", "国の許可を受け", "文面の版"):
        assert words in page


def test_download_hands_out_everything_as_a_file(world: World, phone: Phone, both: uuid.UUID) -> None:
    answer = phone.get("me_download")
    assert re.fullmatch(r'attachment; filename="career_relay_\d{12}\.json"', answer.headers["Content-Disposition"])
    assert answer.headers["Content-Type"] == "application/json"
    copy = json.loads(answer.content)
    assert copy["person"]["person"]["name"] == "髙﨑 葵"
    assert (copy["person"]["seen_by"], copy["person"]["kept_from"]) == ([], [])
    assert [way["organization_name"] for way in copy["registrations"]] == [ALPHA]
    assert [one["purpose"] for one in copy["consents"]] == ["agency_introduction", "employer_recontact"]
    assert [mail["kind"] for mail in copy["mails"]] == ["registration_received"]
    assert {event["kind"] for event in copy["events"]} == {"candidate.registered", "consent.granted"}
    assert copy["receipt_number"] == consents.receipt_number(both)


def test_stop_explains_asks_once_and_forgets_the_person(world: World, phone: Phone, both: uuid.UUID) -> None:
    page = phone.read("me_stop")
    assert "元には戻せません" in page
    assert held(both).person.name == "髙﨑 葵"
    assert phone.post("me_stop").headers["Location"] == "/me/stopped/"
    assert "情報を消しました" in phone.read("stopped")
    with acting_as(candidate=both):
        assert Candidate.objects.get().state == "erased"
        assert not Identity.objects.exists()
        assert not consents.live(both, clock.now())
        assert len(referrals.ways_of(both)) == 1
    assert newest_mail(both).kind == "registration_erased"
    assert phone.get("me").headers["Location"] == "/me/sign-in/"


def test_somebody_who_stopped_may_come_again_as_somebody_new(world: World, phone: Phone, aoi: uuid.UUID) -> None:
    phone.post("me_stop")
    again = Phone()
    assert again.register(link_of(world.beta)) != aoi
    assert "おかえりなさい" not in again.read("done")


def test_a_consent_that_ran_out_is_not_shown_as_given(phone: Phone, aoi: uuid.UUID) -> None:
    with acting_as(candidate=aoi):
        Consent.objects.update(valid_until=clock.now() - dt.timedelta(seconds=1))
    page = phone.read("me")
    assert "同意していることはありません" in page
    assert "agency_introduction" in phone.read("me_consents")
