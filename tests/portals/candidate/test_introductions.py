"""What is put before a person, on the person's own pages: read, answered, gone on with, stopped."""

from __future__ import annotations

import datetime as dt
import json
import re
import typing

import pytest

from career_relay.domain.ground.programmes import operations as programmes
from career_relay.domain.ground.programmes.models import DEFAULT_PROGRAMME_ID
from career_relay.domain.people.candidates import operations as candidates
from career_relay.domain.people.candidates.models import Exclusion, Identity
from career_relay.domain.people.introductions import rules
from career_relay.domain.people.introductions.models import Interview, Introduction
from career_relay.domain.people.placements.models import Check
from career_relay.domain.people.routing import operations as routing
from career_relay.flows import advance_introduction, route_candidate
from career_relay.kernel import actors, clock
from career_relay.kernel.tenancy.context import acting_as
from career_relay.portals.candidate import progress_words
from tests.domain.ground.agreements import deal
from tests.flows import caring, introducing
from tests.flows.introducing import Scene
from tests.portals import introduced
from tests.portals.agency import desk
from tests.portals.candidate.browser import Phone
from tests.portals.candidate.test_security import LIMIT, weight

if typing.TYPE_CHECKING:
    import uuid

    from tests.world import World

EMPLOYER: typing.Final = "アルファ精機株式会社"
NEVER: typing.Final = ("不採用", "人材、", "資産", "母集団")
PAGES: typing.Final = ("me_introduction", "me_introduction_no", "me_introduction_accept", "me_introduction_withdraw")
MOST_QUERIES: typing.Final = 45


@pytest.fixture
def scene(world: World) -> Scene:
    return introduced.scene(world)


@pytest.fixture
def michi(scene: Scene, phone: Phone) -> Phone:
    """The phone of the person whom the agency looks after."""
    phone.sign_in(introduced.EMAIL, scene.person.pk)
    return phone


def say_yes(phone: Phone, one: Introduction, **typed: str) -> typing.Any:
    return phone.post("me_introduction", {"terms_hash": one.terms_hash, **typed}, one.pk)


def accept(phone: Phone, one: Introduction) -> typing.Any:
    """Take the offer as it stands on the page."""
    with acting_as(candidate=one.candidate_id):
        seen = rules.offer_seen(Introduction.objects.get(pk=one.pk).offered_at)
    return phone.post("me_introduction_accept", {"seen": seen}, one.pk)


def exclude(scene: Scene) -> None:
    with acting_as(candidate=scene.person.pk):
        candidates.exclude(
            candidate_id=scene.person.pk,
            organization_id=scene.employer.id,
            reason=Exclusion.Reason.REJECTED_BY,
            now=introduced.before(),
        )


def interview(scene: Scene) -> Interview:
    with acting_as(candidate=scene.person.pk):
        return Interview.objects.get()


def check_due(scene: Scene) -> uuid.UUID:
    """Have the person start today, and return the check of the first month."""
    introduced.joined(scene)
    with acting_as(candidate=scene.person.pk):
        return Check.objects.get(days=30).pk


def shift(monkeypatch: pytest.MonkeyPatch, days: int) -> dt.datetime:
    """Let days go by. The browser signs in again then, so this comes before it does."""
    later = clock.now() + dt.timedelta(days=days)
    monkeypatch.setattr(clock, "now", lambda: later)
    return later


def test_me_puts_what_waits_for_an_answer_first_with_its_one_button(scene: Scene, michi: Phone) -> None:
    made = introduced.proposed(scene)
    page = michi.read("me")
    assert page.index("あなたの返事を待っているもの") < page.index("これからのこと")
    assert f'class="button button--baton" href="/me/introductions/{made.pk}/"' in page
    assert page.count("button--baton") == 1


def test_me_says_what_will_stand_there_while_nothing_does(scene: Scene, michi: Phone) -> None:
    page = michi.read("me")
    assert "いま進んでいる紹介はありません。紹介会社から案内が届くと、ここに出ます。" in page
    assert "あなたの返事を待っているもの" not in page


def test_proposal_says_terms_and_what_the_employer_learns_and_one_tap_says_yes(scene: Scene, michi: Phone) -> None:
    made = introduced.proposed(scene)
    page = michi.read("me_introduction", made.pk)
    for words in (
        "月次決算と年次決算の補助",
        "4,000,000 円から 5,500,000 円",
        "経験が生きると思います。",
        f"{EMPLOYER} の採用担当者だけが、次のことを見られます",
        "michi@people.example",
        "決算の経験が 5 年あります。",
        "はい、紹介を受ける",
    ):
        assert words in page, words
    assert introducing.seen(scene) == ""
    assert say_yes(michi, made).headers["Location"] == f"/me/introductions/{made.pk}/"
    assert introducing.seen(scene) == introduced.NAME
    after = michi.read("me_introduction", made.pk)
    assert "会社に紹介しました。会社の返事を待っています" in after
    assert "この会社に伝わっていること" in after
    assert f"<h3>{EMPLOYER}</h3>" in michi.read("me_receipts")
    assert f"<dt>{EMPLOYER}</dt>" in michi.read("me")


def test_yes_to_terms_that_were_not_read_is_refused_and_told(scene: Scene, michi: Phone) -> None:
    made = introduced.proposed(scene)
    answer = michi.post("me_introduction", {"terms_hash": "0" * 64}, made.pk)
    assert (answer.status_code, introducing.state(made)) == (409, "proposed")
    assert "表示した条件と、いまの条件が違います" in answer.content.decode()


def test_company_kept_away_needs_its_own_tick(scene: Scene, michi: Phone) -> None:
    exclude(scene)
    made = introduced.proposed(scene)
    assert "情報を見せない設定にしている会社です" in michi.read("me_introduction", made.pk)
    page = say_yes(michi, made).content.decode()
    assert 'class="error-summary"' in page
    assert "印を付けてから「はい」を押してください" in page
    assert introducing.state(made) == "proposed"
    say_yes(michi, made, lifts_exclusion="on")
    assert introducing.seen(scene) == introduced.NAME


@pytest.mark.parametrize(("typed", "reason"), [({}, ""), ({"reason": "place"}, "place")])
def test_no_needs_no_reason_and_the_employer_hears_nothing(
    scene: Scene, michi: Phone, typed: dict[str, str], reason: str
) -> None:
    made = introduced.proposed(scene)
    assert "会社には何も伝わりません" in michi.read("me_introduction_no", made.pk)
    assert michi.post("me_introduction_no", typed, made.pk).headers["Location"] == "/me/"
    assert (introducing.state(made), introduced.stored(scene).end_reason) == ("declined", reason)
    assert introducing.inbox(scene, "ended") == []
    assert "終わった紹介（1 件）" in michi.read("me")


def test_answer_from_an_old_tab_leads_to_how_it_stands(scene: Scene, michi: Phone) -> None:
    made = introduced.proposed(scene)
    say_yes(michi, made)
    late = [
        michi.get("me_introduction_no", made.pk),
        michi.post("me_introduction_no", {}, made.pk),
        say_yes(michi, made),
    ]
    assert {answer.headers["Location"] for answer in late} == {f"/me/introductions/{made.pk}/"}
    assert "「はい」と答え済みです。やめるときは、このページから手続きできます。" in michi.read(
        "me_introduction", made.pk
    )
    assert introducing.state(made) == "introduced"


def test_yes_from_an_old_tab_after_a_no_changes_nothing(scene: Scene, michi: Phone) -> None:
    made = introduced.proposed(scene)
    michi.post("me_introduction_no", {}, made.pk)
    assert say_yes(michi, made).headers["Location"] == f"/me/introductions/{made.pk}/"
    assert "「いいえ」と答え済みです" in michi.read("me_introduction", made.pk)
    assert introducing.state(made) == "declined"


@pytest.mark.parametrize(("state", "words"), [
    ("proposed", "返事の期限が過ぎています。"),
    ("lapsed", "返事の期限が過ぎています。"),
    ("withdrawn", "この紹介は終わっています。"),
    ("joined", "「はい」と答え済みです。"),
])  # fmt: skip
def test_reason_why_nothing_is_to_be_answered_follows_the_state(state: str, words: str) -> None:
    assert progress_words.answered(state, may_withdraw=False) == words


def test_yes_where_another_agency_was_faster_ends_it_and_says_so_to_the_person(
    world: World, scene: Scene, michi: Phone
) -> None:
    introduced.introduced(scene)
    now = introduced.before(10)
    rival = caring.new_desk(world.operator, "rival", now=now)
    deal.live(rival.tenant, world.alpha, now=now)
    programmes.publish_policy(
        programme_id=DEFAULT_PROGRAMME_ID, actor=actors.SYSTEM, now=now, effective_from=now, agencies_at_once=2
    )
    with acting_as(candidate=scene.person.pk):
        person = actors.candidate(scene.person.pk)
        routing.choose(candidate_id=scene.person.pk, agencies=[rival.id], actor=person, now=now)
    route_candidate.route_candidate(candidate_id=scene.person.pk, now=now)
    [offer] = [one for one in caring.assignments(scene.person.pk) if one.organization_id == rival.id]
    caring.accept(rival, offer.pk, now)
    mine = Scene(rival, world.alpha, scene.person, offer, introducing.post(rival, world.alpha, now=now))
    twice = introducing.propose(mine, now)
    assert say_yes(michi, twice).status_code == 302
    assert "二重に紹介しないため、この求人は見送りにしました" in michi.read("me_introduction", twice.pk)
    assert introducing.state(twice) == "declined"


def test_time_of_an_interview_is_chosen_and_taken_along(scene: Scene, michi: Phone) -> None:
    made = introduced.with_times(scene)
    assert michi.get("me_introduction_file", made.pk).status_code == 404
    assert "面接の日時を選ぶ" in michi.read("me")
    refused = michi.post("me_introduction_time", {}, made.pk).content.decode()
    assert "日時が選ばれていません" in refused
    [first, second] = interview(scene).times
    assert michi.post("me_introduction_time", {"chosen": second.isoformat()}, made.pk).status_code == 302
    assert interview(scene).chosen == second
    page = michi.read("me_introduction", made.pk)
    assert "面接の予定" in page
    answer = michi.get("me_introduction_file", made.pk)
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    lines = answer.content.decode().split("\r\n")
    assert f"DTSTART:{second:%Y%m%dT%H%M%SZ}" in lines
    assert f"SUMMARY:面接：{EMPLOYER}" in lines
    assert "LOCATION:本社 3 階" in lines
    assert introduced.NAME not in answer.content.decode()
    late = michi.post("me_introduction_time", {"chosen": first.isoformat()}, made.pk)
    assert (late.status_code, interview(scene).chosen) == (200, second)


def test_offer_is_read_twice_and_taken(scene: Scene, michi: Phone) -> None:
    made = introduced.offered(scene)
    for name in ("me_introduction", "me_introduction_accept"):
        assert "4,800,000 円" in michi.read(name, made.pk)
    assert introducing.state(made) == "offered"
    assert michi.post("me_introduction_accept", {"seen": "another"}, made.pk).status_code == 409
    assert introducing.state(made) == "offered"
    assert accept(michi, made).status_code == 302
    assert introducing.state(made) == "accepted"
    page = michi.read("me_introduction", made.pk)
    assert "内定を受けました。入社の日を待っています" in page
    assert "この会社への紹介をやめる" not in page
    assert michi.get("me_introduction_accept", made.pk).status_code == 302
    assert accept(michi, made).status_code == 409


def test_stepping_back_ends_the_employers_sight(scene: Scene, michi: Phone) -> None:
    made = introduced.introduced(scene)
    assert "ほかに同じ会社への紹介がなければ、この会社はあなたの情報を見られなくなります" in michi.read(
        "me_introduction_withdraw", made.pk
    )
    assert michi.post("me_introduction_withdraw", {"reason": "other_job"}, made.pk).headers["Location"] == "/me/"
    assert (introducing.state(made), introducing.seen(scene)) == ("withdrawn", "")
    assert "あなたがやめました" in michi.read("me_introduction", made.pk)
    assert michi.get("me_introduction_withdraw", made.pk).status_code == 302


def test_stepping_back_from_a_company_outside_takes_no_sight_away(scene: Scene, michi: Phone) -> None:
    made = introduced.introduced(introduced.outside(scene))
    michi.post("me_introduction_withdraw", {"reason": ""}, made.pk)
    page = michi.read("me")
    assert "やめることを伝えました。紹介会社が、会社に伝えます。" in page
    assert "もう見られません" not in page


def test_no_of_a_company_outside_takes_no_sight_away(scene: Scene, michi: Phone) -> None:
    made = introduced.introduced(introduced.outside(scene))
    advance_introduction.refuse(
        organization_id=scene.agency.id,
        introduction_id=made.pk,
        reason="skills",
        note="",
        actor=scene.agency.adviser,
        now=introduced.before(10),
    )
    page = michi.read("me_introduction", made.pk)
    assert "紹介会社の担当は続き、ほかの案内も届きます。" in page
    assert "もう見られません" not in page


def test_accepted_offer_can_be_turned_down_before_the_start(scene: Scene, michi: Phone) -> None:
    made = introduced.offered(scene)
    accept(michi, made)
    assert "入社を辞退する" in michi.read("me_introduction", made.pk)
    assert "への入社を取りやめます" in michi.read("me_introduction_withdraw", made.pk)
    assert michi.post("me_introduction_withdraw", {"reason": ""}, made.pk).headers["Location"] == "/me/"
    assert (introducing.state(made), introducing.seen(scene)) == ("withdrawn", "")
    page = michi.read("me_introduction", made.pk)
    assert "あなたがやめました" in page
    assert "入社を辞退する" not in page


def test_no_of_the_employer_is_told_gently_and_without_its_reason(scene: Scene, michi: Phone) -> None:
    made = introduced.introduced(scene)
    introducing.refuse(scene, made, introduced.before(5))
    page = michi.read("me_introduction", made.pk)
    assert "今回は、お見送りになりました" in page
    assert not {words for words in ("求める経験", "もう少し経験がほしい") if words in page}


def test_company_outside_the_network_is_said_to_be_outside(scene: Scene, michi: Phone) -> None:
    made = introduced.proposed(introduced.outside(scene))
    page = michi.read("me_introduction", made.pk)
    assert "この会社はキャリアリレーに参加していない" in page
    assert "渡した情報の消去は、会社への依頼になります。" in page
    assert "やめたあとは見られなくなります" not in page
    say_yes(michi, made)
    assert "<h3>外の会社株式会社</h3>" in michi.read("me_receipts")


def test_company_outside_the_network_is_not_said_to_know_before_the_agency_tells_it(scene: Scene, michi: Phone) -> None:
    made = introduced.introduced(introduced.outside(scene))
    page = michi.read("me_introduction", made.pk)
    for words in (
        "紹介会社がこれから会社に伝えます",
        "が、これから 外の会社株式会社 に伝えます。",
        "あなたが「はい」と答えました",
    ):
        assert words in page, words
    assert not {words for words in ("会社に紹介しました", "に伝えました") if words in page}
    assert "紹介会社がこれから会社に伝えます" in michi.read("me")
    advance_introduction.advance(
        organization_id=scene.agency.id,
        introduction_id=made.pk,
        to="screening",
        actor=scene.agency.adviser,
        now=introduced.before(10),
    )
    after = michi.read("me_introduction", made.pk)
    assert "が 外の会社株式会社 に伝えました。" in after
    assert "会社に紹介しました" not in after


@pytest.mark.parametrize(("phone_number", "fit_note", "passed"), [
    ("", "決算の経験が 5 年あります。", ["name", "email", "prefecture", "occupation", "fit_note"]),
    ("+819012345678", "", ["name", "email", "phone", "prefecture", "occupation"]),
])  # fmt: skip
@pytest.mark.parametrize("is_outside", [False, True])
def test_record_names_what_the_employer_learns_and_nothing_else(
    scene: Scene, michi: Phone, *, is_outside: bool, phone_number: str, fit_note: str, passed: list[str]
) -> None:
    with acting_as(candidate=scene.person.pk):
        Identity.objects.filter(pk=scene.person.pk).update(phone=phone_number)
    one = introduced.outside(scene) if is_outside else scene
    introducing.agree(introducing.propose(one, introduced.before(25), fit_note=fit_note), introduced.before(20))
    [newest, *_before] = json.loads(michi.get("me_download").content)["provisions"]
    assert newest["items"] == passed
    assert ("推薦の理由" in michi.read("me_receipts")) is bool(fit_note)


def test_me_says_what_comes_next_as_it_stands(scene: Scene, michi: Phone) -> None:
    assert "担当の紹介会社から連絡が届きます" in michi.read("me")
    made = introduced.introduced(scene)
    page = michi.read("me")
    assert "紹介が進んでいます。次に動きがあると" in page
    assert "担当の紹介会社から連絡が届きます" not in page
    introducing.advance(scene, made, "screening", introduced.before(15))
    advance_introduction.offer(
        introduction_id=made.pk,
        salary=introduced.SALARY,
        start_on=introduced.today(),
        note="",
        **introduced.by(scene, introduced.before(10)),
    )
    assert "内定が出ています。上から内容を見て" in michi.read("me")
    advance_introduction.accept_offer(introduction_id=made.pk, candidate_id=scene.person.pk, now=introduced.before(5))
    assert "入社の日を待っています。分からないことは" in michi.read("me")


def test_me_promises_no_first_contact_that_was_made(scene: Scene, michi: Phone) -> None:
    with acting_as(organization=scene.agency.id):
        routing.record_contact(
            organization_id=scene.agency.id,
            assignment_id=scene.assignment.pk,
            channel="phone",
            purpose="first",
            summary="希望を聞いた",
            happened_at=introduced.before(20),
            actor=scene.agency.adviser,
            now=introduced.before(20),
        )
    page = michi.read("me")
    assert "紹介会社から求人の案内が届くと、メールとこのページでお知らせします。" in page
    assert "担当の紹介会社から連絡が届きます" not in page


def test_me_says_after_the_start_who_is_there_to_ask(scene: Scene, michi: Phone) -> None:
    introduced.joined(scene)
    assert "入社しました。困ったことがあれば、紹介会社に相談できます。" in michi.read("me")


@pytest.mark.parametrize(("days", "is_said"), [(14, False), (15, True)])
def test_offer_with_a_start_near_does_not_say_that_there_is_time(
    scene: Scene, michi: Phone, days: int, *, is_said: bool
) -> None:
    made = introducing.advance(scene, introduced.introduced(scene), "screening", introduced.before(15))
    start_on = introduced.today() + dt.timedelta(days=days)
    advance_introduction.offer(
        introduction_id=made.pk,
        salary=introduced.SALARY,
        start_on=start_on,
        note="",
        **introduced.by(scene, introduced.before(10)),
    )
    page = michi.read("me_introduction", made.pk)
    assert ("返事を急ぐ必要はありません" in page) is is_said
    assert "分からないことは、先に紹介会社へ聞いてください。" in page


def test_person_in_post_says_so_or_does_not(scene: Scene, phone: Phone, monkeypatch: pytest.MonkeyPatch) -> None:
    check_id = check_due(scene)
    shift(monkeypatch, 40)
    phone.sign_in(introduced.EMAIL, scene.person.pk)
    assert "入社 30 日の確認" in phone.read("me")
    page = phone.post("me_check", {"answer": "left"}, check_id).content.decode()
    assert "退職した日が入力されていません" in page
    assert re.search(r'value="left"[^>]*checked', page)
    assert phone.post("me_check", {"answer": "in_post"}, check_id).headers["Location"] == "/me/"
    assert phone.get("me_check", check_id).status_code == 404
    assert "入社 30 日の確認" not in phone.read("me")


def test_person_who_left_says_when_and_is_not_asked_again(
    scene: Scene, phone: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    check_id = check_due(scene)
    later = shift(monkeypatch, 40)
    phone.sign_in(introduced.EMAIL, scene.person.pk)
    future = (clock.day_in_japan(later) + dt.timedelta(days=1)).isoformat()
    refused = phone.post("me_check", {"answer": "left", "left_on": future}, check_id)
    assert (refused.status_code, f'value="{future}"' in refused.content.decode()) == (409, True)
    assert phone.post("me_check", {"answer": "left", "left_on": str(introduced.today())}, check_id).status_code == 302
    assert "入社 30 日の確認" not in phone.read("me")


def test_introduction_of_somebody_else_is_not_there(world: World, scene: Scene) -> None:
    made = introduced.with_times(scene)
    stranger = Phone()
    stranger.sign_in("sora@people.example", world.sora.pk)
    asked = [stranger.get(name, made.pk).status_code for name in (*PAGES, "me_introduction_file")]
    sent = [stranger.post(name, {"terms_hash": made.terms_hash}, made.pk).status_code for name in PAGES]
    sent.append(stranger.post("me_introduction_time", {}, made.pk).status_code)
    assert (asked, sent) == ([404] * 5, [404] * 5)


def test_check_of_somebody_else_is_not_there(world: World, scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    check_id = check_due(scene)
    stranger = Phone()
    shift(monkeypatch, 40)
    stranger.sign_in("sora@people.example", world.sora.pk)
    answers = [stranger.get("me_check", check_id), stranger.post("me_check", {"answer": "in_post"}, check_id)]
    assert [answer.status_code for answer in answers] == [404, 404]


def test_pages_lead_whoever_is_not_signed_in_to_the_code(scene: Scene) -> None:
    made = introduced.proposed(scene)
    answers = [Phone().get(name, made.pk) for name in PAGES] + [say_yes(Phone(), made)]
    assert {answer.headers["Location"] for answer in answers} == {"/me/sign-in/"}


def test_me_asks_as_often_for_three_introductions_as_for_one(scene: Scene, michi: Phone) -> None:
    introduced.proposed(scene)
    one = desk.asked(michi.client, "/me/")
    for title in ("総務", "法務"):
        introducing.propose(
            scene, introduced.before(9), posting_id=introducing.post(scene.agency, scene.employer, title=title).pk
        )
    assert desk.asked(michi.client, "/me/") == one <= MOST_QUERIES
    assert michi.read("me").count("内容を見て返事をする") == 3


def test_pages_change_nothing_are_light_private_and_without_scripts(scene: Scene, michi: Phone) -> None:
    made = introduced.offered(scene)
    for name in PAGES:
        if name == "me_introduction_no":
            continue
        path = f"/me/introductions/{made.pk}/{name.removeprefix('me_introduction').strip('_')}".rstrip("/") + "/"
        assert desk.asked(michi.client, path) <= MOST_QUERIES
        answer = michi.get(name, made.pk)
        assert answer.headers["Cache-Control"] == "no-store, private"
        assert not {words for words in (b"<script", b" style=", b"https://") if words in answer.content}
        assert weight(answer.content) <= LIMIT
        assert not {words for words in NEVER if words in answer.content.decode()}
    assert michi.get("me_introduction_time", made.pk).status_code == 405


def test_copy_holds_introductions_and_hires_and_no_word_of_money_between_others(scene: Scene, michi: Phone) -> None:
    introduced.joined(scene)
    copy = json.loads(michi.get("me_download").content)
    [one] = copy["introductions"]
    assert (one["employer_name"], one["state"], one["fit_note"]) == (EMPLOYER, "joined", "決算の経験が 5 年あります。")
    assert [step["state_after"] for step in one["steps"]] == [
        "proposed", "introduced", "screening", "offered", "accepted", "joined",
    ]  # fmt: skip
    [hire] = copy["placements"]
    assert (hire["employer_name"], len(hire["checks"])) == (EMPLOYER, 4)
    assert "fee" not in json.dumps(copy["placements"])
