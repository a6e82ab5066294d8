from __future__ import annotations

import csv
import datetime as dt
import io
import typing

import pytest
from django.urls import reverse

from career_relay.capabilities.runs import queries as runs
from career_relay.domain.ground.credits.models import Entry, Posting
from career_relay.kernel import clock
from career_relay.kernel.tenancy.context import acting_as
from career_relay.tasks import statements
from tests.flows import story
from tests.portals.employer.desk import DAY, people_come, signed_in, tenth, text

if typing.TYPE_CHECKING:
    from django.test import Client

    from tests.world import Tenant, World

MONTH = reverse("employer:statement", args=[DAY.year, DAY.month])
FILE = reverse("employer:statement_file", args=[DAY.year, DAY.month])


def sums(tenant: Tenant) -> dict[str, int]:
    """Return what the ledger itself says each account holds."""
    found: dict[str, int] = {}
    with acting_as(organization=tenant.id):
        for posting in Posting.objects.all():
            found[posting.account] = found.get(posting.account, 0) + posting.amount
    return found


def test_statement_equals_the_ledger(world: World) -> None:
    people_come(story.open_link(world.alpha, DAY), 13)
    statement = signed_in(world.alpha.owner).get(MONTH).context["page"].statement
    ledger = sums(world.alpha)
    with acting_as(organization=world.alpha.id):
        numbers = sorted(Entry.objects.values_list("number", flat=True))
    assert (statement.opening, statement.closing, statement.closing_slots) == (
        0,
        ledger["balance"],
        ledger["available"],
    )
    assert sum(line.referral_change for line in statement.lines) == ledger["balance"]
    assert sorted(line.number for line in statement.lines) == numbers
    balance = 0
    for line in statement.lines:
        balance += line.referral_change
        assert line.balance == balance


def test_statement_page_shows_every_line_with_its_reason_and_rule(world: World) -> None:
    people_come(story.open_link(world.alpha, DAY), 10)
    page = text(signed_in(world.alpha.users["auditor"]).get(MONTH))
    assert page.count("紹介への同意がそろったため、1 人と数えました。") == 10
    assert page.count("ルール第 1 版") == 11
    assert "No. 10 で残高が 10 人に達したため、無料紹介枠 1 つと交換しました。" in page
    assert "−10 人 +1 枠" in page
    assert "月末の残高 0 人・1 枠" in page


def test_balance_is_carried_into_the_next_month(world: World) -> None:
    link = story.open_link(world.alpha, tenth(months_ago=2))
    people_come(link, 3, now=tenth(months_ago=2))
    people_come(link, 2, first=3)
    client = signed_in(world.alpha.owner)
    later = client.get(MONTH).context["page"]
    earlier = client.get(later.earlier_url).context["page"]
    assert (earlier.statement.opening, earlier.statement.closing) == (0, 3)
    assert (later.statement.opening, later.statement.closing) == (3, 5)
    assert (earlier.earlier_url, earlier.later_url) == ("", MONTH)


@pytest.mark.parametrize("path", ["1/1/", "2026/13/", "2026/0/", "0/1/", "9999/12/", "99999/1/"])
def test_month_that_is_none_or_has_not_begun_is_not_there(world: World, path: str) -> None:
    assert signed_in(world.alpha.owner).get(f"/employer/ledger/{path}").status_code == 404


def test_ledger_begins_in_the_month_the_employer_joined(world: World) -> None:
    story.join(world.alpha, tenth(months_ago=2))
    client, before = signed_in(world.alpha.owner), tenth(months_ago=3)
    months = [reverse("employer:statement", args=[day.year, day.month]) for day in (before, tenth(months_ago=2))]
    assert [client.get(month).status_code for month in months] == [404, 200]
    assert client.post(reverse("employer:statement_file", args=[before.year, before.month])).status_code == 404
    assert client.get(MONTH).context["page"].earlier_url == months[1]
    assert client.get(months[1]).context["page"].earlier_url == ""


def test_employer_that_has_not_joined_has_the_present_month_alone(world: World) -> None:
    client = signed_in(world.alpha.owner)
    assert client.get(reverse("employer:ledger")).context["page"].earlier_url == ""
    assert client.get(MONTH).status_code == 404


def test_empty_month_says_so(world: World) -> None:
    assert "この月の記入はありません。" in text(signed_in(world.alpha.owner).get(reverse("employer:ledger")))


def ask_for_file(client: Client, tenant: Tenant) -> tuple[str, list[list[str]]]:
    """Ask for the file, have the worker's task make it, and return its name and rows."""
    answer = client.post(FILE)
    with acting_as(organization=tenant.id):
        [run] = runs.latest(tenant.id, kind="export_statement")
    assert answer.headers["Location"] == reverse("account:run", args=[run.pk])
    statements.export_statement(run=str(run.pk), organization=str(tenant.id))
    given = client.get(reverse("account:run_file", args=[run.pk]))
    name = given.headers["Content-Disposition"].split('"')[1]
    return name, list(csv.reader(io.StringIO(given.content.decode("utf-8-sig"))))


def test_file_holds_the_lines_of_the_page(world: World) -> None:
    people_come(story.open_link(world.alpha, DAY), 11)
    client = signed_in(world.alpha.owner)
    statement = client.get(MONTH).context["page"].statement
    name, (header, opening, *lines, closing) = ask_for_file(client, world.alpha)
    assert name.startswith(f"ledger_{DAY:%Y%m}_")
    assert header == [
        "No.",
        "日付",
        "内容",
        "理由",
        "紹介の増減",
        "紹介の残高",
        "枠の増減",
        "枠の残高",
        "運用ルールの版",
    ]
    assert [(int(row[0]), row[1], int(row[4]), int(row[5]), int(row[6])) for row in lines] == [
        (line.number, line.day.isoformat(), line.referral_change, line.balance, line.slot_change)
        for line in statement.lines
    ]
    assert (opening[5], closing[5], closing[7]) == ("0", "1", "1")


def test_file_is_made_once_however_often_the_task_runs(world: World) -> None:
    people_come(story.open_link(world.alpha, DAY), 1)
    client = signed_in(world.alpha.owner)
    before = ask_for_file(client, world.alpha)
    with acting_as(organization=world.alpha.id):
        [run] = runs.latest(world.alpha.id)
    statements.export_statement(run=str(run.pk), organization=str(world.alpha.id))
    with acting_as(organization=world.alpha.id):
        [again] = runs.latest(world.alpha.id)
    assert (again.state, again.finished_at, again.file_name) == ("done", run.finished_at, before[0])


def test_file_is_not_asked_for_by_reading_or_by_those_without_the_right(world: World) -> None:
    answers = [
        signed_in(world.alpha.owner).get(FILE).status_code,
        signed_in(world.alpha.users["analyst"]).post(FILE).status_code,
        signed_in(world.alpha.users["hiring_manager"]).post(FILE).status_code,
    ]
    with acting_as(organization=world.alpha.id):
        assert (answers, runs.latest(world.alpha.id)) == ([405, 403, 403], [])


def test_slots_are_listed_with_their_hold(world: World) -> None:
    people_come(story.open_link(world.alpha, DAY), 20, now=clock.now() - dt.timedelta(days=3))
    response = signed_in(world.alpha.owner).get(reverse("employer:slots"))
    slots = [row.slot for row in response.context["page"].rows]
    assert [(slot.ordinal, slot.is_on_hold) for slot in slots] == [(1, True), (2, True)]
    assert "確認期間中の枠 2 枠" in text(response)


def test_slots_page_without_slots_says_how_they_come(world: World) -> None:
    assert "登録が 10 人数えられるごとに 1 枠増えます。次の枠まで、あと 10 人です。" in text(
        signed_in(world.alpha.owner).get(reverse("employer:slots"))
    )
