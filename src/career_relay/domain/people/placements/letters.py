"""The mails about placements, to the two organizations. They name nobody: who it is about is on the page they lead to."""

from __future__ import annotations

import collections
import typing

from django.conf import settings

from career_relay.capabilities.messaging import operations as messaging
from career_relay.domain.ground.organizations import queries as organizations
from career_relay.domain.ground.organizations.models import Member
from career_relay.domain.people.introductions.models import Side

if typing.TYPE_CHECKING:
    import collections.abc
    import datetime as dt
    import uuid

    from career_relay.domain.people.placements.models import Placement

AGENCYS_PAGE: typing.Final = "/agency/placements/"
EMPLOYERS_PAGE: typing.Final = "/employer/placements/"
DECIDING: typing.Final = (Member.Role.OWNER, Member.Role.RECRUITER)
LEADING: typing.Final = (Member.Role.MANAGER,)


def tell(kind: str, placement: Placement, *, organization_id: uuid.UUID, now: dt.datetime) -> None:
    """Tell one of the two organizations what became of a placement. The caller acts as it.

    The kinds: placement_joined, placement_not_started, placement_left, and placement_left_said, when the person says so.
    """
    partner_id = placement.organization_id if organization_id == placement.employer_id else placement.employer_id
    partner = organizations.names_of([partner_id])[partner_id].name if partner_id else placement.employer_name
    told = {"placement": placement, "partner": partner}
    _send(kind, _readers(placement, organization_id), _page(placement, organization_id), told, now)


def tell_of_withdrawal(placement: Placement, side: str, *, organization_id: uuid.UUID, now: dt.datetime) -> None:
    """Tell one of the two organizations that there will be no start, and which side stepped back. The caller acts as it."""
    told = {"placement": placement, "side": Side(side).label}
    page = _page(placement, organization_id)
    _send("placement_withdrawn", _readers(placement, organization_id), page, told, now)


def ask(
    kind: str, placements: collections.abc.Sequence[Placement], *, organization_id: uuid.UUID, now: dt.datetime
) -> None:
    """Ask one organization about some of its placements, each reader once. The caller acts as it.

    The kinds: start_due (have they started?) and retention_check (are they still in post?).
    """
    counted: collections.Counter[Member] = collections.Counter()
    for placement in placements:
        counted.update(_readers(placement, organization_id))
    for reader, count in counted.items():
        _send(kind, [reader], _list(placements[0], organization_id), {"count": count}, now)


def _readers(placement: Placement, organization_id: uuid.UUID) -> list[Member]:
    """Return who decides for the employer; for the agency the adviser, or its managers where there is none."""
    present = list(organizations.members(organization_id))
    if organization_id == placement.employer_id:
        return [member for member in present if member.role in DECIDING]
    adviser_id = placement.introduction.assignment.adviser_id
    adviser = [member for member in present if member.pk == adviser_id]
    return adviser or [member for member in present if member.role in LEADING]


def _list(placement: Placement, organization_id: uuid.UUID) -> str:
    is_employers = organization_id == placement.employer_id
    return f"{settings.SITE_URL}{EMPLOYERS_PAGE if is_employers else AGENCYS_PAGE}"


def _page(placement: Placement, organization_id: uuid.UUID) -> str:
    return f"{_list(placement, organization_id)}{placement.pk}/"


def _send(
    kind: str,
    readers: collections.abc.Iterable[Member],
    page_url: str,
    told: collections.abc.Mapping[str, object],
    now: dt.datetime,
) -> None:
    for reader in readers:
        name = organizations.profile(reader.organization_id).name
        messaging.queue(
            template=f"mail/{kind}",
            to=reader.user.email,
            language=reader.user.language,
            context={"organization": name, "page_url": page_url, **told},
            organization=reader.organization_id,
            now=now,
        )
