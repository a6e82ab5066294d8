"""What agencies publish of their fees: figures for everybody, and nothing of anybody.

The network is made once. Many hires are copies of one real hire, written past the triggers: what is asked here is which
of them are counted, and what comes out.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import re
import typing
import uuid

import psycopg
import pytest
from django.db import connection, connections, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from career_relay.domain.people.placements import rules as placements
from career_relay.kernel import clock
from tests import database
from tests.domain.ground.agencies import room
from tests.flows import introducing, placing
from tests.world import World, build_world, make_tenant

if typing.TYPE_CHECKING:
    import collections.abc

    import pytest_django.plugin

    from tests.portals.pages import Answer

LIST = "/agencies/fees/"
YEAR = 2026
AFTER = dt.datetime(2027, 4, 10, 3, tzinfo=dt.UTC)
LARGEST = 40_000
# Occupation, how many hires, the salary and the fee of each: what a year is made of.
PLANTED = [
    ("02", 12, 5_000_000, 1_750_000),
    ("03", 11, 3_333_333, 1_000_000),
    ("07", 10, 5_000_000, 1_750_000),
    ("01", 14, 6_000_000, 1_800_000),
    ("04", 13, 4_000_000, 1_400_000),
    ("08", 15, 4_000_000, 1_200_000),
    ("09", 16, 3_000_000, 500_000),
]
MOMENT = "2027-03-31T03:00:00Z"
OF_STATE: dict[str, dict[str, typing.Any]] = {
    "agreed": {"joined_at": None, "guarantee_until": None},
    "not_started": {"joined_at": None, "guarantee_until": None, "ended_at": MOMENT, "end_reason": "person"},
    "joined": {},
    "left": {"ended_on": "2027-03-31", "ended_at": MOMENT, "end_reason": "person"},
}
SEEN = [
    ("サービスの職業", 16, "16.7 %"),
    ("福祉・介護の職業", 15, "30.0 %"),
    ("管理的職業", 14, "30.0 %"),
    ("医療・看護・保健の職業", 13, "35.0 %"),
    ("研究・技術の職業", 12, "35.0 %"),
]


@pytest.fixture(scope="module")
def made(
    django_db_setup: None, django_db_blocker: pytest_django.plugin.DjangoDbBlocker
) -> collections.abc.Iterator[tuple[World, dict[str, str]]]:
    """Make an agency that placed somebody, in a database of its own, and copies of that hire."""
    with django_db_blocker.unblock(), database.fresh() as urls:
        world = build_world()
        scene = introducing.scene(world)
        placing.joined(scene)
        for occupation, number, salary, fee in PLANTED:
            plant(urls, occupation, number, salary=salary, fee=fee)
        yield world, urls


@pytest.fixture
def world(made: tuple[World, dict[str, str]], monkeypatch: pytest.MonkeyPatch) -> collections.abc.Iterator[World]:
    """The network in April, with all that a test does to it rolled back."""
    monkeypatch.setattr("career_relay.kernel.clock.now", lambda: AFTER)
    with contextlib.ExitStack() as stack:
        for alias in connections:
            stack.enter_context(transaction.atomic(using=alias))
        yield made[0]
        for alias in connections:
            transaction.set_rollback(True, using=alias)


@pytest.fixture
def urls(made: tuple[World, dict[str, str]]) -> dict[str, str]:
    return made[1]


def plant(urls: dict[str, str], occupation: str, number: int, **values: typing.Any) -> list[uuid.UUID]:
    """Copy the real hire with other values; `fixed` makes its fee a fixed one. Returns the copies."""
    told = {"fixed": None, "uses_slot": False, "is_regular": True, "start_on": "2026-10-01", "state": "joined"} | values
    copies = [uuid.uuid4() for _copy in range(number)]
    with psycopg.connect(urls["superuser"]) as connection:
        connection.execute("SET session_replication_role = replica")
        for copy in copies:
            for table, changes in (("placement", _placement(occupation, told)), ("feeterms", _terms(copy, told))):
                row = f"SELECT t FROM placements_{table} t ORDER BY id LIMIT 1"
                connection.execute(
                    f"INSERT INTO placements_{table} SELECT (jsonb_populate_record(t, %s)).* FROM ({row}) found(t)",
                    [psycopg.types.json.Jsonb({"id": str(copy), **changes})],
                )
    return copies


def _placement(occupation: str, told: dict[str, typing.Any]) -> dict[str, typing.Any]:
    kept = {name: told[name] for name in ("uses_slot", "is_regular", "start_on", "state")}
    own = {"introduction_id": str(uuid.uuid4()), "occupation": occupation, "salary_yen": told["salary"]}
    return {**own, **kept, **OF_STATE[told["state"]]}


def _terms(copy: uuid.UUID, told: dict[str, typing.Any]) -> dict[str, typing.Any]:
    percent = None if told["fixed"] else 35
    return {"placement_id": str(copy), "fee_yen": told["fee"], "fixed": told["fixed"], "percent": percent}


@contextlib.contextmanager
def also(urls: dict[str, str], occupation: str, number: int, **values: typing.Any) -> collections.abc.Iterator[None]:
    """Have more hires than the others for a while."""
    copies = plant(urls, occupation, number, **values)
    try:
        yield
    finally:
        with psycopg.connect(urls["superuser"]) as connection:
            connection.execute("SET session_replication_role = replica")
            connection.execute("DELETE FROM placements_feeterms WHERE id = ANY (%s)", [copies])
            connection.execute("DELETE FROM placements_placement WHERE id = ANY (%s)", [copies])


def page_of(agency_id: uuid.UUID) -> Answer:
    return Client().get(f"/agencies/{agency_id}/fees/")


def rates(world: World) -> list[tuple[str, int, str]]:
    return [(row.occupation, row.placed, row.price) for row in page_of(world.agency.id).context["page"].rates]


def text(answer: Answer) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def test_page_publishes_five_occupations_and_none_with_ten_hires(world: World) -> None:
    assert rates(world) == SEEN
    shown = text(page_of(world.agency.id))
    for words in (
        "つなぐ人材紹介株式会社の手数料",
        room.NUMBER,
        "2026/04/01 から 2027/03/31 までの入社",
        "入社から 30 日以内の退職",
        "手数料の 50 %",
        "無料紹介枠による成約（手数料 0 円）は、件数にも平均にも入れていません。",
        "違約金を定めた契約はありません。",
    ):
        assert words in shown, words


def test_eleventh_hire_publishes_an_occupation(world: World, urls: dict[str, str]) -> None:
    usual = {"salary": 3_333_333, "fee": 1_000_000}
    with also(urls, "12", 10, **usual):
        assert "製造" not in text(page_of(world.agency.id))
        with also(urls, "12", 7, **usual):
            assert rates(world)[0] == ("製造・修理・塗装・製図等の職業", 17, "30.0 %")
    for change in (
        {"is_regular": False},
        {"start_on": "2026-03-31"},
        {"start_on": "2027-04-01"},
        {"state": "agreed"},
        {"state": "not_started"},
    ):
        with also(urls, "12", 17, **usual, **change):
            assert rates(world) == SEEN
    for first_or_last in ("2026-04-01", "2027-03-31"):
        with also(urls, "12", 17, **usual, start_on=first_or_last, state="left"):
            assert rates(world)[0][1] == 17


def test_fixed_fee_that_all_paid_is_shown_instead_of_a_rate(world: World, urls: dict[str, str]) -> None:
    with also(urls, "12", 17, salary=3_000_000, fee=600_000, fixed=600_000):
        assert rates(world)[0][2] == "定額 600,000 円"
        with also(urls, "12", 1, salary=3_000_000, fee=500_000, fixed=500_000):
            assert rates(world)[0][2] == "19.8 %"


def test_slots_enter_only_if_the_policy_says_so_and_the_page_says_which(world: World, urls: dict[str, str]) -> None:
    with also(urls, "09", 4, salary=3_000_000, fee=0, uses_slot=True):
        assert rates(world) == SEEN
        placing.publish(free_placements_enter_fee_average=True)
        assert rates(world)[0] == ("サービスの職業", 20, "13.3 %")
        assert "（手数料 0 円）を、平均に入れています" in text(page_of(world.agency.id))


def test_pages_are_open_and_tell_nobodys_name(world: World) -> None:
    people = [user.name for tenant in (world.agency, world.alpha) for user in tenant.users.values()]
    secrets = [introducing.NAME, "hana@example.jp", world.alpha.organization.name, "経理", room.OFFICE.responsible_name]
    for path in (LIST, f"/agencies/{world.agency.id}/fees/"):
        answer = Client().get(path)
        body = answer.content.decode()
        assert (answer.status_code, "noindex" in body, set(answer.cookies)) == (200, False, {"csrf"})
        assert len(body) < LARGEST
        for secret in (*people, *secrets, str(world.alpha.id)):
            assert secret not in body, secret


def test_only_agencies_whose_licence_is_confirmed_today_have_a_page(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    waiting = make_tenant("agency", "あたらしい人材紹介", "new")
    for organization_id in (waiting.id, world.alpha.id, world.school.id, world.operator.id, uuid.uuid4()):
        assert page_of(organization_id).status_code == 404
    assert waiting.organization.name not in text(Client().get(LIST))
    monkeypatch.setattr("career_relay.kernel.clock.now", lambda: AFTER + dt.timedelta(days=1200))
    assert page_of(world.agency.id).status_code == 404
    assert "公表している紹介会社は、まだありません" in text(Client().get(LIST))


def test_list_is_searched_by_name_and_number(world: World) -> None:
    def found(words: str) -> list[str]:
        return [one.name for one in Client().get(LIST, {"q": words}).context["list"].page]

    other = make_tenant("agency", "髙﨑キャリア株式会社", "takasaki")
    room.complete(other, world.operator, number="27-ユ-000001")
    both = ["つなぐ人材紹介株式会社", "髙﨑キャリア株式会社"]
    assert sorted(found("")) == both
    assert found("高崎ｷｬﾘｱ") == both[1:]
    assert found("27-ユ") == both[1:]
    assert found("だれもいない") == []
    assert "当てはまる紹介会社はありません" in text(Client().get(LIST, {"q": "だれもいない"}))
    assert sorted(found("あ" * 101)) == both


def test_agency_without_enough_hires_publishes_its_tables_alone(world: World) -> None:
    other = make_tenant("agency", "髙﨑キャリア株式会社", "takasaki")
    room.complete(other, world.operator)
    assert "公表する実績はありません" in text(page_of(other.id))


def test_list_asks_as_much_for_three_agencies_as_for_one(world: World) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert Client().get(LIST).status_code == 200
        return len(captured)

    for_one = asked()
    for name in ("two", "three"):
        room.complete(make_tenant("agency", name, name), world.operator)
    assert asked() == for_one


def test_year_is_the_last_one_that_is_over(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    assert page_of(world.agency.id).context["page"].fees.period.year == YEAR
    last_of_march = dt.datetime(2027, 3, 31, 14, 59, tzinfo=dt.UTC)
    monkeypatch.setattr("career_relay.kernel.clock.now", lambda: last_of_march)
    assert clock.day_in_japan(last_of_march) == placements.days_of_year(YEAR)[1]
    assert rates(world) == []
