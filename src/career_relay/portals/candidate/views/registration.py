"""Registering, one page a matter: details, consents, check, code. Nothing is granted before the code."""

from __future__ import annotations

import dataclasses
import typing
import uuid

from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from career_relay.domain.circle.referrals import queries as referrals
from career_relay.domain.hiring.links.models import Visit
from career_relay.domain.people.candidates import operations as candidates
from career_relay.domain.people.candidates import queries as candidate_queries
from career_relay.domain.people.consents import queries as consent_queries
from career_relay.domain.people.consents import wording
from career_relay.domain.people.consents.models import Consent
from career_relay.flows import register_candidate
from career_relay.kernel import clock
from career_relay.portals.candidate import cookies, forms, limits, showing
from career_relay.portals.candidate.access import (
    ASK,
    DO,
    READ,
    Begun,
    Journey,
    page,
    signed_in,
    with_code,
    with_draft,
    with_journey,
)
from career_relay.portals.candidate.pages import EASY, go_on, language, reads_easy, show, typed

if typing.TYPE_CHECKING:
    from django.http import HttpResponse

    from career_relay.domain.ground.organizations.access import Request
    from career_relay.domain.people.candidates import rules


@page(ASK)
@with_journey
def details(request: Request, journey: Journey) -> HttpResponse:
    """Ask who the person is. Coming back shows what was typed."""
    form = forms.DetailsForm(typed(request), initial=_typed_before(journey))
    if form.is_valid():
        with form.telling():
            sign_up_id = _keep(request, journey, form.details)
            response = go_on(request, "check" if journey.draft and journey.draft.ticked else "consents")
            cookies.SIGN_UP.write(response, sign_up_id, journey.link_id, journey.organization_id, journey.door)
            return response
    return show(request, "details", form, journey=journey, brand=journey.brand)


@page(ASK)
@with_draft
def consents(request: Request, journey: Begun) -> HttpResponse:
    """Ask for each consent by itself, in plain words."""
    words = EASY if reads_easy(request) else language()
    before = {one.purpose: True for one in journey.draft.ticked}
    form = forms.ConsentsForm(typed(request), offered=_offered(journey, words), initial=before)
    if form.is_valid():
        candidates.set_sign_up_consents(
            sign_up_id=journey.draft.sign_up_id, ticked=wording.ticked(form.purposes, words), now=clock.now()
        )
        return redirect("candidate:check" if form.purposes else "candidate:refused")
    return show(request, "consents", form, journey=journey, brand=journey.brand, is_easy=words == EASY)


@page(READ)
@with_draft
def refused(request: Request, journey: Begun) -> HttpResponse:
    """Say with respect that without a yes there is nothing to register, and what leaving means."""
    return show(request, "refused", brand=journey.brand)


@page(ASK)
@with_draft
def check(request: Request, journey: Begun) -> HttpResponse:
    """Show everything once more, and send the code when it is right."""
    form = forms.Form(typed(request))
    if not journey.draft.ticked:
        return redirect("candidate:consents")
    if form.is_valid():
        with form.telling():
            _send_code(request, journey)
            return redirect("candidate:code")
    seen = {"shown": showing.typed(journey.details), "wordings": _ticked(journey)}
    return show(request, "check", form, journey=journey, brand=journey.brand, **seen)


@page(ASK)
@with_code
def code(request: Request, journey: Begun) -> HttpResponse:
    """Register the person whose code is right; a second click finds what the first one did.

    Later than a moment after that, the code opens nothing more: the receipt is for whoever is still signed in.
    """
    form = forms.CodeForm(typed(request))
    if journey.draft.is_over or (journey.draft.is_done and not form.is_bound):
        return redirect("candidate:done")
    if form.is_valid():
        with form.telling("code"):
            return _register(request, journey, form.cleaned_data["code"])
    return show(request, "code", form, journey=journey, brand=journey.brand)


@page(DO)
@with_code
def new_code(request: Request, journey: Begun) -> HttpResponse:
    """Send another code; the one before stops working."""
    _send_code(request, journey)
    messages.success(request, _("新しいコードを送りました。前のコードは使えません。"))
    return redirect("candidate:code")


@page(READ)
@signed_in
def done(request: Request, candidate_id: uuid.UUID) -> HttpResponse:
    """Give the receipt of the newest registration, and say what happens next."""
    ways = referrals.ways_of(candidate_id)
    if not ways:
        return redirect("candidate:me")
    receipt = consent_queries.receipt(candidate_id, clock.now())
    purposes = {consent.purpose for consent in receipt.consents}
    return show(request, "done", receipt=receipt, purposes=purposes, way=ways[-1], is_returning=len(ways) > 1)


def _typed_before(journey: Journey) -> dict[str, str]:
    if journey.draft is None or journey.draft.details is None:
        return {}
    before = dataclasses.asdict(journey.draft.details)
    return before | {"phone": showing.phone(before["phone"])}


def _keep(request: Request, journey: Journey, details: rules.Details) -> uuid.UUID:
    now = clock.now()
    if journey.draft:
        candidates.change_sign_up(sign_up_id=journey.draft.sign_up_id, details=details, now=now)
        return journey.draft.sign_up_id
    limits.begin_sign_up(request, now)
    return candidates.start_sign_up(details=details, language=language(), now=now).pk


def _offered(journey: Begun, words: str) -> list[wording.Wording]:
    """Return the consents that the doors are about, that of the pressed door first. Others wait on the own page."""
    behind = [Consent.Purpose.AGENCY_INTRODUCTION, Consent.Purpose.EMPLOYER_RECONTACT]
    order = behind[::-1] if journey.door == Visit.Door.HEAR_AGAIN else behind
    return [wording.current(purpose, words).naming(journey.employer) for purpose in order]


def _ticked(journey: Begun) -> list[wording.Wording]:
    shown = [wording.shown(one.purpose, one.version, one.language) for one in journey.draft.ticked]
    return [one.naming(journey.employer) for one in shown]


def _send_code(request: Request, journey: Begun) -> None:
    now = clock.now()
    limits.want_code(request, journey.details.email, now)
    candidates.send_sign_up_code(sign_up_id=journey.draft.sign_up_id, now=now)


def _register(request: Request, journey: Begun, typed_code: str) -> HttpResponse:
    """Register, sign the browser in, and take the journey's cookies back."""
    now = clock.now()
    with limits.trying_code(request, journey.draft.challenge, now):
        registered = register_candidate.register_candidate(
            sign_up_id=journey.draft.sign_up_id,
            code=typed_code,
            link_id=journey.link_id,
            organization_id=journey.organization_id,
            now=now,
        )
    response = redirect("candidate:done")
    version = candidate_queries.session_version(registered.candidate_id)
    cookies.SESSION.write(response, registered.candidate_id, version)
    cookies.SIGN_UP.clear(response)
    cookies.LINK.clear(response)
    return response
