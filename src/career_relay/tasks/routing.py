"""Who waits for an agency, and which agency lets somebody wait. Each may run late, twice or side by side without harm."""

from __future__ import annotations

import typing
import uuid

from django.db import InterfaceError, OperationalError
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from career_relay.flows import keep_deadlines as deadlines
from career_relay.flows import route_candidate as flow
from career_relay.kernel import clock

WHEN_IT_IS_FREE: typing.Final = RetryStrategy(
    max_attempts=5, wait=5, retry_exceptions=(OperationalError, InterfaceError)
)


@app.task(name="route_candidate", retry=WHEN_IT_IS_FREE)
def route_candidate(candidate: str) -> None:
    """Put a person before an agency, just after they agreed or the last agency left them."""
    flow.route_candidate(candidate_id=uuid.UUID(candidate), now=clock.now())


@app.periodic(cron="*/5 * * * *")
@app.task(name="route_waiting")
def route_waiting(timestamp: int) -> None:
    """Put everybody who waits before an agency, and tell the agencies."""
    flow.route_waiting(now=clock.now())


@app.task(name="take_people_back")
def take_people_back() -> None:
    """Take people back at once from whoever may not keep them, when the operator stops it or the agreement with it no longer holds."""
    deadlines.keep_deadlines(now=clock.now())


@app.periodic(cron="*/10 * * * *")
@app.task(name="keep_deadlines")
def keep_deadlines(timestamp: int) -> None:
    """Take people back from agencies whose time is over."""
    deadlines.keep_deadlines(now=clock.now())
