"""Files and mails meet: what a file makes untrue is taken back, and what was told stands in the way of taking a file back."""

from __future__ import annotations

import datetime as dt
import typing

import pytest
from django.db import OperationalError, connection

from career_relay.capabilities.runs import queries as runs
from career_relay.domain.hiring.applications.models import Applicant, Application
from career_relay.domain.hiring.applications.operations import imports
from career_relay.domain.hiring.intake.models import Batch
from career_relay.domain.hiring.links.models import RelayLink
from career_relay.domain.hiring.notices import operations as notices
from career_relay.domain.hiring.notices.models import Mailing, Notice, Told
from career_relay.flows import correct_application, notify_rejections
from career_relay.flows import receive_applications as flow
from career_relay.kernel.tenancy.context import acting_as
from career_relay.tasks import imports as tasks
from tests.examples import examples
from tests.flows import mailings, story
from tests.flows.mailings import DAY
from tests.flows.takings import LATER, SENDING, application, checked, request, reread, row, take_back, take_in, waiting
from tests.world import NOW

if typing.TYPE_CHECKING:
    import collections.abc
    import uuid

    from tests.flows.mailings import Desk
    from tests.world import World

    Execute = collections.abc.Callable[..., typing.Any]

MINUTE = dt.timedelta(minutes=1)
Outcome = mailings.Outcome


@pytest.fixture(
    params=[True, False][: examples(1, in_ci=2)], ids=lambda joins: f"{'with' if joins else 'without'} link"
)
def at(world: World, request: pytest.FixtureRequest) -> Desk:
    return mailings.desk(world.alpha, joins=request.param)


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


def stopped(at: Desk, *others: uuid.UUID) -> None:
    mailing = mailings.queued(at, [application(at).pk, *others], has_link=at.joins, now=LATER)
    mailings.stop(at, mailing, LATER)


def discarded(at: Desk) -> None:
    mailing = mailings.draft(at, [application(at).pk], LATER)
    with acting_as(organization=at.tenant.id):
        notices.discard(organization_id=at.tenant.id, mailing_id=mailing.pk)


def drafted(at: Desk, *others: uuid.UUID) -> None:
    mailings.draft(at, [application(at).pk, *others], LATER)


def refused(at: Desk) -> None:
    claimed = mailings.claim(at, waiting(at, 1), SENDING)
    assert claimed is not None
    assert mailings.settle(at, claimed, mailings.Outcome.REFUSED, SENDING, 550) == "failed"


@pytest.mark.parametrize("end", [stopped, refused, discarded, drafted])
def test_undo_forgets_what_nobody_was_told(at: Desk, end: collections.abc.Callable[[Desk], None]) -> None:
    batch = take_in(at, row())
    end(at)
    assert take_back(at, batch).state == Batch.State.UNDONE
    assert left(at) == [0, 0, 0, 0]
    with acting_as(organization=at.tenant.id):
        assert not RelayLink.objects.filter(mode=RelayLink.Mode.PERSONAL).exists()


@pytest.mark.parametrize("end", [stopped, drafted])
@pytest.mark.parametrize("earlier", ["file's record", "other record"])
def test_undo_leaves_what_a_second_record_of_the_person_is_told(
    at: Desk, end: collections.abc.Callable[..., None], earlier: str
) -> None:
    other = None if earlier == "file's record" else mailings.apply(at, "山田 花", "hana@people.example")
    batch = take_in(at, row())
    other = other or mailings.apply(at, "山田 花", "hana@people.example")
    end(at, other.pk)
    assert take_back(at, batch).state == Batch.State.UNDONE
    assert (left(at)[0], mailings.told_at(at, other)) == (1, None)
    mailing = mailings.queued(at, [other.pk], has_link=at.joins, now=LATER)
    mailings.send_all(at, mailing, SENDING)
    assert mailings.told_at(at, other) == SENDING


def test_undo_forgets_who_was_left_out_of_a_mailing(at: Desk) -> None:
    told = mailings.apply(at, "佐藤 二", "told@people.example")
    batch = take_in(at, row(outcome="辞退"))
    mailing = mailings.queued(at, [told.pk, application(at).pk], has_link=at.joins, now=LATER)
    assert mailings.left_out(at, mailing)[application(at).applicant_id] == "withdrew"
    mailings.send_all(at, mailing, SENDING)
    assert take_back(at, batch).state == Batch.State.UNDONE
    assert (left(at), mailings.told_at(at, told)) == ([1, 1, 1, 1], SENDING)


def confirmed(at: Desk) -> None:
    mailing = mailings.write(at, mailings.draft(at, [application(at).pk], LATER), has_link=at.joins)
    mailings.confirm(at, mailing, now=LATER)


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


@pytest.mark.parametrize(
    ("answer", "code", "told_at"),
    [(Outcome.SENT, 250, SENDING), (Outcome.LOST, 0, None), (Outcome.REFUSED, 550, None)],
)
def test_undo_leaves_it_to_the_mail_on_its_way_whether_a_person_was_told_whom_the_file_called_told(
    at: Desk, answer: Outcome, code: int, told_at: dt.datetime | None
) -> None:
    take_in(at, row())
    claimed = mailings.claim(at, waiting(at, 1), SENDING)
    assert claimed is not None
    batch = take_in(at, row(told="2026/11/22"))
    assert mailings.settle(at, claimed, answer, SENDING, code)
    take_back(at, batch)
    assert application(at).told_at == told_at


def test_undo_takes_back_a_day_of_telling_that_the_file_brought_while_a_mail_is_being_sent(at: Desk) -> None:
    take_in(at, row())
    claimed = mailings.claim(at, waiting(at, 1), SENDING)
    assert claimed is not None
    take_back(at, take_in(at, row(told="2026/11/22")))
    assert (application(at).told_at, mailings.open_tells(at)) == (None, {application(at).pk})
    mailings.settle(at, claimed, now=SENDING)
    assert application(at).told_at == SENDING


def test_undo_brings_back_the_decision_and_its_telling_that_a_file_cleared(at: Desk) -> None:
    take_in(at, row())
    sent(at, 1)
    before = application(at)
    take_back(at, take_in(at, row(outcome="選考中", decided="")))
    after = application(at)
    assert (after.outcome, after.decided_at, after.told_at) == ("rejected", before.decided_at, SENDING)


def deadlocked(times: int, statement: str, code: str = "40P01") -> Execute:
    """Let the database give the work up, so many times, where it comes to a statement."""
    left_over = times

    def execute_or_lose(execute: Execute, sql: typing.Any, *arguments: typing.Any) -> typing.Any:
        nonlocal left_over
        if left_over and str(sql).lstrip().startswith(statement):
            left_over -= 1
            sql, arguments = (
                f"DO $$ BEGIN RAISE 'given up' USING ERRCODE = '{code}'; END $$",
                (None, *arguments[1:]),
            )
        return execute(sql, *arguments)

    return execute_or_lose


def arriving_while_reopened(at: Desk, *lines: str) -> Batch:
    """Let a mail arrive that was on its way when a file reopened what it tells; return that file."""
    mailing = waiting(at, 1)
    claimed = mailings.claim(at, mailing, SENDING)
    assert claimed is not None
    batch = take_in(at, row(outcome="選考中", decided=""), *lines)
    assert mailings.settle(at, claimed, now=SENDING) == "sent"
    return batch


def test_undo_brings_back_that_a_mail_told_while_the_file_had_reopened_the_decision(at: Desk) -> None:
    take_in(at, row(), row(3))
    batch = arriving_while_reopened(at, row(3, note="電話あり"))
    assert (application(at).told_at, mailings.open_tells(at)) == (None, set())
    take_back(at, batch)
    found, other = application(at), application(at, 3)
    assert (found.outcome, found.told_at, other.told_at) == ("rejected", SENDING, None)
    assert mailings.open_tells(at) == {found.pk}
    again = mailings.draft(at, [found.pk, other.pk], SENDING)
    assert mailings.left_out(at, again) == {found.applicant_id: "told", other.applicant_id: ""}


def lost(at: Desk) -> Notice:
    """Let the answer to a mail be lost; return its notice."""
    mailing = waiting(at, 1)
    claimed = mailings.claim(at, mailing, SENDING)
    assert claimed is not None
    assert mailings.settle(at, claimed, mailings.Outcome.LOST, SENDING) == "uncertain"
    with acting_as(organization=at.tenant.id):
        return Notice.objects.get(mailing=mailing)


def resolved(at: Desk, notice: Notice, *, has_arrived: bool) -> None:
    with acting_as(organization=at.tenant.id):
        notify_rejections.resolve_notice(
            organization_id=at.tenant.id,
            notice_id=notice.pk,
            has_arrived=has_arrived,
            user_id=at.tenant.owner.pk,
            now=SENDING,
        )


def test_undo_has_it_found_out_first_whether_a_mail_arrived_whose_decision_is_back(at: Desk) -> None:
    take_in(at, row())
    notice = lost(at)
    batch = take_in(at, row(outcome="選考中", decided=""))
    take_back(at, batch)
    found = application(at)
    assert (found.outcome, found.told_at, mailings.open_tells(at)) == ("rejected", None, {found.pk})
    resolved(at, notice, has_arrived=True)
    assert application(at).told_at == SENDING


@pytest.mark.parametrize("has_arrived", [True, False])
def test_undo_knows_what_was_found_out_while_the_decision_was_open(at: Desk, *, has_arrived: bool) -> None:
    take_in(at, row())
    notice = lost(at)
    batch = take_in(at, row(outcome="選考中", decided=""))
    resolved(at, notice, has_arrived=has_arrived)
    take_back(at, batch)
    found = application(at)
    assert (found.told_at is not None, mailings.open_tells(at)) == (has_arrived, {found.pk} if has_arrived else set())


def test_undo_leaves_the_decision_to_the_mail_that_is_being_sent(at: Desk) -> None:
    take_in(at, row())
    lost(at)
    reopening = row(outcome="選考中", decided="")
    take_in(at, reopening)
    take_in(at, row())
    claimed = mailings.claim(at, waiting(at, 1), SENDING)
    assert claimed is not None
    take_back(at, take_in(at, reopening))
    assert (application(at).told_at, mailings.open_tells(at)) == (None, {application(at).pk})
    assert mailings.settle(at, claimed, Outcome.REFUSED, SENDING, 550) == "failed"
    assert (application(at).told_at, mailings.open_tells(at)) == (None, set())


def corrected(at: Desk, told_at: dt.date | None, now: dt.datetime) -> None:
    with acting_as(organization=at.tenant.id):
        correct_application.correct_application(
            organization_id=at.tenant.id,
            application_id=application(at).pk,
            changes={"told_at": told_at},
            reason="本人から電話",
            user_id=at.tenant.owner.pk,
            now=now,
        )


@pytest.mark.parametrize("has_arrived", [True, False], ids=["found out", "not found out"])
def test_undo_leaves_it_at_what_a_member_said_of_a_mail_whose_answer_was_lost(at: Desk, *, has_arrived: bool) -> None:
    take_in(at, row())
    notice = lost(at)
    with acting_as(organization=at.tenant.id):
        Mailing.objects.update(confirmed_at=NOW)
    if has_arrived:
        resolved(at, notice, has_arrived=True)
    else:
        corrected(at, NOW.date(), LATER - 2 * MINUTE)
    corrected(at, None, LATER - MINUTE)
    before = mailings.open_tells(at)
    assert before == (set() if has_arrived else {application(at).pk})
    take_back(at, take_in(at, row(outcome="選考中", decided="")))
    assert (application(at).outcome, application(at).told_at) == ("rejected", None)
    assert mailings.open_tells(at) == before


@pytest.mark.parametrize("registers", [True, False])
def test_undo_does_not_show_whether_anybody_came_by_the_link_of_a_mail_that_is_said_not_to_have_arrived(
    world: World, *, registers: bool
) -> None:
    at = mailings.desk(world.alpha)
    batch = take_in(at, row())
    notice = lost(at)
    if registers:
        with acting_as(organization=at.tenant.id):
            link = RelayLink.objects.get(notice=notice)
        story.register(story.Link(at.tenant.id, link.pk), "hana@people.example", now=SENDING)
    resolved(at, notice, has_arrived=False)
    with pytest.raises(imports.UnableToUndoImport) as refusal:
        take_back(at, batch)
    assert refusal.value.data == {"told": 1, "corrected": 0, "imported": 0}


def test_undo_forgets_a_mail_without_link_that_is_said_not_to_have_arrived(world: World) -> None:
    at = mailings.desk(world.alpha, joins=False)
    batch = take_in(at, row())
    resolved(at, lost(at), has_arrived=False)
    assert take_back(at, batch).state == Batch.State.UNDONE
    assert left(at) == [0, 0, 0, 0]


def test_undo_leaves_alone_what_a_mail_may_have_told_of_an_earlier_decision(at: Desk) -> None:
    take_in(at, row())
    lost(at)
    take_in(at, row(outcome="選考中", decided=""))
    take_in(at, row(decided="2026/11/24"))
    with acting_as(organization=at.tenant.id):
        Mailing.objects.update(confirmed_at=NOW - DAY)
    take_back(at, take_in(at, row(outcome="選考中", decided="")))
    found = application(at)
    assert (found.outcome, found.told_at, mailings.open_tells(at)) == ("rejected", None, set())


GIVEN_UP = pytest.mark.parametrize("code", ["40P01", "55P03"], ids=["deadlock", "lock timeout"])


@GIVEN_UP
def test_step_that_another_writer_was_in_the_way_of_is_tried_again(at: Desk, code: str) -> None:
    with connection.execute_wrapper(deadlocked(flow.TRIES - 1, "INSERT INTO applications_application\n", code)):
        batch = take_in(at, row(), row(3))
    assert (batch.state, batch.created, left(at)[:2]) == (Batch.State.COMMITTED, 2, [2, 2])
    assert batch.run_id is not None
    with acting_as(organization=at.tenant.id):
        found = runs.run(batch.run_id)
    assert found is not None
    assert (found.state, found.done) == ("done", 2)


@GIVEN_UP
@pytest.mark.parametrize(
    ("step", "statement"),
    [("commit", "INSERT INTO applications_application\n"), ("undo", "DELETE FROM applications_application")],
)
def test_step_that_another_writer_is_always_in_the_way_of_ends_in_words(
    at: Desk, code: str, step: str, statement: str
) -> None:
    batch = checked(at, row()) if step == "commit" else take_in(at, row())
    before = left(at)
    run_id = request(at, batch, flow.request_commit if step == "commit" else flow.request_undo)
    task = tasks.commit_import if step == "commit" else tasks.undo_import
    with connection.execute_wrapper(deadlocked(flow.TRIES, statement, code)):
        task(run=str(run_id), organization=str(at.tenant.id))
    state = Batch.State.CHECKED if step == "commit" else Batch.State.COMMITTED
    assert (reread(at, batch).state, left(at)) == (state, before)
    with acting_as(organization=at.tenant.id):
        [failure] = runs.failures(run_id)
    assert failure.cause.startswith("処理を終えられませんでした。同じ応募がほかの操作で使われ続けていたためです。")


def test_other_trouble_of_the_database_is_not_tried_again(at: Desk) -> None:
    with (
        connection.execute_wrapper(deadlocked(1, "INSERT INTO applications_application\n", "53100")),
        pytest.raises(OperationalError, match="given up"),
    ):
        take_in(at, row())
    assert left(at) == [0, 0, 0, 0]
