"""Proposals that nobody answers. May run late, twice or side by side without harm."""

from __future__ import annotations

from procrastinate.contrib.django import app

from career_relay.flows import end_introductions as flow
from career_relay.kernel import clock


@app.periodic(cron="*/10 * * * *")
@app.task(name="keep_introductions")
def keep_introductions(timestamp: int) -> None:
    """End the proposals whose time is over, and remind people of those whose time is near."""
    flow.keep_introductions(now=clock.now())
