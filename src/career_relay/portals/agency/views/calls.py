"""Requests of employers for somebody to be introduced: those that wait, what they say, taken on or left to the next."""

from __future__ import annotations

import typing

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from career_relay.domain.ground.organizations import access
from career_relay.domain.ground.requests import operations
from career_relay.flows import request_people as flow
from career_relay.kernel import clock
from career_relay.portals.agency import calls_page
from career_relay.portals.agency.acting import acting
from career_relay.portals.agency.calls_forms import CallDeclineForm
from career_relay.portals.agency.refusals import at_its_field

if typing.TYPE_CHECKING:
    import uuid

    from django.http import HttpResponse


@require_safe
@access.seat_required(kind="agency", right="see_people")
def calls(request: access.StaffRequest) -> HttpResponse:
    """List the requests the address asks for."""
    found = calls_page.call_list(request.seat, request.GET, clock.now())
    return render(request, "agency/calls/calls.html", {"list": found})


@require_safe
@access.seat_required(kind="agency", right="see_people")
def call(request: access.StaffRequest, call_id: uuid.UUID) -> HttpResponse:
    """Show what an employer asks for, and on which terms."""
    return render(request, "agency/calls/call.html", {"page": _page(request, call_id)})


@require_POST
@access.seat_required(kind="agency", right="take_people")
def accept(request: access.StaffRequest, call_id: uuid.UUID) -> HttpResponse:
    """Begin to look for somebody: the agency has a posting of its own from now on. A second click finds the same one."""
    page = _page(request, call_id)
    if page.call.posting_id:
        return redirect("agency:posting", page.call.posting_id)
    try:
        posting = flow.accept_call(call_id=call_id, **acting(request))
    except (operations.UnableToAnswerCall, operations.UnableToTakeCall) as error:
        messages.warning(request, str(error.message))
        return redirect("agency:call", call_id)
    messages.success(request, _("引き受けました。この求人に合う方を推薦できます。"))
    return redirect("agency:posting", posting.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@access.seat_required(kind="agency", right="take_people")
def decline(request: access.StaffRequest, call_id: uuid.UUID) -> HttpResponse:
    """Leave a request to the next agency, and say why."""
    page, form = _page(request, call_id), CallDeclineForm(request.POST or None)
    if not page.may_decline:
        return redirect("agency:call", call_id)
    if form.is_valid():
        with at_its_field(form):
            flow.decline_call(call_id=call_id, **form.cleaned_data, **acting(request))
            messages.success(request, _("見送りを送信しました。"))
            return redirect("agency:calls")
    return render(request, "agency/calls/decline.html", {"page": page, "form": form})


def _page(request: access.StaffRequest, call_id: uuid.UUID) -> calls_page.CallPage:
    page = calls_page.call_page(request.seat, call_id, clock.now())
    if page is None:
        raise Http404
    return page
