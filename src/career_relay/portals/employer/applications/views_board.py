"""The stage board: the applications in progress by stage, and moving one to another stage."""

from __future__ import annotations

import typing

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from career_relay.domain.ground.organizations import access
from career_relay.domain.hiring.applications.operations import corrections
from career_relay.flows import correct_application as flow
from career_relay.kernel import clock
from career_relay.portals.employer.applications import board as stage_board
from career_relay.portals.employer.applications import correction, scope

if typing.TYPE_CHECKING:
    from django.http import HttpResponse


@require_safe
@access.seat_required(kind="employer", right="see_applicants")
def board(request: access.StaffRequest) -> HttpResponse:
    """Show the applications in progress by stage."""
    page = stage_board.board(request.seat, request.GET, scope.postings_seen(request), clock.now())
    return render(request, "employer/applications/board.html", {"board": page})


@require_POST
@access.seat_required(kind="employer", right="correct_applications")
def move(request: access.StaffRequest) -> HttpResponse:
    """Bring an application to another stage, unless somebody else was first."""
    asked = stage_board.move(request.seat, request.POST)
    if asked is None:
        raise Http404
    try:
        corrected = flow.move_application(
            application_id=asked.application.id,
            seen=asked.seen,
            stage=asked.stage,
            reason=_("ボードで移動"),
            organization_id=request.seat.organization_id,
            user_id=request.user.pk,
            now=clock.now(),
        )
    except corrections.UnableToMove:
        messages.warning(request, stage_board.too_late(asked))
        return redirect(stage_board.address_after(request.GET, asked, is_moved=False))
    except corrections.UnableToCorrectMeanwhile as error:
        messages.warning(request, str(error))
        return redirect(stage_board.address_after(request.GET, asked, is_moved=False))
    messages.success(request, stage_board.result(asked))
    if corrected.mail:
        messages.info(request, correction.result(corrected))
    return redirect(stage_board.address_after(request.GET, asked, is_moved=True))
