from __future__ import annotations

from procrastinate.contrib.django import app

from career_relay.domain.ground.agreements import operations, queries
from career_relay.kernel import clock
from career_relay.kernel.tenancy.context import acting_as


@app.periodic(cron="30 0 * * *")
@app.task(name="remind_of_reviews")
def remind_of_reviews(timestamp: int) -> None:
    """Tell both sides of each agreement that is to be looked at again, at half past nine in Japan; each reminder once.

    Each agreement has a transaction of its own. Raises ExceptionGroup after all others, when some could not be told.
    """
    now = clock.now()
    today = clock.day_in_japan(now)
    failures = []
    for due in queries.reviews_near(today):
        try:
            with acting_as(organization=due.organization_id):
                operations.remind_of_review(
                    organization_id=due.organization_id, agreement_id=due.agreement_id, today=today, now=now
                )
        except Exception as error:  # noqa: BLE001 -- one that fails must not keep the others waiting; raised below
            failures.append(error)
    if failures:
        raise ExceptionGroup("Some agreements could not be reminded of.", failures)
