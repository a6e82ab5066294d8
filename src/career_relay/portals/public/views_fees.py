"""What agencies publish of their fees (law L12), for everybody, without sign-in."""

from __future__ import annotations

import typing

from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_safe

from career_relay.kernel import clock
from career_relay.portals.public import fees

if typing.TYPE_CHECKING:
    import uuid

    from django.http import HttpRequest, HttpResponse


@require_safe
def agencies(request: HttpRequest) -> HttpResponse:
    """List the agencies that publish their fees."""
    return render(request, "public/agencies_fees.html", {"list": fees.fee_list(request.GET, clock.now())})


@require_safe
def agency(request: HttpRequest, agency_id: uuid.UUID) -> HttpResponse:
    """Show what one agency took last year, charges now and gives back."""
    page = fees.fee_page(agency_id, clock.now())
    if page is None:
        raise Http404
    return render(request, "public/agency_fees.html", {"page": page})
