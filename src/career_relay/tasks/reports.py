from __future__ import annotations

from procrastinate.contrib.django import app

from career_relay.domain.people.reports import operations, queries
from career_relay.domain.people.reports.rules import year as rules
from career_relay.kernel import clock
from career_relay.kernel.tenancy.context import acting_as


@app.periodic(cron="20 0 * * *")
@app.task(name="remind_of_reports")
def remind_of_reports(timestamp: int) -> None:
    """Tell agencies, in the month before it is due, of the yearly report, each in a transaction of its own.

    Raises ExceptionGroup after all others, when some could not be told.
    """
    now = clock.now()
    today = clock.day_in_japan(now)
    year, failures = rules.year_to_remind_of(today), []
    if year is None:
        return
    for organization_id in queries.to_remind(year, today):
        try:
            with acting_as(organization=organization_id):
                operations.remind(organization_id=organization_id, year=year, now=now)
        except Exception as error:  # noqa: BLE001 -- one that fails must not keep the others waiting; raised below
            failures.append(error)
    if failures:
        raise ExceptionGroup("Some agencies could not be told of their yearly report.", failures)
