"""A month's fees and refunds as a file, for the agency or the employer: asked for by a member, made in the background."""

from __future__ import annotations

import datetime as dt
import typing

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from career_relay.capabilities import queue
from career_relay.capabilities.runs import operations as runs
from career_relay.capabilities.runs import sheets
from career_relay.domain.people.placements import queries as placements
from career_relay.kernel import clock
from career_relay.kernel.tenancy.context import acting_as

if typing.TYPE_CHECKING:
    import uuid

    from career_relay.capabilities.runs.models import Run
    from career_relay.kernel import actors

KIND: typing.Final = "export_placements"


@transaction.atomic
def request_placements(
    *, organization_id: uuid.UUID, month: dt.date, language: str, actor: actors.Actor, now: dt.datetime
) -> Run:
    """Take in the wish for a month's fees as a file, and put its making off to the worker. The caller acts as it."""
    run = runs.accept(
        organization_id=organization_id,
        kind=KIND,
        parameters={"month": month.isoformat(), "language": language},
        total=1,
        actor=actor,
        now=now,
    )
    queue.defer("export_placements", run=run.pk, organization=organization_id)
    return run


@transaction.atomic
def export_placements(*, run_id: uuid.UUID, organization_id: uuid.UUID, now: dt.datetime) -> Run | None:
    """Make the file of a run and close the run; None if that was done before."""
    with acting_as(organization=organization_id):
        run = runs.start(run_id=run_id, now=now)
        if run is None:
            return None
        month = dt.date.fromisoformat(run.parameters["month"])
        with override(run.parameters["language"]):
            content = _file(organization_id, month)
        runs.advance(run_id=run_id)
        name = f"placements_{month:%Y%m}_{now.astimezone(clock.TOKYO):%Y%m%d%H%M}.csv"
        return runs.finish(run_id=run_id, now=now, file_name=name, file=content)


def _file(organization_id: uuid.UUID, month: dt.date) -> bytes:
    first = month.replace(day=1)
    last = (first + dt.timedelta(days=31)).replace(day=1) - dt.timedelta(days=1)
    header = [
        _("日付"), _("内容"), _("金額（円）"), _("お名前"), _("採用した会社"), _("紹介会社"), _("求人名"), _("入社日"),
        _("退職日"), _("退職の理由"), _("年収の見込み（円）"), _("手数料の根拠"), _("手数料の割合（%）"), _("手数料の定額（円）"),
    ]  # fmt: skip
    lines = placements.entries(organization_id, first, last)
    total = [None, _("合計"), sum(line.amount_yen for line in lines)]
    return sheets.sheet(header, [*map(_row, lines), total])


def _row(line: placements.EntryLine) -> list[sheets.Cell]:
    return [
        line.on.isoformat(),
        line.kind_name,
        line.amount_yen,
        line.person_name,
        line.employer_name,
        line.agency_name,
        line.title,
        line.start_on.isoformat(),
        line.ended_on.isoformat() if line.ended_on else None,
        line.reason_name,
        line.salary_yen,
        line.basis_name,
        None if line.percent is None else str(line.percent),
        line.fixed,
    ]
