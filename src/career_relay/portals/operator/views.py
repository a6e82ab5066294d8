"""The operator's pages: the network, its agencies, and what is decided about one."""

from __future__ import annotations

import typing

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from career_relay.design.forms import refusal_on
from career_relay.domain.ground.organizations import access
from career_relay.flows import check_licence
from career_relay.kernel import clock
from career_relay.kernel.errors import DomainError
from career_relay.portals.operator import agency_list, agency_page
from career_relay.portals.operator import home as pages
from career_relay.portals.operator.acting import acting
from career_relay.portals.operator.forms import ReasonForm

if typing.TYPE_CHECKING:
    import uuid


@require_safe
@access.seat_required(kind="operator", right="check_agencies")
def home(request: access.StaffRequest) -> HttpResponse:
    """Show how the network stands, and what waits for the operator."""
    return render(request, "operator/home.html", {"page": pages.home(request.seat.organization_id, clock.now())})


@require_safe
@access.seat_required(kind="operator", right="check_agencies")
def agencies(request: access.StaffRequest) -> HttpResponse:
    """List the agencies the address asks for."""
    return render(request, "operator/agencies.html", {"list": agency_list.agency_list(request.GET, clock.now())})


@require_safe
@access.seat_required(kind="operator", right="check_agencies")
def agency(request: access.StaffRequest, agency_id: uuid.UUID) -> HttpResponse:
    """Show what an agency told about itself, and what may be decided."""
    page = agency_page.page(request.seat.organization_id, agency_id, clock.now())
    return render(request, "operator/agency.html", {"page": page})


@require_safe
@access.seat_required(kind="operator", right="check_agencies")
def evidence(request: access.StaffRequest, agency_id: uuid.UUID, licence_id: uuid.UUID) -> HttpResponse:
    """Hand out the file of a licence, to be kept and never to be shown by the browser."""
    today = clock.day_in_japan(clock.now())
    found = check_licence.evidence(
        operator_id=request.seat.organization_id, agency_id=agency_id, licence_id=licence_id, today=today
    )
    if found is None:
        raise Http404
    headers = {
        "Content-Disposition": content_disposition_header(as_attachment=True, filename=found.evidence_name) or "",
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "private, no-store",
    }
    return HttpResponse(bytes(found.evidence), content_type=found.evidence_type, headers=headers)


@require_POST
@access.seat_required(kind="operator", right="check_agencies")
def confirm(request: access.StaffRequest, agency_id: uuid.UUID, licence_id: uuid.UUID) -> HttpResponse:
    """Confirm a licence; what was decided meanwhile is said on the agency's page."""
    _page(request, agency_id)
    try:
        check_licence.confirm_licence(agency_id=agency_id, licence_id=licence_id, **acting(request))
        messages.success(request, _("許可を確認済みにし、連携協定を提案しました。紹介会社にメールで知らせます。"))
    except DomainError as refusal:
        messages.error(request, str(refusal.message))
    return redirect("operator:agency", agency_id)


@require_http_methods(["GET", "HEAD", "POST"])
@access.seat_required(kind="operator", right="check_agencies")
def refuse(request: access.StaffRequest, agency_id: uuid.UUID, licence_id: uuid.UUID) -> HttpResponse:
    """Hand a licence back, with the reason."""
    page = _page(request, agency_id)
    if page.waiting is None or page.waiting.pk != licence_id:
        raise Http404
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        with refusal_on(form):
            check_licence.refuse_licence(
                agency_id=agency_id, licence_id=licence_id, reason=form.cleaned_data["reason"], **acting(request)
            )
            messages.success(request, _("許可を差し戻しました。紹介会社にメールで知らせます。"))
            return redirect("operator:agency", agency_id)
    return render(request, "operator/refuse.html", {"page": page, "form": form})


@require_http_methods(["GET", "HEAD", "POST"])
@access.seat_required(kind="operator", right="check_agencies")
def stop(request: access.StaffRequest, agency_id: uuid.UUID) -> HttpResponse:
    """Let an agency receive nobody until further notice, with the reason."""
    page = _page(request, agency_id)
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        with refusal_on(form):
            check_licence.stop_agency(agency_id=agency_id, reason=form.cleaned_data["reason"], **acting(request))
            messages.success(request, _("受け付けを停止しました。紹介会社にメールで知らせます。"))
            return redirect("operator:agency", agency_id)
    return render(request, "operator/stop.html", {"page": page, "form": form})


@require_POST
@access.seat_required(kind="operator", right="check_agencies")
def resume(request: access.StaffRequest, agency_id: uuid.UUID) -> HttpResponse:
    """End the stop of an agency."""
    _page(request, agency_id)
    try:
        check_licence.resume_agency(agency_id=agency_id, **acting(request))
        messages.success(request, _("受け付けの停止を解除しました。紹介会社にメールで知らせます。"))
    except DomainError as refusal:
        messages.error(request, str(refusal.message))
    return redirect("operator:agency", agency_id)


def _page(request: access.StaffRequest, agency_id: uuid.UUID) -> agency_page.Page:
    return agency_page.page(request.seat.organization_id, agency_id, clock.now())
