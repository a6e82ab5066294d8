"""Members and mails that write what a file is about to write: neither side overwrites the other, whoever is first."""

from __future__ import annotations

import typing

import pytest

from career_relay.domain.hiring.applications.models import Applicant, Application
from career_relay.domain.hiring.applications.operations import imports
from career_relay.flows import correct_application
from career_relay.kernel.tenancy.context import acting_as
from tests.flows import mailings, rivals
from tests.flows.takings import LATER, SENDING, application, reread, row, take_back, take_in, waiting
from tests.world import make_tenant

if typing.TYPE_CHECKING:
    from tests.flows.mailings import Desk

FIRST = "SELECT FROM applications_application"
BETWEEN = "SELECT FROM applications_applicant"
LATE = "UPDATE applications_applicant a SET"
MOMENTS = pytest.mark.parametrize("moment", [FIRST, BETWEEN, LATE], ids=["before", "between the locks", "after"])


@pytest.fixture
def at(fresh_database: object) -> Desk:
    return mailings.desk(make_tenant("employer", "アルファ精機株式会社", "alpha"), joins=False)


def correct(at: Desk, found: Application, **changes: typing.Any) -> None:
    with acting_as(organization=at.tenant.id):
        correct_application.correct_application(
            organization_id=at.tenant.id,
            application_id=found.pk,
            changes=changes,
            reason="本人から電話",
            user_id=at.tenant.owner.pk,
            now=LATER,
        )


def email(at: Desk) -> str:
    with acting_as(organization=at.tenant.id):
        return Applicant.objects.get().email


@MOMENTS
def test_commit_keeps_what_a_member_corrects_meanwhile(at: Desk, moment: str) -> None:
    take_in(at, row())
    found = application(at)
    changes = {"outcome": "withdrew", "email": "right@people.example"}
    with rivals.coming_before(moment, lambda: correct(at, found, **changes)) as coming:
        take_in(at, row(note="電話あり").replace("山田 花", "山田　花"))
    assert coming[0].result() is None
    assert (application(at).outcome, application(at).note, email(at)) == (
        "withdrew",
        "電話あり",
        "right@people.example",
    )


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
    with rivals.coming_before(moment, lambda: mailings.settle(at, claimed, now=SENDING)) as coming:
        take_in(at, row(note="電話あり"))
    assert coming[0].result() == "sent"
    assert (application(at).note, application(at).told_at) == ("電話あり", SENDING)


@pytest.mark.parametrize("moment", [BETWEEN, LATE], ids=["between the locks", "after"])
def test_correction_that_waits_for_an_undo_stands(at: Desk, moment: str) -> None:
    take_in(at, row())
    batch = take_in(at, row(note="電話あり"))
    found = application(at)
    changes = {"outcome": "withdrew", "email": "right@people.example"}
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
    with rivals.coming_before(moment, lambda: mailings.settle(at, claimed, now=SENDING)) as coming:
        take_back(at, batch)
    assert coming[0].result() == "sent"
    assert (application(at).note, application(at).told_at) == ("", SENDING)
