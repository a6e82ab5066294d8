from __future__ import annotations

import functools
import typing

from django.conf import settings
from django.contrib.auth import login
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_POST, require_safe

from career_relay.domain.ground.accounts import queries as accounts
from career_relay.kernel import clock
from career_relay.portals.public import cast, inbox, stage

if typing.TYPE_CHECKING:
    import collections.abc

    from django.http import HttpRequest

MAIL_POLICY = (
    "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; img-src data:;"
    " style-src 'unsafe-inline'; frame-ancestors 'self'"
)
OPENS_ELSEWHERE = '<head><base target="_blank">'


def demo_only(
    view: collections.abc.Callable[..., HttpResponse],
) -> collections.abc.Callable[..., HttpResponse]:
    """Let a view exist only where the demo runs."""

    @functools.wraps(view)
    def guarded(request: HttpRequest, *args: typing.Any, **kwargs: typing.Any) -> HttpResponse:
        if not settings.DEMO:
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


@require_safe
@demo_only
def demo(request: HttpRequest) -> HttpResponse:
    """Offer every role that has a portal, and a story to follow."""
    return render(request, "public/demo.html", {"stage": stage.stage(clock.now()), "cast": cast})


@require_POST
@demo_only
def sign_in(request: HttpRequest) -> HttpResponse:
    """Sign in as one of the demo's members, without a password."""
    member = next((one for one in cast.MEMBERS if one.key == request.POST.get("member")), None)
    user = accounts.by_address(member.email) if member else None
    if user is None:
        raise Http404
    login(request, user, backend=settings.AUTHENTICATION_BACKENDS[0])
    return redirect("account:home")


@require_safe
@demo_only
def mails(request: HttpRequest) -> HttpResponse:
    """List every mail that went out."""
    return render(request, "public/demo_mails.html", {"letters": inbox.letters()})


@require_safe
@demo_only
def mail(request: HttpRequest, key: str) -> HttpResponse:
    """Show one mail: its text, its HTML, its headers."""
    return render(request, "public/demo_mail.html", {"letter": _letter(key)})


@require_safe
@demo_only
@xframe_options_sameorigin
def mail_html(request: HttpRequest, key: str) -> HttpResponse:
    """Give the HTML of a mail to the frame that shows it: no script, no request to anywhere, links in a new tab."""
    response = HttpResponse(_letter(key).html.replace("<head>", OPENS_ELSEWHERE, 1))
    response["Content-Security-Policy"] = MAIL_POLICY
    return response


def _letter(key: str) -> inbox.Letter:
    letter = inbox.letter(key)
    if letter is None:
        raise Http404
    return letter
