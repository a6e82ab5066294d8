"""An employer asks agencies for somebody: the sheet of its posting, the request, and how it goes."""

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
from career_relay.domain.ground.postings.forms import SheetForm
from career_relay.flows import request_people as flow
from career_relay.kernel import clock
from career_relay.portals.employer.acting import acting
from career_relay.portals.employer.requests import asking, pages
from career_relay.portals.employer.requests.forms import RequestForm

if typing.TYPE_CHECKING:
    import uuid

    from django.http import HttpResponse

    from career_relay.domain.ground.postings.models import JobPosting


@require_http_methods(["GET", "HEAD", "POST"])
@access.seat_required(kind="employer", right="request_people")
def sheet_new(request: access.StaffRequest) -> HttpResponse:
    """Take in the sheet of a job that no file has named yet."""
    return _written(request, None)


@require_http_methods(["GET", "HEAD", "POST"])
@access.seat_required(kind="employer", right="request_people")
def sheet(request: access.StaffRequest, posting_id: uuid.UUID) -> HttpResponse:
    """Take in the working conditions of a posting; once they are complete, somebody can be asked for."""
    posting = queries.posting(request.seat.organization_id, posting_id)
    if posting is None:
        raise Http404
    return _written(request, posting)


@require_safe
@access.seat_required(kind="employer", right="see_introductions")
def requests(request: access.StaffRequest) -> HttpResponse:
    """List whom the employer asked for somebody, and how far that is."""
    return render(request, "employer/requests/requests.html", {"list": pages.request_list(request.seat, request.GET)})


@require_http_methods(["GET", "HEAD", "POST"])
@access.seat_required(kind="employer", right="request_people")
def new(request: access.StaffRequest) -> HttpResponse:
    """Ask agencies for somebody, after saying what that costs."""
    found = asking.asking(request.seat, clock.now())
    form = RequestForm(request.POST or None, asking=found, posting_id=request.GET.get("posting", ""))
    if form.is_valid():
        with refusal_on(form):
            asked = flow.request_people(**form.asked, **acting(request))
            messages.success(request, _("紹介を依頼しました。返事があると、メールで知らせます。"))
            return redirect("employer:request", asked.request_id)
    return render(request, "employer/requests/new.html", {"asking": found, "form": form})


@require_safe
@access.seat_required(kind="employer", right="see_introductions")
def request_(request: access.StaffRequest, request_id: uuid.UUID) -> HttpResponse:
    """Show whom a request went to, what each said, and what became of the slot."""
    page = pages.request_page(request.seat, request_id, clock.now())
    if page is None:
        raise Http404
    return render(request, "employer/requests/request.html", {"page": page})


@require_POST
@access.seat_required(kind="employer", right="request_people")
def withdraw(request: access.StaffRequest, request_id: uuid.UUID) -> HttpResponse:
    """Ask for nobody any more; the slot is free again."""
    flow.withdraw_request(request_id=request_id, **acting(request))
    messages.success(request, _("依頼を取り下げました。"))
    return redirect("employer:request", request_id)


def _written(request: access.StaffRequest, posting: JobPosting | None) -> HttpResponse:
    form = SheetForm(request.POST or None, posting=posting)
    if form.is_valid():
        with refusal_on(form):
            posting_id = posting.pk if posting else None
            kept = operations.write(posting_id=posting_id, sheet=form.sheet, is_agency=False, **acting(request))
            messages.success(request, _("「%(title)s」の求人票を保存しました。") % {"title": kept.title})
            return redirect("employer:posting_sheet", kept.pk)
    page = pages.sheet_page(posting, clock.day_in_japan(clock.now()))
    return render(request, "employer/requests/sheet.html", {"page": page, "form": form})
