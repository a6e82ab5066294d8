"""Coming back: a code by mail opens the person's own page. Known or not, an address gets the same answer."""

from __future__ import annotations

import datetime as dt
import typing
import uuid

from django.shortcuts import redirect

from career_relay.domain.people.candidates import operations as candidates
from career_relay.domain.people.candidates import rules
from career_relay.kernel import clock
from career_relay.portals.candidate import cookies, forms, limits
from career_relay.portals.candidate.access import ASK, DO, READ, page, signed_in
from career_relay.portals.candidate.pages import language, show, typed

if typing.TYPE_CHECKING:
    from django.http import HttpResponse

    from career_relay.domain.ground.organizations.access import Request


@page(ASK)
def sign_in(request: Request) -> HttpResponse:
    """Send a code to the address, if somebody is registered with it; say nothing of whether they are."""
    form = forms.AddressForm(typed(request))
    if form.is_valid():
        now, address = clock.now(), form.cleaned_data["email"]
        with form.telling():
            limits.want_code(request, address, now)
            attempt = candidates.send_sign_in_code(email=address, language=language(), now=now)
            response = redirect("candidate:sign_in_code")
            cookies.CODE.write(response, attempt.challenge, attempt.address_index, attempt.expires_at.isoformat())
            return response
    return show(request, "sign_in", form)


@page(ASK)
def sign_in_code(request: Request) -> HttpResponse:
    """Open the page of the person whose code is right."""
    parts = cookies.CODE.read(request)
    if parts is None:
        return redirect("candidate:sign_in")
    form = forms.CodeForm(typed(request))
    if form.is_valid():
        with form.telling("code"):
            return _open(request, _attempt(parts), form.cleaned_data["code"])
    return show(request, "sign_in_code", form)


@page(DO)
@signed_in
def sign_out(request: Request, candidate_id: uuid.UUID) -> HttpResponse:
    """Close the page in every browser: a copied cookie is worth nothing from now on."""
    candidates.end_sessions(candidate_id=candidate_id)
    response = redirect("candidate:signed_out")
    cookies.SESSION.clear(response)
    return response


@page(READ)
def signed_out(request: Request) -> HttpResponse:
    """Confirm it."""
    return show(request, "signed_out")


def _attempt(parts: list[str]) -> rules.SignInAttempt:
    return rules.SignInAttempt(
        challenge=uuid.UUID(parts[0]), address_index=parts[1], expires_at=dt.datetime.fromisoformat(parts[2])
    )


def _open(request: Request, attempt: rules.SignInAttempt, code: str) -> HttpResponse:
    now = clock.now()
    with limits.trying_code(request, attempt.challenge, now):
        candidate = candidates.sign_in(attempt=attempt, code=code, now=now)
    limits.use_up_code(attempt.challenge, now)
    response = redirect("candidate:me")
    cookies.SESSION.write(response, candidate.pk, candidate.session_version)
    cookies.CODE.clear(response)
    return response
