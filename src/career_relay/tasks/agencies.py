from __future__ import annotations

from procrastinate.contrib.django import app

from career_relay.domain.ground.agencies import operations, queries
from career_relay.kernel import clock
from career_relay.kernel.tenancy.context import acting_as


@app.periodic(cron="10 0 * * *")
@app.task(name="remind_of_licences")
def remind_of_licences(timestamp: int) -> None:
    """Tell agencies of licences that end or have ended, each agency in a transaction of its own; in the morning in Japan.

    Raises ExceptionGroup after all others, when some could not be told.
    """
    now = clock.now()
    today = clock.day_in_japan(now)
    failures = []
    for one in queries.ending(today):
        try:
            with acting_as(organization=one.organization_id):
                operations.remind_of_end(
                    organization_id=one.organization_id, licence_id=one.licence_id, today=today, now=now
                )
        except Exception as error:  # noqa: BLE001 -- one that fails must not keep the others waiting; raised below
            failures.append(error)
    if failures:
        raise ExceptionGroup("Some agencies could not be told of their licence's end.", failures)
