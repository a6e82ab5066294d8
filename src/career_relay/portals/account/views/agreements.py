"""The list of an organization's agreements, and the drafts of what it is about to propose."""

from __future__ import annotations

import typing

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from career_relay.design.forms import Refusal, refusal_on
from career_relay.domain.ground.agencies import queries as agencies
from career_relay.domain.ground.agreements import operations, queries
from career_relay.domain.ground.organizations import access, rules
from career_relay.domain.ground.organizations.models import Organization
from career_relay.kernel import actors, clock
from career_relay.portals.account import agreement_pages
from career_relay.portals.account.agreement_forms import PartnerForm, SignForm, TermsForm

if typing.TYPE_CHECKING:
    import uuid

    from django.http import HttpResponse


def by(request: access.StaffRequest) -> dict[str, typing.Any]:
    """Return who acts where and when, as every operation wants it."""
    return {
        "organization_id": request.seat.organization_id,
        "actor": actors.user(request.user.pk),
        "now": clock.now(),
    }


@require_safe
@access.seat_required(right="see_agreements")
def agreements(request: access.StaffRequest) -> HttpResponse:
    """List what was agreed and with whom, and what waits for an answer."""
    organization_id = request.seat.organization_id
    may_manage = rules.may(request.seat.role, "manage_agreements")
    context = {
        "rows": [agreement_pages.row(line) for line in queries.of_organization(organization_id)],
        "drafts": queries.drafts(organization_id) if may_manage else [],
        "may_manage": may_manage,
        "number": str(organization_id),
    }
    return render(request, "organization/agreements.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@access.seat_required(right="manage_agreements")
def new(request: access.StaffRequest) -> HttpResponse:
    """Ask whom the agreement is to be with, and begin its draft."""
    form = PartnerForm(request.POST or None)
    if form.is_valid():
        with refusal_on(form, "partner"):
            draft = operations.draft(counterparty_id=form.cleaned_data["partner"], **by(request))
            return redirect("account:agreement_draft_edit", draft.pk)
    is_employer = request.seat.kind == Organization.Kind.EMPLOYER
    context = {
        "form": form,
        "is_employer": is_employer,
        "agencies": agencies.directory(clock.day_in_japan(clock.now())) if is_employer else [],
        "partners": queries.partner_names(request.seat.organization_id),
    }
    return render(request, "organization/agreement_new.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@access.seat_required(right="manage_agreements")
def draft_edit(request: access.StaffRequest, draft_id: uuid.UUID) -> HttpResponse:
    """Show the terms of a draft, and change them."""
    line = queries.draft(request.seat.organization_id, draft_id)
    if line is None:
        raise Http404
    form = TermsForm(request.POST or None, terms=line.terms, kind=request.seat.kind, other=line.partner.kind)
    if form.is_valid():
        with refusal_on(form):
            operations.change_draft(draft_id=draft_id, terms=form.terms, **by(request))
            return redirect("account:agreement_draft", draft_id)
    return render(request, "organization/agreement_draft_edit.html", {"line": line, "form": form})


@require_http_methods(["GET", "HEAD", "POST"])
@access.seat_required(right="manage_agreements")
def draft(request: access.StaffRequest, draft_id: uuid.UUID) -> HttpResponse:
    """Show the whole text that a draft makes, and propose it by a named person."""
    form, refusal = SignForm(request.POST or None), Refusal()
    if form.is_valid():
        with refusal_on(form) as refusal:
            made = operations.propose(
                draft_id=draft_id,
                text_hash=request.POST.get("text_hash", ""),
                on_table=_number(request.POST.get("on_table", "")),
                name=form.cleaned_data["name"],
                **by(request),
            )
            messages.success(request, _("提案し、相手へ知らせました。"))
            return redirect("account:agreement", made.pk)
    shown = queries.preview(request.seat.organization_id, draft_id)
    if shown is None:
        raise Http404
    context = {"shown": shown, "text": agreement_pages.read(shown.text), "form": form}
    return render(request, "organization/agreement_draft.html", context, status=refusal.status)


@require_POST
@access.seat_required(right="manage_agreements")
def draft_discard(request: access.StaffRequest, draft_id: uuid.UUID) -> HttpResponse:
    """Throw a draft away."""
    operations.discard_draft(draft_id=draft_id, **by(request))
    messages.success(request, _("下書きを削除しました。"))
    return redirect("account:agreements")


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 6 else 0
