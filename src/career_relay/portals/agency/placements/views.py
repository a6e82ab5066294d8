"""Hires: the list with its figures, one hire with its fee and checks, and what is told about it."""

from __future__ import annotations

import typing

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from career_relay.domain.ground.organizations import access
from career_relay.flows import export_placements as flow
from career_relay.flows.print_placement import print_placement
from career_relay.kernel import clock
from career_relay.portals.agency.acting import acting
from career_relay.portals.agency.placements import acts, listing
from career_relay.portals.agency.placements import page as pages
from career_relay.portals.agency.placements.forms import MonthForm
from career_relay.portals.agency.refusals import at_its_field

if typing.TYPE_CHECKING:
    import uuid


@require_safe
@access.seat_required(kind="agency", right="see_people")
def placements(request: access.StaffRequest) -> HttpResponse:
    """List the hires the address asks for, with the figures of the year."""
    found = listing.placement_list(request.seat, request.GET, clock.now())
    return render(request, "agency/placements/placements.html", {"list": found})


@require_safe
@access.seat_required(kind="agency", right="see_people")
def placement(request: access.StaffRequest, placement_id: uuid.UUID) -> HttpResponse:
    """Show one hire: where it stands, fee and refund, checks."""
    return render(request, "agency/placements/placement.html", {"page": _page(request, placement_id)})


@require_safe
@access.seat_required(kind="agency", right="see_people")
def paper(request: access.StaffRequest, placement_id: uuid.UUID) -> HttpResponse:
    """Hand out what a hire cost as a PDF, to be kept and never to be shown by the browser."""
    printed = print_placement(organization_id=request.seat.organization_id, placement_id=placement_id, now=clock.now())
    if printed is None:
        raise Http404
    headers = {
        "Content-Disposition": content_disposition_header(as_attachment=True, filename=printed.name) or "",
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "private, no-store",
    }
    return HttpResponse(printed.content, content_type="application/pdf", headers=headers)


@require_http_methods(["GET", "HEAD", "POST"])
@access.seat_required(kind="agency", right="take_people")
def tell(request: access.StaffRequest, placement_id: uuid.UUID, code: str) -> HttpResponse:
    """Take in that somebody started, did not start, or left."""
    page, act = _page(request, placement_id), acts.ACTS[code]
    return _tell(request, page, act, is_open=code in page.acts, placement_id=placement_id)


@require_http_methods(["GET", "HEAD", "POST"])
@access.seat_required(kind="agency", right="take_people")
def check(request: access.StaffRequest, placement_id: uuid.UUID, check_id: uuid.UUID) -> HttpResponse:
    """Take in whether somebody is still there, for a company outside the network."""
    page = _page(request, placement_id)
    row = next((one for one in page.checks if one.line.check_id == check_id), None)
    if row is None:
        raise Http404
    return _tell(request, page, acts.CHECK, is_open=bool(row.url), check_id=check_id)


@require_POST
@access.seat_required(kind="agency", right="see_runs")
def export(request: access.StaffRequest) -> HttpResponse:
    """Have the fees and refunds of a month made into a file, and show how far that is."""
    form = MonthForm(request.POST, today=clock.day_in_japan(clock.now()))
    if not form.is_valid():
        raise Http404
    run = flow.request_placements(month=form.first, language=get_language() or "ja", **acting(request))
    return redirect("account:run", run.pk)


def _tell(
    request: access.StaffRequest, page: pages.PlacementPage, act: acts.Act, *, is_open: bool, **about: uuid.UUID
) -> HttpResponse:
    if not is_open:
        messages.warning(request, _("いまの状態では、その記録はできません。この成約のいまの状態を確かめてください。"))
        return redirect("agency:placement", page.placement.pk)
    form = act.form(request.POST or None, placement=page.placement)
    if form.is_valid():
        with at_its_field(form):
            act.run(**about, **form.told, **acting(request))
            messages.success(request, str(act.done))
            return redirect("agency:placement", page.placement.pk)
    return render(request, "agency/placements/tell.html", {"page": page, "act": act, "form": form})


def _page(request: access.StaffRequest, placement_id: uuid.UUID) -> pages.PlacementPage:
    page = pages.placement_page(request.seat, placement_id, clock.now())
    if page is None:
        raise Http404
    return page
