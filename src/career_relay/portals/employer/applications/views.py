"""The employer's own applicants: the list, the person, corrections, the process as a whole, and who waits for an answer."""

from __future__ import annotations

import typing

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from career_relay.design.forms import refusal_on
from career_relay.domain.ground.organizations import access
from career_relay.domain.hiring.applications import filters
from career_relay.flows import correct_application as flow
from career_relay.flows import export_applications as export_flow
from career_relay.kernel import clock
from career_relay.portals.employer.acting import acting
from career_relay.portals.employer.applications import (
    board,
    correction,
    listing,
    person,
    process_page,
    scope,
    untold_list,
)
from career_relay.portals.employer.applications.forms import CorrectionForm

if typing.TYPE_CHECKING:
    import uuid

    from django.http import HttpResponse


@require_safe
@access.seat_required(kind="employer", right="see_applicants")
def applications(request: access.StaffRequest) -> HttpResponse:
    """List the applications that the address asks for."""
    found = listing.application_list(request.seat, request.GET, scope.postings_seen(request))
    views = board.views(request.GET, on_board=False)
    return render(request, "employer/applications/applications.html", {"list": found, "views": views})


@require_POST
@access.seat_required(kind="employer", right="see_applicants")
def export(request: access.StaffRequest) -> HttpResponse:
    """Have the list that an address asks for made into a file, and show how far that is."""
    if not listing.may_export(request.seat):
        raise PermissionDenied
    query = QueryDict(request.POST.get("address", ""))
    run = export_flow.request_applications(
        filters=filters.read(query),
        sort=query.get("sort", ""),
        columns=[column.key for column in listing.columns_shown(query)],
        language=get_language() or "ja",
        **acting(request),
    )
    return redirect("account:run", run.pk)


@require_safe
@access.seat_required(kind="employer", right="see_applicants")
def applicant(request: access.StaffRequest, applicant_id: uuid.UUID) -> HttpResponse:
    """Show a person with all their applications that the member may see."""
    page = person.person(request.seat, applicant_id, scope.postings_seen(request))
    if page is None:
        raise Http404
    return render(request, "employer/applications/applicant.html", {"page": page})


@require_http_methods(["GET", "HEAD", "POST"])
@access.seat_required(kind="employer", right="correct_applications")
def correct(request: access.StaffRequest, applicant_id: uuid.UUID, application_id: uuid.UUID) -> HttpResponse:
    """Take in what was wrong in an application or about its person, and why it is changed."""
    page = correction.correction(request.seat, applicant_id, application_id)
    if page is None:
        raise Http404
    form = CorrectionForm(request.POST or None, initial=page.values)
    with refusal_on(form) as refusal:
        if form.is_valid():
            corrected = flow.correct_application(
                application_id=application_id,
                changes=form.changes,
                reason=form.cleaned_data["why"],
                organization_id=request.seat.organization_id,
                user_id=request.user.pk,
                now=clock.now(),
            )
            messages.success(request, correction.result(corrected))
            return redirect("employer:applicant", applicant_id)
    return render(request, "employer/applications/correct.html", {"page": page, "form": form}, status=refusal.status)


@require_safe
@access.seat_required(kind="employer", right="see_process")
def process(request: access.StaffRequest) -> HttpResponse:
    """Show how applications move: how far they come, how long that takes, how they end."""
    return render(
        request,
        "employer/applications/process.html",
        {"page": process_page.process(request.seat, request.GET, clock.now())},
    )


@require_safe
@access.seat_required(kind="employer", right="see_notices")
def untold(request: access.StaffRequest) -> HttpResponse:
    """List who was rejected and not told, those who wait longest first."""
    page = untold_list.untold_list(request.seat, request.GET, clock.now())
    return render(request, "employer/applications/untold.html", {"page": page})
