"""A year's report from the reminder to the agency's word that it was handed in."""

from __future__ import annotations

import typing

from career_relay.capabilities.facts import operations as facts
from career_relay.domain.ground.organizations.operations import seats
from career_relay.domain.people.reports import letters
from career_relay.domain.people.reports.models import YearlyReport
from career_relay.domain.people.reports.operations import errors
from career_relay.domain.people.reports.rules import year as rules
from career_relay.kernel import clock

if typing.TYPE_CHECKING:
    import datetime as dt
    import uuid

    from career_relay.kernel import actors


def file_report(
    *, organization_id: uuid.UUID, year: int, filed_on: dt.date, actor: actors.Actor, now: dt.datetime
) -> YearlyReport:
    """Take down on which day a year's report was handed in; said again, the later word counts. The caller acts as it.

    Raises UnableToActWithoutRight, UnableToFileReport.
    """
    seat = seats.acting(organization_id=organization_id, actor=actor, right="manage_agency")
    period = rules.Period(year=year, today=clock.day_in_japan(now))
    if not period.is_over or not period.last < filed_on <= period.today:
        raise errors.UnableToFileReport(period.last, is_over=period.is_over)
    report, _is_new = YearlyReport.objects.get_or_create(organization_id=organization_id, year=year)
    report.filed_on, report.filed_by, report.filed_at = filed_on, seat, now
    report.save(update_fields=["filed_on", "filed_by", "filed_at"])
    facts.record(
        "report.filed", actor=actor, occurred_at=now, organization=organization_id, subject=report.pk, year=year
    )
    return report


def remind(*, organization_id: uuid.UUID, year: int, now: dt.datetime) -> bool:
    """Tell the agency's managers that a year's report is due; False when that was done, or it was handed in, before.

    The caller acts as the agency.
    """
    report, _is_new = YearlyReport.objects.select_for_update(no_key=True).get_or_create(
        organization_id=organization_id, year=year
    )
    if report.reminded_at or report.filed_on:
        return False
    report.reminded_at = now
    report.save(update_fields=["reminded_at"])
    letters.tell_of_due(organization_id, rules.Period(year=year, today=clock.day_in_japan(now)), now=now)
    return True
