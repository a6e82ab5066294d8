"""The way from sign-up to a working link, one page a step. It may be left and taken up again at any time."""

from __future__ import annotations

import typing

from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from career_relay.design.forms import refusal_on
from career_relay.domain.ground.organizations import access
from career_relay.domain.ground.programmes import operations as programmes
from career_relay.domain.ground.programmes import terms as programme_terms
from career_relay.domain.ground.programmes.models import DEFAULT_PROGRAMME_ID
from career_relay.domain.hiring.links import operations, rules
from career_relay.kernel import clock
from career_relay.portals.employer import ready_texts
from career_relay.portals.employer.acting import acting
from career_relay.portals.employer.activation import activation
from career_relay.portals.employer.forms import BasisForm, LinkForm, TermsForm

if typing.TYPE_CHECKING:
    from django.http import HttpResponse


@require_safe
@access.seat_required(kind="employer")
def start(request: access.StaffRequest) -> HttpResponse:
    """Lead on to the first step that was not taken."""
    return _onward(request)


@require_http_methods(["GET", "HEAD", "POST"])
@access.seat_required(kind="employer", right="accept_terms")
def terms(request: access.StaffRequest) -> HttpResponse:
    """Show the full terms, and take in that a named person accepts them."""
    form = TermsForm(request.POST or None, initial={"version": programme_terms.CURRENT.version})
    if form.is_valid():
        with refusal_on(form):
            programmes.join(
                programme_id=DEFAULT_PROGRAMME_ID,
                terms_version=form.cleaned_data["version"],
                user_id=request.user.pk,
                **acting(request),
            )
            return _onward(request)
    context = {"form": form, "terms": programme_terms.CURRENT, "way": activation(request.seat, clock.now())}
    return render(request, "employer/start_terms.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@access.seat_required(kind="employer", right="record_basis")
def basis(request: access.StaffRequest) -> HttpResponse:
    """Take in why the link may stand in the mail; without a reason the way goes on with link-free texts."""
    form = BasisForm(request.POST or None)
    if form.is_valid():
        with refusal_on(form):
            recorded = operations.record_basis(user_id=request.user.pk, **acting(request), **form.cleaned_data)
            return redirect("employer:start_link" if rules.allows_link(recorded.kind) else "employer:start_text")
    context = {"form": form, "way": activation(request.seat, clock.now())}
    return render(request, "employer/start_basis.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@access.seat_required(kind="employer", right="manage_links")
def link(request: access.StaffRequest) -> HttpResponse:
    """Make the first link."""
    form = LinkForm(request.POST or None)
    if form.is_valid():
        with refusal_on(form):
            made = operations.create_static(
                programme_id=DEFAULT_PROGRAMME_ID, user_id=request.user.pk, **acting(request), **form.cleaned_data
            )
            return redirect(f"{reverse('employer:start_text')}?link={made.pk}")
    context = {"form": form, "way": activation(request.seat, clock.now())}
    return render(request, "employer/start_link.html", context)


@require_safe
@access.seat_required(kind="employer", right="see_links")
def text(request: access.StaffRequest) -> HttpResponse:
    """Give the text to paste, with the link or without."""
    way = activation(request.seat, clock.now())
    shown = ready_texts.choose(request.GET, way.live, company=request.seat.name)
    return render(request, "employer/start_text.html", {"way": way, "shown": shown})


def _onward(request: access.StaffRequest) -> HttpResponse:
    way = activation(request.seat, clock.now())
    return redirect(way.next.url if way.next and way.may_take_next else "employer:home")
