"""The yearly report by law: its figures, the rows behind each, the file, and the word that it was handed in."""

from __future__ import annotations

import typing

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from career_relay.domain.ground.organizations import access
from career_relay.domain.people.reports import operations
from career_relay.domain.people.reports.rules import year as rules
from career_relay.kernel import clock
from career_relay.portals.agency.acting import acting
from career_relay.portals.agency.refusals import at_its_field
from career_relay.portals.agency.reports import listing, page
from career_relay.portals.agency.reports.forms import FiledForm

if typing.TYPE_CHECKING:
    import datetime as dt


@require_safe
@access.seat_required(kind="agency", right="see_people")
def reports(request: access.StaffRequest) -> HttpResponse:
    """Show the year that is of interest now."""
    return _report(request, rules.first_shown(clock.day_in_japan(clock.now())))


@require_safe
@access.seat_required(kind="agency", right="see_people")
def report(request: access.StaffRequest, year: int) -> HttpResponse:
    """Show the figures of a year."""
    return _report(request, year)


@require_safe
@access.seat_required(kind="agency", right="see_people")
def rows(request: access.StaffRequest, year: int, figure: str) -> HttpResponse:
    """List what a figure counts."""
    found = listing.row_list(request.seat.organization_id, year, figure, request.GET, _moment(year))
    if found is None:
        raise Http404
    return render(request, "agency/reports/rows.html", {"list": found})


@require_safe
@access.seat_required(kind="agency", right="see_people")
def file(request: access.StaffRequest, year: int) -> HttpResponse:
    """Give the figures of a year as a file."""
    name, content = listing.file(request.seat.organization_id, year, _moment(year))
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type="text/csv; charset=utf-8", headers=headers)


@require_http_methods(["GET", "HEAD", "POST"])
@access.seat_required(kind="agency", right="manage_agency")
def filed(request: access.StaffRequest, year: int) -> HttpResponse:
    """Take in on which day the report was handed in."""
    found = page.report_page(request.seat, year, _moment(year))
    form = FiledForm(request.POST or None, initial={"filed_on": found.filed and found.filed.filed_on})
    if form.is_valid():
        with at_its_field(form):
            operations.file_report(year=year, filed_on=form.cleaned_data["filed_on"], **acting(request))
            messages.success(request, _("事業報告書の提出を記録しました。"))
            return redirect("agency:report", year)
    return render(request, "agency/reports/filed.html", {"page": found, "form": form})


def _report(request: access.StaffRequest, year: int) -> HttpResponse:
    found = page.report_page(request.seat, year, _moment(year))
    return render(request, "agency/reports/report.html", {"page": found})


def _moment(year: int) -> dt.datetime:
    """Return the present for a year that can be asked for; no page for any other."""
    now = clock.now()
    if not rules.is_year(year, clock.day_in_japan(now)):
        raise Http404
    return now
