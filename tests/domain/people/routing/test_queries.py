from __future__ import annotations

import datetime as dt
import typing

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from career_relay.domain.people.routing import operations, queries
from career_relay.flows import end_assignment
from career_relay.flows.keep_deadlines import keep_deadlines
from career_relay.kernel import ids
from career_relay.kernel.tenancy.context import acting_as
from tests.flows import caring
from tests.world import NOW

if typing.TYPE_CHECKING:
    import collections.abc
    import uuid

    from career_relay.domain.people.routing.models import Assignment
    from tests.flows.caring import Desk
    from tests.world import World

LATER = NOW + dt.timedelta(hours=1)


@pytest.fixture
def agency(world: World) -> Desk:
    return caring.desk(world.agency, world.operator)


def take(agency: Desk, name: str, number: int = 0, **wishes: typing.Any) -> Assignment:
    return caring.take(agency, caring.person(f"p{number}@people.example", name=name, **wishes))


def record(agency: Desk, assignment_id: uuid.UUID, happened_at: dt.datetime, now: dt.datetime = LATER) -> None:
    with acting_as(organization=agency.id):
        operations.record_contact(
            organization_id=agency.id,
            assignment_id=assignment_id,
            channel="online",
            purpose="interview",
            summary="面談",
            happened_at=happened_at,
            actor=agency.adviser,
            now=now,
        )


def counted(read: collections.abc.Callable[[], typing.Any]) -> int:
    with CaptureQueriesContext(connection) as captured:
        read()
    return len(captured)


def names(agency: Desk, **narrowed: typing.Any) -> list[str]:
    with acting_as(organization=agency.id):
        return [line.name for line in queries.people(agency.id, **narrowed).lines]


def test_today_is_what_waits_for_the_agency(agency: Desk) -> None:
    offered = caring.person("o@people.example", prefecture="27", occupation="経理", employment_type="part_time")
    caring.route(offered)
    silent, spoken = take(agency, "鈴木 一", 1), take(agency, "佐藤 二", 2)
    record(agency, spoken.pk, NOW)
    with acting_as(organization=agency.id):
        today = queries.today(agency.id, LATER)
        late = queries.today(agency.id, typing.cast("dt.datetime", silent.contact_by))
    [offer] = today.offers
    assert (offer.prefecture_name, offer.occupation_names, offer.employment_type_name) == (
        "大阪府",
        ("事務的職業",),
        "アルバイト・パート",
    )
    assert [line.name for line in today.to_contact] == ["鈴木 一"]
    assert (today.late, today.people_open, today.capacity) == ((), 2, 30)
    assert ([line.name for line in late.late], late.to_contact, late.offers) == (["鈴木 一"], (), ())


def test_people_are_found_by_a_part_of_their_name_however_it_is_written(agency: Desk) -> None:
    for number, name in enumerate(["髙﨑 花", "高橋 空", "ワタナベ 海"]):
        take(agency, name, number)
    assert names(agency) == ["ワタナベ 海", "高橋 空", "髙﨑 花"]
    assert names(agency, words="高崎") == ["髙﨑 花"]
    assert names(agency, words=" わたなべ ") == ["ワタナベ 海"]
    assert names(agency, words="鈴木") == []


def test_people_are_narrowed_by_state_and_adviser(agency: Desk) -> None:
    first, second = take(agency, "鈴木 一", 1), take(agency, "佐藤 二", 2)
    end_assignment.end_by_agency(
        organization_id=agency.id, assignment_id=first.pk, reason="unreachable", actor=agency.manager, now=LATER
    )
    assert names(agency) == ["佐藤 二"]
    assert names(agency, adviser_id=second.adviser_id) == ["佐藤 二"]
    assert names(agency, adviser_id=ids.new()) == []
    with acting_as(organization=agency.id):
        page = queries.people(agency.id, state="ended", page=9)
    assert [(line.name, line.end_reason_name, line.occupation) for line in page.lines] == [
        ("", "ご本人と連絡が取れない", "事務的職業")
    ]
    assert (page.total, page.page, page.pages) == (1, 1, 1)
    assert page.counts == {"offered": 0, "active": 1, "declined": 0, "lapsed": 0, "ended": 1}


def test_a_list_asks_as_often_for_many_people_as_for_one(agency: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queries.agency, "PAGE_SIZE", 3)
    take(agency, "鈴木 0", 0)
    with acting_as(organization=agency.id):
        for_one = [counted(lambda: queries.people(agency.id)), counted(lambda: queries.today(agency.id, NOW))]
    for number in range(1, 5):
        take(agency, f"鈴木 {number}", number)
    with acting_as(organization=agency.id):
        for_many = [counted(lambda: queries.people(agency.id)), counted(lambda: queries.today(agency.id, NOW))]
        second = queries.people(agency.id, page=2)
    assert for_one == for_many
    assert max(for_many) <= 6
    assert ([line.name for line in second.lines], second.total, second.pages) == (["鈴木 1", "鈴木 0"], 5, 2)


def test_a_file_opens_for_its_agency_with_the_log_and_closes_with_the_end(world: World, agency: Desk) -> None:
    other = caring.new_desk(world.operator, "other", is_taking=False)
    taken = take(agency, "髙﨑 花", prefecture="13")
    record(agency, taken.pk, NOW)
    record(agency, taken.pk, LATER)
    with acting_as(organization=agency.id):
        file = queries.person(agency.id, taken.pk)
        log = queries.contacts(agency.id, taken.pk)
    assert file is not None
    assert file.identity is not None
    assert (file.identity.name, file.identity.phone, file.line.adviser_name) == (
        "髙﨑 花",
        "+819012345678",
        "agency adviser",
    )
    assert [(line.happened_at, line.channel_name, line.summary, line.by_name) for line in log] == [
        (LATER, "オンライン", "面談", "agency adviser"),
        (NOW, "オンライン", "面談", "agency adviser"),
    ]
    for outsider in (other.id, world.alpha.id, world.operator.id):
        with acting_as(organization=outsider):
            assert queries.person(outsider, taken.pk) is None
            assert queries.person(agency.id, taken.pk) is None
            assert queries.contacts(agency.id, taken.pk) == []


def test_an_offer_and_a_declined_one_are_no_files(agency: Desk) -> None:
    person = caring.person("a@people.example")
    offer = caring.route(person)
    with acting_as(organization=agency.id):
        assert queries.person(agency.id, offer.pk) is None


def test_the_person_sees_who_looks_after_them_and_whom_they_had(world: World, agency: Desk) -> None:
    person = caring.person("a@people.example")
    taken = caring.take(agency, person)
    with acting_as(candidate=person.pk):
        [carer] = queries.carers(person.pk)
        [episode] = queries.episodes(person.pk)
    assert (carer.name, carer.number, carer.phone, carer.state) == (
        "つなぐ人材紹介株式会社",
        "13-ユ-123456",
        "03-1234-5678",
        "active",
    )
    assert (carer.accepted_at, carer.contact_by, carer.contacted_at) == (NOW, taken.contact_by, None)
    assert (episode.organization_name, episode.state) == ("つなぐ人材紹介株式会社", "active")
    end_assignment.end_by_person(candidate_id=person.pk, assignment_id=taken.pk, excludes=False, now=LATER)
    with acting_as(candidate=person.pk):
        assert queries.carers(person.pk) == []
        assert [(one.state, one.end_reason) for one in queries.episodes(person.pk)] == [("ended", "person_changed")]
    with acting_as(candidate=world.hana.pk):
        assert queries.episodes(person.pk) == []


def test_figures_are_for_the_operator_alone(world: World, agency: Desk) -> None:
    taken = take(agency, "鈴木 一", 1)
    record(agency, taken.pk, NOW)
    take(agency, "佐藤 二", 2)
    caring.route(caring.person("o@people.example"))
    at = typing.cast("dt.datetime", taken.contact_by)
    with acting_as(organization=world.operator.id):
        [figures] = queries.overview(at)
    assert (figures.organization_id, figures.offered, figures.active, figures.overdue) == (agency.id, 1, 2, 1)
    assert (figures.lapsed, figures.contacted, figures.contacted_in_time) == (0, 1, 1)
    for tenant in (world.agency, world.alpha, world.school):
        with acting_as(organization=tenant.id):
            assert queries.overview(at) == []


def test_a_first_contact_told_after_the_escalation_is_not_in_time(world: World, agency: Desk) -> None:
    told_late, told_in_time = take(agency, "鈴木 一", 1), take(agency, "佐藤 二", 2)
    due = typing.cast("dt.datetime", told_late.contact_by)
    record(agency, told_in_time.pk, NOW, due)
    keep_deadlines(now=due)
    record(agency, told_late.pk, NOW, due)
    with acting_as(organization=world.operator.id):
        [figures] = queries.overview(due)
    assert (figures.overdue, figures.contacted, figures.contacted_in_time) == (0, 2, 1)
