"""A file on its way in: what is stored of it, what is remembered, and in which order its steps may come."""

from __future__ import annotations

import datetime as dt
import json
import typing
import uuid

import pytest
from django.db import connection

from career_relay.domain.ground.postings.models import EmploymentType
from career_relay.domain.hiring.applications.operations import imports
from career_relay.domain.hiring.intake import meanings, operations, queries, rules
from career_relay.domain.hiring.intake.models import Batch, Row, Source, SourceValue
from career_relay.domain.hiring.intake.problems import Code, Problem, message
from career_relay.domain.hiring.intake.recognition import Handling
from career_relay.domain.hiring.intake.vocabulary import Confidence, Field, Outcome, Stage
from career_relay.kernel import actors
from career_relay.kernel.tenancy.context import acting_as
from tests.domain.hiring.intake import desk
from tests.world import NOW, Tenant, World

if typing.TYPE_CHECKING:
    import collections.abc

DAY = dt.timedelta(days=1)
RUN = uuid.UUID(int=7)
BARRED = "応募ID,氏名,応募日,性別,本籍,備考,配偶者の有無,メモ"


@pytest.fixture
def alpha(world: World) -> collections.abc.Iterator[Tenant]:
    with acting_as(organization=world.alpha.id):
        yield world.alpha


def begin(tenant: Tenant, batch: Batch, step: typing.Any, now: dt.datetime = NOW) -> Batch:
    return operations.begin(organization_id=tenant.id, batch_id=batch.pk, step=step, run_id=RUN, now=now)


def stored_text() -> str:
    """Return every row of the room as text."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT to_jsonb(r)::text FROM intake_row r UNION ALL SELECT to_jsonb(b)::text FROM intake_batch b"
        )
        return "\n".join(text for (text,) in cursor.fetchall())


def test_upload_stores_rows_with_their_lines(alpha: Tenant) -> None:
    content = desk.sheet(desk.person(1), "", desk.person(2, 職種名='"経理\r\n（急募）"'), desk.person(3))
    batch = desk.uploaded(alpha, content)
    assert (batch.state, batch.row_count, batch.encoding, batch.source) == (Batch.State.UPLOADED, 3, "cp932", None)
    found = list(Row.objects.order_by("line").values_list("line", "cells__0", "cells__7", "outcome", "problems"))
    assert found == [(2, "A1", "経理", "", []), (4, "A2", "経理\r\n（急募）", "", []), (6, "A3", "経理", "", [])]


def test_upload_stores_nothing_of_barred_and_unused_columns(alpha: Tenant) -> None:
    line = "1,山田 花,2026/06/01,女,京都府,宗教は仏教です,有,特になし"
    batch = desk.uploaded(alpha, desk.sheet(line, header=BARRED))
    assert (batch.header, batch.dropped, batch.dropped_cells) == (
        ["応募ID", "氏名", "応募日", "備考", "メモ"],
        ["性別", "本籍", "配偶者の有無"],
        1,
    )
    [row] = queries.rows(batch)
    assert row.cells == ["1", "山田 花", "2026/06/01", "", "特になし"]
    assert [(remark.is_warning, "備考" in remark.text) for remark in row.remarks] == [(True, True)]
    assert [word for word in ("京都", "仏教", "女") if word in stored_text()] == []


def test_what_was_dropped_is_still_told_after_the_check(alpha: Tenant) -> None:
    batch = desk.checked(alpha, desk.sheet("1,山田 花,2026/06/01,女,京都府,宗教は仏教です,有,", header=BARRED))
    [row] = queries.rows(batch)
    assert (row.outcome, batch.warned) == ("created", 1)
    assert [remark.text for remark in row.remarks] == [message(Problem(Code.BARRED_WORD, value="備考", other="宗教"))]


def test_row_with_missing_cells_fails_at_every_check(alpha: Tenant) -> None:
    batch = desk.checked(alpha, desk.sheet("A1,山田 花", desk.person(2)))
    assert (batch.failed, batch.created) == (1, 1)
    imports.check(organization_id=alpha.id, batch_id=batch.pk, actor=actors.SYSTEM, now=NOW)
    row = queries.rows(batch, "failed")[0]
    assert row.remarks[0].text == message(Problem(Code.CELLS_MISSING, value="2", other="13"))


def test_columns_show_samples_and_reasons(alpha: Tenant) -> None:
    batch = desk.uploaded(alpha, desk.sheet("1,山田 花,2026/06/01,x", header="応募ID,氏名,応募日,謎の列"))
    shown = queries.columns(batch)
    assert [(one.index, one.field, one.handling, one.samples) for one in shown] == [
        (0, Field.APPLICATION_ID, Handling.MAPPED, ("1",)),
        (1, Field.NAME, Handling.MAPPED, ("山田 花",)),
        (2, Field.APPLIED_AT, Handling.MAPPED, ("2026/06/01",)),
        (3, None, Handling.KEPT, ("x",)),
    ]
    assert (shown[3].confidence, str(shown[3].note)) == (
        Confidence.UNKNOWN,
        "列の名前も中身も決め手になりません。使うときは、項目を選んでください。",
    )


def set_columns(tenant: Tenant, batch: Batch, now: dt.datetime = NOW, **changes: typing.Any) -> Batch:
    given: dict[str, typing.Any] = {"fields": {}, "source_name": desk.SOURCE, "blank_clears": False} | changes
    return operations.set_columns(
        organization_id=tenant.id, batch_id=batch.pk, user_id=tenant.owner.pk, now=now, **given
    )


def test_same_header_goes_straight_on_in_whatever_order(alpha: Tenant) -> None:
    header = "応募ID,氏名,応募日,謎の列"
    batch = desk.uploaded(alpha, desk.sheet("1,山田 花,2026/06/01,面白い", header=header))
    set_columns(alpha, batch, fields={3: Field.NOTE}, blank_clears=True)
    again = desk.uploaded(alpha, desk.sheet("面白い,2026/06/01,山田 花,1", header="謎の列,応募日,氏名,応募ID"))
    assert again.source is not None
    assert (again.state, again.source.name, again.source.blank_clears) == (Batch.State.MAPPED, desk.SOURCE, True)
    assert [queries.field_of(column) for column in again.columns] == [
        Field.NOTE,
        Field.APPLIED_AT,
        Field.NAME,
        Field.APPLICATION_ID,
    ]


def test_barred_column_of_a_known_source_stays_out(alpha: Tenant) -> None:
    line = "1,山田 花,2026/06/01,女,京都府,,有,"
    set_columns(alpha, desk.uploaded(alpha, desk.sheet(line, header=BARRED)))
    again = desk.uploaded(alpha, desk.sheet(line, header=BARRED))
    assert (again.state, again.dropped) == (Batch.State.MAPPED, ["性別", "本籍", "配偶者の有無"])


def test_content_that_does_not_fit_is_asked_about_again(alpha: Tenant) -> None:
    header = "応募ID,氏名,応募日,メールアドレス"
    set_columns(alpha, desk.uploaded(alpha, desk.sheet("1,山田 花,2026/06/01,a@people.example", header=header)))
    again = desk.uploaded(alpha, desk.sheet("1,山田 花,2026/06/01,03-1111-2222", header=header))
    assert again.state == Batch.State.UPLOADED


def test_source_is_remembered_by_its_name(alpha: Tenant) -> None:
    first = set_columns(alpha, desk.uploaded(alpha, desk.sheet("1,山田 花,2026/06/01", header="応募ID,氏名,応募日")))
    second = desk.uploaded(alpha, desk.sheet("1,山田 花,2026/06/01,x", header="応募ID,氏名,応募日,備考"))
    set_columns(alpha, second, NOW + DAY, source_name=f"　{desk.SOURCE} ")
    assert [source.name for source in queries.sources(alpha.id)] == [desk.SOURCE]
    assert Batch.objects.get(pk=second.pk).source_id == first.source_id
    assert set(Source.objects.get().columns.values()) == {"application_id", "name", "applied_at", "note"}


@pytest.mark.parametrize(
    ("changes", "error", "words"),
    [
        ({"fields": {1: None}}, operations.errors.UnableToMapColumns, "「氏名」の列が選ばれていない"),
        ({"fields": {0: Field.NAME}}, operations.errors.UnableToMapTwice, "「氏名」が二つの列で"),
        ({"source_name": "　 "}, operations.errors.UnableToNameSource, "1〜80 文字"),
        ({"source_name": "あ" * 81}, operations.errors.UnableToNameSource, "1〜80 文字"),
    ],
)
def test_columns_that_can_not_be_are_refused(
    alpha: Tenant, changes: dict[str, typing.Any], error: type[Exception], words: str
) -> None:
    batch = desk.uploaded(alpha, desk.sheet("1,山田 花,2026/06/01", header="応募ID,氏名,応募日"))
    with pytest.raises(error, match=words):
        set_columns(alpha, batch, **changes)
    assert (Batch.objects.get().state, Source.objects.count()) == (Batch.State.UPLOADED, 0)


@pytest.mark.parametrize(("rows", "told"), [(99, []), (100, ["rows_may_be_cut"])])
def test_file_that_ends_at_a_round_number_of_rows_may_be_cut(alpha: Tenant, rows: int, told: list[str]) -> None:
    batch = desk.uploaded(alpha, desk.sheet(*(desk.person(number) for number in range(rows))))
    assert [(note["code"], note["is_warning"]) for note in batch.notes] == [(code, True) for code in told]


def test_unknown_words_are_asked_once_and_remembered(alpha: Tenant) -> None:
    lines = [desk.person(number, 選考ステップ=word) for number, word in enumerate(("謎選考", " 謎選考", "最終謎"))]
    batch = desk.mapped(alpha, desk.sheet(*lines))
    asked = queries.unknown_values(batch)
    assert [(one.kind, one.word, one.count) for one in asked] == [("stage", "謎選考", 2), ("stage", "最終謎", 1)]
    with pytest.raises(operations.errors.UnableToCheckUnknownValues, match="謎選考、最終謎"):
        begin(alpha, batch, "check")
    answers = {("stage", "謎選考"): "documents", ("stage", "最終謎"): "final/rejected"}
    set_values(alpha, batch, answers)
    assert queries.unknown_values(batch) == []
    again = desk.uploaded(alpha, desk.sheet(*lines, desk.person(9, 選考ステップ="（謎選考）")))
    assert (again.state, queries.unknown_values(again)) == (Batch.State.MAPPED, [])


def set_values(tenant: Tenant, batch: Batch, answers: dict[tuple[str, str], str]) -> Batch:
    return operations.set_values(
        organization_id=tenant.id, batch_id=batch.pk, answers=answers, user_id=tenant.owner.pk, now=NOW
    )


def test_words_of_one_source_mean_nothing_in_another(alpha: Tenant) -> None:
    content = desk.sheet(desk.person(1, 選考ステップ="謎選考"))
    set_values(alpha, desk.mapped(alpha, content), {("stage", "謎選考"): "documents"})
    other = set_columns(alpha, desk.uploaded(alpha, content), source_name="別の媒体")
    assert [one.word for one in queries.unknown_values(other)] == ["謎選考"]


def test_answer_can_be_changed(alpha: Tenant) -> None:
    batch = desk.mapped(alpha, desk.sheet(desk.person(1, 選考ステップ="謎選考")))
    set_values(alpha, batch, {("stage", "謎選考"): "documents"})
    set_values(alpha, batch, {("stage", "謎選考"): "final"})
    assert list(SourceValue.objects.values_list("word", "meaning", "decided_by")) == [
        ("謎選考", "final", alpha.owner.pk)
    ]


@pytest.mark.parametrize(
    ("kind", "word", "meaning"),
    [
        ("stage", "謎", "nowhere"),
        ("stage", "", "final"),
        ("colour", "謎", "final"),
        ("status", "謎", "/"),
        ("stage", "謎" * 121, "final"),
    ],
)
def test_answers_that_mean_nothing_are_refused(alpha: Tenant, kind: str, word: str, meaning: str) -> None:
    batch = desk.mapped(alpha, desk.sheet(desk.person(1)))
    with pytest.raises(operations.errors.UnableToUseMeaning):
        set_values(alpha, batch, {(kind, word): meaning})
    assert SourceValue.objects.count() == 0


@pytest.mark.parametrize("kind", ["stage", "outcome", "status"])
@pytest.mark.parametrize("stage", [None, *Stage])
def test_meanings_are_read_as_they_were_written(kind: str, stage: Stage | None) -> None:
    for outcome in (None, *Outcome):
        text = meanings.write((stage, outcome))
        assert meanings.read(kind, text) == ((stage, outcome) if text else None)


def test_meanings_have_words() -> None:
    assert meanings.label("status", "final/rejected") == "最終・不採用（会社判断）"
    assert (meanings.read("employment_type", "part_time"), meanings.read("employment_type", "x")) == (
        EmploymentType.PART_TIME,
        None,
    )


def test_discarded_file_is_gone(alpha: Tenant) -> None:
    batch = desk.checked(alpha, desk.sheet(desk.person(1)))
    common: dict[str, typing.Any] = {
        "organization_id": alpha.id,
        "batch_id": batch.pk,
        "user_id": alpha.owner.pk,
        "now": NOW,
    }
    operations.discard(**common)
    assert (Batch.objects.get().state, Row.objects.count()) == (Batch.State.DISCARDED, 0)
    with pytest.raises(operations.errors.UnableToChangeImport, match="中止"):
        operations.discard(**common)
    with pytest.raises(operations.errors.UnableToChangeImport):
        set_columns(alpha, batch)


def test_steps_come_in_their_order(alpha: Tenant) -> None:
    batch = desk.uploaded(alpha, desk.sheet(desk.person(1)))
    steps: tuple[typing.Any, ...] = ("check", "commit", "undo")
    for step in steps:
        with pytest.raises(operations.errors.UnableToChangeImport, match="列の確認待ち"):
            begin(alpha, batch, step)
    set_columns(alpha, batch)
    begun = begin(alpha, batch, "check")
    assert (begun.state, begun.run_id) == (Batch.State.CHECKING, RUN)
    for step in steps:
        with pytest.raises(operations.errors.UnableToChangeImport, match="確認中"):
            begin(alpha, batch, step)


@pytest.mark.parametrize(
    ("step", "before", "after"),
    [("check", "mapped", "mapped"), ("commit", "checked", "checked"), ("undo", "committed", "committed")],
)
def test_step_that_broke_off_can_be_tried_again(alpha: Tenant, step: str, before: str, after: str) -> None:
    batch = desk.mapped(alpha, desk.sheet(desk.person(1)))
    Batch.objects.update(state=before, undo_until=NOW + DAY)
    begin(alpha, batch, step)
    during = Batch.objects.get().state
    operations.fall_back(organization_id=alpha.id, batch_id=batch.pk, run_id=uuid.UUID(int=8))
    assert Batch.objects.get().state == during
    operations.fall_back(organization_id=alpha.id, batch_id=batch.pk, run_id=RUN)
    assert Batch.objects.get().state == after
    begin(alpha, batch, step)


def test_two_imports_are_not_written_at_once(alpha: Tenant) -> None:
    first, second = (desk.checked(alpha, desk.sheet(desk.person(number))) for number in (1, 2))
    begin(alpha, first, "commit")
    with pytest.raises(operations.errors.UnableToImportMeanwhile, match=r"applicants\.csv"):
        begin(alpha, second, "commit")
    begin(alpha, second, "check")


def test_expired_rows_are_found_across_organizations(world: World) -> None:
    batches = {}
    for tenant in (world.alpha, world.beta):
        with acting_as(organization=tenant.id):
            batches[tenant.id] = desk.uploaded(tenant, desk.sheet(desk.person(1))).pk
    assert queries.expired(NOW + rules.UNDO_DAYS - dt.timedelta(seconds=1)) == []
    found = queries.expired(NOW + rules.UNDO_DAYS)
    assert {(one.organization_id, one.batch_id) for one in found} == set(batches.items())


def test_forgotten_rows_of_an_unfinished_file_end_it(alpha: Tenant) -> None:
    batch = desk.uploaded(alpha, desk.sheet(desk.person(1)))
    common: dict[str, typing.Any] = {"organization_id": alpha.id, "batch_id": batch.pk}
    operations.forget_rows(**common, now=NOW + 6 * DAY)
    assert Row.objects.count() == 1
    operations.forget_rows(**common, now=NOW + 7 * DAY)
    assert (Row.objects.count(), Batch.objects.get().state) == (0, Batch.State.DISCARDED)
    assert queries.expired(NOW + 8 * DAY) == []


def test_latest_files_stand_first(alpha: Tenant) -> None:
    batches = [desk.uploaded(alpha, desk.sheet(desk.person(1)), NOW + number * DAY) for number in range(3)]
    assert [batch.pk for batch in queries.latest(alpha.id)] == [batch.pk for batch in reversed(batches)]


def test_identical_file_is_told_only_while_it_stands(alpha: Tenant) -> None:
    content = desk.sheet(desk.person(1))
    first, _counts = desk.committed(alpha, content)
    second = desk.uploaded(alpha, content, NOW + DAY)
    assert queries.same_file(second) == first
    imports.undo(
        organization_id=alpha.id,
        batch_id=first.pk,
        in_notices=(),
        actor=actors.SYSTEM,
        now=NOW + DAY,
    )
    assert queries.same_file(second) is None


def test_failed_file_can_not_calculate(alpha: Tenant) -> None:
    header = "応募ID,氏名,応募日,備考"
    batch = desk.checked(alpha, desk.sheet('1,山田 花,6/1,"=HYPERLINK(""x"")"', header=header))
    content = queries.failed_file(batch).decode("utf-8-sig").splitlines()
    assert content == [
        "応募ID,氏名,応募日,備考,原因と対処 / Cause and remedy",
        f'1,山田 花,6/1,"\'=HYPERLINK(""x"")",{message(Problem(Code.DATE_WITHOUT_YEAR, Field.APPLIED_AT, "6/1"))}',
    ]


def test_problems_are_told_in_the_language_of_the_reader(alpha: Tenant) -> None:
    batch = desk.checked(alpha, desk.sheet(desk.person(1, 応募日時="6/1")))
    [stored] = Row.objects.values_list("problems", flat=True)
    assert stored == [
        {"code": "date_without_year", "field": "applied_at", "value": "6/1", "other": "", "is_warning": False}
    ]
    assert json.dumps(stored).isascii()
    assert queries.rows(batch)[0].outcome_name == "取り込めません"
