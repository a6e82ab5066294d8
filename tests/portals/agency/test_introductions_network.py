from __future__ import annotations

import datetime as dt
import typing

import pytest
from django.urls import reverse

from career_relay.domain.people.introductions.models import Introduction
from career_relay.flows import advance_introduction
from career_relay.kernel.tenancy.context import acting_as
from tests.flows import caring, introducing, placing, requesting
from tests.portals.agency.desk import signed_in, text
from tests.world import NOW

if typing.TYPE_CHECKING:
    from django.test import Client

    from tests.flows.introducing import Scene
    from tests.portals.pages import Answer
    from tests.world import World

LATER = NOW + dt.timedelta(hours=1)


@pytest.fixture(autouse=True)
def _now(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("career_relay.kernel.clock.now", lambda: LATER)


@pytest.fixture
def scene(world: World) -> Scene:
    """An agency with somebody to introduce to an employer of the network."""
    return introducing.scene(world)


def adviser(scene: Scene) -> Client:
    return signed_in(scene.agency.tenant.users["adviser"])


def page_of(introduction: Introduction) -> str:
    return reverse("agency:introduction", args=[introduction.pk])


def acts(page: Answer) -> list[str]:
    return [one.url.rstrip("/").rsplit("/", 1)[-1] for one in page.context["page"].choices]


def test_employer_of_the_network_answers_itself(scene: Scene) -> None:
    client = adviser(scene)
    made = introducing.introduce(scene)
    page = client.get(page_of(made))
    assert acts(page) == ["withdraw"]
    assert "会社の返事を待っています" in text(page)
    assert "協定で決めた手数料" in text(page)
    introducing.advance(scene, made, "interview")
    at = LATER + dt.timedelta(days=3)
    advance_introduction.propose_times(
        organization_id=scene.employer.id,
        introduction_id=made.pk,
        times=[at],
        place="本社",
        actor=scene.recruiter,
        now=NOW,
    )
    assert acts(client.get(page_of(made))) == ["choose", "withdraw"]
    sent = {"seen": "interview-1", "chosen": at.isoformat()}
    assert client.post(reverse("agency:introduction_choose", args=[made.pk]), sent).headers["Location"] == page_of(made)
    assert client.post(reverse("agency:introduction_next", args=[made.pk]), sent).headers["Location"] == page_of(made)
    assert introducing.state(made) == "interview"


def test_board_leaves_the_employers_moves_to_it(scene: Scene) -> None:
    made = introducing.introduce(scene)
    columns = {one.stage: one for one in adviser(scene).get(reverse("agency:board")).context["board"].columns}
    [card] = columns["introduced"].cards
    assert (card.id, card.note, card.choice, card.next_label) == (made.pk, "会社の返事待ち", None, "")


def test_proposal_by_a_slot_asks_why_the_person_fits(world: World) -> None:
    scene = placing.slot_scene(world)
    client = adviser(scene)
    address = f"{reverse('agency:introduce', args=[scene.assignment.pk])}?posting={scene.posting.pk}"
    page = client.get(address)
    assert "無料紹介枠を使う依頼です" in text(page)
    refused = client.post(address, {"message": "書きかけ", "step": "preview"})
    assert sorted(refused.context["form"].errors) == ["fit_note"]
    assert "書きかけ</textarea>" in refused.content.decode()
    answer = client.post(address, {"fit_note": "連結決算を 5 年担当。", "step": "send"})
    shown = text(client.get(answer.headers["Location"]))
    assert "無料紹介枠（採用になっても手数料は 0 円）" in shown
    with acting_as(organization=scene.agency.id):
        assert list(Introduction.objects.values_list("fit_note", "uses_slot")) == [("連結決算を 5 年担当。", True)]


def test_hire_by_a_slot_costs_nothing(world: World) -> None:
    scene = placing.slot_scene(world)
    placed = placing.agreed(scene)
    placing.start(scene, placed, now=LATER, started_on=NOW.date())
    client = adviser(scene)
    page = client.get(reverse("agency:placement", args=[placed.pk]))
    assert [(entry.kind, entry.amount_yen) for entry in page.context["page"].file.entries] == [("waived", 0)]
    assert "無料紹介枠を使うため、手数料はかかりません。" in text(page)
    assert "会社が答えます。" in text(page)
    assert page.context["page"].answers is False


def test_today_says_what_is_asked_and_what_waits(world: World, scene: Scene) -> None:
    home = reverse("agency:home")
    client = adviser(scene)
    assert "いま、この紹介会社が動かす推薦と、返事が遅れている推薦はありません。" in text(client.get(home))
    requesting.asked(world.alpha, scene.agency)
    introducing.introduce(scene)
    page = client.get(home)
    assert "企業からの紹介の依頼が 1 件、返事を待っています" in text(page)
    ahead = page.context["page"].ahead
    assert (ahead.calls, ahead.ours_total, ahead.for_person, ahead.for_employer) == (1, 0, 0, 1)
    assert "返事を待つ紹介の依頼 1 件" in text(page)


def test_today_names_those_whose_answer_is_late(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    made = introducing.introduce(scene)
    monkeypatch.setattr("career_relay.kernel.clock.now", lambda: LATER + dt.timedelta(days=14))
    client = adviser(scene)
    [row] = client.get(reverse("agency:home")).context["page"].ahead.late
    assert (row.line.introduction_id, row.tone) == (made.pk, "caution")
    assert "返事が遅れています" in text(client.get(reverse("agency:introductions")))


def test_agency_that_may_not_act_proposes_nothing(scene: Scene) -> None:
    made = introducing.introduce(scene)
    client = adviser(scene)
    caring.stop(scene.agency)
    assert acts(client.get(page_of(made))) == []
    address = reverse("agency:introduce", args=[scene.assignment.pk])
    assert client.get(address).headers["Location"] == reverse("agency:person", args=[scene.assignment.pk])
