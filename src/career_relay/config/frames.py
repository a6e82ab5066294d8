"""The frame around a member's pages: the portals' navigations put together, as portals know no sibling."""

from __future__ import annotations

import dataclasses
import typing

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from career_relay.design.shapes import Frame, NavItem
from career_relay.domain.ground.organizations.models import Organization
from career_relay.portals.account import navigation as account
from career_relay.portals.agency import navigation as agency
from career_relay.portals.employer import navigation as employer
from career_relay.portals.operator import navigation as operator

if typing.TYPE_CHECKING:
    import collections.abc

    from career_relay.domain.ground.organizations.access import StaffRequest
    from career_relay.domain.ground.organizations.queries import Seat

PORTALS: typing.Final[dict[str, collections.abc.Callable[[Seat], list[NavItem]]]] = {
    Organization.Kind.EMPLOYER: employer.items,
    Organization.Kind.AGENCY: agency.items,
    Organization.Kind.OPERATOR: operator.items,
}


def frame(request: StaffRequest) -> Frame:
    """Return what stands around the page of a member, from the seat they act from."""
    seat = request.seat
    portal = PORTALS.get(seat.kind)
    return Frame(
        navigation=_with_current([*(portal(seat) if portal else []), *account.items(seat)], request.path),
        organization=seat.name,
        kind=Organization.Kind(seat.kind).label,
        organizations=_organizations(request),
        person=request.user.name,
        account=[NavItem(label=_("アカウントの設定"), url=reverse("account:security"), icon="settings")],
        sign_out_url=reverse("account_logout"),
    )


def _with_current(items: list[NavItem], path: str) -> list[NavItem]:
    """Mark the item whose address the page's own begins with; of several, the longest."""
    begins = [start for item in items for start in (item.url, *item.also) if start and path.startswith(start)]
    here = max(begins, key=len, default="")
    return [dataclasses.replace(item, current=here in {item.url, *item.also} - {""}) for item in items]


def _organizations(request: StaffRequest) -> list[NavItem]:
    """Return where a person with several seats may go; empty for one."""
    if len(request.seats) == 1:
        return []
    return [
        NavItem(
            label=seat.name,
            url=reverse("account:switch_to", args=[seat.organization_id]),
            current=seat.organization_id == request.seat.organization_id,
        )
        for seat in request.seats
    ]
