"""The jobs an agency looks for people for: the list, the sheet, its writing, its end."""

from __future__ import annotations

import typing

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from career_relay.domain.ground.organizations import access
from career_relay.domain.ground.postings import operations
from career_relay.kernel import clock
from career_relay.portals.agency import posting_list, posting_page
from career_relay.portals.agency.acting import acting
from career_relay.portals.agency.posting_forms import AgencySheetForm
from career_relay.portals.agency.refusals import at_its_field

if typing.TYPE_CHECKING:
    import datetime as dt
    import uuid

    from django.http import HttpResponse

    from career_relay.domain.ground.postings.models import JobPosting


@require_safe
@access.seat_required(kind="agency", right="see_people")
def postings(request: access.StaffRequest) -> HttpResponse:
    """List the postings the address asks for."""
    found = posting_list.posting_list(request.seat, request.GET, _today())
    return render(request, "agency/postings/postings.html", {"list": found})


@require_safe
@access.seat_required(kind="agency", right="see_people")
def posting(request: access.StaffRequest, posting_id: uuid.UUID) -> HttpResponse:
    """Show a sheet, and what the law still wants of it."""
    return render(request, "agency/postings/posting.html", {"page": _page(request, posting_id)})


@require_http_methods(["GET", "HEAD", "POST"])
@access.seat_required(kind="agency", right="take_people")
def new(request: access.StaffRequest) -> HttpResponse:
    """Take in another sheet."""
    return _written(request, None)


@require_http_methods(["GET", "HEAD", "POST"])
@access.seat_required(kind="agency", right="take_people")
def edit(request: access.StaffRequest, posting_id: uuid.UUID) -> HttpResponse:
    """Take in what changed of a sheet."""
    page = _page(request, posting_id)
    return _written(request, page.posting) if page.may_write else redirect("agency:posting", posting_id)


@require_POST
@access.seat_required(kind="agency", right="take_people")
def close(request: access.StaffRequest, posting_id: uuid.UUID) -> HttpResponse:
    """Look for nobody any more."""
    closed = operations.close(posting_id=posting_id, **acting(request))
    messages.success(request, _("「%(title)s」の募集を終了しました。") % {"title": closed.title})
    return redirect("agency:posting", posting_id)


@require_POST
@access.seat_required(kind="agency", right="take_people")
def reopen(request: access.StaffRequest, posting_id: uuid.UUID) -> HttpResponse:
    """Take a posting up again."""
    opened = operations.reopen(posting_id=posting_id, **acting(request))
    messages.success(request, _("「%(title)s」の募集を再開しました。") % {"title": opened.title})
    return redirect("agency:posting", posting_id)


def _written(request: access.StaffRequest, found: JobPosting | None) -> HttpResponse:
    agency, posting_id = request.seat.organization_id, found.pk if found else None
    form = AgencySheetForm(request.POST or None, organization_id=agency, today=_today(), posting=found)
    if form.is_valid():
        with at_its_field(form):
            written = operations.write(posting_id=posting_id, sheet=form.sheet, is_agency=True, **acting(request))
            messages.success(request, _("「%(title)s」を保存しました。") % {"title": written.title})
            return redirect("agency:posting", written.pk)
    return render(request, "agency/postings/edit.html", {"form": form, "posting": found})


def _page(request: access.StaffRequest, posting_id: uuid.UUID) -> posting_page.PostingPage:
    page = posting_page.posting_page(request.seat, posting_id, _today())
    if page is None:
        raise Http404
    return page


def _today() -> dt.date:
    return clock.day_in_japan(clock.now())
