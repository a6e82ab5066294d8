from __future__ import annotations

import typing

import pytest
from django.urls import reverse

from career_relay.domain.ground.organizations.models import Member
from career_relay.domain.ground.postings.models import JobPosting
from career_relay.domain.hiring.stakeholders import queries
from career_relay.domain.hiring.stakeholders.models import Stakeholder
from career_relay.kernel.tenancy.context import acting_as
from tests.portals.employer.desk import signed_in, text
from tests.world import NOW

if typing.TYPE_CHECKING:
    from tests.world import Tenant, World

LIST, NEW, DUTIES = (reverse(f"employer:{name}") for name in ("stakeholders", "stakeholder_new", "stakeholder_duties"))
TYPED = {"kind": "personnel", "name": "人事部", "role": "全体の調整", "email": "jinji@alpha.example", "review_on": ""}


def stored(tenant: Tenant, name: str = "人事部") -> Stakeholder:
    with acting_as(organization=tenant.id):
        return Stakeholder.objects.create(organization=tenant.organization, kind="personnel", name=name, created_at=NOW)


def posting(tenant: Tenant, title: str, *, manager: Member | None, state: str) -> None:
    with acting_as(organization=tenant.id):
        JobPosting.objects.create(
            organization=tenant.organization, key=title, title=title, manager=manager, state=state, created_at=NOW
        )


def pages(one: Stakeholder) -> list[str]:
    return [
        reverse(f"employer:{name}", args=[one.pk])
        for name in ("stakeholder", "stakeholder_share", "stakeholder_remove")
    ]


def test_empty_register_says_where_to_begin(world: World) -> None:
    assert "関係者は、まだ登録されていません" in text(signed_in(world.alpha.owner).get(LIST))
    assert "関係者を登録すると" in text(signed_in(world.alpha.owner).get(DUTIES))


def test_somebody_is_registered_given_duties_changed_and_removed(world: World) -> None:
    client = signed_in(world.alpha.users["recruiter"])
    share = client.post(NEW, TYPED).headers["Location"]
    assert client.post(share, {"plan": "A", "notice": "R"}).headers["Location"] == DUTIES
    page = text(client.get(DUTIES))
    assert "採用計画 A ありません" in page
    assert "お見送りのご連絡 R 責任を持つ人が決まっていません。" in page
    with acting_as(organization=world.alpha.id):
        one = queries.present(world.alpha.id).get()
    edit, _share, remove = pages(one)
    assert 'value="jinji@alpha.example"' in client.get(edit).content.decode()
    client.post(edit, TYPED | {"name": "人事総務部"})
    assert "人事総務部" in text(client.get(LIST))
    client.post(remove)
    assert "人事総務部" not in text(client.get(LIST)).replace("「人事総務部」を関係者から外しました。", "")


def test_field_is_told_by_open_posting_those_of_nobody_first(world: World) -> None:
    client = signed_in(world.alpha.owner)
    told = "現場責任者が決まっていない求人があります"
    assert told not in text(client.get(DUTIES))
    with acting_as(organization=world.alpha.id):
        manager = Member.objects.get(user=world.alpha.users["hiring_manager"])
    for title, named, state in (("設計", manager, "open"), ("営業", None, "open"), ("経理", None, "closed")):
        posting(world.alpha, title, manager=named, state=state)
    page = text(client.get(LIST))
    name = world.alpha.users["hiring_manager"].name
    assert f"決まっていません 1 件 営業 {name} 1 件 設計" in page
    assert "経理" not in page
    with acting_as(organization=world.alpha.id):
        Member.objects.filter(pk=manager.pk).update(removed_at=NOW)
    assert "決まっていません 2 件 営業 設計" in text(client.get(LIST))
    assert told in text(client.get(DUTIES))
    assert b"/employer/postings/" not in signed_in(world.alpha.users["auditor"]).get(LIST).content.split(b"<main", 1)[1]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "あ" * 121}, "name"),
        ({"kind": "family"}, "kind"),
        ({"email": "jinji@"}, "email"),
        ({"review_on": "きのう"}, "review_on"),
        ({"member": "01a2068a-a27f-7a33-84a6-116bb1d768ce"}, "member"),
        ({"partner": "01a2068a-a27f-7a33-84a6-116bb1d768ce"}, "partner"),
    ],
)
def test_form_says_what_is_wrong_and_keeps_nothing(world: World, changes: dict[str, str], field: str) -> None:
    answer = signed_in(world.alpha.owner).post(NEW, TYPED | changes)
    assert list(answer.context["form"].errors) == [field]
    with acting_as(organization=world.alpha.id):
        assert Stakeholder.objects.count() == 0


def test_pages_are_for_those_who_have_the_right(world: World) -> None:
    one = stored(world.alpha)
    seen = {
        role: [signed_in(user).get(page).status_code for page in (LIST, DUTIES, NEW, *pages(one)[:2])]
        for role, user in world.alpha.users.items()
    }
    assert seen == {
        "owner": [200] * 5,
        "recruiter": [200] * 5,
        "hiring_manager": [403] * 5,
        "analyst": [403] * 5,
        "auditor": [200, 200, 403, 403, 403],
    }
    for user in (world.agency.owner, world.school.owner, world.operator.owner, world.stranger):
        assert {signed_in(user).get(page).status_code for page in (LIST, DUTIES, NEW, *pages(one)[:2])} == {404}


def test_another_employers_stakeholder_is_not_there(world: World) -> None:
    foreign = stored(world.beta)
    client = signed_in(world.alpha.owner)
    assert [client.post(page, TYPED).status_code for page in pages(foreign)] == [404] * 3
    assert client.get(pages(foreign)[2]).status_code == 405


@pytest.mark.parametrize("count", [1, 3])
def test_lists_ask_the_database_the_same_whatever_their_length(
    world: World, count: int, django_assert_num_queries: typing.Any
) -> None:
    for number in range(count):
        stored(world.alpha, f"部署{number}")
    client = signed_in(world.alpha.owner)
    for page in (LIST, DUTIES):
        with django_assert_num_queries(10):
            client.get(page)
