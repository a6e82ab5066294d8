"""What is asked about hires on its day, and the files made of them."""

from __future__ import annotations

import uuid

from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from career_relay.capabilities.runs import operations as runs
from career_relay.flows import check_retention
from career_relay.flows import export_placements as flow
from career_relay.kernel import clock
from career_relay.kernel.tenancy.context import acting_as


@app.periodic(cron="0 0 * * *")
@app.task(name="ask_about_placements")
def ask_about_placements(timestamp: int) -> None:
    """Ask, at nine in the morning in Japan, about the starts and checks whose day has come."""
    check_retention.ask(now=clock.now())


@app.task(name="export_placements")
def export_placements(run: str, organization: str) -> None:
    """Make the file of a month's fees and refunds."""
    run_id, organization_id = uuid.UUID(run), uuid.UUID(organization)
    try:
        flow.export_placements(run_id=run_id, organization_id=organization_id, now=clock.now())
    except Exception:
        with acting_as(organization=organization_id):
            cause = _("途中で問題が起き、ファイルを作れませんでした。もう一度お試しください。")
            runs.break_off(run_id=run_id, cause=cause, now=clock.now())
        raise
