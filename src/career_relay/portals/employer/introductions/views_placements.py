"""The people an employer hired by introduction: the list, one of them, and what is told about them."""

from __future__ import annotations

import typing

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from career_relay.domain.ground.organizations import access
from career_relay.flows import check_retention, record_placement
from career_relay.flows.print_placement import print_placement
from career_relay.kernel import clock
from career_relay.portals.employer.acting import acting
from career_relay.portals.employer.introductions import placement_list, placement_page
from career_relay.portals.employer.introductions.placement_forms import (
    CheckForm,
    LeavingForm,
    NotStartedForm,
    StartForm,
)
from career_relay.portals.employer.introductions.refusals import at_its_field

if typing.TYPE_CHECKING:
    import uuid

    from django import forms


@require_safe
@access.seat_required(kind="employer", right="see_introductions")
def placements(request: access.StaffRequest) -> HttpResponse:
    """List the people who accepted an offer, and what each agency brought."""
    found = placement_list.placement_list(request.seat, request.GET, clock.now())
    return render(request, "employer/placements/list.html", {"list": found})


@require_safe
@access.seat_required(kind="employer", right="see_introductions")
def placement(request: access.StaffRequest, placement_id: uuid.UUID) -> HttpResponse:
    """Show one hire: the start, the fee, the checks."""
    return render(request, "employer/placements/placement.html", {"page": _page(request, placement_id)})


@require_safe
@access.seat_required(kind="employer", right="see_introductions")
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
@access.seat_required(kind="employer", right="decide_introductions")
def start(request: access.StaffRequest, placement_id: uuid.UUID) -> HttpResponse:
    """Take down that somebody has started."""
    page = _page(request, placement_id)
    form = StartForm(request.POST or None, placement=page.one)
    if not page.may_start:
        return _elsewhere(request, placement_id)
    with at_its_field(form) as refusal:
        if form.is_valid():
            record_placement.confirm_start(placement_id=placement_id, **form.cleaned_data, **acting(request))
            messages.success(request, _("入社を記録しました。"))
            return redirect("employer:placement", placement_id)
    return _asked(request, "start", page, form, refusal.status)


@require_http_methods(["GET", "HEAD", "POST"])
@access.seat_required(kind="employer", right="decide_introductions")
def not_started(request: access.StaffRequest, placement_id: uuid.UUID) -> HttpResponse:
    """Take down that somebody never starts."""
    page, form = _page(request, placement_id), NotStartedForm(request.POST or None)
    if not page.may_start:
        return _elsewhere(request, placement_id)
    with at_its_field(form) as refusal:
        if form.is_valid():
            record_placement.not_started(placement_id=placement_id, **form.cleaned_data, **acting(request))
            messages.success(request, _("入社に至らなかったことを記録しました。手数料はかかりません。"))
            return redirect("employer:placement", placement_id)
    return _asked(request, "not_started", page, form, refusal.status)


@require_http_methods(["GET", "HEAD", "POST"])
@access.seat_required(kind="employer", right="decide_introductions")
def left(request: access.StaffRequest, placement_id: uuid.UUID) -> HttpResponse:
    """Take down that somebody left."""
    page, form = _page(request, placement_id), LeavingForm(request.POST or None)
    if not page.may_leave:
        return _elsewhere(request, placement_id)
    with at_its_field(form) as refusal:
        if form.is_valid():
            record_placement.record_leaving(placement_id=placement_id, **form.cleaned_data, **acting(request))
            messages.success(request, _("退職を記録しました。"))
            return redirect("employer:placement", placement_id)
    return _asked(request, "left", page, form, refusal.status)


@require_http_methods(["GET", "HEAD", "POST"])
@access.seat_required(kind="employer", right="decide_introductions")
def check(request: access.StaffRequest, placement_id: uuid.UUID, check_id: uuid.UUID) -> HttpResponse:
    """Take down whether somebody is still in post."""
    page = _page(request, placement_id)
    form = CheckForm(request.POST or None, initial=page.said(check_id))
    if not page.holds(check_id):
        raise Http404
    if not page.may_answer(check_id):
        return _elsewhere(request, placement_id)
    with at_its_field(form) as refusal:
        if form.is_valid():
            check_retention.answer(check_id=check_id, **form.told, **acting(request))
            messages.success(request, _("在籍の確認に答えました。"))
            return redirect("employer:placement", placement_id)
    return _asked(request, "check", page, form, refusal.status)


def _page(request: access.StaffRequest, placement_id: uuid.UUID) -> placement_page.PlacementPage:
    found = placement_page.page(request.seat, placement_id, clock.now())
    if found is None:
        raise Http404
    return found


def _asked(
    request: access.StaffRequest, name: str, page: placement_page.PlacementPage, form: forms.Form, status: int
) -> HttpResponse:
    return render(request, f"employer/placements/{name}.html", {"page": page, "form": form}, status=status)


def _elsewhere(request: access.StaffRequest, placement_id: uuid.UUID) -> HttpResponse:
    """Lead to the page as it stands now, and say why."""
    messages.warning(
        request, _("この操作は、いまはできません。すでに記録されていないか、いまの状態を確かめてください。")
    )
    return redirect("employer:placement", placement_id)
