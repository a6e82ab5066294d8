from __future__ import annotations

import typing

from django.conf import settings
from django.utils.functional import SimpleLazyObject

from career_relay.config import frames

if typing.TYPE_CHECKING:
    from career_relay.domain.ground.organizations.access import Request, StaffRequest


def site(request: Request) -> dict[str, object]:
    """Give every template the request's number, whether this is the demo, and a member's page its frame."""
    seat = getattr(request, "seat", None)
    return {
        "frame": SimpleLazyObject(lambda: frames.frame(typing.cast("StaffRequest", request))) if seat else None,
        "request_id": getattr(request, "request_id", ""),
        "is_demo": settings.DEMO,
        "seat": seat,
    }
