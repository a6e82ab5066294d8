"""Files and mails meet: what a file makes untrue is taken back, and what was told stands in the way of taking a file back."""

from __future__ import annotations

import typing
import uuid

import pytest
from django.db import connection

from career_relay.capabilities.runs import queries as runs
from career_relay.domain.hiring.applications.models import Applicant, Application
from career_relay.domain.hiring.applications.operations import imports
from career_relay.domain.hiring.intake.models import Batch
from career_relay.domain.hiring.notices import operations as notices
from career_relay.domain.hiring.notices.models import Mailing, Notice, Told
from career_relay.flows import receive_applications as flow
from career_relay.kernel import actors
from career_relay.kernel.tenancy.context import acting_as
from tests.domain.hiring.intake import desk
from tests.flows import mailings
from tests.flows.mailings import DAY, Desk
from tests.world import NOW

if typing.TYPE_CHECKING:
    import collections.abc

    from tests.world import World

    Execute = collections.abc.Callable[..., typing.Any]

HEADER = "応募ID,応募者名,メールアドレス,応募日時,求人名,選考担当者,選考結果,判定日,通知日,備考"
LATER = NOW + DAY
SENDING = NOW + 3 * DAY


@pytest.fixture
def at(world: World) -> Desk:
    return mailings.desk(world.alpha, joins=False)


def row(
    number: int = 1, outcome: str = "不採用", *, decided: str = "2026/11/20", told: str = "", note: str = ""
) -> str:
    """Return a row of Hana's, who has applied twice, or for 3 and more of somebody else's."""
    name, email = ("山田 花", "hana") if number < 3 else (f"佐藤 {number}", f"person{number}")
    return f"{number},{name},{email}@people.example,2026/11/0{number},経理,採用 太郎,{outcome},{decided},{told},{note}"


def request(at: Desk, batch: Batch, wish: Execute) -> uuid.UUID:
    with acting_as(organization=at.tenant.id):
        asked: uuid.UUID = wish(
            organization_id=at.tenant.id,
            batch_id=batch.pk,
            language="ja",
            actor=actors.user(at.tenant.owner.pk),
            now=LATER,
        ).pk
    return asked


def take_in(at: Desk, *lines: str) -> Batch:
    with acting_as(organization=at.tenant.id):
        batch = desk.checked(at.tenant, desk.sheet(*lines, header=HEADER), LATER)
    flow.commit_import(run_id=request(at, batch, flow.request_commit), organization_id=at.tenant.id, now=LATER)
    return reread(at, batch)


def take_back(at: Desk, batch: Batch) -> Batch:
    flow.undo_import(run_id=request(at, batch, flow.request_undo), organization_id=at.tenant.id, now=LATER)
    return reread(at, batch)


def reread(at: Desk, batch: Batch) -> Batch:
    with acting_as(organization=at.tenant.id):
        return Batch.objects.get(pk=batch.pk)


def application(at: Desk, number: int = 1) -> Application:
    with acting_as(organization=at.tenant.id):
        return Application.objects.get(external_id=str(number))


def waiting(at: Desk, *numbers: int) -> Mailing:
    return mailings.queued(at, [application(at, number).pk for number in numbers], has_link=False, now=LATER)


def sent(at: Desk, *numbers: int) -> None:
    assert mailings.send_all(at, waiting(at, *numbers), SENDING)


def left(at: Desk) -> list[int]:
    with acting_as(organization=at.tenant.id):
        return [model.objects.count() for model in (Applicant, Application, Notice, Told)]


@pytest.mark.parametrize(
    "news",
    [
        row(outcome="選考中", decided=""),
        row(outcome="辞退"),
        row(told="2026/11/22"),
        row(2, outcome="選考中", decided=""),
    ],
    ids=["in progress", "withdrew", "told", "second application"],
)
def test_file_takes_back_the_waiting_mail_it_makes_untrue(at: Desk, news: str) -> None:
    take_in(at, row(), row(3))
    mailing = waiting(at, 1, 3)
    assert take_in(at, news).mails_taken_back == 1
    assert mailings.open_tells(at) == {application(at, 3).pk}
    assert len(mailings.send_all(at, mailing, SENDING)) == 1


def test_file_leaves_a_waiting_mail_that_is_still_true(at: Desk) -> None:
    take_in(at, row())
    mailing = waiting(at, 1)
    assert take_in(at, row(note="電話あり"), row(3, outcome="選考中", decided="")).mails_taken_back == 0
    assert len(mailings.send_all(at, mailing, SENDING)) == 1


def test_second_rejection_waits_to_be_told_again(at: Desk) -> None:
    take_in(at, row())
    sent(at, 1)
    take_in(at, row(outcome="選考中", decided=""))
    reopened = application(at)
    assert (reopened.decided_at, reopened.told_at, mailings.open_tells(at)) == (None, None, set())
    take_in(at, row(decided="2026/11/22"))
    again = application(at)
    assert (again.outcome, again.told_at) == ("rejected", None)
    assert mailings.left_out(at, mailings.draft(at, [again.pk], LATER)) == {again.applicant_id: ""}


def stopped(at: Desk) -> None:
    mailings.stop(at, waiting(at, 1), LATER)


def discarded(at: Desk) -> None:
    mailing = mailings.draft(at, [application(at).pk], LATER)
    with acting_as(organization=at.tenant.id):
        notices.discard(organization_id=at.tenant.id, mailing_id=mailing.pk)


def drafted(at: Desk) -> None:
    mailings.draft(at, [application(at).pk], LATER)


@pytest.mark.parametrize("end", [stopped, discarded, drafted])
def test_undo_forgets_what_nobody_was_told(at: Desk, end: collections.abc.Callable[[Desk], None]) -> None:
    batch = take_in(at, row())
    end(at)
    assert take_back(at, batch).state == Batch.State.UNDONE
    assert left(at) == [0, 0, 0, 0]


def test_undo_forgets_who_was_left_out_of_a_mailing(at: Desk) -> None:
    told = mailings.apply(at, "佐藤 二", "told@people.example")
    batch = take_in(at, row(outcome="辞退"))
    mailing = mailings.queued(at, [told.pk, application(at).pk], has_link=False, now=LATER)
    assert mailings.left_out(at, mailing)[application(at).applicant_id] == "withdrew"
    mailings.send_all(at, mailing, SENDING)
    assert take_back(at, batch).state == Batch.State.UNDONE
    assert (left(at), mailings.told_at(at, told)) == ([1, 1, 1, 1], SENDING)


def confirmed(at: Desk) -> None:
    mailings.confirm(at, mailings.write(at, mailings.draft(at, [application(at).pk], LATER), has_link=False), now=LATER)


def mail_waits(at: Desk) -> None:
    waiting(at, 1)


def mail_is_sent(at: Desk) -> None:
    sent(at, 1)


@pytest.mark.parametrize("tell", [confirmed, mail_waits, mail_is_sent])
def test_undo_is_refused_when_a_mail_tells_of_what_the_file_added(
    at: Desk, tell: collections.abc.Callable[[Desk], None]
) -> None:
    batch = take_in(at, row(), row(3))
    tell(at)
    with pytest.raises(imports.UnableToUndoImport) as refused:
        take_back(at, batch)
    assert refused.value.data == {"told": 1, "corrected": 0, "imported": 0}


def test_undo_is_refused_by_the_worker_when_a_mail_came_between(at: Desk) -> None:
    batch = take_in(at, row())
    drafted(at)
    run_id = request(at, batch, flow.request_undo)
    waiting(at, 1)
    before = left(at)
    with pytest.raises(imports.UnableToUndoImport):
        flow.undo_import(run_id=run_id, organization_id=at.tenant.id, now=LATER)
    assert left(at) == before


def test_undo_is_refused_when_a_mail_tells_of_a_decision_the_file_brought(at: Desk) -> None:
    take_in(at, row(outcome="選考中", decided=""))
    batch = take_in(at, row())
    sent(at, 1)
    with pytest.raises(imports.UnableToUndoImport) as refused:
        take_back(at, batch)
    assert refused.value.data == {"told": 1, "corrected": 0, "imported": 0}


def test_undo_of_a_later_export_keeps_that_a_person_was_told_before(at: Desk) -> None:
    take_in(at, row(note="はじめ"))
    sent(at, 1)
    batch = take_in(at, row(note="あと"))
    take_back(at, batch)
    assert (application(at).note, application(at).told_at) == ("はじめ", SENDING)


def test_undo_of_a_later_export_keeps_that_a_person_was_told_since(at: Desk) -> None:
    take_in(at, row(note="はじめ"))
    mailing = waiting(at, 1)
    batch = take_in(at, row(note="あと"))
    mailings.send_all(at, mailing, SENDING)
    take_back(at, batch)
    assert (application(at).note, application(at).told_at) == ("はじめ", SENDING)


def test_undo_takes_back_a_day_of_telling_that_the_file_brought(at: Desk) -> None:
    take_in(at, row())
    batch = take_in(at, row(told="2026/11/22"))
    take_back(at, batch)
    assert application(at).told_at is None


def test_undo_brings_back_the_decision_and_its_telling_that_a_file_cleared(at: Desk) -> None:
    take_in(at, row())
    sent(at, 1)
    before = application(at)
    take_back(at, take_in(at, row(outcome="選考中", decided="")))
    after = application(at)
    assert (after.outcome, after.decided_at, after.told_at) == ("rejected", before.decided_at, SENDING)


def deadlocked(times: int, statement: str) -> Execute:
    """Let the database give the work up, so many times, where it comes to a statement."""
    left_over = times

    def execute_or_lose(execute: Execute, sql: typing.Any, *arguments: typing.Any) -> typing.Any:
        nonlocal left_over
        if left_over and str(sql).lstrip().startswith(statement):
            left_over -= 1
            sql, arguments = (
                "DO $$ BEGIN RAISE 'deadlock detected' USING ERRCODE = '40P01'; END $$",
                (None, *arguments[1:]),
            )
        return execute(sql, *arguments)

    return execute_or_lose


def test_deadlock_with_another_writer_is_tried_again(at: Desk) -> None:
    with connection.execute_wrapper(deadlocked(flow.TRIES - 1, "INSERT INTO applications_application\n")):
        batch = take_in(at, row(), row(3))
    assert (batch.state, batch.created, left(at)[:2]) == (Batch.State.COMMITTED, 2, [2, 2])
    assert batch.run_id is not None
    with acting_as(organization=at.tenant.id):
        found = runs.run(batch.run_id)
    assert found is not None
    assert (found.state, found.done) == ("done", 2)


def test_deadlock_without_end_is_not_hidden(at: Desk) -> None:
    with (
        connection.execute_wrapper(deadlocked(flow.TRIES, "INSERT INTO applications_application\n")),
        pytest.raises(Exception, match="deadlock detected"),
    ):
        take_in(at, row())
    assert left(at) == [0, 0, 0, 0]
