"""Members and mails that write what a file is about to write: neither side overwrites the other, whoever is first."""

from __future__ import annotations

import datetime as dt
import typing
import uuid

import pytest
from django.db import connection

from career_relay.domain.hiring.applications.models import Applicant, Application
from career_relay.domain.hiring.applications.operations import corrections, imports
from career_relay.domain.hiring.intake import operations as intake
from career_relay.domain.hiring.notices import operations as notices
from career_relay.domain.hiring.notices.models import Notice
from career_relay.domain.hiring.notices.operations import waiting as review
from career_relay.flows import correct_application
from career_relay.flows import receive_applications as flow
from career_relay.kernel.tenancy.context import acting_as
from tests.flows import mailings, rivals
from tests.flows.takings import LATER, SENDING, application, checked, request, reread, row, take_back, take_in, waiting
from tests.world import make_tenant

if typing.TYPE_CHECKING:
    from tests.flows.mailings import Desk

FIRST = "SELECT FROM applications_application"
BETWEEN = "SELECT FROM applications_applicant"
LATE = "UPDATE applications_applicant a SET"
MOMENTS = pytest.mark.parametrize("moment", [FIRST, BETWEEN, LATE], ids=["before", "between the locks", "after"])


@pytest.fixture
def at(shared_database: None) -> Desk:
    return mailings.desk(make_tenant("employer", "アルファ精機株式会社", uuid.uuid4().hex), joins=False)


def correct(at: Desk, found: Application, now: dt.datetime = LATER, **changes: typing.Any) -> None:
    with acting_as(organization=at.tenant.id):
        correct_application.correct_application(
            organization_id=at.tenant.id,
            application_id=found.pk,
            changes=changes,
            reason="本人から電話",
            user_id=at.tenant.owner.pk,
            now=now,
        )


def email(at: Desk) -> str:
    with acting_as(organization=at.tenant.id):
        return Applicant.objects.get().email


@MOMENTS
def test_commit_keeps_what_a_member_corrects_meanwhile(at: Desk, moment: str) -> None:
    take_in(at, row())
    found = application(at)
    changes: dict[str, typing.Any] = {"outcome": "withdrew", "email": "right@people.example"}
    with rivals.coming_before(moment, lambda: correct(at, found, **changes)) as coming:
        take_in(at, row(note="電話あり").replace("山田 花", "山田　花"))
    assert coming[0].result() is None
    assert (application(at).outcome, application(at).note, email(at)) == (
        "withdrew",
        "電話あり",
        "right@people.example",
    )


@pytest.mark.parametrize("moment", [BETWEEN, LATE], ids=["between the locks", "after"])
def test_member_who_has_waited_long_enough_for_a_file_is_told_so(at: Desk, moment: str) -> None:
    take_in(at, row())
    found = application(at)

    def correct_hastily() -> None:
        with connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = '1ms'")
        correct(at, found, recruiter="林")

    with rivals.coming_before(moment, correct_hastily) as coming:
        take_in(at, row(note="電話あり").replace("山田 花", "山田　花"))
    refused = coming[0].exception()
    assert isinstance(refused, corrections.UnableToCorrectMeanwhile)
    assert (refused.code, refused.status, refused.permanent) == ("APPLICATION_HELD_UP", 409, False)
    assert (application(at).recruiter, application(at).note) == ("採用 太郎", "電話あり")


@MOMENTS
def test_commit_keeps_that_a_member_told_by_telephone_meanwhile(at: Desk, moment: str) -> None:
    take_in(at, row())
    found = application(at)
    with rivals.coming_before(moment, lambda: correct(at, found, told_at=LATER.date())) as coming:
        take_in(at, row(note="電話あり"))
    assert coming[0].result() is None
    assert application(at).told_at is not None
    assert mailings.left_out(at, mailings.draft(at, [found.pk], SENDING)) == {found.applicant_id: "told"}


@MOMENTS
def test_commit_keeps_that_a_mail_told_meanwhile(at: Desk, moment: str) -> None:
    take_in(at, row())
    claimed = mailings.claim(at, waiting(at, 1), SENDING)
    assert claimed is not None
    with rivals.coming_before(moment, rivals.again(lambda: mailings.settle(at, claimed, now=SENDING))) as coming:
        take_in(at, row(note="電話あり"))
    assert coming[0].result() == "sent"
    assert (application(at).note, application(at).told_at) == ("電話あり", SENDING)


@pytest.mark.parametrize("moment", [BETWEEN, LATE], ids=["between the locks", "after"])
def test_correction_that_waits_for_an_undo_stands(at: Desk, moment: str) -> None:
    take_in(at, row())
    batch = take_in(at, row(note="電話あり"))
    found = application(at)
    changes: dict[str, typing.Any] = {"outcome": "withdrew", "email": "right@people.example"}
    with rivals.coming_before(moment, lambda: correct(at, found, **changes)) as coming:
        take_back(at, batch)
    assert coming[0].result() is None
    assert (application(at).outcome, application(at).note, email(at)) == ("withdrew", "", "right@people.example")


def test_undo_is_refused_by_a_correction_that_was_first(at: Desk) -> None:
    take_in(at, row())
    batch = take_in(at, row(note="電話あり"))
    found = application(at)
    with (
        rivals.coming_before(FIRST, lambda: correct(at, found, outcome="withdrew")) as coming,
        pytest.raises(imports.UnableToUndoImport) as refused,
    ):
        take_back(at, batch)
    assert coming[0].result() is None
    assert refused.value.data == {"told": 0, "corrected": 1, "imported": 0}
    assert (application(at).outcome, reread(at, batch).state) == ("withdrew", "undoing")


@MOMENTS
def test_undo_keeps_that_a_mail_told_meanwhile(at: Desk, moment: str) -> None:
    take_in(at, row())
    claimed = mailings.claim(at, waiting(at, 1), SENDING)
    assert claimed is not None
    batch = take_in(at, row(note="電話あり"))
    with rivals.coming_before(moment, rivals.again(lambda: mailings.settle(at, claimed, now=SENDING))) as coming:
        take_back(at, batch)
    assert coming[0].result() == "sent"
    assert (application(at).note, application(at).told_at) == ("", SENDING)


@pytest.mark.parametrize("changes", [{"recruiter": "採用 二郎"}, {"email": "right@people.example"}])
def test_undo_is_not_refused_for_a_correction_that_came_while_the_file_was_read(
    at: Desk, changes: dict[str, str]
) -> None:
    take_in(at, row())
    batch, found = checked(at, row(note="電話あり").replace("山田 花", "山田　花")), application(at)
    run_id = request(at, batch, flow.request_commit)
    meanwhile = LATER + dt.timedelta(seconds=30)
    with rivals.coming_before(FIRST, lambda: correct(at, found, meanwhile, **changes)) as coming:
        flow.commit_import(run_id=run_id, organization_id=at.tenant.id, now=LATER)
    assert coming[0].result() is None
    take_back(at, reread(at, batch))
    wanted = {"recruiter": found.recruiter, "email": "hana@people.example"} | changes
    assert {"recruiter": application(at).recruiter, "email": email(at)} == wanted
    assert application(at).note == ""


def test_undo_is_refused_for_a_correction_that_came_after_the_file_was_read(at: Desk) -> None:
    take_in(at, row())
    batch, found = checked(at, row(note="電話あり")), application(at)
    run_id = request(at, batch, flow.request_commit)
    meanwhile = LATER + dt.timedelta(seconds=30)
    with rivals.coming_before(LATE, lambda: correct(at, found, meanwhile, recruiter="採用 二郎")) as coming:
        flow.commit_import(run_id=run_id, organization_id=at.tenant.id, now=LATER)
    assert coming[0].result() is None
    with pytest.raises(imports.UnableToUndoImport):
        take_back(at, reread(at, batch))


def test_undo_waits_for_a_draft_and_takes_its_people_out_of_it(at: Desk) -> None:
    batch = take_in(at, row())
    found = application(at)
    with rivals.coming_before("INSERT INTO notices_notice", lambda: take_back(at, batch).state) as coming:
        mailings.draft(at, [found.pk], LATER)
        assert not coming[0].done()
    assert coming[0].result() == "undone"
    with acting_as(organization=at.tenant.id):
        assert (Application.objects.count(), Notice.objects.count()) == (0, 0)


def test_draft_that_comes_during_an_undo_finds_nobody(at: Desk) -> None:
    batch = take_in(at, row())
    found = application(at)
    with rivals.coming_before(
        "DELETE FROM applications_application", lambda: mailings.draft(at, [found.pk], LATER)
    ) as coming:
        assert take_back(at, batch).state == "undone"
    assert isinstance(coming[0].exception(), notices.UnableToDraft)


def test_draft_that_waits_too_long_for_an_undo_is_told_so(at: Desk) -> None:
    batch = take_in(at, row())
    found = application(at)

    def draft() -> typing.Any:
        with connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = '1ms'")
        return mailings.draft(at, [found.pk], LATER)

    with rivals.coming_before("DELETE FROM applications_application", draft) as coming:
        take_back(at, batch)
    assert isinstance(coming[0].exception(), notices.UnableToDraftMeanwhile)


def test_mailing_that_is_stopped_while_a_file_takes_its_mails_back_waits_for_it(
    at: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(review, "AT_ONCE", 1)
    numbers = range(3, 7)
    take_in(at, *map(row, numbers))
    mailing = waiting(at, *numbers)
    with rivals.coming_before('UPDATE "notices_notice"', lambda: mailings.stop(at, mailing, LATER)) as coming:
        batch = take_in(at, *(row(number, "選考中", decided="") for number in numbers))
    assert (batch.mails_taken_back, coming[0].result(), mailings.reread(at, mailing).state) == (4, 0, "stopped")


def test_draft_that_comes_during_an_undo_leaves_alone_what_the_file_only_changed(at: Desk) -> None:
    take_in(at, row())
    batch = take_in(at, row(note="電話あり"))
    found = application(at)
    with rivals.coming_before(LATE, lambda: mailings.draft(at, [found.pk], LATER)) as coming:
        take_back(at, batch)
        assert coming[0].done()
    assert mailings.left_out(at, coming[0].result()) == {found.applicant_id: ""}


def test_steps_of_an_import_that_are_asked_for_at_once_do_not_wait_in_a_circle(at: Desk) -> None:
    batch = take_in(at, row())
    with rivals.coming_before('INSERT INTO "runs_run"', lambda: request(at, batch, flow.request_commit)) as coming:
        request(at, batch, flow.request_undo)
    assert isinstance(coming[0].exception(), intake.errors.UnableToChangeImport)
    assert reread(at, batch).state == "undoing"
