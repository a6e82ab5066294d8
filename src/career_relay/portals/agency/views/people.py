"""The people an agency looks after: the list, the person's file, the contact log, who looks after them, the end."""

from __future__ import annotations

import typing

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from career_relay.design.forms import refusal_on
from career_relay.domain.ground.organizations import access
from career_relay.domain.people.routing import operations
from career_relay.flows import end_assignment as flow
from career_relay.kernel import clock
from career_relay.portals.agency import people_list, person_page
from career_relay.portals.agency.acting import acting
from career_relay.portals.agency.forms import ContactForm, EndForm

if typing.TYPE_CHECKING:
    import uuid

    from django.http import HttpResponse


@require_safe
@access.seat_required(kind="agency", right="see_people")
def people(request: access.StaffRequest) -> HttpResponse:
    """List the people the address asks for."""
    found = people_list.people_list(request.seat, request.GET, clock.now())
    return render(request, "agency/people/people.html", {"list": found})


@require_http_methods(["GET", "HEAD", "POST"])
@access.seat_required(kind="agency", right="see_people")
def person(request: access.StaffRequest, assignment_id: uuid.UUID) -> HttpResponse:
    """Show a person's file, and take in a word of a contact with them."""
    page = _page(request, assignment_id)
    form = ContactForm(request.POST or None, line=page.line, now=clock.now())
    if form.is_valid() and page.may_write:
        with refusal_on(form):
            operations.record_contact(assignment_id=assignment_id, **form.contact, **acting(request))
            messages.success(request, _("連絡を記録しました。"))
            return redirect("agency:person", assignment_id)
    return render(request, "agency/people/person.html", {"page": page, "form": form})


@require_POST
@access.seat_required(kind="agency", right="take_people")
def adviser(request: access.StaffRequest, assignment_id: uuid.UUID) -> HttpResponse:
    """Take in who of the agency looks after a person."""
    page = _page(request, assignment_id)
    form = person_page.adviser_form(request.seat, page.file, request.POST)
    if not form.is_valid():
        raise Http404
    operations.assign_adviser(assignment_id=assignment_id, member_id=form.member_id, **acting(request))
    messages.success(request, _("担当アドバイザーを保存しました。"))
    return redirect("agency:person", assignment_id)


@require_http_methods(["GET", "HEAD", "POST"])
@access.seat_required(kind="agency", right="take_people")
def end(request: access.StaffRequest, assignment_id: uuid.UUID) -> HttpResponse:
    """End the agency's work for a person, after saying what that means."""
    page, form = _page(request, assignment_id), EndForm(request.POST or None)
    if not page.may_end:
        return redirect("agency:person", assignment_id)
    if form.is_valid():
        with refusal_on(form):
            flow.end_by_agency(assignment_id=assignment_id, **form.cleaned_data, **acting(request))
            messages.success(request, _("担当を終えました。"))
            return redirect("agency:people")
    return render(request, "agency/people/person_end.html", {"page": page, "form": form})


def _page(request: access.StaffRequest, assignment_id: uuid.UUID) -> person_page.PersonPage:
    page = person_page.person_page(request.seat, assignment_id, clock.now())
    if page is None:
        raise Http404
    return page
