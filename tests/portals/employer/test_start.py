from __future__ import annotations

import dataclasses
import typing

import pytest
from django.urls import reverse

from career_relay.domain.ground.programmes import queries as programmes
from career_relay.domain.ground.programmes import terms
from career_relay.domain.hiring.links import queries as links
from career_relay.kernel import clock
from career_relay.kernel.tenancy.context import acting_as
from tests.flows import story
from tests.portals.employer.desk import DAY, people_come, signed_in, text

if typing.TYPE_CHECKING:
    from django.test import Client

    from tests.world import Tenant, World

START = "/employer/start/"
LINK = {"employment_type": "new_graduate", "stage": "final", "label": ""}


def step(client: Client) -> str:
    """Return where the way leads on to now."""
    return client.get(START).headers["Location"]


def held(tenant: Tenant) -> tuple[bool, str, list[str]]:
    """Return what the employer has: whether it joined, its basis, its links' names."""
    with acting_as(organization=tenant.id):
        basis = links.latest_basis(tenant.id)
        lines = links.of_organization(tenant.id, clock.now())
        return (
            programmes.participation(tenant.id) is not None,
            basis.kind if basis else "",
            [line.label for line in lines],
        )


def test_way_leads_from_terms_to_text_and_can_be_taken_up_at_each_step(world: World) -> None:
    client = signed_in(world.alpha.owner)
    assert step(client) == reverse("employer:start_terms")
    accepted = client.post(step(client), {"version": terms.CURRENT.version, "accepts": "on"})
    assert accepted.headers["Location"] == step(client) == reverse("employer:start_basis")
    recorded = client.post(step(client), {"kind": "agreed_at_application", "note": ""})
    assert recorded.headers["Location"] == step(client) == reverse("employer:start_link")
    made = client.post(step(client), LINK)
    page = client.get(made.headers["Location"])
    assert held(world.alpha) == (True, "agreed_at_application", ["新卒・最終面接"])
    with acting_as(organization=world.alpha.id):
        [line] = links.of_organization(world.alpha.id, clock.now())
    body = page.context["shown"].text.body
    assert line.url in body
    assert body.index("見送る") < body.index(line.url)
    assert step(client) == reverse("employer:start_text")


def test_terms_are_shown_whole_before_they_are_accepted(world: World) -> None:
    page = text(signed_in(world.alpha.owner).get(reverse("employer:start_terms")))
    for section in terms.CURRENT.ja.sections:
        assert all(" ".join(paragraph.split()) in page for paragraph in section.paragraphs), section.heading


def test_terms_are_not_accepted_without_the_tick_or_in_another_version(world: World) -> None:
    client, address = signed_in(world.alpha.owner), reverse("employer:start_terms")
    unticked = client.post(address, {"version": terms.CURRENT.version})
    other = client.post(address, {"version": 99, "accepts": "on"})
    assert (unticked.status_code, other.status_code, held(world.alpha)[0]) == (200, 200, False)
    assert "第 99 版" in text(other)


def test_evidence_names_who_accepted(world: World) -> None:
    story.join(world.alpha, DAY)
    page = text(signed_in(world.alpha.owner).get(reverse("employer:start_terms")))
    assert f"{DAY:%Y/%m/%d} に alpha owner さんが第 1 版に同意しました。" in page


def test_legal_view_needs_its_note_and_nothing_typed_is_lost(world: World) -> None:
    client, address = signed_in(world.alpha.owner), reverse("employer:start_basis")
    response = client.post(address, {"kind": "legal_view", "note": " "})
    assert response.context["form"].errors.keys() == {"note"}
    assert response.context["form"]["kind"].value() == "legal_view"
    assert held(world.alpha)[1] == ""
    client.post(address, {"kind": "legal_view", "note": "2026 年 10 月、顧問弁護士の意見書"})
    assert held(world.alpha)[1] == "legal_view"


def test_without_basis_the_way_leads_to_link_free_texts_and_no_link_is_made(world: World) -> None:
    client = signed_in(world.alpha.owner)
    client.post(reverse("employer:start_terms"), {"version": terms.CURRENT.version, "accepts": "on"})
    recorded = client.post(reverse("employer:start_basis"), {"kind": "none", "note": ""})
    assert recorded.headers["Location"] == reverse("employer:start_text")
    refused = client.post(reverse("employer:start_link"), LINK)
    assert held(world.alpha) == (True, "none", [])
    assert refused.context["form"].non_field_errors() == [
        "リンクを作成できません。通知メールにリンクを載せる根拠が記録されていないためです。"
        "先に根拠を記録するか、リンクなしの文面を使ってください。"
    ]
    shown = client.get(reverse("employer:start_text")).context["shown"]
    assert (shown.one_line, "/r/" in shown.text.body) == ("", False)
    assert step(client) == reverse("employer:start_basis")


def test_member_who_may_not_take_the_step_is_told_whom_to_ask(world: World) -> None:
    client = signed_in(world.alpha.users["recruiter"])
    assert step(client) == reverse("employer:home")
    page = client.get(reverse("employer:home"))
    assert "オーナーの alpha owner さんに依頼してください。" in text(page)
    assert page.context["page"].action_url == ""


def test_reading_any_step_changes_nothing(world: World) -> None:
    client = signed_in(world.alpha.owner)
    for page in ("start", "start_terms", "start_basis", "start_link", "start_text"):
        client.get(reverse(f"employer:{page}"))
        client.head(reverse(f"employer:{page}"))
    assert held(world.alpha) == (False, "", [])


@pytest.fixture
def new_terms(world: World, monkeypatch: pytest.MonkeyPatch) -> terms.Terms:
    """Have Alpha at work under the first terms, and a second version published."""
    people_come(story.open_link(world.alpha, DAY), 1)
    second = dataclasses.replace(terms.CURRENT, version=2)
    monkeypatch.setattr(terms, "CURRENT", second)
    return second


def test_new_terms_are_told_on_the_home_page_and_block_nothing(world: World, new_terms: terms.Terms) -> None:
    client = signed_in(world.alpha.owner)
    page = client.get(reverse("employer:home"))
    assert "規約の新しい版があります 第 2 版を公開しました。いまの同意は第 1 版です。" in text(page)
    assert f'href="{reverse("employer:start_terms")}"' in page.content.decode()
    assert step(client) == reverse("employer:home")
    assert page.context["page"].action_url == reverse("employer:texts")
    assert client.post(reverse("employer:link_create"), LINK).status_code == 302


def test_new_terms_are_shown_as_new_until_they_are_accepted(world: World, new_terms: terms.Terms) -> None:
    client, address = signed_in(world.alpha.owner), reverse("employer:start_terms")
    before = text(client.get(address))
    assert "新しい版（第 2 版）があります。" in before
    assert "新しい版に同意" in before
    accepted = client.post(address, {"version": 2, "accepts": "on"})
    assert accepted.headers["Location"] == reverse("employer:home")
    assert "新しい版（第 2 版）" not in text(client.get(address))
    assert "規約の新しい版" not in text(client.get(reverse("employer:home")))
    with acting_as(organization=world.alpha.id):
        joined, newest = programmes.joined_at(world.alpha.id), programmes.participation(world.alpha.id)
    assert (joined, newest.terms_version if newest else 0) == (DAY, 2)


def test_member_who_may_not_accept_new_terms_is_told_whom_to_ask(world: World, new_terms: terms.Terms) -> None:
    page = signed_in(world.alpha.users["recruiter"]).get(reverse("employer:home"))
    assert "オーナーの alpha owner さんに、確認を依頼してください。" in text(page)
    assert reverse("employer:start_terms") not in page.content.decode()


def test_nobody_is_told_of_new_terms_while_the_accepted_are_in_force(world: World) -> None:
    story.join(world.alpha, DAY)
    client = signed_in(world.alpha.owner)
    assert "新しい版" not in text(client.get(reverse("employer:home")))
    assert "新しい版（" not in text(client.get(reverse("employer:start_terms")))
