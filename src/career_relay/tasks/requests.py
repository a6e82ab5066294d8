from __future__ import annotations

from procrastinate.contrib.django import app

from career_relay.flows import request_people as flow
from career_relay.kernel import clock


@app.periodic(cron="*/10 * * * *")
@app.task(name="keep_requests")
def keep_requests(timestamp: int) -> None:
    """Put requests before the next agency whose call has lapsed, and end those that were looked for long enough."""
    flow.keep_requests(now=clock.now())
