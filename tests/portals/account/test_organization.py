from __future__ import annotations

import typing

import pytest

from career_relay.domain.ground.organizations import queries
from career_relay.kernel.tenancy.context import acting_as
from tests.portals.account.people import signed_in, text

if typing.TYPE_CHECKING:
    from tests.world import World

pytestmark = pytest.mark.django_db

EDIT = "/organization/edit/"
DETAILS = {"name": "アルファ株式会社", "industry": "information", "prefecture": "13", "mail_domain": "alpha.example"}


@pytest.mark.parametrize(
    ("handle", "role", "kind"),
    [
        ("alpha", "analyst", "企業"),
        ("agency", "adviser", "人材紹介会社"),
        ("school", "coordinator", "教育機関"),
        ("operator", "operator", "運営"),
    ],
)
def test_every_member_of_every_kind_sees_the_organization(world: World, handle: str, role: str, kind: str) -> None:
    tenant = getattr(world, handle)
    page = text(signed_in(tenant.users[role]).get("/organization/"))
    for words in (tenant.organization.name, f"種類 {kind}", "製造業", "東京都"):
        assert words in page, words


def test_only_those_who_may_are_offered_a_change(world: World) -> None:
    assert EDIT in signed_in(world.agency.users["manager"]).get("/organization/").content.decode()
    assert EDIT not in signed_in(world.agency.users["adviser"]).get("/organization/").content.decode()


def test_profile_is_changed(world: World) -> None:
    client = signed_in(world.alpha.owner)
    assert 'value="アルファ精機株式会社"' in client.get(EDIT).content.decode()
    answer = client.post(EDIT, DETAILS, follow=True)
    assert "組織の情報を変更しました。" in text(answer)
    assert "アルファ株式会社" in text(answer)
    with acting_as(organization=world.alpha.id):
        changed = queries.profile(world.alpha.id)
    assert {name: getattr(changed, name) for name in DETAILS} == DETAILS


def test_profile_that_the_rules_refuse_is_not_changed(world: World) -> None:
    answer = signed_in(world.alpha.owner).post(EDIT, DETAILS | {"mail_domain": "gmail.com"})
    assert "「gmail.com」は社内メールのドメインに設定できません" in text(answer)
    assert 'value="アルファ株式会社"' in answer.content.decode()
    with acting_as(organization=world.alpha.id):
        assert queries.profile(world.alpha.id).name == "アルファ精機株式会社"


def test_another_organizations_id_in_the_form_changes_nothing_there(world: World) -> None:
    posted = DETAILS | {"id": str(world.beta.id), "organization_id": str(world.beta.id), "kind": "operator"}
    signed_in(world.alpha.owner).post(f"{EDIT}?organization_id={world.beta.id}", posted)
    with acting_as(organization=world.beta.id):
        assert queries.profile(world.beta.id).name == "ベータ商事株式会社"
    with acting_as(organization=world.alpha.id):
        assert queries.profile(world.alpha.id).kind == "employer"


@pytest.mark.parametrize(
    ("handle", "role", "shown"),
    [
        ("agency", "manager", {"組織の情報", "メンバー", "連携協定", "メール", "処理の状況"}),
        ("agency", "adviser", {"組織の情報", "メンバー", "連携協定"}),
        ("school", "coordinator", {"組織の情報", "メンバー"}),
        ("operator", "operator", {"組織の情報", "メンバー", "連携協定", "メール", "処理の状況"}),
    ],
)
def test_navigation_shows_what_the_seat_may_open(world: World, handle: str, role: str, shown: set[str]) -> None:
    client = signed_in(getattr(world, handle).users[role])
    found = client.get("/organization/").context["frame"].navigation
    assert {str(item.label) for item in found if item.group == "組織"} == shown
    assert [str(item.label) for item in found if item.current] == ["組織の情報"]
    assert {client.get(item.url).status_code for item in found} == {200}
