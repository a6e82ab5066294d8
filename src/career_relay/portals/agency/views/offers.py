"""People put before the agency without a name: taken on, or left to the next one."""

from __future__ import annotations

import typing

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from career_relay.domain.ground.organizations import access
from career_relay.domain.people.routing import operations, queries
from career_relay.flows import answer_assignment as flow
from career_relay.kernel import clock
from career_relay.portals.agency import home as pages
from career_relay.portals.agency.acting import acting
from career_relay.portals.agency.forms import DeclineForm

if typing.TYPE_CHECKING:
    import uuid

    from django.http import HttpResponse


@require_POST
@access.seat_required(kind="agency", right="take_people")
def accept(request: access.StaffRequest, assignment_id: uuid.UUID) -> HttpResponse:
    """Take a person on; from now on the agency knows who they are. A second click finds what the first one did."""
    try:
        flow.accept_assignment(assignment_id=assignment_id, **acting(request))
    except operations.UnableToAnswerAssignment:
        if queries.person(request.seat.organization_id, assignment_id) is None:
            raise
    else:
        messages.success(request, _("引き受けました。期限までに、最初の連絡をしてください。"))
    return redirect("agency:person", assignment_id)


@require_http_methods(["GET", "HEAD", "POST"])
@access.seat_required(kind="agency", right="take_people")
def decline(request: access.StaffRequest, assignment_id: uuid.UUID) -> HttpResponse:
    """Leave a person to the next agency, and say why."""
    form = DeclineForm(request.POST or None)
    if form.is_valid():
        try:
            flow.decline_assignment(assignment_id=assignment_id, **form.cleaned_data, **acting(request))
            messages.success(request, _("見送りを送信しました。"))
        except operations.UnableToAnswerAssignment as error:
            messages.warning(request, str(error))
        return redirect("agency:home")
    row = pages.offer(request.seat, assignment_id, clock.now())
    if row is None:
        raise Http404
    return render(request, "agency/people/offer_decline.html", {"row": row, "form": form})
