from __future__ import annotations

import typing
from email.utils import parseaddr

from django.conf import settings
from django.http import Http404
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from career_relay.capabilities.messaging import operations as messaging
from career_relay.capabilities.messaging import unsubscribing
from career_relay.domain.ground.programmes import terms as programme_terms
from career_relay.kernel import clock
from career_relay.portals.public import model

if typing.TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Explain the model to somebody who has never heard of it."""
    return render(request, "public/home.html", {"steps": model.STEPS})


@require_safe
def terms(request: HttpRequest) -> HttpResponse:
    """Show the terms that employers accept, in the version in force."""
    return render(request, "public/terms.html", {"terms": programme_terms.CURRENT})


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """Say what is held about whom, by whom, for what and how long."""
    contact = parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
    return render(request, "public/privacy.html", {"contact": contact})


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """Ask on GET, stop the mails of one list on POST.

    Without CSRF check: mail programs post here by themselves (RFC 8058) with neither cookie nor page. The signed token
    is the whole permission, and all it can do is stop mails to the address it was sent to.
    """
    wish = unsubscribing.wish(token)
    if wish is None:
        raise Http404
    about = {"list": wish.list}
    if request.method == "POST":
        messaging.suppress(token=token, now=clock.now())
        return render(request, "public/unsubscribed.html", about)
    return render(request, "public/unsubscribe.html", about)
