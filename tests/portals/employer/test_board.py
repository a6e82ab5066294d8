from __future__ import annotations

import datetime as dt
import re
import typing
import uuid

import pytest
from django.urls import reverse

from career_relay.domain.hiring.applications import queries
from career_relay.domain.hiring.applications.filters import Filters
from career_relay.domain.hiring.applications.models import Correction, StageEvent
from career_relay.domain.hiring.applications.queries import board as board_queries
from career_relay.domain.hiring.intake.vocabulary import Stage
from career_relay.kernel import clock
from career_relay.kernel.japanese import working_days
from career_relay.kernel.tenancy.context import acting_as
from career_relay.portals.employer.applications import board
from tests import hiring
from tests.flows import rivals
from tests.portals.employer import files
from tests.portals.employer.desk import DAY, signed_in, text
from tests.world import make_tenant

if typing.TYPE_CHECKING:
    from django.test import Client

    from career_relay.domain.hiring.applications.models import Applicant, Application
    from tests.portals.pages import Answer
    from tests.world import Tenant, World

BOARD = "/employer/board/"
MOVE = "/employer/board/move/"
LIST = "/employer/applications/"
A_DAY = dt.timedelta(days=1)


def in_progress(tenant: Tenant, who: Applicant | None = None, **values: typing.Any) -> Application:
    return files.application(tenant, who, **{"outcome": "in_progress", "stage": "applied", **values})


def cards(page: Answer) -> dict[str, list[str]]:
    """Return the people of each stage that has some, in their order."""
    columns = page.context["board"].columns
    return {column.stage: [card.line.name for card in column.cards] for column in columns}


def filled(page: Answer) -> dict[str, list[str]]:
    return {stage: people for stage, people in cards(page).items() if people}


def moved(client: Client, made: Application, stage: str, *, seen: str = "", query: str = "") -> Answer:
    body = {"application": str(made.pk), "stage": stage, "seen": seen or hiring.fresh(made).stage}
    return client.post(f"{MOVE}{query}", body, follow=True)


def corrections(tenant: Tenant) -> list[tuple[str, str, str, str]]:
    with acting_as(organization=tenant.id):
        made = Correction.objects.order_by("corrected_at").values_list("field", "before", "after", "reason")
        return list(made)


def test_columns_are_the_stages_and_hold_who_is_in_progress(world: World) -> None:
    in_progress(world.alpha, files.person(world.alpha, "林 蓮"))
    in_progress(world.alpha, files.person(world.alpha, "原 凛"), stage="final")
    for outcome in ("rejected", "hired", "withdrew", "closed", "excluded"):
        files.application(world.alpha, outcome=outcome, stage="final")
    page = signed_in(world.alpha.owner).get(BOARD)
    assert list(cards(page)) == [stage for stage in Stage if stage != Stage.JOINED]
    assert filled(page) == {"applied": ["林 蓮"], "final": ["原 凛"]}


def test_who_joined_according_to_a_file_is_not_lost(world: World) -> None:
    in_progress(world.alpha, files.person(world.alpha, "林 蓮"), stage="joined")
    page = signed_in(world.alpha.owner).get(BOARD)
    joined = next(column for column in page.context["board"].columns if column.stage == Stage.JOINED)
    assert (filled(page), joined.takes_cards) == ({"joined": ["林 蓮"]}, False)


def test_counts_are_those_of_the_list_behind_them(world: World) -> None:
    web, sales = files.posting(world.alpha), files.posting(world.alpha, "法人営業")
    for number in range(23):
        in_progress(world.alpha, posting=web, stage="first", applied_at=DAY + number * dt.timedelta(hours=1))
    in_progress(world.alpha, posting=sales, stage="first")
    in_progress(world.alpha, posting=web, stage="on_hold")
    client = signed_in(world.alpha.owner)
    queries: list[dict[str, str]] = [{}, {"posting": str(web.pk)}]
    for query in queries:
        columns = client.get(BOARD, query).context["board"].columns
        lists = [client.get(column.list_url).context["list"].total for column in columns]
        assert [column.total for column in columns] == lists
    first = next(column for column in columns if column.stage == Stage.FIRST)
    assert (first.total, len(first.cards), first.hidden) == (23, board_queries.MOST_CARDS, 3)
    assert "ほか 3 件" in text(client.get(BOARD, {"posting": str(web.pk)}))


def test_newest_stand_on_top(world: World) -> None:
    for day, name in enumerate(("三", "一", "二")):
        in_progress(world.alpha, files.person(world.alpha, name, kana=""), applied_at=DAY + day * A_DAY)
    assert filled(signed_in(world.alpha.owner).get(BOARD)) == {"applied": ["二", "一", "三"]}


@pytest.mark.parametrize(
    ("values", "since"),
    [
        ({"stage": "first", "days": {"first": (DAY + A_DAY).date(), "documents": DAY.date()}}, (DAY + A_DAY).date()),
        ({"stage": "applied", "days": {}}, clock.day_in_japan(DAY)),
        ({"stage": "first", "days": {}}, None),
    ],
)
def test_card_counts_working_days_since_the_stage_was_reached(
    world: World, values: dict[str, typing.Any], since: dt.date | None
) -> None:
    in_progress(world.alpha, **values)
    today = clock.day_in_japan(clock.now())
    passed = working_days.working_days_between(since, today) if since else None
    with acting_as(organization=world.alpha.id):
        [found] = [card for column in board_queries.board(world.alpha.id, Filters(), today) for card in column.cards]
    assert (found.since, found.working_days) == (since, passed)
    assert (f"この段階で {passed} 営業日" if since else "この段階の日付なし") in text(
        signed_in(world.alpha.owner).get(BOARD)
    )


def test_card_moved_by_hand_counts_from_that_day(world: World) -> None:
    made = in_progress(world.alpha)
    page = moved(signed_in(world.alpha.owner), made, "second")
    assert "この段階で 0 営業日" in text(page)


@pytest.mark.parametrize("field", ["posting", "medium", "recruiter"])
def test_filters_stand_in_the_address_and_stay_after_a_move(world: World, field: str) -> None:
    posting = files.posting(world.alpha)
    values: dict[str, typing.Any] = {"posting": posting, "medium": "求人サイト", "recruiter": "人事 太郎"}
    made = in_progress(world.alpha, files.person(world.alpha, "林 蓮"), **values)
    in_progress(world.alpha)
    client = signed_in(world.alpha.owner)
    query = {field: str(posting.pk) if field == "posting" else values[field]}
    page = client.get(BOARD, query)
    assert filled(page) == {"applied": ["林 蓮"]}
    after = client.post(
        page.context["board"].move_url, {"application": str(made.pk), "stage": "first", "seen": "applied"}
    )
    address, anchor = after.headers["Location"].split("#")
    assert anchor == f"card-{made.pk}"
    assert filled(client.get(address)) == {"first": ["林 蓮"]}


def test_list_and_board_lead_to_each_other_with_the_filters_of_both(world: World) -> None:
    in_progress(world.alpha, medium="求人サイト")
    in_progress(world.alpha)
    client = signed_in(world.alpha.owner)
    as_list = client.get(LIST, {"medium": "求人サイト", "q": "高崎", "sort": "name"}).context["views"]
    board = client.get(as_list[1].url)
    assert "q=" not in as_list[1].url
    assert [len(people) for people in filled(board).values()] == [1]
    assert client.get(board.context["board"].views[0].url).context["list"].total == 1
    assert [[view.current for view in views] for views in (as_list, board.context["board"].views)] == [
        [True, False],
        [False, True],
    ]


def test_move_is_a_correction_that_is_said_and_can_be_undone(world: World) -> None:
    made = in_progress(world.alpha)
    client = signed_in(world.alpha.owner)
    page = moved(client, made, "documents")
    assert hiring.fresh(made).stage == "documents"
    assert "髙﨑 由紀 さんを「書類選考」に動かしました。" in text(page)
    undo = re.search(r'<form class="floating-bar".*?</form>', page.content.decode(), re.DOTALL)
    assert undo
    body = dict(re.findall(r'name="(application|seen|stage)" value="([^"]*)"', undo[0]))
    assert body == {"application": str(made.pk), "seen": "documents", "stage": "applied"}
    client.post(MOVE, body)
    assert hiring.fresh(made).stage == "applied"
    today = clock.day_in_japan(clock.now()).isoformat()
    assert sorted(corrections(world.alpha)) == [
        ("day:documents", "", today, "ボードで移動"),
        ("day:documents", today, "", "ボードで移動"),
        ("stage", "applied", "documents", "ボードで移動"),
        ("stage", "documents", "applied", "ボードで移動"),
    ]


def test_button_of_a_card_moves_that_card_alone(world: World) -> None:
    people = [in_progress(world.alpha, stage="first") for _ in range(3)]
    client = signed_in(world.alpha.owner)
    served = client.get(BOARD).content.decode()
    forms = re.findall(r'<form class="board__move".*?</form>', served, re.DOTALL)
    sent = [dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', form)) for form in forms]
    assert sorted(body["application"] for body in sent) == sorted(str(made.pk) for made in people)
    [body] = [body for body in sent if body["application"] == str(people[1].pk)]
    client.post(MOVE, {**body, "stage": "second"})
    assert [hiring.fresh(made).stage for made in people] == ["first", "second", "first"]


def test_board_says_that_a_move_writes_the_day(world: World) -> None:
    in_progress(world.alpha)
    assert "今日の日付が記録されます" in text(signed_in(world.alpha.owner).get(BOARD))


@pytest.mark.parametrize("there", ["final", "on_hold"])
def test_move_that_is_taken_back_leaves_days_funnel_and_card_as_they_were(world: World, there: str) -> None:
    made = in_progress(world.alpha, stage="documents", days={"applied": DAY.date()})
    client = signed_in(world.alpha.owner)

    def seen() -> tuple[list[tuple[str, dt.date]], queries.Process, list[board.Card]]:
        page = client.get(BOARD)
        with acting_as(organization=world.alpha.id):
            days = list(StageEvent.objects.order_by("stage").values_list("stage", "entered_on"))
            funnel = queries.process(world.alpha.id, Filters())
        return days, funnel, [card for column in page.context["board"].columns for card in column.cards]

    before = seen()
    moved(client, made, there)
    assert seen() != before
    moved(client, made, "documents")
    assert seen() == before


def test_card_that_a_file_holds_stays_and_says_so(fresh_database: dict[str, str]) -> None:
    alpha = make_tenant("employer", "アルファ精機株式会社", "alpha")
    made = in_progress(alpha)
    client = signed_in(alpha.owner)
    with rivals.holding("applications_application", fresh_database["superuser"]):
        page = moved(client, made, "first")
    assert "変更できませんでした。ファイルの取り込みなどの処理が" in text(page)
    assert (page.status_code, hiring.fresh(made).stage, corrections(alpha)) == (200, "applied", [])
    assert "floating-bar" not in page.content.decode()


def test_moved_card_stands_on_top_however_old_it_is(world: World) -> None:
    old = in_progress(world.alpha, files.person(world.alpha, "林 蓮"), applied_at=DAY - 90 * A_DAY)
    for _number in range(board_queries.MOST_CARDS):
        in_progress(world.alpha, stage="first")
    page = moved(signed_in(world.alpha.owner), old, "first")
    assert filled(page)["first"][0] == "林 蓮"
    assert f'id="card-{old.pk}"' in page.content.decode()


@pytest.mark.parametrize("meanwhile", [{"stage": "second"}, {"outcome": "rejected"}])
def test_card_that_somebody_else_was_first_to_change_stays(world: World, meanwhile: dict[str, str]) -> None:
    made = in_progress(world.alpha, None, **{"stage": "first", **meanwhile})
    page = moved(signed_in(world.alpha.owner), made, "final", seen="first")
    assert (hiring.fresh(made).stage, corrections(world.alpha)) == (meanwhile.get("stage", "first"), [])
    assert "動かせませんでした" in text(page)
    assert "floating-bar" not in page.content.decode()


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"application": "x"},
        {"application": str(uuid.UUID(int=1))},
        {"stage": "joined"},
        {"stage": "<b>"},
        {"stage": ""},
        {"seen": ""},
    ],
)
def test_move_of_nothing_or_to_nowhere_is_not_found(world: World, body: dict[str, str]) -> None:
    made = in_progress(world.alpha)
    usual = {"application": str(made.pk), "stage": "first", "seen": "applied"} if body else {}
    assert signed_in(world.alpha.owner).post(MOVE, {**usual, **body}).status_code == 404
    assert corrections(world.alpha) == []


def test_application_of_another_employer_is_neither_shown_nor_moved(world: World) -> None:
    foreign = in_progress(
        world.beta,
        files.person(world.beta, "かなりあ 太郎"),
        posting=files.posting(world.beta, "かなりあ求人"),
        medium="かなりあ媒体",
    )
    in_progress(world.alpha)
    client = signed_in(world.alpha.owner)
    answers = [
        client.get(BOARD),
        client.get(BOARD, {"posting": str(foreign.posting_id)}),
        client.get(BOARD, {"moved": str(foreign.pk), "before": "first"}),
        moved(client, foreign, "first"),
    ]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 404]
    assert [answer for answer in answers if "かなりあ" in answer.content.decode()] == []
    assert (hiring.fresh(foreign).stage, corrections(world.beta)) == ("applied", [])


def test_roles_look_and_move_by_their_rights(world: World) -> None:
    made = in_progress(world.alpha)
    seen = {}
    for role, user in world.alpha.users.items():
        client = signed_in(user)
        page = client.get(BOARD)
        forms = page.content.decode().count('action="/employer/board/move/"')
        seen[role] = (page.status_code, forms, moved(client, made, "first", seen="applied").status_code)
    assert seen == {
        "owner": (200, 1, 200),
        "recruiter": (200, 1, 200),
        "hiring_manager": (200, 0, 403),
        "analyst": (403, 0, 403),
        "auditor": (200, 0, 403),
    }


def test_field_manager_sees_own_postings_alone_and_moves_nothing(world: World) -> None:
    manager = world.alpha.users["hiring_manager"]
    own = files.posting(world.alpha, "自分の求人", manager=manager)
    other = files.posting(world.alpha, "ほかの求人")
    made = in_progress(world.alpha, files.person(world.alpha, "自分 の応募者"), posting=own, medium="自社サイト")
    hidden = in_progress(
        world.alpha, files.person(world.alpha, "ほか の応募者"), posting=other, medium="ひみつ媒体", stage="first"
    )
    client = signed_in(manager)
    for query in ({}, {"posting": str(other.pk)}, {"moved": str(hidden.pk), "before": "applied"}):
        page = client.get(BOARD, query)
        assert page.context["board"].total <= 1
        assert [word for word in ("ほか の応募者", "ほかの求人", "ひみつ媒体") if word in page.content.decode()] == []
    assert filled(client.get(BOARD)) == {"applied": ["自分 の応募者"]}
    assert moved(client, made, "first").status_code == 403


def test_board_asks_as_often_for_three_cards_as_for_one_and_writes_nothing(world: World) -> None:
    client = signed_in(world.alpha.owner)
    first = in_progress(world.alpha, posting=files.posting(world.alpha), medium="A")
    address = f"{BOARD}?moved={first.pk}&before=first"
    one = files.asked(client, address)
    for medium in ("B", "C"):
        in_progress(world.alpha, posting=files.posting(world.alpha, medium), medium=medium, stage="second")
    assert files.asked(client, address) == one <= files.MOST_QUERIES


def test_moving_needs_a_post(world: World) -> None:
    assert signed_in(world.alpha.owner).get(MOVE).status_code == 405


def test_empty_board_says_why(world: World) -> None:
    client = signed_in(world.alpha.owner)
    assert "選考中の応募はありません" in text(client.get(BOARD))
    in_progress(world.alpha)
    narrowed = client.get(BOARD, {"medium": "存在しない"})
    assert "この条件に合う、選考中の応募はありません" in text(narrowed)
    assert f'href="{reverse("employer:board")}"' in narrowed.content.decode()


def test_board_belongs_to_the_room_of_the_applicants(world: World) -> None:
    items = signed_in(world.alpha.owner).get(BOARD).context["frame"].navigation
    assert [str(item.label) for item in items if item.current] == ["応募者"]
