from __future__ import annotations

import dataclasses
import datetime as dt
import typing

from django.urls import reverse

from career_relay.domain.ground.agencies import operations
from career_relay.domain.ground.agencies.models import Licence
from career_relay.kernel import actors, clock
from career_relay.kernel.tenancy.context import acting_as
from tests.domain.ground.agencies import room
from tests.flows import story
from tests.portals.agency import desk
from tests.portals.agency.desk import signed_in, text

if typing.TYPE_CHECKING:
    from tests.world import World

HOME = "/agency/"


def steps(world: World, role: str = "manager") -> dict[str, tuple[str, str]]:
    page = signed_in(world.agency.users[role]).get(HOME).context["page"]
    return {step.title: (step.state, step.url) for step in page.steps}


def test_home_begins_with_all_that_is_missing_and_where_to_mend_it(world: World) -> None:
    page = signed_in(world.agency.owner).get(HOME)
    assert steps(world) == {
        "職業紹介の許可": ("未提出", reverse("agency:licence")),
        "受け入れの設定": ("未登録", reverse("agency:desk")),
        "事業所": ("未登録", reverse("agency:offices")),
        "手数料と返戻金": ("未登録", reverse("agency:fees")),
        "運営との連携協定": ("まだ", reverse("account:agreements")),
    }
    assert "5 つのうち 0 つが済みました" in text(page)
    assert "受け入れの準備がそろうと" in text(page)


def test_adviser_is_told_who_sets_the_agency_up(world: World) -> None:
    page = signed_in(world.agency.users["adviser"]).get(HOME)
    assert {url for _state, url in steps(world, "adviser").values()} == {""}
    assert "この設定は、責任者の agency manager さんが行います。" in text(page)


def test_licence_is_told_at_every_stage(world: World) -> None:
    now = desk.before()
    with acting_as(organization=world.agency.id):
        licence = room.submit(world.agency, now)
    assert steps(world)["職業紹介の許可"][0] == "確認中"
    with acting_as(organization=world.agency.id):
        operations.refuse_licence(
            organization_id=world.agency.id,
            licence_id=licence.pk,
            reason="写しが読めません。",
            decided_by=actors.user(world.operator.owner.pk),
            now=now,
        )
    assert steps(world)["職業紹介の許可"][0] == "差し戻し"
    assert "理由：写しが読めません。" in text(signed_in(world.agency.owner).get(HOME))
    with acting_as(organization=world.agency.id):
        room.confirm(world.agency, world.operator, now)
    assert steps(world)["職業紹介の許可"][0] == "確認済み"


def test_what_is_missing_is_gone_once_people_may_come(world: World) -> None:
    room.complete(world.agency, world.operator, desk.before())
    assert [state for state, _url in steps(world).values()] == ["確認済み", "登録済み", "登録済み", "登録済み", "まだ"]
    desk.agree(world.agency, world.operator, desk.before())
    page = signed_in(world.agency.owner).get(HOME)
    assert (page.context["page"].steps, "受け入れに必要なこと" in text(page)) == ([], False)
    assert "いま、待たせている方はいません。" in text(page)


def test_offer_shows_wishes_and_time_left_but_nobody(world: World) -> None:
    agency, link = desk.open_agency(world), story.open_link(world.alpha, desk.before())
    desk.person_comes(link, name="髙﨑 葵", phone="090-1234-5678", occupation="経理（月次決算）")
    page = signed_in(agency.owner).get(HOME)
    [row] = page.context["page"].offers
    assert (row.occupations, row.words) == ("事務的職業", "事務的職業・東京都")
    assert row.time_left.startswith("あと ")
    shown = page.content.decode()
    for secret in ("髙﨑", "aoi@", "1234", "月次決算", world.alpha.organization.name, "アルファ"):
        assert secret not in shown, secret


def test_earliest_deadline_is_the_one_thing_to_do_first(world: World) -> None:
    agency, link = desk.open_agency(world), story.open_link(world.alpha, desk.before())
    taken = desk.taken(agency, link, "aoi@people.example", name="髙﨑 葵")
    offered = desk.assignment_of(desk.person_comes(link, "sora@people.example"))
    now, client = clock.now(), signed_in(agency.owner)
    for contact_by, first in (
        (now + dt.timedelta(days=90), (offered, "")),
        (now, (None, "髙﨑 葵 さんへの最初の連絡を記録")),
    ):
        desk.change(agency, taken, contact_by=contact_by)
        page = client.get(HOME)
        assert (page.context["page"].first.offer, page.context["page"].first.words) == first
        assert page.content.decode().count("button--baton") == 1


def test_people_wait_by_deadline_and_the_late_stand_apart(world: World) -> None:
    agency, link = desk.open_agency(world), story.open_link(world.alpha, desk.before())
    later, soon, late, done = (
        desk.taken(agency, link, f"{name}@people.example", name=name) for name in ("later", "soon", "late", "done")
    )
    now, day = clock.now(), dt.timedelta(days=1)
    for assignment, contact_by in ((later, now + 3 * day), (soon, now + day), (late, now - day), (done, now - day)):
        desk.change(agency, assignment, contact_by=contact_by)
    desk.change(agency, done, contacted_at=now)
    page = signed_in(agency.owner).get(HOME).context["page"]
    assert [row.line.name for row in page.to_contact] == ["soon", "later"]
    assert [row.line.name for row in page.late] == ["late"]
    shown = text(signed_in(agency.owner).get(HOME))
    order = ["引き受けの返事を待っている方", "最初の連絡を待っている方", "最初の連絡の期限を過ぎた方", "受け入れの状況"]
    places = [shown.index(words) for words in order]
    assert places == sorted(places)
    assert "期限超過" in shown


def test_desk_says_how_full_it_is(world: World) -> None:
    agency, link = desk.open_agency(world), story.open_link(world.alpha, desk.before())
    desk.taken(agency, link)
    client = signed_in(agency.owner)
    assert "1 / 30 名" in text(client.get(HOME))
    assert "あと 29 名まで受け入れられます。" in text(client.get(HOME))
    with acting_as(organization=agency.id):
        details = dataclasses.replace(room.DESK, capacity=1)
        operations.save_desk(details=details, **room.by(agency, desk.before()))
    assert "定員に達しています。" in text(client.get(HOME))
    with acting_as(organization=agency.id):
        details = dataclasses.replace(room.DESK, is_taking=False)
        operations.save_desk(details=details, **room.by(agency, desk.before()))
    assert "新しい方の受け付けを止めています。" in text(client.get(HOME))


def test_people_who_wait_for_an_answer_take_a_place(world: World) -> None:
    agency, link = desk.open_agency(world), story.open_link(world.alpha, desk.before())
    desk.person_comes(link)
    assert "あと 29 名まで受け入れられます。" in text(signed_in(agency.owner).get(HOME))


def test_stopped_agency_is_told_why_and_answers_nothing(world: World) -> None:
    agency, link = desk.open_agency(world), story.open_link(world.alpha, desk.before())
    desk.person_comes(link)
    with acting_as(organization=agency.id):
        operations.stop(
            organization_id=agency.id,
            reason="書類の確認のため",
            decided_by=actors.user(world.operator.owner.pk),
            now=desk.before(),
        )
    page = signed_in(agency.owner).get(HOME)
    assert "理由：書類の確認のため" in text(page)
    assert "/accept/" not in page.content.decode()
    assert page.context["page"].steps == []


def test_expired_licence_is_told_with_its_day(world: World) -> None:
    long_ago = desk.before() - dt.timedelta(days=40)
    agency = desk.open_agency(world, now=long_ago)
    with acting_as(organization=agency.id, user=world.operator.owner.pk):
        Licence.objects.update(valid_until=clock.day_in_japan(clock.now() - dt.timedelta(days=1)))
    page = signed_in(agency.owner).get(HOME)
    assert "許可の有効期間が終わっています" in text(page)
    assert page.context["page"].may_answer is False


def test_home_asks_as_often_for_three_rows_as_for_one(world: World) -> None:
    agency, link = desk.open_agency(world), story.open_link(world.alpha, desk.before())
    client = signed_in(agency.owner)
    desk.person_comes(link, "offer0@people.example")
    desk.taken(agency, link, "taken0@people.example")
    one = desk.asked(client, HOME)
    for number in (1, 2):
        desk.person_comes(link, f"offer{number}@people.example")
        desk.taken(agency, link, f"taken{number}@people.example")
    assert desk.asked(client, HOME) == one <= desk.MOST_QUERIES
