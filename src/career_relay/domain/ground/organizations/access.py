"""Which seat a request acts from, and the guard every staff view stands behind."""

from __future__ import annotations

import functools
import typing
import uuid

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest

from career_relay.domain.ground.organizations import rules

if typing.TYPE_CHECKING:
    import collections.abc

    from django.http import HttpResponse
    from django_htmx.middleware import HtmxDetails

    from career_relay.domain.ground.accounts.models import User
    from career_relay.domain.ground.organizations.queries import Seat

SESSION_KEY = "organization"


class Request(HttpRequest):
    """A request as our middleware hands it on (for type checkers; Django makes its own class)."""

    request_id: str
    network: str
    must_roll_back: bool
    seat: Seat | None
    seats: list[Seat]


class StaffRequest(HttpRequest):
    """A request behind `seat_required`: somebody signed in, in their seat."""

    request_id: str
    network: str
    htmx: HtmxDetails
    seat: Seat
    seats: list[Seat]
    user: User


def chosen_organization(request: HttpRequest) -> uuid.UUID | None:
    """Return the organization the member chose last in this session, or None."""
    chosen = request.session.get(SESSION_KEY)
    return uuid.UUID(chosen) if chosen else None


def choose(request: HttpRequest, organization_id: uuid.UUID) -> None:
    """Remember which organization the member works for from now on."""
    request.session[SESSION_KEY] = str(organization_id)


def seat_required(
    kind: str = "", right: rules.Right | None = None
) -> collections.abc.Callable[
    [collections.abc.Callable[..., HttpResponse]], collections.abc.Callable[..., HttpResponse]
]:
    """Let in only members of an organization of `kind` (any, if empty) whose role has `right` (none needed, if None).

    Nobody signed in is asked to sign in; a member of another kind finds nothing (404); a member whose role lacks the
    right is told so (403).
    """

    def decorate(view: collections.abc.Callable[..., HttpResponse]) -> collections.abc.Callable[..., HttpResponse]:
        @functools.wraps(view)
        def guarded(request: Request, *args: typing.Any, **kwargs: typing.Any) -> HttpResponse:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            if request.seat is None or (kind and request.seat.kind != kind):
                raise Http404
            if right and not rules.may(request.seat.role, right):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return guarded

    return decorate
