from __future__ import annotations

import typing

from django.contrib import messages
from django.forms.models import model_to_dict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from career_relay.design.forms import refusal_on
from career_relay.domain.ground.accounts import queries as accounts
from career_relay.domain.ground.organizations import access, operations, queries, rules
from career_relay.kernel import actors, clock
from career_relay.portals.account.organization_forms import ProfileForm

if typing.TYPE_CHECKING:
    from django.http import HttpResponse


@require_safe
@access.seat_required()
def profile(request: access.StaffRequest) -> HttpResponse:
    """Show what the organization is."""
    context = {
        "organization": queries.profile(request.seat.organization_id),
        "may_change": rules.may(request.seat.role, "change_organization"),
        "has_second_factor": accounts.has_second_factor(request.user.pk),
    }
    return render(request, "organization/profile.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@access.seat_required(right="change_organization")
def edit(request: access.StaffRequest) -> HttpResponse:
    """Change what the organization is."""
    organization_id, actor = request.seat.organization_id, actors.user(request.user.pk)
    form = ProfileForm(request.POST or None, initial=model_to_dict(queries.profile(organization_id)))
    if form.is_valid():
        with refusal_on(form):
            operations.change_profile(
                organization_id=organization_id, actor=actor, now=clock.now(), **form.cleaned_data
            )
            messages.success(request, _("組織の情報を変更しました。"))
            return redirect("account:organization")
    return render(request, "organization/profile_edit.html", {"form": form})
