from __future__ import annotations

import uuid

from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from career_relay.capabilities.runs import operations as runs
from career_relay.flows import export_applications as flow
from career_relay.kernel import clock
from career_relay.kernel.tenancy.context import acting_as


@app.task(name="export_applications")
def export_applications(run: str, organization: str) -> None:
    """Make the file of a list of applications."""
    run_id, organization_id = uuid.UUID(run), uuid.UUID(organization)
    try:
        flow.export_applications(run_id=run_id, organization_id=organization_id, now=clock.now())
    except Exception:
        with acting_as(organization=organization_id):
            cause = _("途中で問題が起き、ファイルを作れませんでした。もう一度お試しください。")
            runs.break_off(run_id=run_id, cause=cause, now=clock.now())
        raise
