from __future__ import annotations

import typing

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from career_relay.design.forms import refusal_on
from career_relay.domain.ground.organizations import access, rules
from career_relay.domain.hiring.stakeholders import operations, queries
from career_relay.kernel import clock
from career_relay.portals.employer.acting import acting
from career_relay.portals.employer.stakeholders.forms import DutiesForm, StakeholderForm

if typing.TYPE_CHECKING:
    import uuid

    from django.http import HttpResponse

    from career_relay.domain.hiring.stakeholders.models import Stakeholder


@require_safe
@access.seat_required(kind="employer", right="see_stakeholders")
def stakeholders(request: access.StaffRequest) -> HttpResponse:
    """List everybody who takes part in the hiring, inside and outside."""
    context = {
        "lines": queries.register(request.seat.organization_id, clock.day_in_japan(clock.now())),
        "field": queries.field(request.seat.organization_id),
        "may_manage": rules.may(request.seat.role, "manage_stakeholders"),
    }
    return render(request, "employer/stakeholders/list.html", context)


@require_safe
@access.seat_required(kind="employer", right="see_stakeholders")
def duties(request: access.StaffRequest) -> HttpResponse:
    """Show who does what in which step, and what is missing."""
    context = {
        "matrix": queries.matrix(request.seat.organization_id),
        "field": queries.field(request.seat.organization_id),
        "may_manage": rules.may(request.seat.role, "manage_stakeholders"),
    }
    return render(request, "employer/stakeholders/duties.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@access.seat_required(kind="employer", right="manage_stakeholders")
def add(request: access.StaffRequest) -> HttpResponse:
    """Take somebody into the register, and go on to what they do."""
    form = StakeholderForm(request.POST or None, organization_id=request.seat.organization_id)
    if form.is_valid():
        with refusal_on(form):
            added = operations.add(described=form.described, **acting(request))
            messages.success(
                request, _("「%(name)s」を登録しました。工程ごとの分担を決めてください。") % {"name": added.name}
            )
            return redirect("employer:stakeholder_share", added.pk)
    return render(request, "employer/stakeholders/edit.html", {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
@access.seat_required(kind="employer", right="manage_stakeholders")
def stakeholder(request: access.StaffRequest, stakeholder_id: uuid.UUID) -> HttpResponse:
    """Change what is written down about somebody."""
    found = _found(request, stakeholder_id)
    form = StakeholderForm(request.POST or None, organization_id=request.seat.organization_id, stakeholder=found)
    if form.is_valid():
        with refusal_on(form):
            operations.change(stakeholder_id=stakeholder_id, described=form.described, **acting(request))
            messages.success(request, _("変更を保存しました。"))
            return redirect("employer:stakeholders")
    return render(request, "employer/stakeholders/edit.html", {"form": form, "stakeholder": found})


@require_http_methods(["GET", "HEAD", "POST"])
@access.seat_required(kind="employer", right="manage_stakeholders")
def share_out(request: access.StaffRequest, stakeholder_id: uuid.UUID) -> HttpResponse:
    """Say what somebody does in each step."""
    found = _found(request, stakeholder_id)
    parts = queries.duties_of(request.seat.organization_id, stakeholder_id)
    form = DutiesForm(request.POST or None, parts=parts)
    if form.is_valid():
        operations.share_out(stakeholder_id=stakeholder_id, parts=form.cleaned_data, **acting(request))
        messages.success(request, _("「%(name)s」の分担を保存しました。") % {"name": found.name})
        return redirect("employer:stakeholder_duties")
    return render(request, "employer/stakeholders/share.html", {"form": form, "stakeholder": found})


@require_POST
@access.seat_required(kind="employer", right="manage_stakeholders")
def remove(request: access.StaffRequest, stakeholder_id: uuid.UUID) -> HttpResponse:
    """Take somebody out of the register."""
    removed = operations.remove(stakeholder_id=_found(request, stakeholder_id).pk, **acting(request))
    messages.success(request, _("「%(name)s」を関係者から外しました。") % {"name": removed.name})
    return redirect("employer:stakeholders")


def _found(request: access.StaffRequest, stakeholder_id: uuid.UUID) -> Stakeholder:
    found = queries.present(request.seat.organization_id).filter(pk=stakeholder_id).first()
    if found is None:
        raise Http404
    return found
