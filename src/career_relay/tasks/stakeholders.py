from __future__ import annotations

from procrastinate.contrib.django import app

from career_relay.domain.hiring.stakeholders import operations, queries
from career_relay.kernel import clock
from career_relay.kernel.tenancy.context import acting_as


@app.periodic(cron="30 0 * * *")
@app.task(name="remind_of_stakeholders")
def remind_of_stakeholders(timestamp: int) -> None:
    """In the morning in Japan, tell owners whose role and exchange of data is to be looked at again.

    Each employer in a transaction of its own. Raises ExceptionGroup after all others, when some could not be told.
    """
    now = clock.now()
    failures = []
    for organization_id in queries.employers_with_reviews(clock.day_in_japan(now)):
        try:
            with acting_as(organization=organization_id):
                operations.remind(organization_id=organization_id, now=now)
        except Exception as error:  # noqa: BLE001 -- one that fails must not keep the others waiting; raised below
            failures.append(error)
    if failures:
        raise ExceptionGroup("Some employers could not be told of their stakeholders.", failures)
