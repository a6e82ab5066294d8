"""The operator's pages of complaints."""

from __future__ import annotations

import typing

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from career_relay.design.forms import refusal_on
from career_relay.domain.ground.organizations import access
from career_relay.flows import answer_complaint
from career_relay.kernel import clock
from career_relay.kernel.errors import DomainError
from career_relay.portals.operator import complaint_pages as pages
from career_relay.portals.operator.acting import acting
from career_relay.portals.operator.forms import AnswerForm

if typing.TYPE_CHECKING:
    import uuid

    from django.http import HttpResponse


@require_safe
@access.seat_required(kind="operator", right="check_agencies")
def complaints(request: access.StaffRequest) -> HttpResponse:
    """List the complaints the address asks for."""
    shown = pages.complaint_list(request.seat.organization_id, request.GET, clock.now())
    return render(request, "operator/complaints.html", {"list": shown})


@require_http_methods(["GET", "HEAD", "POST"])
@access.seat_required(kind="operator", right="check_agencies")
def complaint(request: access.StaffRequest, complaint_id: uuid.UUID) -> HttpResponse:
    """Show a complaint, and answer it."""
    row, form = _row(request, complaint_id), AnswerForm(request.POST or None)
    if form.is_valid():
        with refusal_on(form):
            words = form.cleaned_data["answer"]
            answer_complaint.answer_complaint(complaint_id=complaint_id, words=words, **acting(request))
            messages.success(request, _("回答しました。ご本人にメールで知らせます。"))
            return redirect("operator:complaint", complaint_id)
    return render(request, "operator/complaint.html", {"row": row, "form": form})


@require_POST
@access.seat_required(kind="operator", right="check_agencies")
def take_up(request: access.StaffRequest, complaint_id: uuid.UUID) -> HttpResponse:
    """Say that one looks into it; what happened meanwhile is said on the page."""
    _row(request, complaint_id)
    try:
        answer_complaint.take_up(complaint_id=complaint_id, **acting(request))
        messages.success(request, _("確認中にしました。"))
    except DomainError as refusal:
        messages.error(request, str(refusal.message))
    return redirect("operator:complaint", complaint_id)


def _row(request: access.StaffRequest, complaint_id: uuid.UUID) -> pages.Row:
    found = pages.complaint(request.seat.organization_id, complaint_id, clock.now())
    if found is None:
        raise Http404
    return found
