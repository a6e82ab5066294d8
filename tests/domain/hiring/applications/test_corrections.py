from __future__ import annotations

import datetime as dt
import itertools
import typing

import pytest

from career_relay.capabilities.facts.models import Fact
from career_relay.domain.hiring.applications import rules
from career_relay.domain.hiring.applications.models import Applicant, Application, Correction, Gram, StageEvent
from career_relay.domain.hiring.applications.operations import corrections
from career_relay.domain.hiring.intake.vocabulary import Stage
from career_relay.kernel import clock, ids
from career_relay.kernel.errors import DomainError
from career_relay.kernel.japanese import folding
from tests.domain.hiring.applications.records import DAY, Records, moment
from tests.world import NOW

if typing.TYPE_CHECKING:
    from tests.world import World

LATER = NOW + DAY
JUNE = dt.date(2026, 6, 1)
TODAY = clock.day_in_japan(LATER)


@pytest.fixture
def records(world: World) -> Records:
    return Records(world.alpha)


def correct(records: Records, application: Application, **changes: corrections.Value) -> list[Correction]:
    with records.acting():
        return corrections.correct(
            organization_id=records.id,
            application_id=application.pk,
            changes=changes,
            reason=" 本人から　電話 ",
            user_id=records.owner.pk,
            now=LATER,
        )


def move(
    records: Records, application: Application, seen: Stage, stage: Stage, now: dt.datetime = LATER
) -> list[Correction]:
    with records.acting():
        return corrections.move(
            organization_id=records.id,
            application_id=application.pk,
            seen=seen,
            stage=stage,
            reason="ボードで移動",
            user_id=records.owner.pk,
            now=now,
        )


def walk(records: Records, application: Application, *stages: Stage, now: dt.datetime = LATER) -> None:
    """Move from the first stage on to each of the others."""
    for seen, stage in itertools.pairwise(stages):
        move(records, application, seen, stage, now)


def days(records: Records) -> dict[str, dt.date]:
    with records.acting():
        return dict(StageEvent.objects.values_list("stage", "entered_on"))


def stored(records: Records, application: Application) -> Application:
    with records.acting():
        return Application.objects.select_related("applicant").get(pk=application.pk)


def kept(made: list[Correction]) -> list[tuple[str, str, str]]:
    return [(one.field, one.before, one.after) for one in made]


def is_untouched(records: Records, application: Application) -> bool:
    with records.acting():
        rows = Application.objects.filter(pk=application.pk, changed_at=NOW, applicant__changed_at=NOW)
        return rows.exists() and not Correction.objects.exists() and not Fact.objects.exists()


def test_correct_writes_the_values_and_one_correction_for_each(records: Records) -> None:
    one = records.apply(outcome="rejected", stage="first", recruiter="林", reason="条件")
    made = correct(
        records,
        one,
        outcome="withdrew",
        stage="final",
        recruiter="　森 ",
        reason="",
        decided_at=dt.date(2026, 11, 10),
        told_at=dt.date(2026, 11, 11),
        joined_on=JUNE,
        left_on=JUNE,
    )
    assert kept(made) == [
        ("decided_at", "", "2026-11-10T00:00:00+09:00"),
        ("joined_on", "", "2026-06-01"),
        ("left_on", "", "2026-06-01"),
        ("outcome", "rejected", "withdrew"),
        ("reason", "条件", ""),
        ("recruiter", "林", "森"),
        ("stage", "first", "final"),
        ("told_at", "", "2026-11-11T00:00:00+09:00"),
    ]
    now = stored(records, one)
    assert (now.outcome, now.outcome_side, now.stage, now.recruiter, now.reason) == (
        "withdrew",
        "person",
        "final",
        "森",
        "",
    )
    assert (now.decided_at, now.told_at) == (moment("2026-11-10"), moment("2026-11-11"))
    assert (now.joined_on, now.left_on, now.changed_at) == (JUNE, JUNE, LATER)
    with records.acting():
        rows = Correction.objects.order_by("field")
        assert [(row.field, row.before, row.after) for row in rows] == kept(made)
        assert {(row.reason, row.corrected_by_id, row.corrected_at) for row in rows} == {
            ("本人から 電話", records.owner.pk, LATER)
        }


def test_correct_records_a_fact_without_values(records: Records) -> None:
    one = records.apply(stage="first")
    correct(records, one, stage="final", name="髙﨑 花")
    with records.acting():
        fact = Fact.objects.get()
    assert (fact.kind, fact.subject_id, fact.actor, fact.data) == (
        "application.corrected",
        one.pk,
        f"user:{records.owner.pk}",
        {"fields": ["name", "stage"]},
    )


def test_correct_keeps_name_parts_search_and_pairs_in_step(records: Records) -> None:
    one = records.apply(records.person("山田 花", "ヤマダ ハナ"))
    made = correct(
        records, one, name="髙﨑　花", kana="たかさき はな", email=" Hana@People.example", phone="090-1234-5678"
    )
    assert kept(made) == [
        ("email", "", "hana@people.example"),
        ("kana", "ヤマダ ハナ", "タカサキ ハナ"),
        ("name", "山田 花", "髙﨑 花"),
        ("phone", "", "+819012345678"),
    ]
    person = stored(records, one).applicant
    assert (person.name, person.family_name, person.given_name, person.kana) == (
        "髙﨑 花",
        "髙﨑",
        "花",
        "タカサキ ハナ",
    )
    assert person.search == rules.search_text("髙﨑 花", "タカサキ ハナ")
    with records.acting():
        assert set(Gram.objects.values_list("gram", flat=True)) == folding.grams(person.search)
    assert (records.found(q="高崎"), records.found(q="ヤマダ")) == ([one.pk], [])


def test_correct_of_the_address_alone_leaves_name_and_pairs(records: Records) -> None:
    one = records.apply(records.person("山田花", "ヤマダ ハナ"))
    with records.acting():
        Applicant.objects.update(family_name="山", given_name="田花")
        before = set(Gram.objects.values_list("pk", "gram"))
    correct(records, one, email="hana@people.example")
    person = stored(records, one).applicant
    assert (person.family_name, person.given_name, person.email) == ("山", "田花", "hana@people.example")
    with records.acting():
        assert set(Gram.objects.values_list("pk", "gram")) == before


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"stage": "first", "recruiter": " 林", "name": "山田　花"},
        {"decided_at": dt.date(2026, 11, 10), "told_at": None, "joined_on": None},
        {"decided_at": moment("2026-11-10") + dt.timedelta(hours=20)},
        {"email": "HANA@people.example"},
    ],
)
def test_correct_to_what_is_there_already_writes_nothing(records: Records, changes: dict[str, typing.Any]) -> None:
    one = records.apply(
        records.person("山田 花", email="hana@people.example"),
        stage="first",
        recruiter="林",
        outcome="rejected",
        decided_at=moment("2026-11-10") + dt.timedelta(hours=9),
    )
    assert correct(records, one, **changes) == []
    assert is_untouched(records, one)


def test_correct_back_to_in_progress_takes_the_days_of_the_result(records: Records) -> None:
    one = records.apply(outcome="rejected", decided_at=moment("2026-11-10"), told_at=moment("2026-11-11"))
    made = correct(records, one, outcome="in_progress")
    assert [change.field for change in made] == ["decided_at", "outcome", "told_at"]
    now = stored(records, one)
    assert (now.outcome, now.outcome_side, now.decided_at, now.told_at) == ("in_progress", "none", None, None)


def test_correct_joined_keeps_the_day_of_the_stage(records: Records) -> None:
    one = records.apply(outcome="hired")
    for day in (JUNE, JUNE + DAY, None):
        correct(records, one, joined_on=day)
        with records.acting():
            days = list(StageEvent.objects.values_list("stage", "entered_on"))
        assert days == ([("joined", day)] if day else [])


REFUSED: list[tuple[dict[str, typing.Any], dict[str, typing.Any], type[DomainError]]] = [
    ({}, {"outcome": "fired"}, corrections.UnableToCorrectField),
    ({}, {"stage": ""}, corrections.UnableToCorrectField),
    ({}, {"stage": None}, corrections.UnableToCorrectField),
    ({}, {"key": "x"}, corrections.UnableToCorrectField),
    ({}, {"applied_at": dt.date(2026, 1, 1)}, corrections.UnableToCorrectField),
    ({}, {"name": " 　"}, corrections.UnableToCorrectField),
    ({}, {"name": "花" * 221}, corrections.UnableToCorrectField),
    ({}, {"recruiter": 7}, corrections.UnableToCorrectField),
    ({}, {"email": "hana"}, corrections.UnableToCorrectField),
    ({}, {"phone": "なし"}, corrections.UnableToCorrectField),
    ({}, {"kana": "髙﨑"}, corrections.UnableToCorrectField),
    ({}, {"joined_on": "2026-06-01"}, corrections.UnableToCorrectField),
    ({}, {"joined_on": NOW}, corrections.UnableToCorrectField),
    ({}, {"told_at": "2026-06-01"}, corrections.UnableToCorrectField),
    ({}, {"left_on": JUNE}, corrections.UnableToLeaveBeforeJoining),
    ({"joined_on": JUNE}, {"left_on": JUNE - DAY}, corrections.UnableToLeaveBeforeJoining),
    ({"joined_on": JUNE, "left_on": JUNE}, {"joined_on": None}, corrections.UnableToLeaveBeforeJoining),
    ({}, {"decided_at": JUNE}, corrections.UnableToDecideWhileInProgress),
    ({}, {"told_at": JUNE}, corrections.UnableToDecideWhileInProgress),
    ({"outcome": "rejected"}, {"outcome": "in_progress", "told_at": JUNE}, corrections.UnableToDecideWhileInProgress),
    (
        {"outcome": "rejected", "decided_at": moment("2026-06-02")},
        {"told_at": JUNE},
        corrections.UnableToTellBeforeDeciding,
    ),
    ({"outcome": "rejected"}, {"told_at": dt.date(2026, 11, 25)}, corrections.UnableToCorrectToFuture),
    ({"outcome": "rejected"}, {"decided_at": dt.date(2026, 11, 25)}, corrections.UnableToCorrectToFuture),
]


@pytest.mark.parametrize(("before", "changes", "refusal"), REFUSED)
def test_correct_refuses_what_cannot_be(
    records: Records, before: dict[str, typing.Any], changes: dict[str, typing.Any], refusal: type[DomainError]
) -> None:
    one = records.apply(**before)
    with pytest.raises(refusal):
        correct(records, one, **changes)
    assert is_untouched(records, one)


def test_correct_is_not_stopped_by_an_old_contradiction_elsewhere(records: Records) -> None:
    one = records.apply(left_on=JUNE, told_at=NOW)
    assert kept(correct(records, one, recruiter="林")) == [("recruiter", "", "林")]


def test_correct_reaches_no_application_of_another_employer(records: Records, world: World) -> None:
    one, other = records.apply(), Records(world.beta)
    with pytest.raises(corrections.UnableToFindApplication):
        correct(other, one, recruiter="林")
    with records.acting(), pytest.raises(corrections.UnableToFindApplication):
        corrections.correct(
            organization_id=records.id,
            application_id=ids.new(),
            changes={},
            reason="",
            user_id=records.owner.pk,
            now=LATER,
        )
    assert is_untouched(records, one)


@pytest.mark.parametrize(
    ("seen", "stage", "after"),
    [
        (Stage.DOCUMENTS, Stage.FIRST, {}),
        (Stage.DOCUMENTS, Stage.SECOND, {"second": TODAY}),
        (Stage.DOCUMENTS, Stage.FINAL, {"final": TODAY}),
        (Stage.FIRST, Stage.DOCUMENTS, {}),
        (Stage.FIRST, Stage.APPLIED, {}),
        (Stage.FIRST, Stage.ON_HOLD, {"on_hold": TODAY}),
        (Stage.ON_HOLD, Stage.FIRST, {}),
        (Stage.ON_HOLD, Stage.SECOND, {"second": TODAY}),
        (Stage.FIRST, Stage.FIRST, {}),
    ],
)
def test_move_writes_the_day_of_a_stage_that_is_reached_unless_it_is_known(
    records: Records, seen: Stage, stage: Stage, after: dict[str, dt.date]
) -> None:
    application = records.apply(stage=seen.value, outcome="in_progress", days={"documents": JUNE, "first": JUNE})
    made = move(records, application, seen, stage)
    moved = [("stage", seen.value, stage.value)] if seen != stage else []
    assert kept(made) == moved + [(f"day:{one}", "", day.isoformat()) for one, day in after.items()]
    assert days(records) == {"documents": JUNE, "first": JUNE} | after
    assert stored(records, application).stage == stage


@pytest.mark.parametrize(
    ("stages", "after"),
    [
        ([Stage.DOCUMENTS, Stage.FINAL, Stage.DOCUMENTS], {}),
        ([Stage.DOCUMENTS, Stage.FINAL, Stage.SECOND], {"second": TODAY}),
        ([Stage.DOCUMENTS, Stage.ON_HOLD, Stage.DOCUMENTS], {}),
        ([Stage.DOCUMENTS, Stage.FIRST, Stage.SECOND, Stage.FIRST], {}),
        ([Stage.DOCUMENTS, Stage.SECOND, Stage.FINAL, Stage.SECOND], {"second": TODAY}),
    ],
)
def test_move_back_takes_back_the_days_that_moves_of_the_day_wrote(
    records: Records, stages: list[Stage], after: dict[str, dt.date]
) -> None:
    application = records.apply(stage="documents", outcome="in_progress", days={"first": JUNE})
    walk(records, application, *stages)
    assert days(records) == {"first": JUNE} | after


def test_move_back_keeps_what_was_taken_back(records: Records) -> None:
    application = records.apply(stage="documents", outcome="in_progress")
    walk(records, application, Stage.DOCUMENTS, Stage.FINAL)
    assert kept(move(records, application, Stage.FINAL, Stage.DOCUMENTS)) == [
        ("stage", "final", "documents"),
        ("day:final", TODAY.isoformat(), ""),
    ]


def test_move_back_leaves_a_day_of_today_that_a_file_gave(records: Records) -> None:
    application = records.apply(stage="documents", outcome="in_progress", days={"final": TODAY})
    walk(records, application, Stage.DOCUMENTS, Stage.FINAL, Stage.DOCUMENTS)
    assert days(records) == {"final": TODAY}


def test_move_back_leaves_the_day_that_a_file_gave_instead(records: Records) -> None:
    application = records.apply(stage="documents", outcome="in_progress")
    walk(records, application, Stage.DOCUMENTS, Stage.FINAL)
    with records.acting():
        StageEvent.objects.update(entered_on=JUNE)
    walk(records, application, Stage.FINAL, Stage.DOCUMENTS)
    assert days(records) == {"final": JUNE}


def test_move_back_on_a_later_day_leaves_the_days(records: Records) -> None:
    application = records.apply(stage="documents", outcome="in_progress")
    walk(records, application, Stage.DOCUMENTS, Stage.FINAL)
    walk(records, application, Stage.FINAL, Stage.DOCUMENTS, now=LATER + DAY)
    assert days(records) == {"final": TODAY}


@pytest.mark.parametrize(("held", "after"), [(Stage.FIRST, {}), (Stage.FINAL, {"final": TODAY + DAY})])
def test_coming_back_from_hold_writes_only_what_was_not_reached_before(
    records: Records, held: Stage, after: dict[str, dt.date]
) -> None:
    application = records.apply(stage="second", outcome="in_progress")
    walk(records, application, Stage.SECOND, Stage.ON_HOLD)
    walk(records, application, Stage.ON_HOLD, held, now=LATER + DAY)
    assert days(records) == {"on_hold": TODAY} | after


def test_correction_of_the_stage_takes_back_what_a_move_wrote_and_writes_none(records: Records) -> None:
    application = records.apply(stage="documents", outcome="in_progress")
    walk(records, application, Stage.DOCUMENTS, Stage.FINAL)
    made = correct(records, application, stage="first", recruiter="林")
    assert kept(made) == [
        ("recruiter", "", "林"),
        ("stage", "final", "first"),
        ("day:final", TODAY.isoformat(), ""),
    ]
    assert days(records) == {}


@pytest.mark.parametrize("meanwhile", [{"stage": "second"}, {"outcome": "rejected"}])
def test_move_of_what_somebody_has_changed_meanwhile_is_refused(
    records: Records, meanwhile: dict[str, typing.Any]
) -> None:
    application = records.apply(**{"stage": "first", "outcome": "in_progress", **meanwhile})
    with pytest.raises(corrections.UnableToMove):
        move(records, application, Stage.FIRST, Stage.FINAL)
    with records.acting():
        assert not StageEvent.objects.exists()
    assert is_untouched(records, application)
