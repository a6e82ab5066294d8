from __future__ import annotations

from procrastinate.contrib.django import app

from career_relay.domain.ground.agencies import operations, queries
from career_relay.kernel import clock
from career_relay.kernel.tenancy.context import acting_as


@app.periodic(cron="10 0 * * *")
@app.task(name="remind_of_licences")
def remind_of_licences(timestamp: int) -> None:
    """Tell agencies of licences that end or have ended, each agency in a transaction of its own; in the morning in Japan."""
    now = clock.now()
    today = clock.day_in_japan(now)
    for one in queries.ending(today):
        with acting_as(organization=one.organization_id):
            operations.remind_of_end(
                organization_id=one.organization_id, licence_id=one.licence_id, today=today, now=now
            )
