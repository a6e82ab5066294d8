"""Until when a complaint is to be answered. The law's guideline wants it prompt; the number is ours."""

from __future__ import annotations

import typing

from career_relay.kernel import clock
from career_relay.kernel.japanese import working_days

if typing.TYPE_CHECKING:
    import datetime as dt

ANSWER_DAYS: typing.Final = 10


def due_on(received_at: dt.datetime) -> dt.date:
    """Return the last day of the answer: so many working days after the day it came, in Japan."""
    return working_days.add_working_days(clock.day_in_japan(received_at), ANSWER_DAYS)
