"""The yardstick for pages: the least that Django can say behind five of its usual middlewares."""

from __future__ import annotations

import typing

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpResponse
from django.urls import path

if typing.TYPE_CHECKING:
    import collections.abc

    from django.http import HttpRequest

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]


def hello(request: HttpRequest) -> HttpResponse:
    return HttpResponse("Hello\n")


def bare(environ: object, start_response: collections.abc.Callable[..., object]) -> list[bytes]:
    """Say it without Django: what the server itself can do."""
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [b"Hello\n"]


urlpatterns = [path("", hello)]

if not settings.configured:
    sessions = "django.contrib.sessions.backends.signed_cookies"
    settings.configure(ALLOWED_HOSTS=["*"], ROOT_URLCONF=__name__, MIDDLEWARE=MIDDLEWARE, SESSION_ENGINE=sessions)
application = get_wsgi_application()
