"""What is swept up by the clock. Each may run late, twice or side by side without harm."""

from __future__ import annotations

from django.contrib.sessions.backends.db import SessionStore
from procrastinate import JobContext
from procrastinate.contrib.django import app

from career_relay.capabilities.limits import operations as limits
from career_relay.domain.people.candidates import operations as candidates
from career_relay.kernel import clock

HOURS_FAILED_JOBS_ARE_KEPT = 30 * 24


@app.periodic(cron="*/10 * * * *")
@app.task(name="forget_ended_limits")
def forget_ended_limits(timestamp: int) -> None:
    """Delete the counts of tries whose time is over."""
    limits.forget_ended(now=clock.now())


@app.periodic(cron="5 * * * *")
@app.task(name="drop_expired_sign_ups")
def drop_expired_sign_ups(timestamp: int) -> None:
    """Delete what people typed who never entered their code."""
    candidates.drop_expired_sign_ups(now=clock.now())


@app.periodic(cron="20 * * * *")
@app.task(name="forget_ended_sessions")
def forget_ended_sessions(timestamp: int) -> None:
    """Delete the sessions of members that are over."""
    SessionStore.clear_expired()


@app.periodic(cron="40 18 * * *")
@app.task(name="forget_old_jobs", pass_context=True)
async def forget_old_jobs(context: JobContext, timestamp: int) -> None:
    """Delete failed jobs after a month; those that went well are deleted by the worker at once."""
    await context.app.job_manager.delete_old_jobs(
        nb_hours=HOURS_FAILED_JOBS_ARE_KEPT, include_failed=True, include_cancelled=True, include_aborted=True
    )
