from __future__ import annotations

import typing

from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_POST, require_safe

from career_relay.domain.ground.organizations import access
from career_relay.flows import export_statement as flow
from career_relay.kernel import clock
from career_relay.portals.employer import counting as counting_page
from career_relay.portals.employer import months
from career_relay.portals.employer.acting import acting
from career_relay.portals.employer.requests import slots as slots_page

if typing.TYPE_CHECKING:
    from django.http import HttpResponse


@require_safe
@access.seat_required(kind="employer", right="see_ledger")
def slots(request: access.StaffRequest) -> HttpResponse:
    """List every slot ever granted, with what it is used for and what may be done with it."""
    return render(request, "employer/slots.html", {"page": slots_page.slots_page(request.seat, clock.now())})


@require_safe
@access.seat_required(kind="employer", right="see_ledger")
def statement(request: access.StaffRequest, year: int | None = None, month: int | None = None) -> HttpResponse:
    """Show one month of the ledger: opening, every entry with its reason, closing."""
    now = clock.now()
    page = months.page(request.seat, months.asked(request.seat, year, month, now), now)
    return render(request, "employer/statement.html", {"page": page})


@require_POST
@access.seat_required(kind="employer", right="see_runs")
def export_statement(request: access.StaffRequest, year: int, month: int) -> HttpResponse:
    """Have the month's statement made into a file, and show how far that is."""
    first = months.asked(request.seat, year, month, clock.now())
    run = flow.request_statement(month=first, language=get_language() or "ja", **acting(request))
    return redirect("account:run", run.pk)


@require_safe
@access.seat_required(kind="employer", right="see_ledger")
def counting(request: access.StaffRequest) -> HttpResponse:
    """Say by which rules registrations count, and why some did not."""
    return render(request, "employer/counting.html", {"page": counting_page.counting(request.seat, clock.now())})
