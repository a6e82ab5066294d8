from __future__ import annotations

import typing

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from career_relay.design.forms import refusal_on
from career_relay.domain.circle.referrals import queries as referrals
from career_relay.domain.ground.organizations import access, rules
from career_relay.domain.ground.programmes import queries as programmes
from career_relay.domain.ground.programmes.models import DEFAULT_PROGRAMME_ID
from career_relay.domain.hiring.links import operations, queries
from career_relay.kernel import clock
from career_relay.portals.employer import link_list, ready_texts
from career_relay.portals.employer.acting import acting
from career_relay.portals.employer.forms import BasisForm, LinkForm, RevokeForm

if typing.TYPE_CHECKING:
    import uuid

    from django.http import HttpResponse

PAGE_SIZE = 25


@require_safe
@access.seat_required(kind="employer", right="see_links")
def links(request: access.StaffRequest) -> HttpResponse:
    """List the links, those that work first."""
    found = link_list.link_list(request.seat, request.GET.get("state", ""), clock.now())
    page = Paginator(found.rows, PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "employer/links.html", {"list": found, "page": page})


@require_http_methods(["GET", "HEAD", "POST"])
@access.seat_required(kind="employer", right="manage_links")
def create(request: access.StaffRequest) -> HttpResponse:
    """Make another link."""
    form = LinkForm(request.POST or None)
    if form.is_valid():
        with refusal_on(form):
            made = operations.create_static(
                programme_id=DEFAULT_PROGRAMME_ID, user_id=request.user.pk, **acting(request), **form.cleaned_data
            )
            messages.success(request, _("リンクを作成しました。"))
            return redirect("employer:link", made.pk)
    return render(request, "employer/link_create.html", {"form": form})


@require_safe
@access.seat_required(kind="employer", right="see_links")
def link(request: access.StaffRequest, link_id: uuid.UUID) -> HttpResponse:
    """Show one link with everything there is to copy."""
    line = _line(request, link_id)
    context = {
        "line": line,
        "may_manage": rules.may(request.seat.role, "manage_links"),
        "least": programmes.policy_at(DEFAULT_PROGRAMME_ID, clock.now()).small_group,
        "people": referrals.per_link(request.seat.organization_id).get(link_id),
        "shown": ready_texts.of_link(line, request.GET.get("text", ""), company=request.seat.name),
    }
    return render(request, "employer/link.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@access.seat_required(kind="employer", right="manage_links")
def revoke(request: access.StaffRequest, link_id: uuid.UUID) -> HttpResponse:
    """Stop a link for good, after saying what that means."""
    line, form = _line(request, link_id), RevokeForm(request.POST or None)
    if line.revoked_at:
        return redirect("employer:link", link_id)
    if form.is_valid():
        with refusal_on(form):
            operations.revoke(link_id=link_id, **acting(request), **form.cleaned_data)
            messages.success(request, _("リンクを停止しました。"))
            return redirect("employer:link", link_id)
    return render(request, "employer/link_revoke.html", {"line": line, "form": form})


@require_safe
@access.seat_required(kind="employer", right="see_links")
def basis(request: access.StaffRequest) -> HttpResponse:
    """Show which basis counts now."""
    context = {
        "basis": queries.latest_basis(request.seat.organization_id),
        "may_record": rules.may(request.seat.role, "record_basis"),
    }
    return render(request, "employer/basis.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@access.seat_required(kind="employer", right="record_basis")
def record_basis(request: access.StaffRequest) -> HttpResponse:
    """Take in another basis, which counts from now on; the ones before it stay on record."""
    form = BasisForm(request.POST or None)
    if form.is_valid():
        with refusal_on(form):
            operations.record_basis(user_id=request.user.pk, **acting(request), **form.cleaned_data)
            messages.success(request, _("根拠を記録しました。"))
            return redirect("employer:basis")
    return render(request, "employer/basis_new.html", {"form": form})


@require_safe
@access.seat_required(kind="employer", right="see_links")
def texts(request: access.StaffRequest) -> HttpResponse:
    """Give any of the ready texts."""
    lines = queries.of_organization(request.seat.organization_id, clock.now())
    live = [line for line in lines if line.is_live]
    shown = ready_texts.choose(request.GET, live, company=request.seat.name)
    return render(request, "employer/texts.html", {"shown": shown})


def _line(request: access.StaffRequest, link_id: uuid.UUID) -> queries.LinkLine:
    lines = queries.of_organization(request.seat.organization_id, clock.now())
    line = next((line for line in lines if line.link_id == link_id), None)
    if line is None:
        raise Http404
    return line
