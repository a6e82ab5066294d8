from __future__ import annotations

import typing

from django.shortcuts import render
from django.views.decorators.http import require_safe

from career_relay.domain.ground.organizations import access
from career_relay.kernel import clock
from career_relay.portals.agency import home as pages

if typing.TYPE_CHECKING:
    from django.http import HttpResponse


@require_safe
@access.seat_required(kind="agency", right="see_people")
def home(request: access.StaffRequest) -> HttpResponse:
    """Show what waits for the agency today: what is missing, offers, people to contact, room for more."""
    return render(request, "agency/home.html", {"page": pages.home(request.seat, clock.now())})
