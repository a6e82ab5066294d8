"""A month of the employer's ledger as a file: asked for by a member, made in the background."""

from __future__ import annotations

import datetime as dt
import typing

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from career_relay.capabilities import queue
from career_relay.capabilities.runs import operations as runs
from career_relay.capabilities.runs import sheets
from career_relay.domain.ground.credits import queries as ledger
from career_relay.domain.ground.programmes.models import DEFAULT_PROGRAMME_ID
from career_relay.kernel import clock
from career_relay.kernel.tenancy.context import acting_as

if typing.TYPE_CHECKING:
    import uuid

    from career_relay.capabilities.runs.models import Run
    from career_relay.kernel import actors

KIND: typing.Final = "export_statement"


@transaction.atomic
def request_statement(
    *, organization_id: uuid.UUID, month: dt.date, language: str, actor: actors.Actor, now: dt.datetime
) -> Run:
    """Take in the wish for a month's statement as a file, and put its making off to the worker."""
    run = runs.accept(
        organization_id=organization_id,
        kind=KIND,
        parameters={"month": month.isoformat(), "language": language},
        total=1,
        actor=actor,
        now=now,
    )
    queue.defer("export_statement", run=run.pk, organization=organization_id)
    return run


@transaction.atomic
def export_statement(*, run_id: uuid.UUID, organization_id: uuid.UUID, now: dt.datetime) -> Run | None:
    """Make the file of a run and close the run; None if that was done before."""
    with acting_as(organization=organization_id):
        run = runs.start(run_id=run_id, now=now)
        if run is None:
            return None
        month = dt.date.fromisoformat(run.parameters["month"])
        with override(run.parameters["language"]):
            content = _file(organization_id, month)
        runs.advance(run_id=run_id)
        name = f"ledger_{month:%Y%m}_{now.astimezone(clock.TOKYO):%Y%m%d%H%M}.csv"
        return runs.finish(run_id=run_id, now=now, file_name=name, file=content)


def _file(organization_id: uuid.UUID, month: dt.date) -> bytes:
    statement = ledger.statement(organization_id=organization_id, programme_id=DEFAULT_PROGRAMME_ID, month=month)
    header = [
        "No.", _("日付"), _("内容"), _("理由"), _("紹介の増減"), _("紹介の残高"), _("枠の増減"), _("枠の残高"), _("運用ルールの版"),
    ]  # fmt: skip
    opening = [None, None, _("繰り越し"), None, None, statement.opening, None, statement.opening_slots, None]
    closing = [None, None, _("月末の残高"), None, None, statement.closing, None, statement.closing_slots, None]
    return sheets.sheet(header, [opening, *map(_row, statement.lines), closing])


def _row(line: ledger.StatementLine) -> list[sheets.Cell]:
    return [
        line.number,
        line.day.isoformat(),
        line.text,
        line.explanation,
        line.referral_change,
        line.balance,
        line.slot_change,
        line.slots,
        line.policy_version,
    ]
