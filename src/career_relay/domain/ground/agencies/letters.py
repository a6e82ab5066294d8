"""The mails to an agency's managers about its licence and the operator's stop. The caller acts as the agency."""

from __future__ import annotations

import typing

from django.conf import settings

from career_relay.capabilities.messaging import operations as messaging
from career_relay.domain.ground.agencies.models import Licence
from career_relay.domain.ground.organizations import queries as organizations
from career_relay.domain.ground.organizations.models import Member

if typing.TYPE_CHECKING:
    import datetime as dt
    import uuid

    from career_relay.domain.ground.agencies.models import Stop

LICENCE_PAGE: typing.Final = "/agency/licence/"
HOME_PAGE: typing.Final = "/agency/"


def tell_of_confirmation(licence: Licence, *, now: dt.datetime) -> None:
    """Say that the licence was confirmed, and until when it holds."""
    _tell(licence.organization_id, "licence_confirmed", HOME_PAGE, _about(licence), now)


def tell_of_refusal(licence: Licence, *, now: dt.datetime) -> None:
    """Say that the licence was handed back, why, and how to go on."""
    _tell(licence.organization_id, "licence_refused", LICENCE_PAGE, _about(licence), now)


def tell_of_end(licence: Licence, *, has_ended: bool, today: dt.date, now: dt.datetime) -> None:
    """Say that the licence ends soon, or ended, and whether its renewal is being looked at."""
    waiting = Licence.objects.filter(organization_id=licence.organization_id, state=Licence.State.SUBMITTED)
    about = _about(licence) | {"days_left": (licence.valid_until - today).days, "renewal_waits": waiting.exists()}
    template = "licence_ended" if has_ended else "licence_ending"
    _tell(licence.organization_id, template, LICENCE_PAGE, about, now)


def tell_of_stop(stop: Stop, *, now: dt.datetime) -> None:
    """Say that the agency receives nobody for now, and why."""
    _tell(stop.organization_id, "agency_stopped", HOME_PAGE, {"reason": stop.reason}, now)


def tell_of_resumption(stop: Stop, *, now: dt.datetime) -> None:
    """Say that the stop has ended."""
    _tell(stop.organization_id, "agency_resumed", HOME_PAGE, {}, now)


def _about(licence: Licence) -> dict[str, object]:
    return {"number": licence.number, "valid_until": licence.valid_until, "reason": licence.reason}


def _tell(organization_id: uuid.UUID, kind: str, page: str, about: dict[str, object], now: dt.datetime) -> None:
    agency = organizations.profile(organization_id).name
    for member in organizations.members(organization_id).filter(role=Member.Role.MANAGER):
        messaging.queue(
            template=f"mail/{kind}",
            to=member.user.email,
            language=member.user.language,
            context={"agency": agency, "page_url": f"{settings.SITE_URL}{page}", **about},
            organization=organization_id,
            now=now,
        )
