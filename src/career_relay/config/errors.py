"""What a person sees when something goes wrong: one page a status, with the request's number."""

from __future__ import annotations

import typing

import structlog
from django.core.exceptions import RequestDataTooBig
from django.db import InterfaceError, OperationalError
from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

if typing.TYPE_CHECKING:
    from django.http import HttpRequest

log = structlog.get_logger("career_relay.request")
RETRY_AFTER_SECONDS = 30


def page(request: HttpRequest, status: int, message: object = "") -> HttpResponse:
    """Return the error page of `status`; 500 and 503 are made without database, session or context processors."""
    context = {"message": message, "request_id": getattr(request, "request_id", "")}
    template = f"errors/{status}.html"
    if status >= 500:
        return HttpResponse(render_to_string(template, context), status=status)
    return render(request, template, context, status=status)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer what we could not read, and what was too large to read."""
    return page(request, 413 if isinstance(exception, RequestDataTooBig) else 400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer somebody who is signed in but has no right to this."""
    return page(request, 403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form that came without its token: usually a page left open too long. The log gets the route alone."""
    route = request.resolver_match.route if request.resolver_match else "unmatched"
    log.warning("form without token", route=route, reason=reason)
    words = _(
        "このページは、開いてから時間がたっています。前のページに戻り、読み込み直してから、もう一度送信してください。"
    )
    return page(request, 403, words)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer for what is not there, and for what is somebody else's: the two look the same."""
    return page(request, 404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer when we failed."""
    return page(request, 500)


def unavailable(request: HttpRequest) -> HttpResponse:
    """Answer while the database is away; browsers and proxies are told when to try again."""
    response = page(request, 503)
    response["Retry-After"] = str(RETRY_AFTER_SECONDS)
    return response


def is_outage(error: BaseException) -> bool:
    """Tell whether a database error means that the server is away or overloaded, not that the statement was wrong.

    The classes of SQLSTATE are connection, circles of locks, resources, operator intervention, and locks waited for too
    long. A broken connection has none.
    """
    state = getattr(error.__cause__, "sqlstate", None)
    if state is None:
        return isinstance(error, OperationalError | InterfaceError)
    return state[:2] in {"08", "40", "53", "57", "55"}
