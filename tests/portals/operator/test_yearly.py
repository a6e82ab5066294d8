"""The operator's yearly figures as of 1 June: numbers of the whole network, and of no small group."""

from __future__ import annotations

import datetime as dt
import typing

import pytest

from career_relay.domain.people.reports import queries
from career_relay.kernel.tenancy.context import acting_as
from tests.flows import caring, introducing, requesting
from tests.portals.agency.settings_pages import signed_in
from tests.world import NOW, make_candidate

if typing.TYPE_CHECKING:
    from django.test import Client
    from pytest_django.fixtures import Settings

    from tests.portals.pages import Answer
    from tests.world import World

PAGE, FILE = "/operator/yearly/2027/", "/operator/yearly/2027/file/"
AFTER = dt.datetime(2027, 6, 2, 3, tzinfo=dt.UTC)
DAY = dt.date(2027, 6, 1)


@pytest.fixture
def operator(world: World, monkeypatch: pytest.MonkeyPatch) -> Client:
    monkeypatch.setattr("career_relay.kernel.clock.now", lambda: AFTER)
    return signed_in(world.operator.owner)


def shown(page: Answer) -> dict[str, int | None]:
    return {row.label: row.value for row in page.context["page"].rows}


def come(number: int) -> None:
    """Have so many more people register."""
    for place in range(number):
        make_candidate(f"登録 {place}", f"number{place}@people.example")


def test_figures_are_those_of_the_first_of_june(world: World, operator: Client) -> None:
    scene = introducing.scene(world)
    requesting.asked(world.alpha, scene.agency)
    with acting_as(organization=world.operator.id):
        found = queries.network(DAY, NOW)
        before = queries.network(dt.date(2026, 6, 1), NOW)
    assert found is not None
    assert before is not None
    assert (found.postings_of_employers, found.postings_of_agencies, found.postings_provided) == (1, 1, 1)
    assert (found.employers, found.agencies, found.offices) == (2, 1, 1)
    assert (before.postings, before.employers, before.agencies, before.offices) == (0, 0, 0, 0)
    assert shown(operator.get(PAGE))["求人情報の件数"] == 2


def test_people_are_numbers_and_small_groups_are_hidden(world: World, operator: Client) -> None:
    agency = caring.desk(world.agency, world.operator)
    for place in range(5):
        caring.take(agency, caring.person(f"taken{place}@people.example"))
    before = shown(operator.get(PAGE))
    assert (before["求職者情報の登録者数"], before["求職者情報の提供人数"]) == (7, None)
    assert "5 名未満のため非表示" in operator.get(FILE).content.decode()
    come(3)
    found = shown(operator.get(PAGE))
    assert (found["求職者情報の登録者数"], found["求職者情報の提供人数"]) == (10, 5)


def test_nobody_but_the_operator_is_told(world: World) -> None:
    for organization_id in (world.alpha.id, world.agency.id, world.school.id):
        with acting_as(organization=organization_id):
            assert queries.network(DAY, NOW) is None
    assert queries.network(DAY, NOW) is None


def test_number_of_the_notification_is_a_setting(operator: Client, settings: Settings) -> None:
    assert "RELAY_NOTIFICATION_NUMBER に設定します" in operator.get(PAGE).content.decode()
    settings.NOTIFICATION_NUMBER = "51-募-000123"
    assert "51-募-000123" in operator.get(PAGE).content.decode()
    header, first, *_rest = operator.get(FILE).content.decode("utf-8-sig").splitlines()
    assert header == "届出受理番号,基準日,項目,数,単位,数え方"
    assert first.startswith("51-募-000123,2027-06-01,求人情報の件数,0,件,")


def test_year_whose_day_is_to_come_is_told_as_of_today(operator: Client) -> None:
    assert operator.get("/operator/yearly/").context["page"].year == 2027
    assert "基準日は、まだ来ていません" not in operator.get(PAGE).content.decode()
    assert "基準日は、まだ来ていません" in operator.get("/operator/yearly/2028/").content.decode()
    found = [operator.get(f"/operator/yearly/{year}/").status_code for year in (2029, 2028, 2024, 2023)]
    assert found == [404, 200, 200, 404]
    assert operator.get("/operator/yearly/2029/file/").status_code == 404
