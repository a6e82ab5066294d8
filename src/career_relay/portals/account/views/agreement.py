"""One agreement: what it says, what happened to it, and what this side can do."""

from __future__ import annotations

import typing

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from career_relay.design.forms import Refusal, refusal_on
from career_relay.domain.ground.agreements import operations, queries
from career_relay.domain.ground.organizations import access, rules
from career_relay.portals.account import agreement_pages
from career_relay.portals.account.agreement_forms import ReasonForm, ReviewForm, SignForm
from career_relay.portals.account.agreement_pages import DECLINE, SUSPEND
from career_relay.portals.account.views.agreements import by

if typing.TYPE_CHECKING:
    import collections.abc
    import uuid

    from django.http import HttpResponse

    from career_relay.portals.account.agreement_pages import ReasonPage


@require_safe
@access.seat_required(right="see_agreements")
def agreement(request: access.StaffRequest, agreement_id: uuid.UUID) -> HttpResponse:
    """Show an agreement with its texts and its history."""
    detail = _found(request, agreement_id)
    shown = agreement_pages.shown(detail, request.GET.get("version", ""))
    context = {
        "detail": detail,
        "row": agreement_pages.row(detail.line),
        "written": agreement_pages.written(shown),
        "tabs": agreement_pages.version_tabs(detail, shown.number, request.path),
        "history": agreement_pages.history(detail),
        "may": detail.may if rules.may(request.seat.role, "manage_agreements") else frozenset(),
    }
    return render(request, "organization/agreement.html", context)


@require_POST
@access.seat_required(right="manage_agreements")
def amend(request: access.StaffRequest, agreement_id: uuid.UUID) -> HttpResponse:
    """Begin the draft of another version, from the latest terms."""
    partner = _found(request, agreement_id).line.partner
    draft = operations.draft(counterparty_id=partner.organization_id, **by(request))
    return redirect("account:agreement_draft_edit", draft.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@access.seat_required(right="manage_agreements")
def accept(request: access.StaffRequest, agreement_id: uuid.UUID) -> HttpResponse:
    """Show the whole text on the table, and accept it by a named person who read this very text."""
    form, refusal = SignForm(request.POST or None), Refusal()
    if form.is_valid():
        with refusal_on(form) as refusal:
            read = request.POST.get("text_hash", "")
            name = form.cleaned_data["name"]
            operations.accept(agreement_id=agreement_id, text_hash=read, name=name, **by(request))
            messages.success(request, _("承諾しました。この版は、いまから有効です。"))
            return redirect("account:agreement", agreement_id)
    detail = _found(request, agreement_id)
    if detail.offered is None or not detail.line.waits_for_us:
        return redirect("account:agreement", agreement_id)
    context = {"detail": detail, "written": agreement_pages.written(detail.offered), "form": form}
    return render(request, "organization/agreement_accept.html", context, status=refusal.status)


@require_http_methods(["GET", "HEAD", "POST"])
@access.seat_required(right="manage_agreements")
def decline(request: access.StaffRequest, agreement_id: uuid.UUID) -> HttpResponse:
    """Turn the text on the table down, with the reason."""
    read = request.POST.get("text_hash", "")
    return _stop(request, agreement_id, DECLINE, operations.decline, text_hash=read)


@require_http_methods(["GET", "HEAD", "POST"])
@access.seat_required(right="manage_agreements")
def suspend(request: access.StaffRequest, agreement_id: uuid.UUID) -> HttpResponse:
    """Let nothing more flow until this side resumes, with the reason."""
    return _stop(request, agreement_id, SUSPEND, operations.suspend)


@require_http_methods(["GET", "HEAD", "POST"])
@access.seat_required(right="manage_agreements")
def end(request: access.StaffRequest, agreement_id: uuid.UUID) -> HttpResponse:
    """End the agreement, or take a first proposal back, with the reason."""
    page = agreement_pages.ending(_found(request, agreement_id))
    return _stop(request, agreement_id, page, operations.end)


@require_POST
@access.seat_required(right="manage_agreements")
def resume(request: access.StaffRequest, agreement_id: uuid.UUID) -> HttpResponse:
    """Put what this side suspended in force again."""
    operations.resume(agreement_id=agreement_id, **by(request))
    messages.success(request, _("協定を再開し、相手へ知らせました。"))
    return redirect("account:agreement", agreement_id)


@require_http_methods(["GET", "HEAD", "POST"])
@access.seat_required(right="manage_agreements")
def review(request: access.StaffRequest, agreement_id: uuid.UUID) -> HttpResponse:
    """Write down that the agreement was looked at again, and when it will be next."""
    detail = _found(request, agreement_id)
    form = ReviewForm(request.POST or None)
    if form.is_valid():
        with refusal_on(form, "review_on"):
            operations.review(agreement_id=agreement_id, **form.cleaned_data, **by(request))
            messages.success(request, _("見直しを記録し、相手へ知らせました。"))
            return redirect("account:agreement", agreement_id)
    return render(request, "organization/agreement_review.html", {"detail": detail, "form": form})


def _stop(
    request: access.StaffRequest,
    agreement_id: uuid.UUID,
    page: ReasonPage,
    operation: collections.abc.Callable[..., object],
    **told: str,
) -> HttpResponse:
    detail, form, refusal = _found(request, agreement_id), ReasonForm(request.POST or None), Refusal()
    if form.is_valid():
        with refusal_on(form) as refusal:
            operation(agreement_id=agreement_id, reason=form.cleaned_data["reason"], **told, **by(request))
            messages.success(request, page.done)
            return redirect("account:agreement", agreement_id)
    elif page.act not in detail.may:
        return redirect("account:agreement", agreement_id)
    moves = agreement_pages.moves_people(detail, page, request.seat.kind)
    context = {"detail": detail, "form": form, "page": page, "moves_people": moves}
    return render(request, "organization/agreement_stop.html", context, status=refusal.status)


def _found(request: access.StaffRequest, agreement_id: uuid.UUID) -> queries.Detail:
    found = queries.detail(request.seat.organization_id, agreement_id)
    if found is None:
        raise Http404
    return found
