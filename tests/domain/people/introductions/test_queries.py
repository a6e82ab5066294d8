"""What each side's lists and pages show, in a number of queries that does not grow."""

from __future__ import annotations

import datetime as dt
import typing

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from career_relay.domain.people.introductions import queries
from career_relay.flows import introduce_candidate
from career_relay.kernel import ids
from career_relay.kernel.tenancy.context import acting_as
from tests.flows import caring, introducing
from tests.flows.introducing import Scene
from tests.world import NOW

if typing.TYPE_CHECKING:
    from career_relay.domain.people.introductions.models import Introduction
    from tests.world import World

LATER = NOW + dt.timedelta(hours=1)
MONTH = dt.timedelta(days=30)


@pytest.fixture
def scene(world: World) -> Scene:
    return introducing.scene(world)


def another(scene: Scene, name: str, email: str) -> Scene:
    """Have the agency look after one more person."""
    person = caring.person(email, name=name)
    return Scene(scene.agency, scene.employer, person, caring.take(scene.agency, person), scene.posting)


def listed(scene: Scene, **how: typing.Any) -> queries.Page:
    with acting_as(organization=scene.agency.id):
        return queries.introductions(scene.agency.id, now=LATER, **how)


def test_agency_lists_and_searches_its_own(scene: Scene) -> None:
    made = introducing.introduce(scene)
    other = introducing.propose(another(scene, "山田 空", "sora@example.jp"), LATER)
    page = listed(scene)
    assert [line.introduction_id for line in page.lines] == [other.pk, made.pk]
    assert [(line.person_name, line.waits_for, line.is_late) for line in page.lines] == [
        ("山田 空", "person", False),
        (introducing.NAME, "employer", False),
    ]
    assert (page.total, page.counts["open"], page.counts["ended"], page.counts["introduced"]) == (2, 2, 0, 1)
    found = {
        words: [line.introduction_id for line in listed(scene, words=words).lines] for words in ("高崎", "空", "経")
    }
    assert found == {"高崎": [made.pk], "空": [other.pk], "経": [other.pk, made.pk]}
    assert [line.introduction_id for line in listed(scene, stage="proposed").lines] == [other.pk]
    assert listed(scene, state_group="ended").total == 0
    assert listed(scene, adviser_id=ids.new()).total == 0


def test_name_leaves_the_list_with_the_access(scene: Scene) -> None:
    made = introducing.introduce(scene)
    introducing.refuse(scene, made)
    with acting_as(organization=scene.employer.id):
        [line] = queries.inbox(scene.employer.id, state_group="ended", now=LATER).lines
        file = queries.of_employer(scene.employer.id, made.pk, now=LATER)
    assert line.person_name == ""
    assert file is not None
    assert file.identity is None
    assert file.introduction.message == ""


def test_board_and_list_ask_as_often_for_many_as_for_one(scene: Scene) -> None:
    def asked() -> list[int]:
        counts = []
        for read in (queries.introductions, queries.board, queries.waiting):
            with acting_as(organization=scene.agency.id), CaptureQueriesContext(connection) as captured:
                read(scene.agency.id, now=LATER)
            counts.append(len(captured))
        return counts

    introducing.introduce(scene)
    before = asked()
    for number in range(3):
        introducing.introduce(another(scene, f"人 {number}", f"more-{number}@example.jp"))
    assert asked() == before


def test_board_has_a_column_for_each_stage_and_those_without_one(scene: Scene) -> None:
    made = introducing.introduce(scene)
    idle = another(scene, "山田 空", "sora@example.jp")
    with acting_as(organization=scene.agency.id):
        columns = queries.board(scene.agency.id, now=LATER)
        preparing = queries.preparing(scene.agency.id, today=LATER.date())
    assert [(column.name, column.total) for column in columns] == [
        ("本人確認", 0),
        ("推薦済み", 1),
        ("書類選考", 0),
        ("面接", 0),
        ("内定", 0),
        ("内定承諾", 0),
        ("入社", 0),
    ]
    assert [card.introduction_id for card in columns[1].cards] == [made.pk]
    assert [(one.assignment_id, one.person_name) for one in preparing.people] == [(idle.assignment.pk, "山田 空")]


def test_waiting_tells_whose_turn_it_is(scene: Scene) -> None:
    introducing.introduce(scene)
    second = another(scene, "山田 空", "sora@example.jp")
    introducing.propose(second)
    outside = introducing.post(scene.agency, None)
    introducing.agree(introducing.propose(second, posting_id=outside.pk))
    with acting_as(organization=scene.agency.id):
        waiting = queries.waiting(scene.agency.id, now=NOW + MONTH)
    assert [len(found) for found in (waiting.for_person, waiting.for_employer, waiting.for_agency)] == [1, 1, 1]
    assert [line.is_late for line in waiting.for_employer] == [True]


def test_inbox_has_what_waits_for_the_employer_apart(scene: Scene) -> None:
    made = introducing.introduce(scene)
    with acting_as(organization=scene.employer.id):
        page = queries.inbox(scene.employer.id, now=LATER)
    assert ([line.introduction_id for line in page.lines], page.counts) == (
        [made.pk],
        {"waiting": 1, "open": 1, "ended": 0},
    )
    introducing.offer(scene, made)
    with acting_as(organization=scene.employer.id):
        page = queries.inbox(scene.employer.id, now=LATER)
    assert (page.total, page.counts) == (0, {"waiting": 0, "open": 1, "ended": 0})


def test_person_finds_first_what_waits_for_them(scene: Scene) -> None:
    waiting = introducing.propose(scene, posting_id=introducing.post(scene.agency, None).pk)
    made = introducing.introduce(scene, LATER)
    with acting_as(candidate=scene.person.pk):
        lines = queries.of_person(scene.person.pk, now=LATER)
        file = queries.for_person(scene.person.pk, waiting.pk, now=LATER)
    assert [line.introduction_id for line in lines] == [waiting.pk, made.pk]
    assert file is not None
    assert (file.may, file.terms.salary_min, file.introduction.fit_note) == (
        frozenset({"answer_yes", "answer_no"}),
        4_000_000,
        "決算の経験が 5 年あります。",
    )


def test_others_find_nothing(scene: Scene, world: World) -> None:
    made = introducing.introduce(scene)
    for organization_id in (world.beta.id, world.school.id, world.operator.id):
        with acting_as(organization=organization_id):
            assert _all_of(organization_id, made) == [None, None, 0, 0]
    with acting_as(candidate=world.sora.pk):
        assert queries.for_person(world.sora.pk, made.pk, now=LATER) is None


def _all_of(organization_id: typing.Any, made: Introduction) -> list[object]:
    return [
        queries.introduction(organization_id, made.pk, now=LATER),
        queries.of_employer(organization_id, made.pk, now=LATER),
        queries.introductions(organization_id, now=LATER).total,
        queries.inbox(organization_id, state_group="open", now=LATER).total,
    ]


def test_declined_reason_is_the_agency_s_alone(scene: Scene) -> None:
    made = introducing.propose(scene)
    introduce_candidate.say_no(candidate_id=scene.person.pk, introduction_id=made.pk, reason="company", now=LATER)
    with acting_as(organization=scene.agency.id):
        file = queries.introduction(scene.agency.id, made.pk, now=LATER)
    assert file is not None
    assert [(step.side_name, step.state_name, step.reason_name) for step in file.steps] == [
        ("紹介会社", "本人確認", ""),
        ("ご本人", "見送り（本人）", "この会社は希望しない"),
    ]
