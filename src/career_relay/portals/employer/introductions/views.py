"""The people introduced to an employer: the inbox, one of them, and the decisions about them."""

from __future__ import annotations

import typing

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from career_relay.domain.ground.organizations import access
from career_relay.flows import advance_introduction as flow
from career_relay.kernel import clock
from career_relay.kernel.errors import DomainError
from career_relay.portals.employer.acting import acting
from career_relay.portals.employer.introductions import introduction_page, listing, offer_check
from career_relay.portals.employer.introductions.forms import AdvanceForm, OfferForm, RefuseForm, TimesForm
from career_relay.portals.employer.introductions.refusals import at_its_field

if typing.TYPE_CHECKING:
    import uuid

    from django.http import HttpResponse

    from career_relay.domain.people.introductions.rules import Act


@require_safe
@access.seat_required(kind="employer", right="see_introductions")
def introductions(request: access.StaffRequest) -> HttpResponse:
    """List the people who were introduced, those who wait for the employer at first."""
    found = listing.inbox(request.seat, request.GET, clock.now())
    return render(request, "employer/introductions/list.html", {"list": found})


@require_safe
@access.seat_required(kind="employer", right="see_introductions")
def introduction(request: access.StaffRequest, introduction_id: uuid.UUID) -> HttpResponse:
    """Show one person with what the employer may do now."""
    return render(request, "employer/introductions/introduction.html", {"page": _page(request, introduction_id)})


@require_POST
@access.seat_required(kind="employer", right="decide_introductions")
def advance(request: access.StaffRequest, introduction_id: uuid.UUID) -> HttpResponse:
    """Go one step on from where the page stood; a second click finds what the first one did."""
    form, _known = AdvanceForm(request.POST), _page(request, introduction_id)
    if not form.is_valid():
        return redirect("employer:introduction", introduction_id)
    try:
        moved = flow.advance(introduction_id=introduction_id, **form.cleaned_data, **acting(request))
    except DomainError as error:
        context = {"page": _page(request, introduction_id), "refusal": error.message}
        return render(request, "employer/introductions/introduction.html", context, status=error.status)
    words = _("「%(state)s」へ進めました。紹介会社に伝わりました。")
    messages.success(request, words % {"state": moved.get_state_display()})
    return redirect("employer:introduction", introduction_id)


@require_http_methods(["GET", "HEAD", "POST"])
@access.seat_required(kind="employer", right="decide_introductions")
def times(request: access.StaffRequest, introduction_id: uuid.UUID) -> HttpResponse:
    """Propose times for an interview."""
    page, form = _page(request, introduction_id), TimesForm(request.POST or None, now=clock.now())
    if _is_over(request, page, "propose_times"):
        return redirect("employer:introduction", introduction_id)
    with at_its_field(form) as refusal:
        if form.is_valid():
            flow.propose_times(introduction_id=introduction_id, **form.told, **acting(request))
            messages.success(request, _("面接の日時を提案しました。ご本人が選ぶと、メールで知らせます。"))
            return redirect("employer:introduction", introduction_id)
    context = {"page": page, "form": form}
    return render(request, "employer/introductions/times.html", context, status=refusal.status)


@require_http_methods(["GET", "HEAD", "POST"])
@access.seat_required(kind="employer", right="decide_introductions")
def offer(request: access.StaffRequest, introduction_id: uuid.UUID) -> HttpResponse:
    """Offer the job, or mend the offer."""
    page = _page(request, introduction_id)
    form = OfferForm(request.POST or None, today=clock.day_in_japan(clock.now()), initial=page.offered)
    if _is_over(request, page, "offer"):
        return redirect("employer:introduction", introduction_id)
    with at_its_field(form) as refusal:
        if form.is_valid():
            check = offer_check.check(request.seat, page, form)
            if check.doubts and "confirmed" not in request.POST:
                return _asked_again(request, page, form, check)
            flow.offer(introduction_id=introduction_id, **form.cleaned_data, **acting(request))
            messages.success(request, _("内定を出しました。ご本人が答えると、メールで知らせます。"))
            return redirect("employer:introduction", introduction_id)
    context = {"page": page, "form": form}
    return render(request, "employer/introductions/offer.html", context, status=refusal.status)


@require_http_methods(["GET", "HEAD", "POST"])
@access.seat_required(kind="employer", right="decide_introductions")
def refuse(request: access.StaffRequest, introduction_id: uuid.UUID) -> HttpResponse:
    """Say no, with the reason for the agency."""
    page, form = _page(request, introduction_id), RefuseForm(request.POST or None)
    if _is_over(request, page, "refuse"):
        return redirect("employer:introduction", introduction_id)
    with at_its_field(form) as refusal:
        if form.is_valid():
            flow.refuse(introduction_id=introduction_id, **form.cleaned_data, **acting(request))
            messages.success(request, _("お見送りを送信しました。ご本人と紹介会社に伝わりました。"))
            return redirect("employer:introduction", introduction_id)
    context = {"page": page, "form": form}
    return render(request, "employer/introductions/refuse.html", context, status=refusal.status)


def _asked_again(
    request: access.StaffRequest,
    page: introduction_page.IntroductionPage,
    form: OfferForm,
    check: offer_check.OfferCheck,
) -> HttpResponse:
    """Show the offer for a second look, or its form with what was typed once more."""
    template = "offer" if "mend" in request.POST else "offer_check"
    context = {"page": page, "form": form, "check": check}
    return render(request, f"employer/introductions/{template}.html", context)


def _page(request: access.StaffRequest, introduction_id: uuid.UUID) -> introduction_page.IntroductionPage:
    found = introduction_page.page(request.seat, introduction_id, clock.now())
    if found is None:
        raise Http404
    return found


def _is_over(request: access.StaffRequest, page: introduction_page.IntroductionPage, act: Act) -> bool:
    """Tell whether the time for this act is over, and say so to the member."""
    if page.may(act):
        return False
    messages.warning(request, _("この方の選考では、いまはこの操作ができません。いまの段階を確かめてください。"))
    return True
