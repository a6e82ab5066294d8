"""The person's own page: what happens next, what is held, who holds it, and how to change or end it."""

from __future__ import annotations

import typing

from django.contrib import messages
from django.http import JsonResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from career_relay.domain.circle.referrals import queries as referrals
from career_relay.domain.people.candidates import operations as candidates
from career_relay.domain.people.candidates import queries as candidate_queries
from career_relay.domain.people.consents import queries as consent_queries
from career_relay.domain.people.consents import wording
from career_relay.domain.people.consents.models import Consent
from career_relay.flows import erase_candidate, grant_consents, withdraw_consent
from career_relay.kernel import actors, clock
from career_relay.portals.candidate import care, cookies, copies, forms, showing
from career_relay.portals.candidate import progress as introductions
from career_relay.portals.candidate.access import ASK, DO, READ, page, signed_in
from career_relay.portals.candidate.pages import EASY, language, reads_easy, show, typed

if typing.TYPE_CHECKING:
    import uuid

    from django.http import HttpResponse

    from career_relay.domain.ground.organizations.access import Request


@page(READ)
@signed_in
def me(request: Request, candidate_id: uuid.UUID) -> HttpResponse:
    """Show what happens next, what is held and by whom, and every consent with its end."""
    now = clock.now()
    held = candidate_queries.held(candidate_id)
    given = consent_queries.live(candidate_id, now)
    return show(
        request,
        "me",
        care=care.care(candidate_id, given, now),
        progress=introductions.progress(candidate_id, now),
        held=held,
        shown=showing.registered(held),
        consents=given,
        purposes={consent.purpose for consent in given},
        ways=referrals.ways_of(candidate_id),
    )


@page(ASK)
@signed_in
def details(request: Request, candidate_id: uuid.UUID) -> HttpResponse:
    """Let the person correct what we hold."""
    form = forms.OwnDetailsForm(typed(request), initial=showing.as_typed(candidate_queries.held(candidate_id)))
    if form.is_valid():
        with form.telling():
            actor = actors.candidate(candidate_id)
            candidates.correct(candidate_id=candidate_id, changes=form.cleaned_data, actor=actor, now=clock.now())
            messages.success(request, _("変更を保存しました。"))
            return redirect("candidate:me")
    return show(request, "me_details", form, person=candidate_queries.identity(candidate_id))


@page(ASK)
@signed_in
def more_consents(request: Request, candidate_id: uuid.UUID) -> HttpResponse:
    """Ask for what was not agreed to so far, in the same words and as freely as at the start."""
    words = EASY if reads_easy(request) else language()
    form = forms.ConsentsForm(typed(request), offered=_not_given(candidate_id, words))
    if form.is_valid():
        grant_consents.grant_consents(
            candidate_id=candidate_id, purposes=form.purposes, language=words, now=clock.now()
        )
        return redirect("candidate:me")
    return show(request, "me_consents", form, is_easy=words == EASY)


@page(DO)
@signed_in
def withdraw(request: Request, candidate_id: uuid.UUID, consent_id: uuid.UUID) -> HttpResponse:
    """End one consent at once."""
    withdraw_consent.withdraw_consent(candidate_id=candidate_id, consent_id=consent_id, now=clock.now())
    messages.success(request, _("同意を取り消しました。これからは使われません。"))
    return redirect("candidate:me")


@page(READ)
@signed_in
def receipts(request: Request, candidate_id: uuid.UUID) -> HttpResponse:
    """Show the receipt: every yes ever given with its words, and every time data were passed on by it."""
    receipt = consent_queries.receipt(candidate_id, clock.now())
    return show(
        request,
        "me_receipts",
        receipt=receipt,
        history=consent_queries.history(candidate_id),
        provisions=consent_queries.provisions(candidate_id),
    )


@page(READ)
@signed_in
def download(request: Request, candidate_id: uuid.UUID) -> HttpResponse:
    """Hand out everything that is held, in a form that programs can read."""
    now = clock.now()
    response = JsonResponse(
        copies.everything(candidate_id, now), json_dumps_params={"ensure_ascii": False, "indent": 2}
    )
    response["Content-Disposition"] = f'attachment; filename="{copies.file_name(now)}"'
    return response


@page(ASK)
@signed_in
def stop(request: Request, candidate_id: uuid.UUID) -> HttpResponse:
    """Explain what ends, and end it: every consent withdrawn, who the person is forgotten."""
    if request.method != "POST":
        return show(request, "me_stop", ways=referrals.ways_of(candidate_id))
    erase_candidate.erase_candidate(candidate_id=candidate_id, now=clock.now())
    response = redirect("candidate:stopped")
    cookies.SESSION.clear(response)
    return response


@page(READ)
def stopped(request: Request) -> HttpResponse:
    """Say that it is done."""
    return show(request, "me_stopped")


def _not_given(candidate_id: uuid.UUID, words: str) -> list[wording.Wording]:
    """Return the consents a registered person may still give here. Those that name an employer begin at its link."""
    given = {consent.purpose for consent in consent_queries.live(candidate_id, clock.now())}
    given.add(Consent.Purpose.EMPLOYER_RECONTACT)
    return [one for one in wording.offered(words, "") if one.purpose not in given]
