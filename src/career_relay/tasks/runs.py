"""An end for work whose job the queue gave up: whoever watches it must not wait for ever, nor block others by waiting."""

from __future__ import annotations

import typing
import uuid

from django.utils.translation import gettext_lazy as _
from procrastinate.contrib.django import app

from career_relay.capabilities import queue
from career_relay.capabilities.runs import operations as runs
from career_relay.flows import receive_applications as imports
from career_relay.kernel import clock
from career_relay.kernel.tenancy.context import acting_as

CAUSE: typing.Final = _(
    "処理が何度も途中で止まったため、終わりにしました。もう一度お試しください。続くときは、運営者に連絡してください。"
)


@app.periodic(cron="* * * * *")
@app.task(name="end_abandoned_runs")
def end_abandoned_runs(timestamp: int) -> None:
    """Close the runs whose job died with its worker too often; those that are over already stay as they are."""
    for job in queue.given_up("run"):
        try:
            run_id, organization_id = uuid.UUID(job.arguments["run"]), uuid.UUID(job.arguments["organization"])
        except ValueError:  # such a job could not begin, and stands for no run
            continue
        if job.task in imports.TASKS:
            imports.break_off_import(run_id=run_id, organization_id=organization_id, cause=CAUSE, now=clock.now())
        else:
            with acting_as(organization=organization_id):
                runs.break_off(run_id=run_id, cause=str(CAUSE), now=clock.now())
