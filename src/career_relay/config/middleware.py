"""What happens around every request: its number, its one transaction, and on whose behalf it runs."""

from __future__ import annotations

import contextlib
import ipaddress
import time
import typing
import uuid

import structlog
from csp.constants import HEADER as POLICY
from csp.utils import build_policy
from django.conf import settings
from django.db import DatabaseError, DataError, transaction

from career_relay.capabilities.limits.operations import TooManyTries
from career_relay.config import errors
from career_relay.domain.ground.organizations import access, queries
from career_relay.kernel.errors import DomainError
from career_relay.kernel.tenancy.context import acting_throughout

if typing.TYPE_CHECKING:
    import collections.abc

    from django.http import HttpResponse

    from career_relay.domain.ground.organizations.access import Request

    Handler = collections.abc.Callable[[Request], HttpResponse]

log = structlog.get_logger("career_relay.request")
WITHOUT_DATABASE = ("/healthz", "/readyz", "/static/")
LANDING = "/welcome/"  # very many open it at once after a mailing, and reading it rarely asks the database anything


class RequestId:
    """Give each request a number that stands in the logs, the answer and every error page."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: Request) -> HttpResponse:
        request.request_id = uuid.uuid4().hex[:12]
        request.network = network_of(request)
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request_id=request.request_id)
        started = time.perf_counter()
        response = self.get_response(request)
        response["X-Request-ID"] = request.request_id
        route = request.resolver_match.route if request.resolver_match else "unmatched"
        took = round((time.perf_counter() - started) * 1000, 1)
        log.info("request", method=request.method, route=route, status=response.status_code, ms=took)
        return response


def network_of(request: Request) -> str:
    """Return what counts as one network: an IPv4 address, or the 64 bits an IPv6 line is given.

    Behind a proxy of ours the last entry of X-Forwarded-For is the one that proxy wrote; the others anybody can write.
    """
    address = request.META.get("REMOTE_ADDR", "")
    if settings.BEHIND_PROXY:
        address = request.META.get("HTTP_X_FORWARDED_FOR", address).rpartition(",")[2].strip()
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return "unknown"
    return str(ipaddress.ip_network((parsed, 64), strict=False)) if parsed.version == 6 else str(parsed)


class BrowserRules:
    """Tell the browser what a page may load: `settings.CONTENT_SECURITY_POLICY`, unless the view set rules of its own."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response
        self._policy = build_policy()

    def __call__(self, request: Request) -> HttpResponse:
        response = self.get_response(request)
        response.setdefault(POLICY, self._policy)
        return response


class OneTransaction:
    """Run the request in one transaction; nothing of it stays after an exception or an answer of 500 and more."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: Request) -> HttpResponse:
        if request.path.startswith(WITHOUT_DATABASE) or (request.path == LANDING and request.method != "POST"):
            return self.get_response(request)
        try:
            with transaction.atomic():
                response = self.get_response(request)
                if response.status_code >= 500 or getattr(request, "must_roll_back", False):
                    transaction.set_rollback(True)
        except DatabaseError as error:
            return _answer_database_error(request, error)
        return response

    def process_exception(self, request: Request, error: Exception) -> HttpResponse | None:
        """Mark the transaction for rollback, and give anticipated errors their page."""
        request.must_roll_back = True
        if isinstance(error, TooManyTries):
            response = errors.page(request, 429, error.message)
            response["Retry-After"] = str(error.retry_after)
            return response
        if isinstance(error, DomainError):
            return errors.page(request, error.status, error.message)
        if isinstance(error, DatabaseError) and errors.is_outage(error):
            return errors.unavailable(request)
        if isinstance(error, DataError):
            return errors.bad_request(request)
        return None


class ActingMember:
    """Read and write as the signed-in member of the organization chosen in the session, if there is one."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: Request) -> HttpResponse:
        request.seat = None
        if request.path.startswith(WITHOUT_DATABASE) or settings.SESSION_COOKIE_NAME not in request.COOKIES:
            return self.get_response(request)
        if not request.user.is_authenticated:
            return self.get_response(request)
        request.seats = queries.seats_of(request.user.pk)
        request.seat = queries.seat_among(request.seats, access.chosen_organization(request))
        organization = request.seat.organization_id if request.seat else None
        with _acting_for_request(request, organization):
            return self.get_response(request)


@contextlib.contextmanager
def _acting_for_request(request: Request, organization: uuid.UUID | None) -> collections.abc.Iterator[None]:
    with acting_throughout(organization=organization, user=request.user.pk):
        yield
        if getattr(request, "must_roll_back", False):
            transaction.set_rollback(True)


def _answer_database_error(request: Request, error: DatabaseError) -> HttpResponse:
    log.error("database", exc_info=error)
    return errors.unavailable(request) if errors.is_outage(error) else errors.server_error(request)
