"""The list of applications as a file for Excel: asked for by a member, made in the background."""

from __future__ import annotations

import typing
import urllib.parse

from django.db import transaction
from django.utils.translation import override

from career_relay.capabilities import queue
from career_relay.capabilities.runs import operations as runs
from career_relay.capabilities.runs import sheets
from career_relay.domain.hiring.applications import filters as narrowing
from career_relay.domain.hiring.applications.queries import exporting
from career_relay.kernel import clock
from career_relay.kernel.tenancy.context import acting_as

if typing.TYPE_CHECKING:
    import collections.abc
    import datetime as dt
    import uuid

    from career_relay.capabilities.runs.models import Run
    from career_relay.domain.hiring.applications.filters import Filters
    from career_relay.kernel import actors

KIND: typing.Final = "export_applications"


@transaction.atomic
def request_applications(
    *,
    organization_id: uuid.UUID,
    filters: Filters,
    sort: str,
    columns: collections.abc.Sequence[str],
    language: str,
    actor: actors.Actor,
    now: dt.datetime,
) -> Run:
    """Take in the wish for a list as a file, and put its making off to the worker.

    What was searched for may be somebody's name: it is the run's work and forgotten with its end.
    """
    wish = {"filter": filters.query(), "sort": sort, "columns": [one for one in exporting.COLUMNS if one in columns]}
    run = runs.accept(
        organization_id=organization_id,
        kind=KIND,
        parameters={runs.ITEMS: [wish], "language": language},
        total=exporting.count(organization_id, filters),
        actor=actor,
        now=now,
    )
    queue.defer("export_applications", run=run.pk, organization=organization_id)
    return run


@transaction.atomic
def export_applications(*, run_id: uuid.UUID, organization_id: uuid.UUID, now: dt.datetime) -> Run | None:
    """Make the file of a run and close the run; None if that was done before."""
    with acting_as(organization=organization_id):
        run = runs.start(run_id=run_id, now=now)
        if run is None:
            return None
        [wish] = run.parameters[runs.ITEMS]
        filters = narrowing.read(dict(urllib.parse.parse_qsl(wish["filter"])))
        columns = wish["columns"]
        with override(run.parameters["language"]):
            rows = exporting.rows(organization_id, filters, sort=wish["sort"], columns=columns)
            content = sheets.sheet(exporting.header(columns), rows)
        runs.reach(run_id=run_id, done=run.total)
        name = f"applications_{now.astimezone(clock.TOKYO):%Y%m%d%H%M}.csv"
        return runs.finish(run_id=run_id, now=now, file_name=name, file=content)
