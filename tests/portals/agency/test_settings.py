from __future__ import annotations

import typing

import pytest

from career_relay.domain.ground.agencies import queries
from career_relay.domain.ground.agencies.models import Desk
from career_relay.kernel.tenancy.context import acting_as
from tests.domain.ground.agencies import room
from tests.portals.agency.desk import text
from tests.portals.agency.settings_pages import A_DAY, FEES, NOW, TODAY, signed_in

if typing.TYPE_CHECKING:
    from django.test import Client

    from career_relay.domain.ground.agencies.models import Office
    from tests.world import World

DESK = {"phone": "03-1234-5678", "email": "desk@agency.example", "message": "こんにちは", "capacity": "12"}
OFFICE = {
    "name": "大阪支社",
    "prefecture": "27",
    "address": "大阪市北区 1-1",
    "phone": "06-1234-5678",
    "responsible_name": "﨑山 誠",
    "trained_on": (TODAY - A_DAY * 100).isoformat(),
}


@pytest.fixture
def manager(world: World) -> Client:
    return signed_in(world.agency.users["manager"])


def offices(world: World) -> list[Office]:
    with acting_as(organization=world.agency.id):
        return list(queries.offices(world.agency.id))


def test_desk_is_saved_and_shown_again(world: World, manager: Client) -> None:
    sent = DESK | {"prefectures": ["13", "14"], "employment_types": ["mid_career"], "is_taking": "on"}
    assert manager.post("/agency/desk/", sent).headers["Location"] == "/agency/desk/"
    with acting_as(organization=world.agency.id):
        desk = Desk.objects.get()
    assert (desk.capacity, desk.is_taking, desk.prefectures, desk.employment_types, desk.occupations) == (
        12, True, ["13", "14"], ["mid_career"], [],
    )  # fmt: skip
    form = manager.get("/agency/desk/").context["form"]
    assert form.initial["prefectures"] == ["13", "14"]
    assert "新しい方の受け付けを止めています" not in text(manager.get("/agency/desk/"))


def test_desk_that_takes_nobody_says_so(manager: Client) -> None:
    manager.post("/agency/desk/", DESK)
    assert "新しい方の受け付けを止めています" in text(manager.get("/agency/desk/"))


@pytest.mark.parametrize(
    ("field", "value"),
    [("phone", "なし"), ("email", "x"), ("capacity", "0"), ("capacity", "many"), ("prefectures", "99")],
)
def test_desk_with_an_unusable_field_keeps_what_was_typed(
    world: World, manager: Client, field: str, value: str
) -> None:
    page = manager.post("/agency/desk/", DESK | {field: value})
    assert list(page.context["form"].errors) == [field]
    assert 'value="03-1234-5678"' in page.content.decode() or field == "phone"
    with acting_as(organization=world.agency.id):
        assert not Desk.objects.exists()


def test_offices_come_change_and_go(world: World, manager: Client) -> None:
    assert "事業所は、まだ登録されていません" in text(manager.get("/agency/offices/"))
    manager.post("/agency/offices/new/", OFFICE)
    manager.post("/agency/offices/new/", OFFICE | {"name": "本社"})
    first, second = offices(world)
    assert [first.name, second.name] == ["大阪支社", "本社"]
    manager.post(f"/agency/offices/{first.pk}/", OFFICE | {"name": "関西支社"})
    manager.post(f"/agency/offices/{second.pk}/remove/")
    assert [one.name for one in offices(world)] == ["関西支社"]
    answer = manager.post(f"/agency/offices/{first.pk}/remove/", follow=True)
    assert "この事業所は外せません" in text(answer)
    assert len(offices(world)) == 1


@pytest.mark.parametrize(("field", "value"), [("trained_on", "2001-01-01"), ("phone", "x"), ("prefecture", "99")])
def test_office_with_an_unusable_field_is_refused_there(world: World, manager: Client, field: str, value: str) -> None:
    page = manager.post("/agency/offices/new/", OFFICE | {field: value})
    assert list(page.context["form"].errors) == [field]
    assert offices(world) == []


def test_list_of_offices_marks_training_that_ran_out(world: World, manager: Client) -> None:
    with acting_as(organization=world.agency.id):
        room.open_office(world.agency, NOW, trained_on=TODAY - A_DAY * 1000)
        assert "講習の受け直しが必要" not in text(manager.get("/agency/offices/"))
        queries.offices(world.agency.id).update(trained_on=TODAY - A_DAY * 2000)
    assert "講習の受け直しが必要" in text(manager.get("/agency/offices/"))


def fees(**changes: str) -> dict[str, str]:
    """Return the form as the browser sends it: every row, most of them empty."""
    sent = {"effective_from": TODAY.isoformat(), "average_rate": "", "average_year": ""}
    for place in range(5):
        sent |= {f"{name}_{place}": "" for name in ("occupation", "employment_type", "percent", "fixed")}
        sent |= {f"{name}_{place}": "" for name in ("within_days", "share")}
    return sent | {"percent_0": "35.0", "within_days_0": "30", "share_0": "50"} | changes


def test_fees_are_published_and_shown(world: World, manager: Client) -> None:
    assert "手数料表は、まだ公表されていません" in text(manager.get("/agency/fees/"))
    sent = fees(occupation_1="04", fixed_1="800000", average_rate="31.4", average_year=str(TODAY.year - 1))
    assert manager.post(FEES, sent).headers["Location"] == "/agency/fees/"
    page = text(manager.get("/agency/fees/"))
    for words in (
        "年収の 35.0 %",
        "定額 800,000 円",
        "医療・看護・保健の職業",
        "手数料の 50 %",
        "平均：31.4 %",
        "第 1 版",
    ):
        assert words in page
    form = manager.get(FEES).context["form"]
    assert [len(form.rate_rows), len(form.refund_rows)] == [5, 5]
    assert form["fixed_1"].initial == 800_000


def test_coming_fees_are_announced_beside_the_present_ones(manager: Client) -> None:
    manager.post(FEES, fees())
    manager.post(FEES, fees(percent_0="30.0", effective_from=(TODAY + A_DAY).isoformat()))
    page = text(manager.get("/agency/fees/"))
    assert "年収の 35.0 %" in page
    assert "第 2 版を" in page


def test_long_table_keeps_all_its_rows(world: World, manager: Client) -> None:
    sent = fees() | {f"percent_{place}": "30" for place in range(12)}
    sent |= {f"occupation_{place}": f"{place:02d}" if place else "" for place in range(12)}
    sent |= {f"{name}_{place}": "" for place in range(12) for name in ("employment_type", "fixed")}
    manager.post(FEES, sent)
    with acting_as(organization=world.agency.id):
        [published] = queries.fee_tables(world.agency.id)
    assert len(published.table.rates) == 12
    assert len(manager.get(FEES).context["form"].rate_rows) == 15


@pytest.mark.parametrize(
    ("field", "changes"),
    [
        ("percent_0", {"percent_0": "50.1"}),
        ("percent_0", {"percent_0": "half"}),
        ("percent_1", {"occupation_1": "04"}),
        ("occupation_1", {"occupation_1": "99", "percent_1": "30"}),
        ("within_days_0", {"share_0": ""}),
        ("within_days_1", {"share_1": "30"}),
        ("share_0", {"share_0": "101"}),
        ("__all__", {"percent_0": ""}),
        ("__all__", {"fixed_0": "1"}),
        ("__all__", {"within_days_1": "10", "share_1": "30"}),
        ("__all__", {"effective_from": (TODAY - A_DAY).isoformat()}),
        ("__all__", {"average_rate": "30.0"}),
    ],
)
def test_unlawful_fees_are_shown_where_they_are(
    world: World, manager: Client, field: str, changes: dict[str, str]
) -> None:
    page = manager.post(FEES, fees(**changes))
    assert (page.status_code, list(page.context["form"].errors)) == (200, [field])
    with acting_as(organization=world.agency.id):
        assert queries.fee_tables(world.agency.id) == []
