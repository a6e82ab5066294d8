from __future__ import annotations

from procrastinate.contrib.django import app

from career_relay.domain.people.complaints import operations, queries
from career_relay.kernel import clock
from career_relay.kernel.tenancy.context import acting_as


@app.periodic(cron="40 0 * * *")
@app.task(name="remind_of_complaints")
def remind_of_complaints(timestamp: int) -> None:
    """Tell operators of complaints whose answer is overdue, each in a transaction of its own.

    Raises ExceptionGroup after all others, when some could not be told.
    """
    now, failures = clock.now(), []
    for operator_id in queries.to_remind(clock.day_in_japan(now)):
        try:
            with acting_as(organization=operator_id):
                operations.remind(operator_id=operator_id, now=now)
        except Exception as error:  # noqa: BLE001 -- one that fails must not keep the others waiting; raised below
            failures.append(error)
    if failures:
        raise ExceptionGroup("Some operators could not be told of overdue complaints.", failures)
