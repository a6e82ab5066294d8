"""The operator's yearly figures."""

from __future__ import annotations

import typing

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from career_relay.domain.ground.organizations import access
from career_relay.domain.people.reports.rules import network as rules
from career_relay.kernel import clock
from career_relay.portals.operator import yearly as pages

if typing.TYPE_CHECKING:
    import datetime as dt


@require_safe
@access.seat_required(kind="operator", right="check_agencies")
def latest(request: access.StaffRequest) -> HttpResponse:
    """Show the year that is of interest now."""
    year = rules.first_shown(clock.day_in_japan(clock.now()))
    return render(request, "operator/yearly.html", {"page": _page(year, clock.now())})


@require_safe
@access.seat_required(kind="operator", right="check_agencies")
def yearly(request: access.StaffRequest, year: int) -> HttpResponse:
    """Show the figures of a year."""
    return render(request, "operator/yearly.html", {"page": _page(year, clock.now())})


@require_safe
@access.seat_required(kind="operator", right="check_agencies")
def file(request: access.StaffRequest, year: int) -> HttpResponse:
    """Give the figures of a year as a file."""
    now = clock.now()
    name, content = pages.file(_page(year, now), now)
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type="text/csv; charset=utf-8", headers=headers)


def _page(year: int, now: dt.datetime) -> pages.YearlyPage:
    found = pages.page(year, now)
    if found is None:
        raise Http404
    return found
