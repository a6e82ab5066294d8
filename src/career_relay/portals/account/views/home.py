"""Where a person who signed in goes: to their organization, to an invitation, or to founding one."""

from __future__ import annotations

import typing

from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from career_relay.design.forms import refusal_on
from career_relay.domain.ground.accounts import queries as accounts
from career_relay.domain.ground.organizations import access, queries, rules
from career_relay.domain.ground.organizations.models import Organization
from career_relay.flows import sign_up_organization
from career_relay.kernel import clock
from career_relay.portals.account.organization_forms import StartForm

if typing.TYPE_CHECKING:
    import uuid

    from django.http import HttpResponse

HOMES: typing.Final[dict[str, str]] = {
    Organization.Kind.EMPLOYER: "employer:home",
    Organization.Kind.AGENCY: "agency:home",
    Organization.Kind.OPERATOR: "operator:home",
}


@require_safe
@login_required
def home(request: access.StaffRequest) -> HttpResponse:
    """Lead on by the seat the person has, or by what they have in its place."""
    if request.seat:
        return redirect(HOMES.get(request.seat.kind, "account:organization"))
    if queries.seats_of(request.user.pk):
        return redirect("account:switch")
    token = queries.invitation_token_of(request.user.pk, clock.now())
    return redirect("account:invitation", token) if token else redirect("account:start")


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def start(request: access.StaffRequest) -> HttpResponse:
    """Take in what a trial needs, and begin it. Whoever comes from the words for agencies finds theirs chosen."""
    domain = rules.company_domain(request.user.email)
    kind = request.GET.get("kind", Organization.Kind.EMPLOYER.value)
    form = StartForm(request.POST or None, initial={"mail_domain": domain, "kind": kind})
    if form.is_valid():
        with refusal_on(form):
            found = sign_up_organization.sign_up_organization(
                user_id=request.user.pk, now=clock.now(), **form.cleaned_data
            )
            access.choose(request, found.organization_id)
            return redirect(HOMES[form.cleaned_data["kind"]])
    return render(request, "organization/start.html", {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def switch(request: access.StaffRequest) -> HttpResponse:
    """Show a person's organizations, and work for the one they choose."""
    if request.method == "POST":
        return _switch(request, request.POST.get("organization", ""))
    return render(request, "organization/switch.html", {"seats": queries.seats_of(request.user.pk)})


@require_POST
@login_required
def switch_to(request: access.StaffRequest, organization_id: uuid.UUID) -> HttpResponse:
    """Work for the organization of this address: the switcher in every page's frame."""
    return _switch(request, str(organization_id))


def _switch(request: access.StaffRequest, wanted: str) -> HttpResponse:
    seats = queries.seats_of(request.user.pk)
    chosen = next((seat for seat in seats if str(seat.organization_id) == wanted), None)
    if chosen is None:
        raise Http404
    access.choose(request, chosen.organization_id)
    return redirect("account:home")


@require_safe
@login_required
def security(request: access.StaffRequest) -> HttpResponse:
    """Show how the person's own account is kept safe, and where to change it."""
    is_on = accounts.has_second_factor(request.user.pk)
    return render(request, "organization/security.html", {"has_second_factor": is_on})
