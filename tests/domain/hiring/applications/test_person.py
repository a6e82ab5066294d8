from __future__ import annotations

import datetime as dt
import typing

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from career_relay.domain.hiring.applications import queries
from career_relay.domain.hiring.applications.operations import corrections
from career_relay.domain.hiring.intake.vocabulary import Stage
from tests.domain.hiring.applications.records import DAY, Records
from tests.world import NOW

if typing.TYPE_CHECKING:
    import uuid

    from tests.world import World


@pytest.fixture
def records(world: World) -> Records:
    return Records(world.alpha)


def seen(
    records: Records, person: uuid.UUID, postings: tuple[uuid.UUID, ...] | None = None
) -> queries.PersonView | None:
    with records.acting():
        return queries.person(records.id, person, postings)


def correct(records: Records, application: uuid.UUID, now: dt.datetime = NOW, **changes: corrections.Value) -> None:
    with records.acting():
        corrections.correct(
            organization_id=records.id,
            application_id=application,
            changes=changes,
            reason="電話で確認",
            user_id=records.owner.pk,
            now=now,
        )


def test_person_has_every_application_newest_first_with_its_days_in_order(records: Records) -> None:
    person = records.person("髙﨑 花")
    days = {"first": dt.date(2026, 6, 9), "documents": dt.date(2026, 6, 2)}
    old = records.apply(person, days, applied_at=NOW - DAY)
    new = records.apply(person, posting_id=records.posting("経理"))
    records.apply()
    found = seen(records, person.pk)
    assert found is not None
    assert found.applicant == person
    assert [(one.application, one.posting_title) for one in found.applications] == [(new, "経理"), (old, "")]
    assert [(stage.stage_name, stage.entered_on) for stage in found.applications[1].stages] == [
        ("書類選考", dt.date(2026, 6, 2)),
        ("一次", dt.date(2026, 6, 9)),
    ]


def test_person_shows_corrections_newest_first_in_words(records: Records) -> None:
    person = records.person("髙﨑 花")
    one = records.apply(person, outcome="rejected", stage="first")
    correct(records, one.pk, outcome="withdrew", stage="final")
    correct(records, one.pk, NOW + DAY, told_at=dt.date(2026, 11, 20), name="高崎 花")
    found = seen(records, person.pk)
    assert found is not None
    lines = [(line.field_name, line.before, line.after) for line in found.corrections]
    assert sorted(lines[:2]) == [("氏名", "髙﨑 花", "高崎 花"), ("連絡日", "", "2026/11/20")]
    assert sorted(lines[2:]) == [("結果", "不採用（会社判断）", "辞退（本人）"), ("選考段階", "一次", "最終")]
    assert {(line.reason, line.corrected_by) for line in found.corrections} == {("電話で確認", "alpha owner")}


def test_person_shows_the_day_that_a_move_wrote(records: Records) -> None:
    one = records.apply(records.person("髙﨑 花"), outcome="in_progress", stage="first")
    with records.acting():
        corrections.move(
            organization_id=records.id,
            application_id=one.pk,
            seen=Stage.FIRST,
            stage=Stage.FINAL,
            reason="ボードで移動",
            user_id=records.owner.pk,
            now=NOW,
        )
    found = seen(records, one.applicant_id)
    assert found is not None
    assert sorted((line.field_name, line.before, line.after) for line in found.corrections) == [
        ("最終の日付", "", "2026/11/23"),
        ("選考段階", "一次", "最終"),
    ]


def test_person_shows_a_hiring_manager_what_is_of_their_postings(records: Records) -> None:
    own, other = records.posting("自分の求人"), records.posting("ほかの求人")
    person, stranger = records.person(), records.person()
    mine = records.apply(person, posting_id=own)
    theirs = records.apply(person, {"first": dt.date(2026, 6, 9)}, posting_id=other)
    records.apply(stranger)
    correct(records, theirs.pk, stage="final")
    found = seen(records, person.pk, (own,))
    assert found is not None
    assert [one.application for one in found.applications] == [mine]
    assert found.corrections == []
    assert seen(records, stranger.pk, (own,)) is None
    assert seen(records, person.pk, ()) is None


def test_person_of_another_employer_is_nobody(records: Records, world: World) -> None:
    other = Records(world.beta)
    person = records.person()
    records.apply(person)
    assert seen(other, person.pk) is None
    with other.acting():
        assert queries.person(records.id, person.pk) is None


@pytest.mark.parametrize("rows", [1, 3])
def test_person_asks_three_queries_however_many_applications(records: Records, rows: int) -> None:
    person = records.person()
    for number in range(rows):
        one = records.apply(person, {"first": dt.date(2026, 6, 9)}, posting_id=records.posting(f"求人 {number}"))
        correct(records, one.pk, recruiter="林")
    with records.acting(), CaptureQueriesContext(connection) as asked:
        queries.person(records.id, person.pk)
    assert len(asked) == 3
