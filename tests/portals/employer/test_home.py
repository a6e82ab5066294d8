from __future__ import annotations

import datetime as dt
import typing

import pytest
from django.urls import reverse

from career_relay.domain.ground.organizations import queries
from career_relay.kernel import clock
from career_relay.kernel.tenancy.context import acting_as
from career_relay.portals.employer import home
from tests.flows import story
from tests.portals.employer import files
from tests.portals.employer.desk import AN_HOUR, DAY, people_come, signed_in, text

if typing.TYPE_CHECKING:
    from tests.world import Tenant, World


def page_of(tenant: Tenant, role: str = "owner", now: dt.datetime = DAY + dt.timedelta(days=1)) -> home.Home:
    """Return what the home page says to a member at `now`."""
    user = tenant.users[role]
    seat = queries.seat(user.pk, tenant.id)
    assert seat is not None
    with acting_as(organization=tenant.id, user=user.pk):
        return home.home(seat, user.name, now)


def states(page: home.Home) -> list[str]:
    return [step.state for step in page.steps]


def test_new_employer_sees_the_first_step_and_no_figures(world: World) -> None:
    page = page_of(world.alpha)
    assert (page.action_label, page.action_url) == ("規約を確認", reverse("employer:start_terms"))
    assert (page.standing.missing, page.standing.filled, page.month.registered) == (10, 0, 0)
    assert (page.links, page.entries) == ([], [])


def test_seven_counted_leave_three_to_the_slot(world: World) -> None:
    people_come(story.open_link(world.alpha, DAY), 7)
    response = signed_in(world.alpha.owner).get(reverse("employer:home"))
    standing = response.context["page"].standing
    assert (standing.missing, standing.filled, standing.slots_total) == (3, 7, 0)
    assert "あと 3 人で、無料紹介枠が 1 つ増えます" in text(response)


def test_tenth_brings_a_slot_on_hold_that_becomes_usable(world: World) -> None:
    people_come(story.open_link(world.alpha, DAY), 10)
    fresh, later = page_of(world.alpha), page_of(world.alpha, now=DAY + dt.timedelta(days=8))
    assert (fresh.standing.slots_available, fresh.standing.slots_on_hold) == (0, 1)
    assert fresh.standing.next_usable_from == DAY + 9 * AN_HOUR + dt.timedelta(days=7)
    assert (later.standing.slots_available, later.standing.slots_on_hold) == (1, 0)


def test_month_tells_what_waits_and_what_did_not_count(world: World) -> None:
    link = story.open_link(world.alpha, DAY)
    people_come(link, 2)
    story.register(link, "person0@people.example", now=DAY + AN_HOUR)
    story.register(link, "someone@alpha.example", now=DAY + AN_HOUR)
    month = page_of(world.alpha).month
    assert (month.registered, month.counted, month.in_review, month.not_counted) == (4, 2, 1, 1)
    assert month.registered == month.counted + month.in_review + month.not_counted


def test_month_is_told_in_one_unit(world: World) -> None:
    now = clock.now()
    link = story.open_link(world.alpha, now)
    for email in ("a@people.example", "b@people.example", "b@people.example", "someone@alpha.example"):
        story.register(link, email, now=now)
    page = text(signed_in(world.alpha.owner).get(reverse("employer:home")))
    assert "今月の登録は 4 件です。1 件は確認中です。" in page
    assert "今月の登録 4 件 数えた 2 ・ 確認中 1 ・ 対象外 1 同じ方の 2 回目以降の登録を含む" in page


def test_five_steps_show_only_what_the_database_holds(world: World) -> None:
    before = states(page_of(world.alpha))
    people_come(story.open_link(world.alpha, DAY), 1)
    assert (before, states(page_of(world.alpha))) == (
        ["next", "next", "now", "next", "next"],
        ["now", "next", "done", "next", "next"],
    )


def test_first_step_tells_what_was_taken_in_and_leads_on_by_right(world: World) -> None:
    empty = {role: page_of(world.alpha, role).steps[0].url for role in world.alpha.users}
    files.application(world.alpha)
    files.application(world.alpha, outcome="hired")
    steps = {role: page_of(world.alpha, role).steps[0] for role in world.alpha.users}
    assert {(step.state, str(step.evidence)) for step in steps.values()} == {
        ("done", "応募 2 件、うち不採用 1 件を取り込みました。")
    }
    upload, process = reverse("employer:import_new"), reverse("employer:process")
    assert empty == {"owner": upload, "recruiter": upload, "hiring_manager": "", "analyst": "", "auditor": ""}
    assert {role: step.url for role, step in steps.items()} == {
        "owner": process,
        "recruiter": process,
        "hiring_manager": "",
        "analyst": process,
        "auditor": process,
    }


def test_those_who_wait_for_an_answer_are_told_of_by_right(world: World) -> None:
    files.application(world.alpha, decided_at=DAY)
    files.application(world.alpha, decided_at=clock.now())
    shown = {
        role: "不採用の連絡を待っている応募が 2 件あります うち 1 件は、連絡の期限を過ぎています。" in text(
            signed_in(user).get(reverse("employer:home"))
        )
        for role, user in world.alpha.users.items()
    }  # fmt: skip
    assert shown == {"owner": True, "recruiter": True, "hiring_manager": False, "analyst": False, "auditor": True}


def test_nobody_waiting_is_not_told_of(world: World) -> None:
    files.application(world.alpha, outcome="hired")
    files.application(world.beta)
    assert page_of(world.alpha).untold is None


def test_lone_owner_is_led_to_the_members_once_the_relay_runs(world: World) -> None:
    with acting_as(organization=world.alpha.id):
        world.alpha.organization.members.exclude(user=world.alpha.owner).update(removed_at=DAY)
    people_come(story.open_link(world.alpha, DAY), 1)
    files.application(world.alpha)
    assert states(page_of(world.alpha)) == ["done", "now", "done", "next", "next"]


def test_counts_per_link_are_hidden_while_they_tell_of_few(world: World) -> None:
    story.join(world.alpha, DAY)
    large, small = story.create_link(world.alpha, DAY), story.create_link(world.alpha, DAY)
    people_come(large, 6)
    people_come(small, 4, first=6)
    assert [row.people for row in page_of(world.alpha).links] == [None, None]
    people_come(small, 1, first=10)
    assert [row.people for row in page_of(world.alpha).links] == [5, 6]


def test_field_manager_sees_where_the_relay_stands_and_nothing_to_manage(world: World) -> None:
    people_come(story.open_link(world.alpha, DAY), 7)
    page = page_of(world.alpha, "hiring_manager")
    assert (page.standing.missing, page.action_url, page.entries, page.people) == (3, "", [], {})
    response = signed_in(world.alpha.users["hiring_manager"]).get(reverse("employer:home"))
    for view in ("links", "ledger", "slots", "counting"):
        assert reverse(f"employer:{view}") not in response.content.decode()


@pytest.mark.parametrize(
    ("hour", "words"),
    [(3, "こんばんは"), (4, "おはようございます"), (10, "おはようございます"), (11, "こんにちは"), (18, "こんばんは")],
)
def test_greeting_follows_the_hour_in_japan(world: World, hour: int, words: str) -> None:
    moment = dt.datetime(2026, 11, 24, hour, tzinfo=dt.timezone(dt.timedelta(hours=9)))
    assert page_of(world.alpha, now=moment).greeting == f"{words}、alphaさん"


def test_nothing_of_a_registrant_is_on_any_page(world: World) -> None:
    link = story.open_link(world.alpha, DAY)
    story.register(
        link, "himitsu@people.example", name="勅使河原 ひみつ", phone="080-1234-9876", occupation="測量", now=DAY
    )
    client = signed_in(world.alpha.owner)
    views = ("home", "links", "slots", "ledger", "counting", "texts", "basis")
    addresses = [reverse(f"employer:{view}") for view in views] + [reverse("employer:link", args=[link.link_id])]
    for address in addresses:
        page = client.get(address).content.decode()
        assert not [word for word in ("himitsu", "勅使河原", "9876", "測量") if word in page], address
