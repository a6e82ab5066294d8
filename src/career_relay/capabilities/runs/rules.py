"""How a run ends, how fast it goes and how long it will take: pure, from its counts and times."""

from __future__ import annotations

import datetime as dt

from career_relay.capabilities.runs.models import Run

STEADY_AFTER = 3


def final_state(*, done: int, failed: int) -> Run.State:
    """Return how a run with these counts ended."""
    if not failed:
        return Run.State.DONE
    return Run.State.PARTLY_FAILED if done else Run.State.FAILED


def per_minute(*, handled: int, started_at: dt.datetime, now: dt.datetime) -> float | None:
    """Return how many items a minute were handled so far; None while that says nothing yet."""
    seconds = (now - started_at).total_seconds()
    return handled * 60 / seconds if handled >= STEADY_AFTER and seconds > 0 else None


def time_left(*, handled: int, total: int, started_at: dt.datetime, now: dt.datetime) -> dt.timedelta | None:
    """Return how long the rest will take at the rate so far; None while that is a guess."""
    rate = per_minute(handled=handled, started_at=started_at, now=now)
    return None if rate is None else dt.timedelta(minutes=max(0, total - handled) / rate)
