"""The ledger page of one month, and the ways to its neighbours."""

from __future__ import annotations

import dataclasses
import datetime as dt
import typing

from django.http import Http404
from django.urls import reverse

from career_relay.domain.ground.credits import queries as ledger
from career_relay.domain.ground.organizations import rules
from career_relay.domain.ground.programmes import queries as programmes
from career_relay.domain.ground.programmes.models import DEFAULT_PROGRAMME_ID
from career_relay.kernel import clock

if typing.TYPE_CHECKING:
    from career_relay.domain.ground.organizations.queries import Seat


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class MonthPage:
    """A statement with its neighbours; an empty address where there is none."""

    statement: ledger.Statement
    standing: ledger.Standing
    earlier_url: str
    later_url: str
    file_url: str
    printed_at: dt.datetime


def asked(seat: Seat, year: int | None, month: int | None, now: dt.datetime) -> dt.date:
    """Return the first day of the month an address names, of the present one if it names none.

    Raises Http404 for a month that does not exist, has not begun, or was before the employer joined.
    """
    present = _month_of(now)
    if year is None or month is None:
        return present
    try:
        first = dt.date(year, month, 1)
    except ValueError as error:
        raise Http404 from error
    if not _first_month(seat, now) <= first <= present:
        raise Http404
    return first


def page(seat: Seat, first: dt.date, now: dt.datetime) -> MonthPage:
    """Return the page of the month that begins on `first`."""
    own = {"organization_id": seat.organization_id, "programme_id": DEFAULT_PROGRAMME_ID}
    return MonthPage(
        statement=ledger.statement(**own, month=first),
        standing=ledger.standing(**own, now=now),
        earlier_url=_url("statement", _before(first)) if first > _first_month(seat, now) else "",
        later_url=_url("statement", _after(first)) if first < _month_of(now) else "",
        file_url=_url("statement_file", first) if rules.may(seat.role, "see_runs") else "",
        printed_at=now,
    )


def _first_month(seat: Seat, now: dt.datetime) -> dt.date:
    """Return the month the employer's ledger begins with: the one it joined in."""
    return _month_of(programmes.joined_at(seat.organization_id) or now)


def _month_of(moment: dt.datetime) -> dt.date:
    return clock.day_in_japan(moment).replace(day=1)


def _before(first: dt.date) -> dt.date:
    return (first - dt.timedelta(days=1)).replace(day=1)


def _after(first: dt.date) -> dt.date:
    return (first + dt.timedelta(days=31)).replace(day=1)


def _url(view: str, first: dt.date) -> str:
    return reverse(f"employer:{view}", args=[first.year, first.month])
