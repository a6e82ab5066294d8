"""The people an employer hired by introduction: the start, the fee, the checks, the end."""

from __future__ import annotations

import datetime as dt
import io
import typing

import pytest
from django.urls import reverse
from pypdf import PdfReader

from career_relay.domain.people.placements.models import Check, Placement
from career_relay.flows import check_retention
from career_relay.kernel import clock
from career_relay.kernel.tenancy.context import acting_as
from tests.flows import requesting
from tests.portals import introduced
from tests.portals.agency import desk
from tests.portals.employer.desk import signed_in, text

if typing.TYPE_CHECKING:
    import uuid

    from django.test import Client

    from tests.flows.introducing import Scene
    from tests.world import World

LIST = reverse("employer:placements")
ACTS = ("placement_start", "placement_not_started", "placement_left")


@pytest.fixture
def scene(world: World) -> Scene:
    return introduced.scene(world)


@pytest.fixture
def recruiter(world: World) -> Client:
    return signed_in(world.alpha.users["recruiter"])


def page(name: str, *keys: uuid.UUID) -> str:
    return reverse(f"employer:{name}", args=keys)


def check(scene: Scene, days: int = 30) -> Check:
    with acting_as(organization=scene.employer.id):
        return Check.objects.get(days=days)


def days_go_by(monkeypatch: pytest.MonkeyPatch, days: int) -> None:
    later = clock.now() + dt.timedelta(days=days)
    monkeypatch.setattr(clock, "now", lambda: later)


def test_empty_list_says_what_would_fill_it(world: World, recruiter: Client) -> None:
    shown = text(recruiter.get(LIST))
    assert "ご本人が内定を承諾すると、ここに出ます" in shown
    assert "紹介会社ごとのまとめ" not in shown


def test_start_is_recorded_and_the_fee_falls_due(scene: Scene, recruiter: Client) -> None:
    made = introduced.agreed(scene)
    assert "入社の記録へ" not in text(recruiter.get(page("placement", made.pk)))
    assert "入社を記録する画面へ" in text(recruiter.get(page("introduction", made.introduction_id)))
    future = (introduced.today() + dt.timedelta(days=1)).isoformat()
    refused = recruiter.post(page("placement_start", made.pk), {"started_on": future})
    assert (refused.status_code, list(refused.context["form"].errors)) == (409, ["started_on"])
    typed = {"started_on": introduced.today().isoformat()}
    assert recruiter.post(page("placement_start", made.pk), typed).headers["Location"] == page("placement", made.pk)
    shown = text(recruiter.get(page("placement", made.pk)))
    for words in ("在籍中", "紹介手数料", "1,680,000 円", "連携協定（年収の 35 %）", "入社 30 日"):
        assert words in shown, words
    assert recruiter.get(page("placement_start", made.pk)).status_code == 302
    assert "つなぐ人材紹介株式会社 1 名 1 名 0 枠 1,680,000 円 0 円" in text(recruiter.get(LIST))


def test_slot_pays_and_the_pages_say_so(world: World, recruiter: Client) -> None:
    made = introduced.joined(introduced.by_slot(world))
    shown = text(recruiter.get(page("placement", made.pk)))
    assert "手数料は 0 円です。" in shown
    assert "手数料なし" in shown
    assert "早く退職したとき 入社後に退職しても、枠は戻りません。" in shown
    assert requesting.slots(world.alpha) == ["used"]
    paper = recruiter.get(page("placement_paper", made.pk))
    said = "".join(PdfReader(io.BytesIO(paper.content)).pages[0].extract_text().split())
    assert "無料紹介枠による紹介です。手数料は0円で、請求はありません。" in said
    assert introduced.NAME.replace(" ", "") not in said


def test_person_who_never_starts_costs_nothing(scene: Scene, recruiter: Client) -> None:
    made = introduced.agreed(scene)
    address = page("placement_not_started", made.pk)
    assert list(recruiter.post(address, {"reason": ""}).context["form"].errors) == ["reason"]
    assert recruiter.post(address, {"reason": "person"}).status_code == 302
    shown = text(recruiter.get(page("placement", made.pk)))
    assert "入社に至らなかったため、手数料はかかりません" in shown
    assert introduced.NAME not in shown


def test_leaving_gives_back_what_the_table_says(
    scene: Scene, recruiter: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = introduced.joined(scene)
    start = introduced.today()
    days_go_by(monkeypatch, 40)
    address = page("placement_left", made.pk)
    early = recruiter.post(address, {"left_on": (start - dt.timedelta(days=1)).isoformat(), "reason": "person"})
    assert (early.status_code, list(early.context["form"].errors)) == (409, ["left_on"])
    typed = {"left_on": (start + dt.timedelta(days=20)).isoformat(), "reason": "person"}
    assert recruiter.post(address, typed).status_code == 302
    shown = text(recruiter.get(page("placement", made.pk)))
    for words in ("返戻金", "−840,000 円", "ご本人の都合", "退職"):
        assert words in shown, words
    said = [(row.words, bool(row.by)) for row in recruiter.get(page("placement", made.pk)).context["page"].checks]
    assert said == [("退職", True), *[("退職のため不要", False)] * 3]
    agency = signed_in(scene.agency.tenant.users["manager"])
    address = reverse("agency:placement", args=[made.pk])
    assert text(agency.get(address)).count("退職のため不要") == 3


def test_check_is_answered_once_its_day_has_come(
    scene: Scene, recruiter: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = introduced.joined(scene)
    address = page("placement_check", made.pk, check(scene).pk)
    assert recruiter.get(address).status_code == 302
    days_go_by(monkeypatch, 40)
    assert address in recruiter.get(page("placement", made.pk)).content.decode()
    assert sorted(recruiter.post(address, {"answer": "left"}).context["form"].errors) == ["left_on", "reason"]
    both = {"answer": "in_post", "left_on": introduced.today().isoformat()}
    assert list(recruiter.post(address, both).context["form"].errors) == ["left_on"]
    assert recruiter.post(address, {"answer": "in_post"}).status_code == 302
    assert check(scene).answer == "in_post"
    assert recruiter.post(address, {"answer": "in_post"}).status_code == 302


def test_word_of_the_person_that_they_left_is_shown_for_confirmation(
    scene: Scene, recruiter: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    made, left_on = introduced.joined(scene), introduced.today()
    days_go_by(monkeypatch, 40)
    check_retention.answer_by_person(
        candidate_id=scene.person.pk, check_id=check(scene).pk, in_post=False, left_on=left_on, now=clock.now()
    )
    shown = text(recruiter.get(page("placement", made.pk)))
    assert f"ご本人から、{left_on:%Y/%m/%d} に退職したと連絡がありました" in shown
    asked = recruiter.get(page("placement_check", made.pk, check(scene).pk)).content.decode()
    assert f'value="{left_on.isoformat()}"' in asked
    typed = {"answer": "left", "left_on": left_on.isoformat(), "reason": "person"}
    assert recruiter.post(page("placement_check", made.pk, check(scene).pk), typed).status_code == 302
    with acting_as(organization=scene.employer.id):
        assert Placement.objects.get().state == "left"


def test_pages_are_for_those_who_have_the_right(world: World, scene: Scene) -> None:
    made = introduced.agreed(scene)
    pages = [LIST, page("placement", made.pk), *(page(name, made.pk) for name in ACTS[:2])]
    seen = {
        role: [signed_in(user).get(address).status_code for address in pages]
        for role, user in world.alpha.users.items()
    }
    assert seen == {
        "owner": [200] * 4,
        "recruiter": [200] * 4,
        "hiring_manager": [403] * 4,
        "analyst": [403] * 4,
        "auditor": [200, 200, 403, 403],
    }
    assert pages[2] not in signed_in(world.alpha.users["auditor"]).get(pages[1]).content.decode()
    for user in (world.agency.owner, world.school.owner, world.operator.owner, world.stranger):
        assert {signed_in(user).get(address).status_code for address in pages} == {404}


def test_hire_of_another_employer_is_not_there(world: World, scene: Scene) -> None:
    made = introduced.joined(scene)
    stranger = signed_in(world.beta.owner)
    addresses = [page(name, made.pk) for name in ("placement", *ACTS)]
    addresses.append(page("placement_check", made.pk, check(scene).pk))
    typed = {"reason": "person", "left_on": introduced.today().isoformat(), "answer": "in_post"}
    assert [stranger.get(address).status_code for address in addresses] == [404] * 5
    assert stranger.get(page("placement_paper", made.pk)).status_code == 404
    assert [stranger.post(address, typed).status_code for address in addresses[1:]] == [404] * 4


def test_list_asks_as_often_for_three_as_for_one_and_writes_nothing(scene: Scene, recruiter: Client) -> None:
    made = introduced.joined(scene)
    one = desk.asked(recruiter, LIST)
    for number in (1, 2):
        introduced.joined(introduced.another(scene, number))
    assert desk.asked(recruiter, LIST) == one <= desk.MOST_QUERIES
    assert "つなぐ人材紹介株式会社 3 名 3 名 0 枠" in text(recruiter.get(LIST))
    assert desk.asked(recruiter, page("placement", made.pk)) <= desk.MOST_QUERIES
