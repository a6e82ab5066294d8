from __future__ import annotations

import typing

from django.conf import settings
from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_safe

from career_relay.capabilities.messaging import queries
from career_relay.domain.ground.organizations import access
from career_relay.portals.account import letters

if typing.TYPE_CHECKING:
    import uuid

    from django.http import HttpResponse


@require_safe
@access.seat_required(right="see_mail")
def mails(request: access.StaffRequest) -> HttpResponse:
    """List the mails that went out in the organization's name."""
    organization_id, state = request.seat.organization_id, request.GET.get("state", "")
    page = queries.of_organization(organization_id, state=state, page=request.GET.get("page", 1))
    context = {
        "tabs": letters.tabs(queries.counts_of_organization(organization_id), state),
        "state": state,
        "page": page,
        "lines": [letters.line(message) for message in page],
    }
    return render(request, "organization/mails.html", context)


@require_safe
@access.seat_required(right="see_mail")
def mail(request: access.StaffRequest, message_id: uuid.UUID) -> HttpResponse:
    """Show one mail, with codes and links masked; its raw form in the demo alone."""
    found = queries.message(message_id)
    if found is None or found.organization_id != request.seat.organization_id:
        raise Http404
    context = {
        "line": letters.line(found),
        "letter": letters.letter(found),
        "tries": queries.attempts(message_id),
        "raw": letters.raw(found) if settings.DEMO else "",
    }
    return render(request, "organization/mail.html", context)
