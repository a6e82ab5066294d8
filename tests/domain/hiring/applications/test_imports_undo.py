"""Taking an import back leaves everything as it was before it; and is refused when people have built on it."""

from __future__ import annotations

import datetime as dt
import typing

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from career_relay.capabilities.facts.models import Fact
from career_relay.domain.ground.postings import operations as postings
from career_relay.domain.ground.postings.models import JobPosting
from career_relay.domain.hiring.applications.models import Applicant, Application, Before, Correction, Gram, StageEvent
from career_relay.domain.hiring.applications.operations import corrections, imports
from career_relay.domain.hiring.intake import operations as intake
from career_relay.domain.hiring.intake.models import Batch
from career_relay.kernel import actors
from career_relay.kernel.tenancy.context import acting_as
from tests.domain.hiring.intake import desk
from tests.examples import examples
from tests.world import NOW, Tenant, World

if typing.TYPE_CHECKING:
    import collections.abc
    import uuid

DAY = dt.timedelta(days=1)
LATER = NOW + DAY
KEPT = (JobPosting, Applicant, Application, StageEvent, Before, Correction)
HEADER = "応募ID,応募者ID,応募者名,ふりがな,メールアドレス,電話番号,応募日時,応募求人ID,選考結果,一次面接日,二次面接日,入社日,備考"


@pytest.fixture
def alpha(world: World) -> collections.abc.Iterator[Tenant]:
    with acting_as(organization=world.alpha.id):
        yield world.alpha


def dump() -> dict[str, list[typing.Any]]:
    """Return all that imports write, in an order of its own; search pairs without the numbers of their rows."""
    found = {model.__name__: list(model.objects.order_by("pk").values()) for model in KEPT}
    return found | {"Gram": list(Gram.objects.order_by("applicant", "gram").values_list("applicant", "gram"))}


def undo(
    tenant: Tenant, batch: Batch, now: dt.datetime, in_notices: collections.abc.Collection[uuid.UUID] = ()
) -> None:
    imports.undo(
        organization_id=tenant.id,
        batch_id=batch.pk,
        in_notices=in_notices,
        actor=actors.user(tenant.owner.pk),
        now=now,
    )


def correct(tenant: Tenant, application: Application, now: dt.datetime, **changes: str) -> None:
    corrections.correct(
        organization_id=tenant.id,
        application_id=application.pk,
        changes=changes,
        reason="",
        user_id=tenant.owner.pk,
        now=now,
    )


def test_undo_takes_back_what_was_added(alpha: Tenant) -> None:
    before = dump()
    batch, _counts = desk.committed(alpha, desk.sheet(*(desk.person(number) for number in range(1, 9))))
    undo(alpha, batch, LATER)
    batch.refresh_from_db()
    assert dump() == before
    assert (batch.state, batch.undone_at, batch.created) == (Batch.State.UNDONE, LATER, 8)
    assert [fact.kind for fact in Fact.objects.filter(subject_id=batch.pk).order_by("sequence")] == [
        "import.committed",
        "import.undone",
    ]


def test_undo_brings_back_what_was_changed(alpha: Tenant) -> None:
    desk.committed(alpha, desk.sheet(desk.person(1), desk.person(2)))
    before = dump()
    changed = desk.person(1, 応募者名="鈴木 二子", 選考結果="採用", 応募求人ID="P9", 一次面接日="2026/06/30")
    batch, _counts = desk.committed(alpha, desk.sheet(changed, desk.person(3)), LATER)
    assert dump() != before
    undo(alpha, batch, LATER + DAY)
    assert dump() == before


def test_undone_file_can_be_taken_in_again(alpha: Tenant) -> None:
    content = desk.sheet(desk.person(1))
    batch, _counts = desk.committed(alpha, content)
    undo(alpha, batch, LATER)
    assert desk.committed(alpha, content, LATER)[1] == intake.Counts(created=1)


lines = st.builds(
    lambda *cells: ",".join(cells),
    st.sampled_from(["1", "2", "3", ""]),
    st.sampled_from(["", "", "7"]),
    st.sampled_from(["山田 花", "鈴木 花", "髙﨑 空", "林"]),
    st.sampled_from(["", "ヤマダ ハナ", "ハヤシ"]),
    st.sampled_from(["", "a@people.example", "b@people.example"]),
    st.sampled_from(["", "03-1111-2222", "03-3333-4444"]),
    st.sampled_from(["2026/06/01", "2026/06/01 10:00", "2026/06/02"]),
    st.sampled_from(["", "P1", "P2"]),
    st.sampled_from(["", "不採用", "選考中"]),
    st.sampled_from(["", "2026/06/05", "2026/06/06"]),
    st.sampled_from(["", "2026/06/15"]),
    st.just(""),
    st.sampled_from(["", "メモ", "別のメモ"]),
)
files = st.tuples(st.lists(lines, min_size=1, max_size=6), st.booleans())


@settings(
    max_examples=examples(8, in_ci=25),
    deadline=None,
    database=None,
    phases=[Phase.explicit, Phase.generate],  # shrinking would take minutes; the dump shows what differs
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.lists(files, min_size=1, max_size=4))
def test_imports_taken_back_in_reverse_leave_no_trace(alpha: Tenant, given_files: list[tuple[list[str], bool]]) -> None:
    with transaction.atomic():
        taken: list[tuple[Batch, dict[str, list[typing.Any]]]] = []
        for number, (rows, blank_clears) in enumerate(given_files):
            before = dump()
            content = desk.sheet(*rows, header=HEADER)
            now = NOW + number * dt.timedelta(hours=1)
            batch, counts = desk.committed(alpha, content, now, blank_clears=blank_clears)
            assert_sound()
            taken.append((batch, before))
            if counts.failed:  # a file that contradicts itself about a person may find its way in by and by
                continue
            standing = dump()
            again = desk.committed(alpha, content, now + dt.timedelta(minutes=1), blank_clears=blank_clears)[1]
            assert (again.created, again.updated, dump()) == (0, 0, standing)
        for batch, before in reversed(taken):
            undo(alpha, batch, LATER)
            assert dump() == before
        transaction.set_rollback(True)


def assert_sound() -> None:
    """Every person has an application, and exactly the pairs of the search text."""
    assert not Applicant.objects.filter(applications=None).exists()
    with connection.cursor() as cursor:
        cursor.execute("""
            SELECT count(*) FROM applications_applicant a WHERE
              (SELECT array_agg(g.gram::text ORDER BY g.gram) FROM applications_gram g WHERE g.applicant_id = a.id)
              IS DISTINCT FROM (SELECT array_agg(DISTINCT substr(a.search, n, 2))
                                FROM generate_series(1, greatest(length(a.search) - 1, 1)) n)
        """)
        assert cursor.fetchone() == (0,)


def test_undo_is_refused_when_somebody_was_told(alpha: Tenant) -> None:
    batch, _counts = desk.committed(alpha, desk.sheet(desk.person(1), desk.person(2)))
    before = dump()
    told = Application.objects.get(external_id="A2")
    with pytest.raises(imports.UnableToUndoImport) as refused:
        undo(alpha, batch, LATER, [told.pk])
    assert refused.value.data == {"told": 1, "corrected": 0, "imported": 0}
    assert "連絡した、または連絡の送信を決めた応募 1 件。" in str(refused.value)
    with pytest.raises(
        imports.UnableToUndoImport, match="連絡した、または連絡の送信を決めた応募 1 件（山田 三子 など）"
    ):
        imports.refuse_undo(batch=batch, in_notices=[told.pk], now=LATER)
    assert dump() == before


def test_notice_of_another_import_does_not_keep_one_from_being_undone(alpha: Tenant) -> None:
    desk.committed(alpha, desk.sheet(desk.person(1)))
    told = Application.objects.get()
    batch, _counts = desk.committed(alpha, desk.sheet(desk.person(2)), LATER)
    undo(alpha, batch, LATER, [told.pk])
    assert list(Application.objects.all()) == [told]


def test_undo_is_refused_when_somebody_was_corrected(alpha: Tenant) -> None:
    batch, _counts = desk.committed(alpha, desk.sheet(desk.person(1), desk.person(2)))
    correct(alpha, Application.objects.get(external_id="A1"), LATER, recruiter="佐藤")
    with pytest.raises(imports.UnableToUndoImport) as refused:
        undo(alpha, batch, LATER)
    assert refused.value.data == {"told": 0, "corrected": 1, "imported": 0}


def test_undo_is_refused_when_the_person_was_corrected_elsewhere(alpha: Tenant) -> None:
    lines = (desk.person(1), desk.person(2, メールアドレス="person1@people.example", 応募者名="山田 二子"))
    desk.committed(alpha, desk.sheet(*lines))
    batch, _counts = desk.committed(alpha, desk.sheet(desk.person(1, 電話番号="03-1111-2222")), LATER)
    correct(alpha, Application.objects.get(external_id="A2"), LATER + DAY, email="right@people.example")
    with pytest.raises(imports.UnableToUndoImport) as refused:
        undo(alpha, batch, LATER + DAY)
    assert refused.value.data == {"told": 0, "corrected": 1, "imported": 0}


def test_undo_is_refused_when_a_later_file_changed_a_row(alpha: Tenant) -> None:
    batch, _counts = desk.committed(alpha, desk.sheet(desk.person(1)))
    later, _counts = desk.committed(alpha, desk.sheet(desk.person(1, 選考結果="採用")), LATER)
    with pytest.raises(imports.UnableToUndoImport) as refused:
        undo(alpha, batch, LATER)
    assert refused.value.data == {"told": 0, "corrected": 0, "imported": 1}
    undo(alpha, later, LATER)
    undo(alpha, batch, LATER)
    assert Application.objects.count() == 0


def test_undo_keeps_people_and_postings_that_a_later_file_uses(alpha: Tenant) -> None:
    batch, _counts = desk.committed(alpha, desk.sheet(desk.person(1)))
    same = desk.person(2, 応募者名="山田 二子", メールアドレス="person1@people.example", 電話番号="090-1234-0001")
    desk.committed(alpha, desk.sheet(same), LATER)
    undo(alpha, batch, LATER)
    assert (Application.objects.count(), Applicant.objects.count(), JobPosting.objects.count()) == (1, 1, 1)


def test_undo_keeps_postings_that_a_member_has_changed(alpha: Tenant) -> None:
    batch, _counts = desk.committed(alpha, desk.sheet(desk.person(1)))
    posting = JobPosting.objects.get()
    postings.close(organization_id=alpha.id, posting_id=posting.pk, actor=actors.user(alpha.owner.pk), now=LATER)
    undo(alpha, batch, LATER)
    assert list(JobPosting.objects.all()) == [posting]


def test_undo_is_over_after_seven_days(alpha: Tenant) -> None:
    batch, _counts = desk.committed(alpha, desk.sheet(desk.person(1)))
    with pytest.raises(intake.errors.UnableToUndoLate):
        undo(alpha, batch, NOW + 7 * DAY)
    undo(alpha, batch, NOW + 7 * DAY - dt.timedelta(seconds=1))


def test_undo_happens_once(alpha: Tenant) -> None:
    batch, _counts = desk.committed(alpha, desk.sheet(desk.person(1)))
    undo(alpha, batch, LATER)
    with pytest.raises(intake.errors.UnableToChangeImport):
        undo(alpha, batch, LATER)


def test_forget_deletes_rows_and_what_was_before_when_undo_is_over(alpha: Tenant) -> None:
    desk.committed(alpha, desk.sheet(desk.person(1)))
    batch, _counts = desk.committed(alpha, desk.sheet(desk.person(1, 選考結果="採用")), LATER)
    imports.forget(organization_id=alpha.id, batch_id=batch.pk, now=LATER + 7 * DAY - dt.timedelta(seconds=1))
    assert (Before.objects.count(), batch.rows.count()) == (1, 1)
    imports.forget(organization_id=alpha.id, batch_id=batch.pk, now=LATER + 7 * DAY)
    batch.refresh_from_db()
    assert (Before.objects.count(), batch.rows.count(), batch.state) == (0, 0, Batch.State.COMMITTED)
    assert Application.objects.get().outcome == "hired"
