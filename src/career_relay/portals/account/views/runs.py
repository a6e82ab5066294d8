from __future__ import annotations

import typing

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from career_relay.capabilities.runs import queries
from career_relay.domain.ground.organizations import access
from career_relay.kernel import clock
from career_relay.portals.account import jobs

if typing.TYPE_CHECKING:
    import uuid

    from career_relay.capabilities.runs.models import Run


@require_safe
@access.seat_required(right="see_runs")
def runs(request: access.StaffRequest) -> HttpResponse:
    """List the work in the background, newest first."""
    lines = jobs.lines(queries.latest(request.seat.organization_id))
    return render(request, "organization/runs.html", {"lines": lines})


@require_safe
@access.seat_required(right="see_runs")
def run(request: access.StaffRequest, run_id: uuid.UUID) -> HttpResponse:
    """Show how far a run is; asked by the page itself, answer with the part that changes."""
    found = _found(run_id)
    context = {
        "run": found,
        "title": jobs.title(found),
        "job": jobs.job(found, now=clock.now()),
        "is_over": found.finished_at is not None,
        "failures": queries.failures(run_id),
    }
    template = "organization/run_part.html" if request.htmx else "organization/run.html"
    return render(request, template, context)


@require_safe
@access.seat_required(right="see_runs")
def failures(request: access.StaffRequest, run_id: uuid.UUID) -> HttpResponse:
    """Give the failures of a run as a file that can be corrected and taken in again."""
    found = _found(run_id)
    return _download(jobs.failures_file_name(found), queries.failures_file(run_id))


@require_safe
@access.seat_required(right="see_runs")
def file(request: access.StaffRequest, run_id: uuid.UUID) -> HttpResponse:
    """Give the file a run made."""
    made = queries.file(_found(run_id).pk)
    if made is None:
        raise Http404
    return _download(*made)


def _found(run_id: uuid.UUID) -> Run:
    found = queries.run(run_id)
    if found is None:
        raise Http404
    return found


def _download(name: str, content: bytes) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type="application/octet-stream", headers=headers)
