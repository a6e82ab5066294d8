"""What waits besides new people, for the agency's page of today: calls, introductions, starts and checks."""

from __future__ import annotations

import dataclasses
import typing

from career_relay.domain.ground.requests import queries as requests
from career_relay.domain.people.introductions import queries as introductions
from career_relay.domain.people.placements import queries as placements
from career_relay.kernel import clock
from career_relay.portals.agency import words
from career_relay.portals.agency.introductions import listing

if typing.TYPE_CHECKING:
    import datetime as dt
    import uuid

MOST_SHOWN: typing.Final = 10


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """Something to find out about somebody hired: whether they started, or are still there after so many `days`."""

    line: placements.Line | placements.CheckLine
    days: int
    on: dt.date
    overdue: str


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Ahead:
    """What is to be done and what others are waited for. `ours` and `late` show the longest unchanged."""

    calls: int
    ours: list[listing.Row]
    late: list[listing.Row]
    ours_total: int
    for_person: int
    for_employer: int
    due: list[Due]

    @property
    def ours_hidden(self) -> int:
        """How many of those that the agency has to move the list has beyond the ones shown."""
        return self.ours_total - len(self.ours)

    @property
    def overdue(self) -> int:
        """For how many of those hired the day to find out has passed."""
        return sum(bool(one.overdue) for one in self.due)


def ahead(agency: uuid.UUID, now: dt.datetime) -> Ahead:
    """Return what waits for the agency and for others."""
    waiting, today = introductions.waiting(agency, now=now), clock.day_in_japan(now)
    late = [one for one in (*waiting.for_person, *waiting.for_employer) if one.is_late]
    return Ahead(
        calls=requests.waiting(agency),
        ours=[listing.row(one) for one in waiting.for_agency[:MOST_SHOWN]],
        late=[listing.row(one) for one in late[:MOST_SHOWN]],
        ours_total=len(waiting.for_agency),
        for_person=len(waiting.for_person),
        for_employer=len(waiting.for_employer),
        due=_due(agency, today),
    )


def _due(agency: uuid.UUID, today: dt.date) -> list[Due]:
    """Return the starts and the checks whose day has come, each the oldest first."""
    starts = [Due(line=one, days=0, on=one.start_on, overdue="") for one in placements.starts_due(agency, today)]
    checks = [Due(line=one, days=one.days, on=one.due_on, overdue="") for one in placements.checks_due(agency, today)]
    return [dataclasses.replace(one, overdue=words.overdue(one.on, today)) for one in (*starts, *checks)]
