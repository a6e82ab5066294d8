"""The catalogue: every component with its story, in light and dark, without a database."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404
from django.shortcuts import render

from career_relay.design import stories
from career_relay.design.icons import ICONS

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


def catalogue(request: HttpRequest) -> HttpResponse:
    """Show all components."""
    context = stories.context() | {"icons": ICONS, "request_id": "3f9c1b7a2d04"}
    return render(request, "design/catalogue/page.html", context)


def frame(request: HttpRequest, name: str) -> HttpResponse:
    """Show one of the frames around a sample page."""
    if name not in stories.FRAMES:
        raise Http404
    return render(request, f"design/catalogue/frame_{name}.html", stories.context())


def error(request: HttpRequest, status: int) -> HttpResponse:
    """Show an error page as people will see it, answered with 200 because nothing is wrong."""
    if status not in stories.ERRORS:
        raise Http404
    return render(request, f"errors/{status}.html", {"request_id": "3f9c1b7a2d04"})
