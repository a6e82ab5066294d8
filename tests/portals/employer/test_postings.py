from __future__ import annotations

import typing

from django.urls import reverse

from career_relay.domain.ground.postings.models import JobPosting
from career_relay.kernel.tenancy.context import acting_as
from tests.portals.employer import files
from tests.portals.employer.desk import signed_in, text

if typing.TYPE_CHECKING:
    from tests.world import Tenant, World

POSTINGS = "/employer/postings/"


def stored(tenant: Tenant) -> JobPosting:
    with acting_as(organization=tenant.id):
        return JobPosting.objects.select_related("manager__user").get()


def pages(posting: JobPosting) -> list[str]:
    return [reverse(f"employer:{name}", args=[posting.pk]) for name in ("posting", "posting_close", "posting_reopen")]


def test_empty_list_says_where_postings_come_from(world: World) -> None:
    page = signed_in(world.alpha.owner).get(POSTINGS)
    assert "求人は、まだありません" in text(page)
    assert reverse("employer:imports") in page.content.decode()


def test_list_counts_applications_and_leads_to_them(world: World) -> None:
    web = files.posting(world.alpha)
    for outcome in ("rejected", "in_progress", "in_progress", "hired"):
        files.application(world.alpha, posting=web, outcome=outcome)
    files.posting(world.alpha, "応募のない求人")
    page = signed_in(world.alpha.owner).get(POSTINGS)
    counts = [
        (row.line.title, row.counts.applications, row.counts.in_progress, row.counts.untold)
        for row in page.context["list"].page
    ]
    assert counts == [("Web エンジニア", 4, 2, 1), ("応募のない求人", 0, 0, 0)]
    assert f"/employer/applications/?posting={web.pk}" in page.content.decode()


def test_closed_postings_stand_under_a_tab_of_their_own(world: World) -> None:
    web = files.posting(world.alpha)
    client = signed_in(world.alpha.users["recruiter"])
    client.post(pages(web)[1])
    lists = [client.get(POSTINGS).context["list"], client.get(POSTINGS, {"state": "closed"}).context["list"]]
    assert [[tab.count for tab in one.tabs] for one in lists] == [[0, 1], [0, 1]]
    assert [len(one.page) for one in lists] == [0, 1]
    client.post(pages(web)[2])
    assert stored(world.alpha).state == "open"


def test_manager_is_assigned_and_taken_away(world: World) -> None:
    web, manager = files.posting(world.alpha), world.alpha.users["hiring_manager"]
    client = signed_in(world.alpha.owner)
    with acting_as(organization=world.alpha.id):
        seat = world.alpha.organization.members.get(user=manager)
    answer = client.post(pages(web)[0], {"manager": str(seat.pk)})
    assert answer.headers["Location"] == POSTINGS
    assert stored(world.alpha).manager_id == seat.pk
    assert "alpha hiring_manager" in text(client.get(POSTINGS))
    files.application(world.alpha, posting=web)
    assert len(signed_in(manager).get("/employer/applications/").context["list"].rows) == 1
    client.post(pages(web)[0], {"manager": ""})
    assert len(signed_in(manager).get("/employer/applications/").context["list"].rows) == 0


def test_member_of_another_employer_can_not_be_chosen(world: World) -> None:
    web = files.posting(world.alpha)
    with acting_as(organization=world.beta.id):
        foreign = world.beta.organization.members.first()
    assert foreign is not None
    answer = signed_in(world.alpha.owner).post(pages(web)[0], {"manager": str(foreign.pk)})
    assert (answer.context["form"].errors.keys(), stored(world.alpha).manager_id) == ({"manager"}, None)


def test_postings_open_by_right(world: World) -> None:
    web = files.posting(world.alpha)
    opened = {}
    for role, user in world.alpha.users.items():
        client = signed_in(user)
        detail, close, reopen = pages(web)
        opened[role] = (
            client.get(POSTINGS).status_code,
            client.get(detail).status_code,
            client.post(close).status_code,
            client.post(reopen).status_code,
        )
    assert opened == {
        "owner": (200, 200, 302, 302),
        "recruiter": (200, 200, 302, 302),
        "hiring_manager": (403, 403, 403, 403),
        "analyst": (200, 403, 403, 403),
        "auditor": (200, 403, 403, 403),
    }


def test_postings_are_not_changed_by_reading(world: World) -> None:
    web = files.posting(world.alpha)
    client = signed_in(world.alpha.owner)
    assert [client.get(address).status_code for address in pages(web)] == [200, 405, 405]
    assert files.asked(client, pages(web)[0]) <= files.MOST_QUERIES


def test_analyst_is_led_to_no_people(world: World) -> None:
    files.application(world.alpha, posting=files.posting(world.alpha))
    assert "/employer/applications/" not in signed_in(world.alpha.users["analyst"]).get(POSTINGS).content.decode()


def test_posting_of_another_employer_is_not_there(world: World) -> None:
    foreign = files.posting(world.beta, "かなりあ求人")
    files.posting(world.alpha)
    client = signed_in(world.alpha.owner)
    answers = [client.get(pages(foreign)[0]), *(client.post(address) for address in pages(foreign))]
    assert {answer.status_code for answer in answers} == {404}
    assert (stored(world.beta).state, "かなりあ" in client.get(POSTINGS).content.decode()) == ("open", False)


def test_list_asks_as_often_for_three_rows_as_for_one(world: World) -> None:
    client = signed_in(world.alpha.owner)
    files.application(world.alpha, posting=files.posting(world.alpha))
    one = files.asked(client, POSTINGS)
    for number in range(2):
        files.application(world.alpha, posting=files.posting(world.alpha, f"求人 {number}"))
    assert files.asked(client, POSTINGS) == one <= files.MOST_QUERIES
