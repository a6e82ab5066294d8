from __future__ import annotations

import dataclasses
import re
import typing

import pytest

from career_relay.capabilities.messaging.models import Message
from career_relay.domain.ground.agencies import operations, queries
from career_relay.domain.ground.agencies.models import Licence
from career_relay.domain.ground.agreements import queries as agreements
from career_relay.domain.people.routing import queries as routing
from career_relay.flows import end_assignment
from career_relay.kernel import actors, clock
from career_relay.kernel.tenancy.context import acting_as
from career_relay.portals.operator import agency_page
from tests.domain.ground.agencies import room
from tests.flows import story
from tests.portals.agency import desk
from tests.portals.agency.desk import text
from tests.portals.agency.settings_pages import A_DAY, NOW, TODAY, signed_in
from tests.world import make_tenant

if typing.TYPE_CHECKING:
    import uuid

    from django.test import Client

    from tests.world import Tenant, World

HOME, AGENCIES = "/operator/", "/operator/agencies/"


@pytest.fixture
def operator(world: World) -> Client:
    return signed_in(world.operator.owner)


def submitted(tenant: Tenant, **changes: typing.Any) -> uuid.UUID:
    with acting_as(organization=tenant.id):
        return room.submit(tenant, NOW, **changes).pk


def standing(tenant: Tenant) -> str:
    with acting_as(organization=tenant.id):
        return queries.standing(tenant.id, TODAY).state


def page_of(tenant: Tenant) -> str:
    return f"{AGENCIES}{tenant.id}/"


def decision(tenant: Tenant, licence_id: uuid.UUID, step: str) -> str:
    return f"{page_of(tenant)}licences/{licence_id}/{step}/"


def stop(world: World, tenant: Tenant) -> None:
    with acting_as(organization=tenant.id):
        operations.stop(
            organization_id=tenant.id, reason="苦情", decided_by=actors.user(world.operator.owner.pk), now=NOW
        )


def test_home_of_a_quiet_network_says_so(operator: Client) -> None:
    page = text(operator.get(HOME))
    assert "確認を待っている許可はありません。" in page
    assert "連絡が遅れている紹介会社" not in page
    assert "許可の期限が近い紹介会社" not in page


def test_home_puts_the_oldest_check_first(world: World, operator: Client) -> None:
    other = make_tenant("agency", "あたらしい紹介", "new-agency")
    submitted(other)
    with acting_as(organization=world.agency.id):
        room.submit(world.agency, NOW - A_DAY)
    answer = operator.get(HOME)
    assert "許可の確認を待っている紹介会社が 2 社あります。" in text(answer)
    assert [row.line.organization_id for row in answer.context["page"].checks] == [world.agency.id, other.id]


def test_home_counts_agencies_by_standing(world: World, operator: Client) -> None:
    stopped = make_tenant("agency", "とまった紹介", "stopped")
    room.complete(world.agency, world.operator, NOW, valid_until=TODAY + A_DAY * 25)
    stop(world, stopped)
    answer = operator.get(HOME)
    page = answer.context["page"]
    assert (page.agencies, page.licensed, page.stopped, page.checks) == (2, 1, 1, [])
    assert (page.unplaced.people, page.active, page.overdue, page.late) == (0, 0, 0, [])
    assert "25 日" in text(answer)


def test_home_names_agencies_whose_first_contact_is_late(world: World, operator: Client) -> None:
    agency = desk.open_agency(world)
    assignment_id = desk.taken(agency, story.open_link(world.alpha))
    assert operator.get(HOME).context["page"].late == []
    desk.change(agency, assignment_id, contact_by=NOW - A_DAY)
    answer = operator.get(HOME)
    page = answer.context["page"]
    assert [(row.line.organization_id, row.figures.overdue) for row in page.late] == [(agency.id, 1)]
    assert (page.active, page.overdue) == (1, 1)
    assert "最初の連絡が遅れている方 1 名" in text(answer)
    assert [tab.count for tab in operator.get(AGENCIES).context["list"].tabs] == [1, 0, 1, 1, 0, 0]
    assert "担当中の 1 名は、ほかの紹介会社に引き継がれます" in text(operator.get(f"{page_of(agency)}stop/"))


def test_home_names_agencies_whose_licence_ended_until_nobody_is_there(world: World, operator: Client) -> None:
    agency, link = desk.open_agency(world), story.open_link(world.alpha)
    people = [desk.taken(agency, link, email) for email in ("aoi@people.example", "ren@people.example")]
    assert operator.get(HOME).context["page"].ended == []
    with acting_as(organization=agency.id, user=world.operator.owner.pk):
        Licence.objects.update(valid_until=TODAY - A_DAY)
    answer = operator.get(HOME)
    page = answer.context["page"]
    assert [(row.line.organization_id, row.figures.active) for row in page.ended] == [(agency.id, 2)]
    assert page.ending == []
    day = f"{TODAY - A_DAY:%Y/%m/%d}"
    card = text(answer).split("許可が切れた紹介会社", 1)[1]
    assert re.search(f"{agency.organization.name} {day} \\(.\\) 2 未提出", card)
    assert f'href="{page_of(agency)}"' in answer.content.decode()
    submitted(agency)
    assert [row.line.standing.state for row in operator.get(HOME).context["page"].ended] == ["waiting"]
    for assignment_id in people:
        end_assignment.end_by_agency(
            assignment_id=assignment_id, reason="agency_unable", **room.by(agency, clock.now())
        )
    answer = operator.get(HOME)
    assert (answer.context["page"].ended, "許可が切れた紹介会社" in text(answer)) == ([], False)


def test_agency_that_is_licensed_again_is_named_no_more(world: World, operator: Client) -> None:
    agency = desk.open_agency(world)
    desk.taken(agency, story.open_link(world.alpha))
    with acting_as(organization=agency.id, user=world.operator.owner.pk):
        Licence.objects.update(valid_until=TODAY - A_DAY)
    assert len(operator.get(HOME).context["page"].ended) == 1
    with acting_as(organization=agency.id):
        room.confirm(agency, world.operator, clock.now())
    assert operator.get(HOME).context["page"].ended == []


def test_people_who_wait_are_a_number_and_a_day(world: World, operator: Client) -> None:
    desk.person_comes(story.open_link(world.alpha))
    answer = operator.get(HOME)
    assert answer.context["page"].unplaced.people == 1
    assert "いちばん長い方は" in text(answer)
    assert "aoi@people.example" not in answer.content.decode()


def test_first_contacts_are_a_share_from_ten_up(world: World, operator: Client) -> None:
    figures = routing.Figures(
        organization_id=world.agency.id, offered=0, active=0, overdue=0, lapsed=0, contacted=0, contacted_in_time=0
    )
    counts = [(0, 0), (9, 8), (10, 8), (12, 8)]
    shown = [
        agency_page.in_time(dataclasses.replace(figures, contacted=all_of_them, contacted_in_time=done))
        for all_of_them, done in counts
    ]
    assert shown == ["まだありません", "9 件のうち 8 件", "80 %（10 件のうち 8 件）", "67 %（12 件のうち 8 件）"]
    assert agency_page.in_time(None) == "まだありません"


def test_list_has_a_view_for_each_standing(world: World, operator: Client) -> None:
    waiting, stopped = (make_tenant("agency", name, name) for name in ("waiting", "stopped"))
    room.complete(world.agency, world.operator, NOW, valid_until=TODAY + A_DAY * 90)
    submitted(waiting)
    stop(world, stopped)
    licensed = world.agency.organization.name
    expected = {
        "": {licensed, "waiting", "stopped"},
        "checks": {"waiting"},
        "licensed": {licensed},
        "late": set(),
        "ending": {licensed},
        "closed": {"waiting", "stopped"},
        "nonsense": {licensed, "waiting", "stopped"},
    }
    for view, names in expected.items():
        found = operator.get(AGENCIES, {"standing": view}).context["list"]
        assert {row.line.name for row in found.page} == names
        assert [tab.count for tab in found.tabs] == [3, 1, 1, 0, 1, 2]


def test_list_of_an_empty_network_says_what_fills_it(world: World, operator: Client) -> None:
    page = text(operator.get(AGENCIES, {"standing": "late"}))
    assert "この条件の紹介会社はありません" in page
    assert world.agency.organization.name not in page


def test_page_shows_what_the_agency_told(world: World, operator: Client) -> None:
    room.complete(world.agency, world.operator, NOW)
    page = text(operator.get(page_of(world.agency)))
    for words in (
        room.NUMBER,
        room.DESK.phone,
        room.OFFICE.responsible_name,
        "年収の 35.0 %",
        "全国",
        "足りないもの ありません",
    ):
        assert words in page


def test_page_of_an_agency_that_told_nothing_names_what_is_missing(world: World, operator: Client) -> None:
    page = text(operator.get(page_of(world.agency)))
    assert "許可の確認、受け入れの設定、事業所と職業紹介責任者、手数料と返戻金の公表" in page


def test_confirming_licenses_and_proposes_an_agreement(world: World, operator: Client) -> None:
    licence_id = submitted(world.agency)
    answer = operator.post(decision(world.agency, licence_id, "confirm"), follow=True)
    assert "許可を確認済みにし、連携協定を提案しました" in text(answer)
    with acting_as(organization=world.agency.id):
        assert queries.standing(world.agency.id, TODAY).number == room.NUMBER
        assert len(agreements.of_organization(world.agency.id)) == 1
        assert Message.objects.filter(kind="licence_confirmed").count() == 1
    again = operator.post(decision(world.agency, licence_id, "confirm"), follow=True)
    assert "すでに確認が終わっています" in text(again)


def test_number_that_another_agency_has_is_warned_of(world: World, operator: Client) -> None:
    other = make_tenant("agency", "あたらしい紹介", "new-agency")
    room.complete(other, world.operator, NOW)
    submitted(world.agency)
    page = text(operator.get(page_of(world.agency)))
    assert "同じ番号が、ほかの紹介会社でも確認済みです" in page
    assert "あたらしい紹介" in page
    submitted(other, number="27-ユ-000001")
    assert "同じ番号が" not in text(operator.get(page_of(other)))


def test_refusing_wants_a_reason_and_tells_it(world: World, operator: Client) -> None:
    address = decision(world.agency, submitted(world.agency), "refuse")
    assert room.NUMBER in text(operator.get(address))
    assert list(operator.post(address, {"reason": " "}).context["form"].errors) == ["reason"]
    assert standing(world.agency) == "waiting"
    operator.post(address, {"reason": "番号が読めません。"})
    assert standing(world.agency) == "refused"
    assert "番号が読めません。" in text(operator.get(page_of(world.agency)))
    assert operator.get(address).status_code == 404


def test_stop_and_resume(world: World, operator: Client) -> None:
    room.complete(world.agency, world.operator, NOW)
    address = f"{page_of(world.agency)}stop/"
    assert list(operator.post(address, {"reason": ""}).context["form"].errors) == ["reason"]
    operator.post(address, {"reason": "苦情を確認しています。"})
    assert standing(world.agency) == "stopped"
    assert "理由：苦情を確認しています。" in text(operator.get(page_of(world.agency)))
    assert "すでに停止しています" in text(operator.post(address, {"reason": "もう一度"}))
    operator.post(f"{page_of(world.agency)}resume/")
    assert standing(world.agency) == "licensed"
    answer = operator.post(f"{page_of(world.agency)}resume/", follow=True)
    assert "停止していないため、再開できません" in text(answer)


@pytest.mark.parametrize("name", ["許可証.pdf", 'a"b;c.pdf', "あ" * 100 + ".pdf"])
def test_evidence_is_an_attachment(world: World, operator: Client, name: str) -> None:
    licence_id = submitted(world.agency, evidence=operations.Upload(name, room.PDF))
    answer = operator.get(decision(world.agency, licence_id, "evidence"))
    assert answer.content == room.PDF
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Content-Disposition"].startswith("attachment; filename")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cache-Control"] == "private, no-store"
