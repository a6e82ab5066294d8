"""How the pages of this portal are drawn and left."""

from __future__ import annotations

import typing

from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language

if typing.TYPE_CHECKING:
    from django.http import HttpResponse, QueryDict

    from career_relay.domain.ground.organizations.access import Request
    from career_relay.portals.candidate.forms import Form

EASY: typing.Final = "ja-easy"


def typed(request: Request) -> QueryDict | None:
    """Return what was sent with a form; None when the page is only being read."""
    return request.POST if request.method == "POST" else None


def show(request: Request, template: str, form: Form | None = None, **context: typing.Any) -> HttpResponse:
    """Draw a page, with the status of what refused its form."""
    response = render(request, f"candidate/{template}.html", {"form": form, **context})
    if form and form.refusal:
        response.status_code = form.refusal.status
        if "retry_after" in form.refusal.data:
            response["Retry-After"] = str(form.refusal.data["retry_after"])
    return response


def reads_easy(request: Request) -> bool:
    """Tell whether the person asked for the page in やさしい日本語."""
    return request.GET.get("language") == EASY and language() == "ja"


def language() -> str:
    """Return the language of the page, as mails and consents are kept in it."""
    return "en" if (get_language() or "ja").startswith("en") else "ja"


def go_on(request: Request, name: str) -> HttpResponse:
    """Lead on to the next page, in やさしい日本語 if this one was."""
    return redirect(reverse(f"candidate:{name}") + (f"?language={EASY}" if reads_easy(request) else ""))
