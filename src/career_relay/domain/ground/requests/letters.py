"""The mails about a request: to the agency that is asked, to the employer what came of it. They name no person."""

from __future__ import annotations

import typing

from django.conf import settings

from career_relay.capabilities.messaging import operations as messaging
from career_relay.domain.ground.organizations import queries as organizations
from career_relay.domain.ground.organizations.models import Member

if typing.TYPE_CHECKING:
    import collections.abc
    import datetime as dt
    import uuid

    from career_relay.domain.ground.requests.models import Call, Request

CALL_PAGE: typing.Final = "/agency/calls/{}/"
REQUEST_PAGE: typing.Final = "/employer/requests/{}/"
OF_AGENCY: typing.Final = (Member.Role.MANAGER, Member.Role.ADVISER)
OF_EMPLOYER: typing.Final = (Member.Role.OWNER, Member.Role.RECRUITER)


def tell_of_call(call: Call, *, now: dt.datetime) -> None:
    """Ask the agency, and say until when it answers. The caller acts as the agency."""
    about = {"employer": _name(call.organization_id), "answer_by": call.answer_by, "uses_slot": call.uses_slot}
    page = CALL_PAGE.format(call.pk)
    _tell(call.agency_id, OF_AGENCY, "mail/call_waiting", about | {"title": call.title}, page, now)


def tell_of_end_of_call(call: Call, *, now: dt.datetime) -> None:
    """Tell the agency that nobody is looked for by its call any more. The caller acts as the agency."""
    about = {"employer": _name(call.organization_id), "title": call.title}
    _tell(call.agency_id, OF_AGENCY, "mail/call_closed", about, CALL_PAGE.format(call.pk), now)


def tell_of_acceptance(call: Call, *, now: dt.datetime) -> None:
    """Tell the employer which agency looks for somebody now. The caller acts as the employer."""
    about = {"agency": _name(call.agency_id), "title": call.title}
    page = REQUEST_PAGE.format(call.request_id)
    _tell(call.organization_id, OF_EMPLOYER, "mail/request_accepted", about, page, now)


def tell_of_close(request: Request, *, now: dt.datetime) -> None:
    """Tell the employer that nobody was found, and that its slot is back. The caller acts as the employer."""
    about = {"title": request.title, "uses_slot": request.uses_slot}
    page = REQUEST_PAGE.format(request.pk)
    _tell(request.organization_id, OF_EMPLOYER, "mail/request_closed", about, page, now)


def _name(organization_id: uuid.UUID) -> str:
    return organizations.names_of([organization_id])[organization_id].name


def _tell(
    organization_id: uuid.UUID,
    roles: collections.abc.Iterable[str],
    template: str,
    about: collections.abc.Mapping[str, object],
    page: str,
    now: dt.datetime,
) -> None:
    own = organizations.profile(organization_id).name
    for member in organizations.members(organization_id).filter(role__in=roles):
        messaging.queue(
            template=template,
            to=member.user.email,
            language=member.user.language,
            context={"organization": own, "page_url": f"{settings.SITE_URL}{page}", **about},
            organization=organization_id,
            now=now,
        )
