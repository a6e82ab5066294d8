"""From the link in a mail to a door. Opening anything here leaves no trace; pressing a door counts its day."""

from __future__ import annotations

import datetime as dt
import functools
import typing
import uuid

from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from career_relay.capabilities.messaging import operations as messaging
from career_relay.capabilities.messaging import unsubscribing
from career_relay.design.shapes import Brand
from career_relay.domain.hiring.links import operations, queries
from career_relay.domain.hiring.links.models import Visit
from career_relay.domain.people.candidates import operations as candidates
from career_relay.kernel import clock
from career_relay.portals.candidate import cookies, forms, limits
from career_relay.portals.candidate.access import ASK, DO, READ, Journey, page, with_link
from career_relay.portals.candidate.pages import EASY, go_on, language, reads_easy, show, typed

if typing.TYPE_CHECKING:
    from career_relay.domain.ground.organizations.access import Request

A_MOMENT: typing.Final = dt.timedelta(minutes=1)
TOKEN_HERE: typing.Final = "the-token-of-this-browser"  # noqa: S105 -- the place of one
BEHIND: typing.Final = {
    Visit.Door.SUPPORT: "details",
    Visit.Door.HEAR_AGAIN: "details",
    Visit.Door.NO_THANKS: "left",
}


@page(READ)
def follow(request: Request, token: str) -> HttpResponse:
    """Trade the token for a short cookie and a clean address.

    Unknown tokens are not counted: opening a link changes nothing, and 256 bits are out of reach for guessing.
    """
    found = queries.opened(token, clock.now())
    if found is None or not found.is_live:
        response = show(request, "link_unknown")
        response.status_code = 404
        return response
    response = redirect("candidate:welcome")
    cookies.LINK.write(response, found.link_id, found.organization_id, "", found.employer_name)
    return response


@page(ASK)
def welcome(request: Request) -> HttpResponse:
    """Offer three doors to whoever came by a link; a moment after it was followed, it is not looked up again."""
    arrived = cookies.LINK.read(request, within=A_MOMENT)
    if arrived and request.method != "POST":
        return _doors(request, arrived[3])
    return _enter(request)


@with_link
def _enter(request: Request, journey: Journey) -> HttpResponse:
    """Go through a door; the first one pressed is the visit. Whoever presses too often proceeds, uncounted."""
    door = request.POST.get("door", "")
    if door not in BEHIND:
        return _doors(request, journey.employer)
    now = clock.now()
    if not journey.door and limits.counts_as_visit(request, now):
        organization_id, link_id = journey.organization_id, journey.link_id
        operations.record_visit(organization_id=organization_id, link_id=link_id, door=door, now=now)
    response = go_on(request, BEHIND[Visit.Door(door)])
    cookies.LINK.write(response, journey.link_id, journey.organization_id, door, journey.employer)
    return _forget_typed(request, response) if door == Visit.Door.NO_THANKS else response


@page(DO)
def leave(request: Request) -> HttpResponse:
    """End a registration that was begun."""
    return _forget_typed(request, redirect("candidate:left"))


@page(READ)
def left(request: Request) -> HttpResponse:
    """Say goodbye to somebody who wants nothing."""
    return show(request, "left")


@page(ASK)
def no_mail(request: Request) -> HttpResponse:
    """Stop invitations like this one to an address, from whichever employer."""
    form = forms.AddressForm(typed(request))
    if form.is_valid():
        now = clock.now()
        with form.telling():
            limits.stop_mail(request, now)
            token = unsubscribing.unsubscribe_token(unsubscribing.RELAY_MAILS, form.cleaned_data["email"])
            messaging.suppress(token=token, now=now)
            return show(request, "no_mail_done")
    return show(request, "no_mail", form)


def _forget_typed(request: Request, response: HttpResponse) -> HttpResponse:
    """Delete what was typed in this browser so far, at once."""
    if parts := cookies.SIGN_UP.read(request):
        candidates.drop_sign_up(sign_up_id=uuid.UUID(parts[0]))
    cookies.SIGN_UP.clear(response)
    return response


def _doors(request: Request, employer: str) -> HttpResponse:
    """Show the page, the same for all whom an employer wrote to but for the token in its forms."""
    page = _drawn(employer, language(), is_easy=reads_easy(request))
    return HttpResponse(page.replace(TOKEN_HERE, get_token(request)))


@functools.lru_cache(maxsize=1000)
def _drawn(employer: str, language: str, *, is_easy: bool) -> str:
    """Draw the page once for each employer and language: after a mailing, very many open it within minutes."""
    anybody = HttpRequest()
    anybody.path = reverse("candidate:welcome")
    anybody.META["QUERY_STRING"] = f"language={EASY}" if is_easy else ""
    context = {"employer": employer, "brand": Brand(name=employer, note=_("採用チームより")), "csrf_token": TOKEN_HERE}
    return render_to_string(f"candidate/{'welcome_easy' if is_easy else 'welcome'}.html", context, anybody)
