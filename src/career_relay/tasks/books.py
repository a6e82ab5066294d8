"""The books by law: their files, and the end of what has been kept long enough."""

from __future__ import annotations

import uuid

from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from career_relay.capabilities.runs import operations as runs
from career_relay.domain.people.books import operations, queries
from career_relay.flows import export_book as flow
from career_relay.kernel import actors, clock
from career_relay.kernel.tenancy.context import acting_as


@app.periodic(cron="50 18 * * *")
@app.task(name="drop_book_entries")
def drop_book_entries(timestamp: int) -> None:
    """Delete who a seeker was once it has been kept as long as the law wants, each agency's in a transaction of its own."""
    now = clock.now()
    for organization_id, entry_ids in queries.over(clock.day_in_japan(now)).items():
        with acting_as(organization=organization_id):
            operations.drop(organization_id=organization_id, entry_ids=entry_ids, actor=actors.SYSTEM, now=now)


@app.task(name="export_book")
def export_book(run: str, organization: str) -> None:
    """Make the file of a book."""
    run_id, organization_id = uuid.UUID(run), uuid.UUID(organization)
    try:
        flow.export_book(run_id=run_id, organization_id=organization_id, now=clock.now())
    except Exception:
        with acting_as(organization=organization_id):
            cause = _("途中で問題が起き、ファイルを作れませんでした。もう一度お試しください。")
            runs.break_off(run_id=run_id, cause=cause, now=clock.now())
        raise
