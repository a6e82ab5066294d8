"""A book that the law has an agency keep, as a file: asked for by a member, made in the background, and on record."""

from __future__ import annotations

import typing

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from career_relay.capabilities import queue
from career_relay.capabilities.facts import operations as facts
from career_relay.capabilities.runs import operations as runs
from career_relay.capabilities.runs import sheets
from career_relay.domain.ground.organizations.operations import seats
from career_relay.domain.people.books import queries as books
from career_relay.domain.people.books import rules
from career_relay.kernel import clock
from career_relay.kernel.tenancy.context import acting_as

if typing.TYPE_CHECKING:
    import datetime as dt
    import uuid

    from career_relay.capabilities.runs.models import Run
    from career_relay.kernel import actors

KIND: typing.Final = "export_book"
FORMATS: typing.Final = ("xlsx", "csv")


@transaction.atomic
def request_book(
    *,
    organization_id: uuid.UUID,
    book: str,
    year: int | None,
    file_format: str,
    language: str,
    actor: actors.Actor,
    now: dt.datetime,
) -> Run:
    """Take in the wish for a book as a file, and put its making off to the worker. The caller acts as the agency.

    A book names people who may have left, so who took it along is on record. Raises UnableToActWithoutRight.
    """
    seats.acting(organization_id=organization_id, actor=actor, right="manage_agency")
    run = runs.accept(
        organization_id=organization_id,
        kind=KIND,
        parameters={"book": book, "year": year, "format": file_format, "language": language},
        total=1,
        actor=actor,
        now=now,
    )
    facts.record("book.exported", actor=actor, occurred_at=now, organization=organization_id, subject=run.pk, book=book)
    queue.defer("export_book", run=run.pk, organization=organization_id)
    return run


@transaction.atomic
def export_book(*, run_id: uuid.UUID, organization_id: uuid.UUID, now: dt.datetime) -> Run | None:
    """Make the file of a run and close the run; None if that was done before."""
    with acting_as(organization=organization_id):
        run = runs.start(run_id=run_id, now=now)
        if run is None:
            return None
        asked = run.parameters
        with override(asked["language"]):
            content = _file(organization_id, asked["book"], asked["year"], asked["format"], clock.day_in_japan(now))
        runs.advance(run_id=run_id)
        name = f"{asked['book']}_{now.astimezone(clock.TOKYO):%Y%m%d%H%M}.{asked['format']}"
        return runs.finish(run_id=run_id, now=now, file_name=name, file=content)


def _file(organization_id: uuid.UUID, book: str, year: int | None, file_format: str, today: dt.date) -> bytes:
    columns = rules.COLUMNS[book]
    header = [str(label) for label in columns.values()]
    rows = [[one.line[code] for code in columns] for one in books.lines(organization_id, book, year, today)]
    if file_format == "csv":
        return sheets.sheet(header, rows)
    titles = {"postings": _("求人管理簿"), "seekers": _("求職管理簿"), "fees": _("手数料管理簿")}
    return sheets.workbook(titles[book], header, rows)
