"""What the operator's home says: checks that wait, agencies by standing, people who wait, agencies to look at."""

from __future__ import annotations

import dataclasses
import typing

from django.utils.translation import gettext as _

from career_relay.domain.people.complaints import queries as complaints
from career_relay.domain.people.routing import queries as routing
from career_relay.kernel import clock
from career_relay.portals.operator import agency_list

if typing.TYPE_CHECKING:
    import datetime as dt
    import uuid

    from career_relay.portals.operator.agency_list import Row


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Home:
    """The page's content. People are numbers here; the operator sees none of them."""

    checks: list[Row]
    late: list[Row]
    ended: list[Row]
    ending: list[Row]
    agencies: int
    licensed: int
    stopped: int
    unplaced: routing.Unplaced
    active: int
    overdue: int
    complaints: int
    complaints_overdue: int
    today: dt.date

    @property
    def lead(self) -> str:
        """What waits for the operator today, in one sentence."""
        if not self.checks:
            return _("確認を待っている許可はありません。")
        return _("許可の確認を待っている紹介会社が %(n)d 社あります。") % {"n": len(self.checks)}


def home(operator_id: uuid.UUID, now: dt.datetime) -> Home:
    """Return the page. The caller acts as the operator."""
    rows = agency_list.rows(now)
    figures = [row.figures for row in rows if row.figures is not None]
    checks = sorted((row for row in rows if row.line.waiting_since), key=lambda row: row.line.waiting_since or now)
    told = complaints.counts(operator_id, clock.day_in_japan(now))
    return Home(
        checks=checks,
        late=sorted((row for row in rows if row.is_late), key=_overdue, reverse=True),
        ended=sorted((row for row in rows if row.has_lost_licence), key=_active, reverse=True),
        ending=sorted((row for row in rows if row.ends_soon), key=lambda row: row.line.standing.days_left or 0),
        agencies=len(rows),
        licensed=sum(row.line.standing.may_act for row in rows),
        stopped=sum(row.line.standing.state == "stopped" for row in rows),
        unplaced=routing.unplaced(now),
        active=sum(one.active for one in figures),
        overdue=sum(one.overdue for one in figures),
        complaints=told["open"],
        complaints_overdue=told["overdue"],
        today=clock.day_in_japan(now),
    )


def _overdue(row: Row) -> int:
    return row.figures.overdue if row.figures else 0


def _active(row: Row) -> int:
    return row.figures.active if row.figures else 0
