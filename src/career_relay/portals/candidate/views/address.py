"""Changing the address a person is known by: the new one shows by a code that it is theirs."""

from __future__ import annotations

import datetime as dt
import typing
import uuid

from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from career_relay.domain.people.candidates import operations as candidates
from career_relay.domain.people.candidates import queries, rules
from career_relay.kernel import actors, clock
from career_relay.portals.candidate import cookies, forms, limits
from career_relay.portals.candidate.access import ASK, page, signed_in
from career_relay.portals.candidate.pages import language, show, typed

if typing.TYPE_CHECKING:
    from django.http import HttpResponse

    from career_relay.domain.ground.organizations.access import Request


@page(ASK)
@signed_in
def address(request: Request, candidate_id: uuid.UUID) -> HttpResponse:
    """Ask for the new address and send it a code."""
    form = forms.NewAddressForm(typed(request))
    if form.is_valid():
        now, email = clock.now(), form.cleaned_data["email"]
        with form.telling():
            limits.want_code(request, email, now)
            change = candidates.send_address_code(candidate_id=candidate_id, email=email, language=language(), now=now)
            response = redirect("candidate:me_address_code")
            parts = (candidate_id, change.challenge, change.email, change.expires_at.isoformat())
            cookies.ADDRESS.write(response, *parts)
            return response
    return show(request, "me_address", form, person=queries.identity(candidate_id))


@page(ASK)
@signed_in
def code(request: Request, candidate_id: uuid.UUID) -> HttpResponse:
    """Take the new address when its code is right."""
    change = _change(request, candidate_id)
    if change is None:
        return redirect("candidate:me_address")
    form = forms.CodeForm(typed(request))
    if form.is_valid():
        with form.telling("code"):
            return _take(request, candidate_id, change, form.cleaned_data["code"])
    return show(request, "me_address_code", form, change=change)


def _change(request: Request, candidate_id: uuid.UUID) -> rules.AddressChange | None:
    """Return the change that this person began in this browser."""
    parts = cookies.ADDRESS.read(request)
    if parts is None or parts[0] != str(candidate_id):
        return None
    return rules.AddressChange(
        challenge=uuid.UUID(parts[1]), email=parts[2], expires_at=dt.datetime.fromisoformat(parts[3])
    )


def _take(request: Request, candidate_id: uuid.UUID, change: rules.AddressChange, code: str) -> HttpResponse:
    now = clock.now()
    actor = actors.candidate(candidate_id)
    with limits.trying_code(request, change.challenge, now):
        candidates.change_address(candidate_id=candidate_id, change=change, code=code, actor=actor, now=now)
    limits.use_up_code(change.challenge, now)
    messages.success(request, _("メールアドレスを変更しました。ほかの端末ではログアウトしています。"))
    response = redirect("candidate:me")
    cookies.SESSION.write(response, candidate_id, queries.session_version(candidate_id))
    cookies.ADDRESS.clear(response)
    return response
