from __future__ import annotations

import typing

from django.shortcuts import render
from django.views.decorators.http import require_safe

from career_relay.domain.ground.organizations import access
from career_relay.kernel import clock
from career_relay.portals.employer import home as pages

if typing.TYPE_CHECKING:
    from django.http import HttpResponse


@require_safe
@access.seat_required(kind="employer")
def home(request: access.StaffRequest) -> HttpResponse:
    """Show where the relay stands and what to do next."""
    return render(request, "employer/home.html", {"page": pages.home(request.seat, request.user.name, clock.now())})
