from __future__ import annotations

import typing

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from career_relay.design.forms import refusal_on
from career_relay.domain.ground.organizations import access
from career_relay.domain.ground.postings import operations, queries
from career_relay.portals.employer.acting import acting
from career_relay.portals.employer.applications import posting_list
from career_relay.portals.employer.applications.posting_forms import ManagerForm

if typing.TYPE_CHECKING:
    import uuid

    from django.http import HttpResponse


@require_safe
@access.seat_required(kind="employer", right="see_process")
def postings(request: access.StaffRequest) -> HttpResponse:
    """List the postings with what came in for each, those still open first."""
    return render(
        request, "employer/applications/postings.html", {"list": posting_list.posting_list(request.seat, request.GET)}
    )


@require_http_methods(["GET", "HEAD", "POST"])
@access.seat_required(kind="employer", right="correct_applications")
def posting(request: access.StaffRequest, posting_id: uuid.UUID) -> HttpResponse:
    """Take in which member looks after a posting."""
    line = _line(request, posting_id)
    form = ManagerForm(request.POST or None, organization_id=request.seat.organization_id, line=line)
    if form.is_valid():
        with refusal_on(form):
            operations.assign_manager(posting_id=posting_id, member_id=form.member_id, **acting(request))
            messages.success(request, _("現場責任者を保存しました。"))
            return redirect("employer:postings")
    return render(request, "employer/applications/posting.html", {"line": line, "form": form})


@require_POST
@access.seat_required(kind="employer", right="correct_applications")
def close(request: access.StaffRequest, posting_id: uuid.UUID) -> HttpResponse:
    """End the search for a posting; nothing else changes."""
    line = _line(request, posting_id)
    operations.close(posting_id=line.id, **acting(request))
    messages.success(request, _("「%(title)s」の募集を終了しました。") % {"title": line.title})
    return redirect("employer:posting", line.id)


@require_POST
@access.seat_required(kind="employer", right="correct_applications")
def reopen(request: access.StaffRequest, posting_id: uuid.UUID) -> HttpResponse:
    """Take a posting up again."""
    line = _line(request, posting_id)
    operations.reopen(posting_id=line.id, **acting(request))
    messages.success(request, _("「%(title)s」の募集を再開しました。") % {"title": line.title})
    return redirect("employer:posting", line.id)


def _line(request: access.StaffRequest, posting_id: uuid.UUID) -> queries.PostingLine:
    lines = queries.of_organization(request.seat.organization_id)
    line = next((line for line in lines if line.id == posting_id), None)
    if line is None:
        raise Http404
    return line
