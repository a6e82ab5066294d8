from __future__ import annotations

import typing

import pytest
from django.urls import reverse

from career_relay.domain.hiring.links import queries
from career_relay.kernel import clock
from career_relay.kernel.tenancy.context import acting_as
from tests.flows import story
from tests.portals.employer.desk import DAY, signed_in, text

if typing.TYPE_CHECKING:
    from tests.world import Tenant, World

LINKS = "/employer/links/"
NEW = {"employment_type": "part_time", "stage": "interview", "label": "夏の店舗採用"}


def lines(tenant: Tenant) -> list[queries.LinkLine]:
    with acting_as(organization=tenant.id):
        return queries.of_organization(tenant.id, clock.now())


def test_empty_list_says_what_would_fill_it(world: World) -> None:
    page = text(signed_in(world.alpha.owner).get(LINKS))
    assert "リンクは、まだありません" in page
    assert "リンクを載せる根拠が記録されていません" in page


def test_create_makes_a_link_and_shows_it(world: World) -> None:
    story.join(world.alpha, DAY)
    response = signed_in(world.alpha.users["recruiter"]).post(reverse("employer:link_create"), NEW)
    [line] = lines(world.alpha)
    assert (line.label, line.employment_type, line.stage) == ("夏の店舗採用", "part_time", "interview")
    assert response.headers["Location"] == reverse("employer:link", args=[line.link_id])


def test_create_with_a_choice_missing_keeps_what_was_typed(world: World) -> None:
    story.join(world.alpha, DAY)
    response = signed_in(world.alpha.owner).post(reverse("employer:link_create"), {**NEW, "stage": ""})
    assert response.context["form"].errors.keys() == {"stage"}
    assert response.context["form"]["label"].value() == "夏の店舗採用"
    assert "<title>エラー：" in response.content.decode()
    assert lines(world.alpha) == []


@pytest.mark.parametrize(
    ("variant", "language", "has_link"),
    [("ja-link", "ja", True), ("en-link", "en", True), ("ja", "ja", False), ("en", "en", False), ("??", "ja", True)],
)
def test_detail_gives_each_text_of_the_link(world: World, variant: str, language: str, *, has_link: bool) -> None:
    link = story.open_link(world.alpha, DAY)
    [line] = lines(world.alpha)
    response = signed_in(world.alpha.users["analyst"]).get(
        reverse("employer:link", args=[link.link_id]), {"text": variant}
    )
    shown = response.context["shown"]
    assert (shown.text.language, line.url in shown.text.body, line.url in shown.one_line) == (
        language,
        has_link,
        has_link,
    )
    assert len([tab for tab in shown.variants if tab.current]) == 1
    assert "アルファ精機株式会社" in shown.text.body


def test_revoke_says_why_on_the_page_and_gives_no_link_any_more(world: World) -> None:
    link = story.open_link(world.alpha, DAY)
    client, address = signed_in(world.alpha.owner), reverse("employer:link", args=[link.link_id])
    client.post(reverse("employer:link_revoke", args=[link.link_id]), {"reason": "採用が終わったため"})
    [line] = lines(world.alpha)
    page = client.get(address)
    assert (line.ended, line.revoked_reason) == ("revoked", "採用が終わったため")
    assert "理由：採用が終わったため" in text(page)
    assert line.url not in page.content.decode()
    assert text(client.get(LINKS, {"state": "ended"})).count("中途・書類選考") > 0


def test_revoke_asks_for_a_reason_first(world: World) -> None:
    link = story.open_link(world.alpha, DAY)
    client, address = signed_in(world.alpha.owner), reverse("employer:link_revoke", args=[link.link_id])
    asked, empty = client.get(address), client.post(address, {"reason": " "})
    assert (asked.status_code, empty.context["form"].errors.keys(), lines(world.alpha)[0].ended) == (
        200,
        {"reason"},
        "",
    )


def test_revoked_link_is_not_revoked_again(world: World) -> None:
    link = story.open_link(world.alpha, DAY)
    client, address = signed_in(world.alpha.owner), reverse("employer:link_revoke", args=[link.link_id])
    client.post(address, {"reason": "はじめの理由"})
    client.post(address, {"reason": "あとの理由"})
    assert lines(world.alpha)[0].revoked_reason == "はじめの理由"


def test_lost_basis_is_told_where_links_stand(world: World) -> None:
    link = story.open_link(world.alpha, DAY)
    client = signed_in(world.alpha.owner)
    client.post(reverse("employer:basis_new"), {"kind": "none", "note": ""})
    page = text(client.get(reverse("employer:link", args=[link.link_id])))
    assert "いま、このリンクは開きません" in page
    assert "まだ確認していない（リンクなしの文面を使う）" in text(client.get(reverse("employer:basis")))


def test_texts_follow_the_form_and_fall_back_when_it_is_forged(world: World) -> None:
    link = story.open_link(world.alpha, DAY)
    client, address = signed_in(world.alpha.owner), reverse("employer:texts")
    [line] = lines(world.alpha)
    chosen = {"link": "none", "employment_type": "part_time", "stage": "final", "language": "en"}
    plain = client.get(address, chosen).context["shown"].text
    usual = client.get(address).context["shown"].text
    forged = client.get(address, {**chosen, "stage": "<script>"}).context["shown"].text
    assert (plain.employment_type, plain.stage, plain.language, "/r/" in plain.body) == (
        "part_time",
        "final",
        "en",
        False,
    )
    assert (usual.employment_type, usual.stage, line.url in usual.body) == ("mid_career", "documents", True)
    assert forged == usual
    assert str(link.link_id) == str(line.link_id)


def test_list_is_cut_into_pages(world: World) -> None:
    story.join(world.alpha, DAY)
    for number in range(27):
        story.create_link(world.alpha, DAY, label=f"リンク {number}")
    client = signed_in(world.alpha.owner)
    first, second = client.get(LINKS), client.get(LINKS, {"page": "2"})
    assert (len(first.context["page"]), len(second.context["page"])) == (25, 2)
    assert "27 本のうち 26〜27 を表示" in text(second)
