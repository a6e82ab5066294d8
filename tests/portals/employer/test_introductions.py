"""The people introduced to an employer: who sees them, when, and what is decided about them."""

from __future__ import annotations

import datetime as dt
import typing

import pytest
from django.urls import reverse

from career_relay.domain.people.consents.models import Consent
from career_relay.domain.people.introductions.models import Interview
from career_relay.flows import advance_introduction, withdraw_consent
from career_relay.kernel import clock
from career_relay.kernel.tenancy.context import acting_as
from tests.domain.hiring.applications.records import Records
from tests.flows import introducing
from tests.portals import introduced
from tests.portals.agency import desk
from tests.portals.employer.desk import signed_in, text

if typing.TYPE_CHECKING:
    import uuid

    from django.test import Client

    from tests.flows.introducing import Scene
    from tests.portals.pages import Answer
    from tests.world import World

LIST = reverse("employer:introductions")
ACTS = ("introduction_times", "introduction_offer", "introduction_refuse")
REFUSAL = {"reason": "experience", "note": "実務の経験が、もう少し要ります。"}


@pytest.fixture
def scene(world: World) -> Scene:
    return introduced.scene(world)


@pytest.fixture
def recruiter(world: World) -> Client:
    return signed_in(world.alpha.users["recruiter"])


def page(name: str, introduction_id: uuid.UUID) -> str:
    return reverse(f"employer:{name}", args=[introduction_id])


def go_on(client: Client, introduction_id: uuid.UUID, to: str, seen: str) -> Answer:
    return client.post(page("introduction_advance", introduction_id), {"to": to, "seen": seen})


def moment(days: int) -> str:
    return f"{clock.now().astimezone(clock.TOKYO) + dt.timedelta(days=days):%Y-%m-%dT%H:%M}"


def test_empty_inbox_says_what_would_fill_it(world: World, recruiter: Client) -> None:
    shown = text(recruiter.get(LIST))
    assert "貴社の対応を待っている方はいません" in shown
    assert "紹介を依頼" in shown
    assert "選考中の方はいません" in text(recruiter.get(LIST, {"state": "open"}))
    assert "終わった選考はありません" in text(recruiter.get(LIST, {"state": "ended"}))
    assert "が、貴社の対応を待っています" not in text(recruiter.get(reverse("employer:home")))


def test_employer_finds_nothing_before_the_yes_and_everything_it_needs_after(scene: Scene, recruiter: Client) -> None:
    made = introduced.proposed(scene)
    assert recruiter.get(page("introduction", made.pk)).status_code == 404
    assert introduced.NAME not in text(recruiter.get(LIST))
    introducing.agree(made, introduced.before(20))
    assert f"{introduced.NAME} 経理" in text(recruiter.get(LIST))
    shown = text(recruiter.get(page("introduction", made.pk)))
    for words in (f"{introduced.NAME} さん", "決算の経験が 5 年あります。", introduced.EMAIL, "0901234", "東京都"):
        assert words in shown, words
    assert "経験が生きると思います。" not in shown
    assert "推薦された方 1 名が、貴社の対応を待っています" in text(recruiter.get(reverse("employer:home")))


def test_own_past_applications_of_the_very_address_are_shown_as_own_records(scene: Scene, recruiter: Client) -> None:
    records = Records(scene.employer)
    same = records.person("旧姓 花", email=introduced.EMAIL)
    records.apply(same, posting_id=records.posting("営業事務"))
    records.apply(
        records.person(introduced.NAME, email="another@people.example"), posting_id=records.posting("別の求人")
    )
    made = introduced.introduced(scene)
    answer = recruiter.get(page("introduction", made.pk))
    shown = text(answer)
    assert "営業事務" in shown
    assert "別の求人" not in shown
    assert reverse("employer:applicant", args=[same.pk]) in answer.content.decode()


def test_employer_goes_on_step_by_step_and_a_second_click_changes_nothing(scene: Scene, recruiter: Client) -> None:
    made = introduced.introduced(scene)
    assert "書類選考へ 面接へ" in text(recruiter.get(page("introduction", made.pk)))
    clicks = [go_on(recruiter, made.pk, "screening", "introduced-0") for _click in range(2)]
    assert introducing.state(made) == "screening"
    assert [click.status_code for click in clicks] == [302, 409]
    assert "進み具合が変わったか、終わっているためです" in text(clicks[1])
    go_on(recruiter, made.pk, "interview", "screening-0")
    for _click in range(2):
        go_on(recruiter, made.pk, "next_round", "interview-1")
    assert (introduced.stored(scene).state, introduced.stored(scene).round) == ("interview", 2)
    assert go_on(recruiter, made.pk, "offered", "interview-2").status_code == 409
    shown = text(recruiter.get(page("introduction", made.pk)))
    assert "面接（2 回目）" in shown


def test_times_are_proposed_and_mistakes_stand_at_their_field(scene: Scene, recruiter: Client) -> None:
    made = introduced.interviewed(scene)
    address = page("introduction_times", made.pk)
    typed = {"time_1": moment(-1), "time_2": moment(3), "time_3": moment(3), "place": "本社 3 階"}
    refused = recruiter.post(address, typed)
    assert sorted(refused.context["form"].errors) == ["time_1", "time_3"]
    assert 'value="本社 3 階"' in refused.content.decode()
    assert sorted(recruiter.post(address, {"place": ""}).context["form"].errors) == ["place", "time_1"]
    assert recruiter.post(address, typed | {"time_1": moment(2), "time_3": ""}).status_code == 302
    with acting_as(organization=scene.employer.id):
        [kept] = Interview.objects.all()
    assert (len(kept.times), kept.place) == (2, "本社 3 階")
    shown = text(recruiter.get(page("introduction", made.pk)))
    assert "ご本人が選ぶのを待っています" in shown
    assert "ご本人の返事待ち" in shown


def test_page_says_that_no_time_was_chosen_before_it_goes_on(scene: Scene, recruiter: Client) -> None:
    made, words = introduced.introduced(scene), "面接の日時が決まっていません"
    assert words not in text(recruiter.get(page("introduction", made.pk)))
    introducing.advance(scene, made, "screening", introduced.before(15))
    assert words in text(recruiter.get(page("introduction_offer", made.pk)))
    introducing.advance(scene, made, "interview", introduced.before(14))
    assert words in text(recruiter.get(page("introduction", made.pk)))
    assert words in text(recruiter.get(page("introduction_offer", made.pk)))


def test_person_and_reason_come_before_the_own_terms(scene: Scene, recruiter: Client) -> None:
    made = introduced.introduced(scene)
    shown = text(recruiter.get(page("introduction", made.pk)))
    places = [shown.index(words) for words in ("お名前", "推薦の理由", "ご本人に示した労働条件")]
    assert places == sorted(places)
    assert "採用になったとき、年収の 35 %" in shown


def test_offer_is_made_and_mended(scene: Scene, recruiter: Client) -> None:
    made = introduced.interviewed(scene)
    address = page("introduction_offer", made.pk)
    day = introduced.today()
    refused = recruiter.post(address, {"salary": "480万", "start_on": (day - dt.timedelta(days=1)).isoformat()})
    assert sorted(refused.context["form"].errors) == ["salary", "start_on"]
    typed = {"salary": "4800000", "start_on": (day + dt.timedelta(days=7)).isoformat(), "note": "経理部です。"}
    assert recruiter.post(address, typed).status_code == 302
    assert "4,800,000 円" in text(recruiter.get(page("introduction", made.pk)))
    assert 'value="4800000"' in recruiter.get(address).content.decode()
    recruiter.post(address, typed | {"salary": "5000000"})
    assert introduced.stored(scene).offer_salary == 5_000_000


def test_offer_that_is_hardly_a_salary_is_refused_at_its_field(scene: Scene, recruiter: Client) -> None:
    made = introduced.interviewed(scene)
    typed = {"salary": "480", "start_on": (introduced.today() + dt.timedelta(days=30)).isoformat(), "note": "経理部"}
    refused = recruiter.post(page("introduction_offer", made.pk), typed)
    assert list(refused.context["form"].errors) == ["salary"]
    assert ("50 万円以上を入力してください" in text(refused), 'value="480"' in refused.content.decode()) == (True, True)


def test_unusual_offer_is_asked_about_once_more_and_nothing_typed_is_lost(scene: Scene, recruiter: Client) -> None:
    made = introduced.interviewed(scene)
    address, soon = page("introduction_offer", made.pk), introduced.today() + dt.timedelta(days=6)
    typed = {"salary": "99999999", "start_on": soon.isoformat(), "note": "経理部です。"}
    shown = text(recruiter.post(address, typed))
    for words in ("求人票の上限", "1 週間ありません", "9,999 万 9,999 円", "34,999,999 円", "経理部です。"):
        assert words in shown, words
    assert introduced.stored(scene).state == "interview"
    mended = recruiter.post(address, typed | {"mend": "1"}).content.decode()
    assert ['value="99999999"' in mended, f'value="{soon.isoformat()}"' in mended, "経理部です。" in mended] == [
        True
    ] * 3
    assert "求人票の下限（400 万円）" in text(recruiter.post(address, typed | {"salary": "500000"}))
    assert introduced.stored(scene).state == "interview"
    assert recruiter.post(address, typed | {"confirmed": "1"}).status_code == 302
    assert (introduced.stored(scene).state, introduced.stored(scene).offer_salary) == ("offered", 99_999_999)


def test_offer_by_slot_is_said_to_cost_nothing_before_it_goes_out(world: World, recruiter: Client) -> None:
    made = introduced.interviewed(introduced.by_slot(world))
    typed = {"salary": "6000000", "start_on": introduced.today().isoformat(), "note": ""}
    assert "0 円（無料紹介枠）" in text(recruiter.post(page("introduction_offer", made.pk), typed))


def test_interview_ahead_waits_for_nobody_until_it_has_passed(
    scene: Scene, recruiter: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = introduced.with_times(scene)
    with acting_as(candidate=scene.person.pk):
        at = Interview.objects.get().times[0]
    advance_introduction.choose_time(
        introduction_id=made.pk, candidate_id=scene.person.pk, chosen=at, now=introduced.before(3)
    )
    local = at.astimezone(clock.TOKYO)
    planned = f"面接の予定：{local.month}/{local.day} {local:%H:%M}"
    shown = text(recruiter.get(page("introduction", made.pk)))
    assert (planned in shown, "日時を変える" in shown, "貴社の対応待ち" in shown) == (True, True, False)
    assert planned in text(recruiter.get(LIST, {"state": "open"}))
    assert introduced.NAME not in text(recruiter.get(LIST))
    assert "が、貴社の対応を待っています" not in text(recruiter.get(reverse("employer:home")))
    agency = signed_in(scene.agency.tenant.users["manager"])
    for address in (reverse("agency:introduction", args=[made.pk]), reverse("agency:introductions")):
        assert planned in text(agency.get(address)), address
    monkeypatch.setattr(clock, "now", lambda: at)
    assert f"{introduced.NAME} 経理" in text(recruiter.get(LIST))
    met = text(recruiter.get(page("introduction", made.pk)))
    assert ("貴社の対応待ち" in met, "日時を変える" in met) == (True, False)


def test_no_wants_a_reason_and_ends_the_sight(scene: Scene, recruiter: Client) -> None:
    made = introduced.introduced(scene)
    address = page("introduction_refuse", made.pk)
    refused = recruiter.post(address, {"note": REFUSAL["note"]})
    assert (list(refused.context["form"].errors), REFUSAL["note"] in refused.content.decode()) == (["reason"], True)
    assert recruiter.post(address, REFUSAL).status_code == 302
    shown = text(recruiter.get(page("introduction", made.pk)))
    assert "ご本人の情報は、もう見られません" in shown
    assert "求める経験と違った" in shown
    assert introduced.NAME not in shown
    assert introduced.NAME not in text(recruiter.get(LIST, {"state": "ended"}))
    assert [recruiter.get(page(name, made.pk)).status_code for name in ACTS] == [302] * 3
    assert recruiter.post(address, REFUSAL).status_code == 302


def test_consent_taken_back_hides_the_person_at_once(scene: Scene, recruiter: Client) -> None:
    made = introduced.introduced(scene)
    with acting_as(candidate=scene.person.pk):
        consent = Consent.objects.get(purpose="agency_introduction")
        withdraw_consent.withdraw_consent(candidate_id=scene.person.pk, consent_id=consent.pk, now=clock.now())
    assert introduced.NAME not in text(recruiter.get(page("introduction", made.pk)))


def test_slot_is_said_to_cost_nothing(world: World, recruiter: Client) -> None:
    made = introduced.introduced(introduced.by_slot(world))
    assert "0 円（無料紹介枠）" in text(recruiter.get(page("introduction", made.pk)))
    assert "無料紹介枠は戻り" in text(recruiter.get(page("introduction_refuse", made.pk)))


def test_pages_are_for_those_who_have_the_right(world: World, scene: Scene) -> None:
    made = introduced.interviewed(scene)
    pages = [LIST, page("introduction", made.pk), *(page(name, made.pk) for name in ACTS)]
    seen = {
        role: [signed_in(user).get(address).status_code for address in pages]
        for role, user in world.alpha.users.items()
    }
    assert seen == {
        "owner": [200] * 5,
        "recruiter": [200] * 5,
        "hiring_manager": [403] * 5,
        "analyst": [403] * 5,
        "auditor": [200, 200, 403, 403, 403],
    }
    auditor = text(signed_in(world.alpha.users["auditor"]).get(pages[1]))
    assert not {words for words in ("面接の日時を提案", "お見送りにする") if words in auditor}
    for user in (world.agency.owner, world.school.owner, world.operator.owner, world.stranger):
        assert {signed_in(user).get(address).status_code for address in pages} == {404}


def test_introduction_to_another_employer_is_not_there(world: World, scene: Scene) -> None:
    made = introduced.interviewed(scene)
    stranger = signed_in(world.beta.owner)
    addresses = [page(name, made.pk) for name in ("introduction", *ACTS)]
    assert [stranger.get(address).status_code for address in addresses] == [404] * 4
    sent = [stranger.post(address, REFUSAL).status_code for address in addresses[1:]]
    sent.append(go_on(stranger, made.pk, "next_round", "interview-1").status_code)
    assert sent == [404] * 4
    assert introducing.state(made) == "interview"
    assert stranger.get(page("introduction_advance", made.pk)).status_code == 405


def test_list_asks_as_often_for_three_as_for_one_and_writes_nothing(scene: Scene, recruiter: Client) -> None:
    introduced.introduced(scene)
    one = desk.asked(recruiter, LIST)
    for number in (1, 2):
        introduced.introduced(introduced.another(scene, number))
    assert desk.asked(recruiter, LIST) == one <= desk.MOST_QUERIES
    assert desk.asked(recruiter, page("introduction", introduced.stored(scene).pk)) <= desk.MOST_QUERIES
