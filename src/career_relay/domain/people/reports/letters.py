"""The mail that reminds an agency's managers of the yearly report. The caller acts as the agency."""

from __future__ import annotations

import typing

from django.conf import settings

from career_relay.capabilities.messaging import operations as messaging
from career_relay.domain.ground.organizations import queries as organizations
from career_relay.domain.ground.organizations.models import Member

if typing.TYPE_CHECKING:
    import datetime as dt
    import uuid

    from career_relay.domain.people.reports.rules.year import Period

REPORTS_PAGE: typing.Final = "/agency/reports/"


def tell_of_due(organization_id: uuid.UUID, period: Period, *, now: dt.datetime) -> None:
    """Say until when the report of a year is to be handed in, and where its figures are."""
    agency = organizations.profile(organization_id).name
    for member in organizations.members(organization_id).filter(role=Member.Role.MANAGER):
        messaging.queue(
            template="mail/report_due",
            to=member.user.email,
            language=member.user.language,
            context={
                "agency": agency,
                "year": period.year,
                "last": period.last,
                "due_on": period.due_on,
                "page_url": f"{settings.SITE_URL}{REPORTS_PAGE}{period.year}/",
            },
            organization=organization_id,
            now=now,
        )
