"""Rows become applications: what is written, what is kept, and that the same file twice changes nothing."""

from __future__ import annotations

import datetime as dt
import typing
import uuid

import pytest
from django.db import connection

from career_relay.domain.ground.postings.models import JobPosting
from career_relay.domain.hiring.applications.models import (
    Applicant,
    Application,
    Before,
    Correction,
    Gram,
    StageEvent,
)
from career_relay.domain.hiring.applications.operations import corrections, imports
from career_relay.domain.hiring.intake import operations as intake
from career_relay.domain.hiring.intake import queries
from career_relay.domain.hiring.intake.models import Batch, Row
from career_relay.domain.hiring.intake.problems import Code, Problem, message
from career_relay.domain.hiring.intake.vocabulary import Field
from career_relay.kernel import actors, clock
from career_relay.kernel.japanese import folding
from career_relay.kernel.tenancy.context import acting_as
from tests.domain.hiring.intake import desk
from tests.world import NOW, Tenant, World

if typing.TYPE_CHECKING:
    import collections.abc

DAY = dt.timedelta(days=1)
LATER = NOW + DAY
TABLES = (Applicant, Application, StageEvent, Gram, JobPosting, Before, Correction)


@pytest.fixture
def alpha(world: World) -> collections.abc.Iterator[Tenant]:
    with acting_as(organization=world.alpha.id):
        yield world.alpha


def versions() -> dict[str, list[tuple[str, str]]]:
    """Return for every row of the tables who wrote it last."""
    found = {}
    with connection.cursor() as cursor:
        for model in TABLES:
            cursor.execute(f"SELECT id::text, xmin::text || ctid::text FROM {model._meta.db_table} ORDER BY id")
            found[model.__name__] = cursor.fetchall()
    return found


def counts(**numbers: int) -> intake.Counts:
    return intake.Counts(**numbers)


def only() -> Application:
    return Application.objects.select_related("applicant", "posting").get()


def outcomes(batch: Batch) -> list[tuple[int, str, list[str]]]:
    return [(row.line, row.outcome, [remark.text for remark in row.remarks]) for row in queries.rows(batch)]


def test_check_changes_no_application(alpha: Tenant) -> None:
    before = versions()
    batch = desk.checked(alpha, desk.sheet(desk.person(1), desk.person(2)))
    assert (batch.state, batch.created, batch.failed) == (Batch.State.CHECKED, 2, 0)
    assert versions() == before
    assert outcomes(batch) == [(2, "created", []), (3, "created", [])]


def test_commit_makes_an_application_of_each_row(alpha: Tenant) -> None:
    batch, found = desk.committed(alpha, desk.sheet(desk.person(1)))
    assert found == counts(created=1)
    application = only()
    assert application.posting is not None
    assert (application.external_id, application.stage, application.outcome, application.outcome_side) == (
        "A1",
        "first",
        "rejected",
        "employer",
    )
    assert (application.applied_at, application.decided_at, application.told_at) == (
        dt.datetime(2026, 6, 2, 11, 7, 6, tzinfo=clock.TOKYO),
        dt.datetime(2026, 7, 1, tzinfo=clock.TOKYO),
        None,
    )
    assert (application.posting.external_id, application.posting.title, application.medium) == ("P1", "P1", "Indeed")
    assert (application.batch_id, application.source_id) == (batch.pk, batch.source_id)
    assert list(StageEvent.objects.values_list("stage", "entered_on")) == [("first", dt.date(2026, 6, 29))]


def test_commit_makes_the_applicant_with_search_pairs(alpha: Tenant) -> None:
    desk.committed(alpha, desk.sheet(desk.person(1, 応募者名="髙﨑　花", ふりがな="たかさき はな")))
    applicant = only().applicant
    assert (applicant.name, applicant.family_name, applicant.given_name) == ("髙﨑 花", "髙﨑", "花")
    assert (applicant.kana, applicant.email, applicant.phone) == (
        "タカサキ ハナ",
        "person1@people.example",
        "+819012340001",
    )
    assert applicant.search == "高崎花 タカサキハナ"
    assert set(Gram.objects.values_list("gram", flat=True)) == folding.grams(applicant.search)
    assert Gram.objects.count() == len(folding.grams(applicant.search))


def test_commit_sets_the_days_for_undo(alpha: Tenant) -> None:
    batch, _found = desk.committed(alpha, desk.sheet(desk.person(1)))
    assert (batch.state, batch.committed_at, batch.undo_until) == (Batch.State.COMMITTED, NOW, NOW + 7 * DAY)


def test_same_file_again_writes_no_row(alpha: Tenant) -> None:
    content = desk.sheet(*(desk.person(number) for number in range(1, 30)))
    desk.committed(alpha, content)
    before = versions()
    batch, found = desk.committed(alpha, content, LATER)
    assert found == counts(unchanged=29)
    assert versions() == before
    assert queries.same_file(batch) == Batch.objects.order_by("uploaded_at").first()


def test_same_people_in_another_encoding_are_unchanged(alpha: Tenant) -> None:
    lines = [desk.person(number) for number in range(1, 5)]
    desk.committed(alpha, desk.sheet(*lines))
    assert desk.committed(alpha, desk.sheet(*reversed(lines), encoding="utf-8-sig"), LATER)[1] == counts(unchanged=4)


def test_changed_value_is_updated_and_what_was_there_is_kept(alpha: Tenant) -> None:
    desk.committed(alpha, desk.sheet(desk.person(1), desk.person(2)))
    batch, found = desk.committed(alpha, desk.sheet(desk.person(1, 選考結果="採用"), desk.person(2)), LATER)
    assert found == counts(updated=1, unchanged=1)
    [kept] = Before.objects.all()
    assert (kept.batch_id, kept.application_row["outcome"], kept.applicant_row["email"]) == (
        batch.pk,
        "rejected",
        "person1@people.example",
    )
    changed = Application.objects.get(external_id="A1")
    assert (changed.outcome, changed.outcome_side, changed.changed_at) == ("hired", "none", LATER)


def test_blank_cell_keeps_what_is_there(alpha: Tenant) -> None:
    desk.committed(alpha, desk.sheet(desk.person(1)))
    blank = desk.person(
        1, 電話番号="", ふりがな="-", 応募経路="", 選考ステップ="", 選考結果="", 判定日="", 一次面接日=""
    )
    assert desk.committed(alpha, desk.sheet(blank), LATER)[1] == counts(unchanged=1)


def test_blank_cell_clears_where_the_source_says_so(alpha: Tenant) -> None:
    desk.committed(alpha, desk.sheet(desk.person(1)))
    blank = desk.person(1, 電話番号="", ふりがな="", 応募経路="", 選考結果="", 判定日="", 一次面接日="")
    _batch, found = desk.committed(alpha, desk.sheet(blank), LATER, blank_clears=True)
    application = only()
    assert found == counts(updated=1)
    assert (application.medium, application.outcome, application.outcome_side, application.decided_at) == (
        "",
        "in_progress",
        "none",
        None,
    )
    assert (application.applicant.phone, application.applicant.kana, application.applicant.search) == (
        "",
        "",
        "山田二子",
    )
    assert (StageEvent.objects.count(), application.stage) == (0, "first")
    assert set(Gram.objects.values_list("gram", flat=True)) == folding.grams("山田二子")


def test_column_that_the_file_lacks_is_never_cleared(alpha: Tenant) -> None:
    desk.committed(alpha, desk.sheet(desk.person(1)))
    content = desk.sheet("A1,山田 二子,2026/06/02 11:07:06", header="応募ID,応募者名,応募日時")
    assert desk.committed(alpha, content, LATER, blank_clears=True)[1] == counts(unchanged=1)


@pytest.mark.parametrize(
    ("field", "value", "cells", "kept"),
    [
        ("outcome", "withdrew", {}, "withdrew"),
        ("stage", "final", {}, "final"),
        ("recruiter", "佐藤", {}, "佐藤"),
        ("decided_at", dt.date(2026, 7, 3), {}, dt.datetime(2026, 7, 3, tzinfo=clock.TOKYO)),
    ],
)
def test_corrected_field_is_never_overwritten(
    alpha: Tenant, field: str, value: str | dt.date, cells: dict[str, str], kept: object
) -> None:
    desk.committed(alpha, desk.sheet(desk.person(1)))
    correct(alpha, {field: value})
    desk.committed(alpha, desk.sheet(desk.person(1, 応募経路="求人ボックス", 判定日="2026/07/09")), LATER)
    application = only()
    assert (getattr(application, field), application.medium) == (kept, "求人ボックス")


def correct(tenant: Tenant, changes: dict[str, typing.Any], now: dt.datetime = NOW) -> None:
    corrections.correct(
        organization_id=tenant.id,
        application_id=only().pk,
        changes=changes,
        reason="本人から電話",
        user_id=tenant.owner.pk,
        now=now,
    )


def test_corrected_person_is_never_overwritten_but_found_again(alpha: Tenant) -> None:
    desk.committed(alpha, desk.sheet(desk.person(1)))
    correct(alpha, {"name": "鈴木 二子", "email": "new@people.example"})
    _batch, found = desk.committed(alpha, desk.sheet(desk.person(1, 電話番号="090-9999-0001")), LATER)
    applicant = only().applicant
    assert found == counts(updated=1)
    assert (applicant.name, applicant.family_name, applicant.email, applicant.phone, applicant.search) == (
        "鈴木 二子",
        "鈴木",
        "new@people.example",
        "+819099990001",
        "鈴木二子 ヤマダハナコ",
    )


def test_another_day_is_another_application_of_the_same_person(alpha: Tenant) -> None:
    header = "応募者名,メールアドレス,応募日時"
    lines = ("山田 花,hana@people.example,2026/06/01", "山田 花,HANA@PEOPLE.EXAMPLE,2026/06/02")
    assert desk.committed(alpha, desk.sheet(*lines, header=header))[1] == counts(created=2)
    assert (Application.objects.count(), Applicant.objects.count()) == (2, 1)


def test_people_are_never_merged_by_likeness(alpha: Tenant) -> None:
    header = "応募者名,メールアドレス,電話番号,応募日時"
    lines = (
        "山田 花,home@people.example,03-1234-5678,2026/06/01",
        "山田 空,home@people.example,03-1234-5678,2026/06/02",
        "山田 花,other@people.example,03-1234-5678,2026/06/03",
    )
    assert desk.committed(alpha, desk.sheet(*lines, header=header))[1] == counts(created=3)
    assert Applicant.objects.count() == 3


def test_ids_of_two_sources_are_two_people(alpha: Tenant) -> None:
    header = "応募ID,応募者ID,応募者名,応募日時,応募求人ID"
    desk.committed(alpha, desk.sheet("1,7,山田 花,2026/06/01,P1", header=header))
    batch = desk.uploaded(alpha, desk.sheet("1,7,鈴木 空,2026/06/01,P1", header=header), LATER)
    common: dict[str, typing.Any] = {"organization_id": alpha.id, "batch_id": batch.pk}
    intake.set_columns(
        **common, fields={}, source_name="別の媒体", blank_clears=False, user_id=alpha.owner.pk, now=LATER
    )
    imports.check(**common, actor=actors.SYSTEM, now=LATER)
    assert imports.commit(**common, actor=actors.SYSTEM, now=LATER) == counts(created=1)
    assert (Applicant.objects.count(), JobPosting.objects.count()) == (2, 2)


def test_first_of_two_doubles_wins_and_the_other_names_its_line(alpha: Tenant) -> None:
    batch, found = desk.committed(alpha, desk.sheet(desk.person(1), desk.person(2), desk.person(1, 選考結果="採用")))
    assert found == counts(created=2, duplicates=1)
    assert outcomes(batch)[2] == (4, "duplicate", [message(Problem(Code.DOUBLE_IN_FILE, other="2"))])
    assert Application.objects.get(external_id="A1").outcome == "rejected"


def test_row_that_can_not_go_in_does_not_keep_the_others_out(alpha: Tenant) -> None:
    batch, found = desk.committed(alpha, desk.sheet(desk.person(1, 応募日時="令和6年2月30日"), desk.person(2)))
    assert found == counts(created=1, failed=1)
    assert outcomes(batch)[0][1:] == (
        "failed",
        [message(Problem(Code.DATE_IMPOSSIBLE, Field.APPLIED_AT, "令和6年2月30日"))],
    )


def test_failed_rows_come_back_corrected(alpha: Tenant) -> None:
    batch, _found = desk.committed(alpha, desk.sheet(desk.person(1, 応募日時="6/1"), desk.person(2)))
    content = queries.failed_file(batch).decode().replace("6/1", "2026/06/01").encode()
    again = desk.uploaded(alpha, content, LATER)
    assert (again.state, again.dropped, again.header) == (Batch.State.MAPPED, [], desk.HEADER.split(","))
    imports.check(organization_id=alpha.id, batch_id=again.pk, actor=actors.SYSTEM, now=LATER)
    again.refresh_from_db()
    assert (again.created, again.failed) == (1, 0)


def test_id_given_to_somebody_else_is_refused(alpha: Tenant) -> None:
    desk.committed(alpha, desk.sheet(desk.person(1)))
    other = desk.person(1, 応募者名="鈴木 空", メールアドレス="sora@people.example", 電話番号="03-1111-2222")
    batch, found = desk.committed(alpha, desk.sheet(other), LATER)
    assert found == counts(failed=1)
    assert outcomes(batch)[0][2] == [message(Problem(Code.ID_OF_ANOTHER, value="A1", other="山田 二子"))]
    assert only().applicant.name == "山田 二子"


def test_row_that_was_refused_lends_its_person_to_no_other_row(alpha: Tenant) -> None:
    header = "応募ID,応募者ID,応募者名,メールアドレス,応募日時"
    desk.committed(alpha, desk.sheet("1,,山田 花,hana@people.example,2026/06/01", header=header))
    lines = ("1,7,鈴木 空,sora@people.example,2026/06/01", "2,7,鈴木 空,sora@people.example,2026/06/02")
    assert desk.committed(alpha, desk.sheet(*lines, header=header), LATER)[1] == counts(created=1, failed=1)
    assert [one.applicant.name for one in Application.objects.order_by("external_id")] == ["山田 花", "鈴木 空"]


def test_corrected_day_of_leaving_stands_against_a_file(alpha: Tenant) -> None:
    header = "応募ID,応募者名,応募日時,入社日,退職日"
    desk.committed(alpha, desk.sheet("1,山田 花,2025/01/05,2025/04/01,2025/08/01", header=header))
    correct(alpha, {"left_on": dt.date(2025, 7, 1)})
    lines = ("1,山田 花,2025/01/05,2025/07/15,2025/08/01",)
    assert desk.committed(alpha, desk.sheet(*lines, header=header), LATER)[1] == counts(failed=1)


def test_person_who_moved_or_married_stays_the_same_person(alpha: Tenant) -> None:
    desk.committed(alpha, desk.sheet(desk.person(1)))
    assert desk.committed(alpha, desk.sheet(desk.person(1, 応募者名="鈴木 二子")), LATER)[1] == counts(updated=1)
    moved = desk.person(1, 応募者名="鈴木 二子", メールアドレス="new@people.example", 電話番号="03-1111-2222")
    assert desk.committed(alpha, desk.sheet(moved), LATER + DAY)[1] == counts(updated=1)
    assert (Applicant.objects.count(), only().applicant.name, only().applicant.email) == (
        1,
        "鈴木 二子",
        "new@people.example",
    )


def test_leaving_before_joining_is_refused_also_across_files(alpha: Tenant) -> None:
    header = "応募ID,応募者名,応募日時,入社日,退職日"
    desk.committed(alpha, desk.sheet("1,山田 花,2026/01/05,2026/04/01,", header=header))
    batch, found = desk.committed(alpha, desk.sheet("1,山田 花,2026/01/05,,2026/03/31", header=header), LATER)
    assert found == counts(failed=1)
    assert outcomes(batch)[0][2] == [message(Problem(Code.LEFT_BEFORE_JOINED, value="2026-03-31", other="2026-04-01"))]


def test_day_alone_keeps_the_known_time(alpha: Tenant) -> None:
    desk.committed(alpha, desk.sheet(desk.person(1)))
    assert desk.committed(alpha, desk.sheet(desk.person(1, 応募日時="2026/06/02")), LATER)[1] == counts(unchanged=1)
    assert desk.committed(alpha, desk.sheet(desk.person(1, 応募日時="2026/06/03")), LATER + DAY)[1] == counts(updated=1)


DECISIONS = "応募ID,応募者名,応募日時,選考結果,判定日,通知日"


def decisions() -> tuple[str, str, str]:
    """Return the outcome, and the days of its decision and its telling."""
    found = only()
    days = [f"{moment.astimezone(clock.TOKYO):%m/%d}" if moment else "" for moment in (found.decided_at, found.told_at)]
    return found.outcome, days[0], days[1]


@pytest.mark.parametrize(
    ("ending", "after"),
    [
        ("選考中,,", ("in_progress", "", "")),
        ("選考中,2026/02/01,2026/02/02", ("in_progress", "", "")),
        ("辞退,,", ("withdrew", "", "")),
        ("辞退,2026/03/01,", ("withdrew", "03/01", "")),
        ("採用,2026/03/01,2026/03/02", ("hired", "03/01", "03/02")),
        (",,", ("rejected", "02/01", "02/02")),
        ("不採用,2026/03/01,2026/03/02", ("rejected", "03/01", "02/02")),
    ],
)
def test_days_of_a_rejection_go_with_it(alpha: Tenant, ending: str, after: tuple[str, str, str]) -> None:
    desk.committed(alpha, desk.sheet("1,山田 花,2026/01/05,不採用,2026/02/01,2026/02/02", header=DECISIONS))
    changed = desk.sheet(f"1,山田 花,2026/01/05,{ending}", header=DECISIONS)
    desk.committed(alpha, changed, LATER)
    assert decisions() == after
    assert desk.committed(alpha, changed, LATER + DAY)[1] == counts(unchanged=1)


def test_days_of_a_rejection_that_were_corrected_by_hand_stay(alpha: Tenant) -> None:
    desk.committed(alpha, desk.sheet("1,山田 花,2026/01/05,不採用,2026/02/01,", header=DECISIONS))
    correct(alpha, {"told_at": dt.datetime(2026, 2, 3, tzinfo=clock.TOKYO)})
    desk.committed(alpha, desk.sheet("1,山田 花,2026/01/05,辞退,,", header=DECISIONS), LATER)
    assert decisions() == ("withdrew", "", "02/03")


def test_application_in_progress_has_no_days_of_a_decision(alpha: Tenant) -> None:
    same = desk.sheet("1,山田 花,2026/01/05,選考中,2026/02/01,2026/02/02", header=DECISIONS)
    desk.committed(alpha, same)
    assert decisions() == ("in_progress", "", "")
    assert desk.committed(alpha, same, LATER)[1] == counts(unchanged=1)


def test_days_to_come_keep_a_row_out(alpha: Tenant) -> None:
    lines = ("1,山田 花,2026/01/05,不採用,2026/11/24,", "2,鈴木 空,2026/01/05,不採用,2026/11/23,")
    batch, found = desk.committed(alpha, desk.sheet(*lines, header=DECISIONS))
    assert found == counts(created=1, failed=1)
    assert outcomes(batch)[0] == (
        2,
        "failed",
        ["「判定日」の「2026/11/24」は今日より後の日です。正しい日に直すか、その日になってから取り込んでください。"],
    )


def test_same_id_of_two_people_in_a_file_is_to_be_corrected(alpha: Tenant) -> None:
    batch, found = desk.committed(alpha, desk.sheet(desk.person(1), desk.person(2, 応募ID="A1"), desk.person(3)))
    assert found == counts(created=2, failed=1)
    said = (
        "応募ID「A1」は2行目にもありますが、氏名かメールアドレスが違います。"
        "書き出し元でIDを直すか、どちらかの行を除いてください。"
    )
    assert outcomes(batch)[1] == (3, "failed", [said])
    assert said in queries.failed_file(batch).decode("utf-8-sig")


def test_latest_row_of_a_person_decides_and_its_blanks_are_filled(alpha: Tenant) -> None:
    header = "応募ID,応募者ID,応募者名,電話番号,メールアドレス,応募日時"
    lines = (
        "1,7,山田 花,03-1111-2222,new@people.example,2026/06/09",
        "2,7,山田 花,03-9999-8888,old@people.example,2026/06/01",
        "3,7,鈴木 花,,newest@people.example,2026/06/10",
    )
    content = desk.sheet(*lines, header=header)
    assert desk.committed(alpha, content)[1] == counts(created=3)
    applicant = Applicant.objects.get()
    assert (applicant.name, applicant.phone, applicant.email) == (
        "鈴木 花",
        "+81311112222",
        "newest@people.example",
    )
    assert desk.committed(alpha, content, LATER)[1] == counts(unchanged=3)


def test_posting_that_is_there_keeps_its_name(alpha: Tenant) -> None:
    header = "応募ID,応募者名,応募日時,応募求人ID,応募求人名"
    desk.committed(alpha, desk.sheet("1,山田 花,2026/06/01,P1,経理", header=header))
    desk.committed(alpha, desk.sheet("2,山田 空,2026/06/01,P1,経理（急募）", header=header), LATER)
    assert list(JobPosting.objects.values_list("title", flat=True)) == ["経理"]


def test_long_text_is_refused_before_the_database_would(alpha: Tenant) -> None:
    lines = [
        desk.person(number, **{name: "あ" * 9_000}) for number, name in enumerate(("応募者名", "応募ID", "職種名"))
    ]
    assert desk.committed(alpha, desk.sheet(*lines))[1] == counts(failed=3)


def test_hostile_text_is_stored_as_it_is(alpha: Tenant) -> None:
    text = "=HYPERLINK(1)\\N \\t %s {x} '; DROP TABLE x; --"
    header = "応募ID,応募者名,応募日時,備考"
    line = f'1,山田 花,2026/06/01,"{text}\n二行目"'
    assert desk.committed(alpha, desk.sheet(line, header=header))[1] == counts(created=1, warned=1)
    assert only().note.split() == f"{text}\n二行目".split()


def test_another_organization_neither_sees_nor_changes_the_rows(world: World) -> None:
    content = desk.sheet(desk.person(1))
    with acting_as(organization=world.alpha.id):
        batch, _found = desk.committed(world.alpha, content)
    with acting_as(organization=world.beta.id):
        assert (Application.objects.count(), queries.batch(batch.pk), Row.objects.count()) == (0, None, 0)
        with pytest.raises(intake.errors.UnableToFindImport):
            imports.commit(organization_id=world.beta.id, batch_id=batch.pk, actor=actors.SYSTEM, now=LATER)
        assert desk.committed(world.beta, content, LATER)[1] == counts(created=1)
    with acting_as(organization=world.alpha.id):
        assert Application.objects.count() == 1


def test_commit_needs_a_check_and_runs_once(alpha: Tenant) -> None:
    batch = desk.mapped(alpha, desk.sheet(desk.person(1)))
    common: dict[str, typing.Any] = {"organization_id": alpha.id, "actor": actors.SYSTEM, "now": NOW}
    with pytest.raises(intake.errors.UnableToChangeImport):
        imports.commit(batch_id=batch.pk, **common)
    imports.check(batch_id=batch.pk, **common)
    imports.commit(batch_id=batch.pk, **common)
    with pytest.raises(intake.errors.UnableToChangeImport):
        imports.commit(batch_id=batch.pk, **common)
    with pytest.raises(intake.errors.UnableToFindImport):
        imports.commit(batch_id=uuid.uuid4(), **common)
    assert Application.objects.count() == 1


def test_progress_counts_rows_as_they_are_read(alpha: Tenant, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(imports, "ROWS_AT_ONCE", 4)
    batch = desk.mapped(alpha, desk.sheet(*(desk.person(number) for number in range(1, 11))))
    told: list[int] = []
    imports.check(organization_id=alpha.id, batch_id=batch.pk, actor=actors.SYSTEM, now=NOW, progress=told.append)
    assert told == [4, 8, 10]


def test_nothing_of_a_file_stays_in_the_staging_tables(alpha: Tenant) -> None:
    desk.committed(alpha, desk.sheet(desk.person(1)))
    with connection.cursor() as cursor:
        cursor.execute("SELECT relname FROM pg_class WHERE relnamespace = pg_my_temp_schema() AND relkind = 'r'")
        assert cursor.fetchall() == []
