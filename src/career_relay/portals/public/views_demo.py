from __future__ import annotations

import functools
import typing

from django.conf import settings
from django.contrib.auth import login
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_POST, require_safe

from career_relay.domain.ground.accounts import queries as accounts
from career_relay.kernel import clock
from career_relay.portals.public import demo_roles, demo_samples, demo_state, inbox

if typing.TYPE_CHECKING:
    import collections.abc

    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

MAIL_POLICY = (
    "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; img-src data:;"
    " style-src 'unsafe-inline'; frame-ancestors 'self'"
)
PAGES: typing.Final = {"import": "employer:import_new", "untold": "employer:untold", "home": "employer:home"}
OPENS_ELSEWHERE = '<head><base target="_blank">'


def demo_only(
    view: collections.abc.Callable[..., HttpResponseBase],
) -> collections.abc.Callable[..., HttpResponseBase]:
    """Let a view exist only where the demo runs."""

    @functools.wraps(view)
    def guarded(request: HttpRequest, *args: typing.Any, **kwargs: typing.Any) -> HttpResponseBase:
        if not settings.DEMO:
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


@require_safe
@demo_only
def demo(request: HttpRequest) -> HttpResponse:
    """Offer every role that has a portal, and a story to follow."""
    context = {"demo": demo_state.state(clock.now()), "roles": demo_roles, "samples": demo_samples}
    return render(request, "public/demo.html", context)


@require_safe
@demo_only
def sample(request: HttpRequest, name: str) -> FileResponse:
    """Give a sample export to import."""
    found = demo_samples.path(name)
    if found is None:
        raise Http404
    return FileResponse(found.open("rb"), as_attachment=True, filename=name, content_type="text/csv")


@require_POST
@demo_only
def sign_in(request: HttpRequest) -> HttpResponse:
    """Sign in as one of the demo's members, without a password, and go where the story goes on."""
    member = next((one for one in demo_roles.EVERYBODY if one.key == request.POST.get("member")), None)
    user = accounts.by_address(member.email) if member else None
    if user is None:
        raise Http404
    login(request, user, backend=settings.AUTHENTICATION_BACKENDS[0])
    return redirect(PAGES.get(request.POST.get("page", ""), "account:home"))


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
