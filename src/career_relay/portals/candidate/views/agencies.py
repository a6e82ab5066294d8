"""The agency that looks after a person: choosing, changing, and saying when something is wrong with it."""

from __future__ import annotations

import typing

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from career_relay.domain.people.routing import operations
from career_relay.flows import end_assignment, report_agency
from career_relay.kernel import actors, clock
from career_relay.portals.candidate import care, forms, limits
from career_relay.portals.candidate import complaints as complaint_pages
from career_relay.portals.candidate.access import ASK, DO, READ, page, signed_in
from career_relay.portals.candidate.pages import show, typed

if typing.TYPE_CHECKING:
    import datetime as dt
    import uuid

    from django.http import HttpResponse

    from career_relay.domain.ground.organizations.access import Request


@page(READ)
@signed_in
def agencies(request: Request, candidate_id: uuid.UUID) -> HttpResponse:
    """Show whom the person chose, and whom they may choose."""
    return show(request, "me_agencies", list=care.choosing(candidate_id, request.GET, clock.now()))


@page(DO)
@signed_in
def wish(request: Request, candidate_id: uuid.UUID, organization_id: uuid.UUID) -> HttpResponse:
    """Put an agency behind those the person chose before; a second click changes nothing."""
    now = clock.now()
    if not care.is_open(organization_id, now):
        raise Http404
    chosen = care.chosen(candidate_id)
    if organization_id not in chosen:
        _choose(candidate_id, [*chosen, organization_id], now)
        messages.success(request, _("希望に入れました。"))
    return redirect("candidate:me_agencies")


@page(DO)
@signed_in
def unwish(request: Request, candidate_id: uuid.UUID, organization_id: uuid.UUID) -> HttpResponse:
    """Take an agency out of those the person chose."""
    chosen = care.chosen(candidate_id)
    if organization_id in chosen:
        _choose(candidate_id, [one for one in chosen if one != organization_id], clock.now())
        messages.success(request, _("希望から外しました。"))
    return redirect("candidate:me_agencies")


@page(ASK)
@signed_in
def end(request: Request, candidate_id: uuid.UUID, assignment_id: uuid.UUID) -> HttpResponse:
    """Take the person away from an agency, for good if they wish so."""
    carer, form = care.carer(candidate_id, assignment_id), forms.EndForm(typed(request))
    if carer is None:
        raise Http404
    if form.is_valid():
        with form.telling():
            end_assignment.end_by_person(
                candidate_id=candidate_id, assignment_id=assignment_id, now=clock.now(), **form.cleaned_data
            )
            messages.success(request, _("担当を終えました。ほかの紹介会社をさがします。"))
            return redirect("candidate:me")
    return show(
        request, "me_agency_end", form, carer=carer, consent_id=care.introduction_consent(candidate_id, clock.now())
    )


@page(ASK)
@signed_in
def report(request: Request, candidate_id: uuid.UUID, assignment_id: uuid.UUID) -> HttpResponse:
    """Pass on to the operator what is wrong with an agency."""
    carer, form = care.carer(candidate_id, assignment_id), forms.ReportForm(typed(request))
    if carer is None:
        raise Http404
    if form.is_valid():
        now = clock.now()
        with form.telling():
            limits.report_agency(request, candidate_id, now)
            report_agency.report_agency(
                candidate_id=candidate_id, assignment_id=assignment_id, now=now, **form.cleaned_data
            )
            return redirect("candidate:me_agency_reported")
    return show(request, "me_agency_report", form, carer=carer)


@page(READ)
@signed_in
def reported(request: Request, candidate_id: uuid.UUID) -> HttpResponse:
    """Confirm it, and say what happens next."""
    return show(request, "me_agency_reported")


@page(READ)
@signed_in
def complaints(request: Request, candidate_id: uuid.UUID) -> HttpResponse:
    """Show what the person told the operator, and what was answered."""
    return show(request, "me_complaints", told=complaint_pages.told(candidate_id))


def _choose(candidate_id: uuid.UUID, chosen: list[uuid.UUID], now: dt.datetime) -> None:
    operations.choose(candidate_id=candidate_id, agencies=chosen, actor=actors.candidate(candidate_id), now=now)
