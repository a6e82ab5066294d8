"""Which yearly reports were handed in, and whom to remind of one."""

from __future__ import annotations

import typing

from career_relay.domain.people.reports.models import YearlyReport
from career_relay.domain.people.reports.rules import year as rules
from career_relay.kernel.tenancy import gate

if typing.TYPE_CHECKING:
    import datetime as dt
    import uuid


def filed(organization_id: uuid.UUID, year: int) -> YearlyReport | None:
    """Return the agency's word that it handed a year's report in; None without one. The caller acts as it."""
    told = YearlyReport.objects.filter(organization_id=organization_id, year=year, filed_on__isnull=False)
    return told.select_related("filed_by__user").first()


def report_to_hand_in(organization_id: uuid.UUID, today: dt.date) -> rules.Period | None:
    """Return the year whose report is to be handed in now, or was due last month, and has not been."""
    if not rules.is_wanted(today):
        return None
    period = rules.Period(year=rules.year_to_report(today), today=today)
    return None if filed(organization_id, period.year) else period


def to_remind(year: int, today: dt.date) -> list[uuid.UUID]:
    """Return the agencies with a licence today that were not told of a year's report yet and have not handed it in."""
    return [row["organization_id"] for row in gate.rows("reports_due", year, today)]
