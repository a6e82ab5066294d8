from __future__ import annotations

import typing

import pytest

from career_relay.capabilities.runs import operations as runs
from career_relay.capabilities.runs.models import Run
from career_relay.kernel import actors
from career_relay.kernel.tenancy.context import acting_as
from tests.portals.account.people import signed_in, text
from tests.world import NOW

if typing.TYPE_CHECKING:
    from tests.world import Tenant, World

pytestmark = pytest.mark.django_db

RUNS = "/organization/runs/"


def make_run(tenant: Tenant, *, done: int = 0, failed: int = 0, total: int = 3, over: bool = False) -> Run:
    with acting_as(organization=tenant.id):
        run = runs.accept(
            organization_id=tenant.id,
            kind="invite_members",
            parameters={},
            total=total,
            actor=actors.user(tenant.owner.pk),
            now=NOW,
        )
        if done or failed or over:
            runs.start(run_id=run.pk, now=NOW)
        for _ in range(done):
            runs.advance(run_id=run.pk)
        for row in range(failed):
            runs.fail_item(run_id=run.pk, row=row + 1, item=f"=row{row}@elsewhere.example", cause="宛先がありません。")
        if over:
            runs.finish(run_id=run.pk, now=NOW, file_name="result_202611231405.csv", file=b"a,b\r\n")
        return Run.objects.get(pk=run.pk)


def test_runs_are_listed_with_state_counts_and_who(world: World) -> None:
    make_run(world.agency, done=2, failed=1, over=True)
    make_run(world.beta)
    page = text(signed_in(world.agency.owner).get(RUNS))
    for words in ("メンバーの一括招待", "一部失敗", "3 件", "1 件", "agency manager", "2026/11/23 (月) 14:05"):
        assert words in page, words
    assert "beta" not in page


def test_no_run_says_what_would_make_one(world: World) -> None:
    assert "処理はまだありません" in text(signed_in(world.agency.owner).get(RUNS))


@pytest.mark.parametrize(
    ("counts", "state"),
    [
        ({}, "受付"),
        ({"done": 1}, "実行中"),
        ({"done": 3, "over": True}, "完了"),
        ({"done": 2, "failed": 1, "over": True}, "一部失敗"),
        ({"failed": 3, "over": True}, "失敗"),
    ],
)
def test_page_shows_every_state(world: World, counts: dict[str, typing.Any], state: str) -> None:
    run = make_run(world.alpha, **counts)
    page = signed_in(world.alpha.owner).get(f"{RUNS}{run.pk}/")
    assert state in text(page)
    is_over = counts.get("over", False)
    assert ("hx-trigger" in page.content.decode()) is not is_over
    assert ("更新" in text(page)) is not is_over


def test_page_counts_what_was_really_handled(world: World) -> None:
    run = make_run(world.alpha, done=120, failed=4, total=1240)
    page = signed_in(world.alpha.owner).get(f"{RUNS}{run.pk}/").content.decode()
    assert 'value="124"' in page
    assert 'max="1240"' in page


def test_page_asks_for_its_own_part_only(world: World) -> None:
    run = make_run(world.alpha, done=1)
    client, address = signed_in(world.alpha.owner), f"{RUNS}{run.pk}/"
    part = client.get(address, headers={"hx-request": "true"}).content.decode()
    assert "<html" not in part
    assert "実行中" in part
    whole = client.get(address).content.decode()
    assert "htmx-2.min.js" in whole
    assert "includeIndicatorStyles" in whole


def test_failures_are_shown_and_come_as_a_file_that_calculates_nothing(world: World) -> None:
    run = make_run(world.alpha, done=1, failed=2, over=True)
    client = signed_in(world.alpha.owner)
    page = client.get(f"{RUNS}{run.pk}/")
    assert "宛先がありません。" in text(page)
    assert f"{RUNS}{run.pk}/failures/" in page.content.decode()
    file = client.get(f"{RUNS}{run.pk}/failures/")
    assert file.headers["Content-Disposition"] == 'attachment; filename="invite_members_failures_202611231405.csv"'
    assert file.content.decode("utf-8-sig").splitlines() == [
        "行,内容,原因と対処",
        "1,'=row0@elsewhere.example,宛先がありません。",
        "2,'=row1@elsewhere.example,宛先がありません。",
    ]


def test_file_that_a_run_made_is_given(world: World) -> None:
    run = make_run(world.alpha, done=3, over=True)
    client = signed_in(world.alpha.owner)
    assert f"{RUNS}{run.pk}/file/" in client.get(f"{RUNS}{run.pk}/").content.decode()
    file = client.get(f"{RUNS}{run.pk}/file/")
    assert (file.content, file.headers["Content-Disposition"]) == (
        b"a,b\r\n",
        'attachment; filename="result_202611231405.csv"',
    )


def test_file_that_is_not_there_is_not_found(world: World) -> None:
    run = make_run(world.alpha, done=1)
    assert signed_in(world.alpha.owner).get(f"{RUNS}{run.pk}/file/").status_code == 404


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize("page", ["list", "run"])
def test_pages_take_the_same_queries_however_long(
    world: World, count: int, page: str, django_assert_num_queries: typing.Any
) -> None:
    made = [make_run(world.alpha, done=1, failed=count, total=9, over=True) for _ in range(count)]
    client = signed_in(world.alpha.owner)
    with django_assert_num_queries(9 if page == "list" else 10):
        client.get(RUNS if page == "list" else f"{RUNS}{made[0].pk}/")
