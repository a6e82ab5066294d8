"""The mails about complaints. None says what somebody wrote: the words are on the page that it leads to."""

from __future__ import annotations

import typing

from django.conf import settings

from career_relay.capabilities.messaging import operations as messaging
from career_relay.domain.ground.organizations import queries as organizations
from career_relay.domain.people.candidates.models import Candidate, Identity

if typing.TYPE_CHECKING:
    import datetime as dt
    import uuid

OWN_PAGE: typing.Final = "/me/complaints/"
OPERATORS_PAGE: typing.Final = "/operator/complaints/"


def tell_of_answer(candidate_id: uuid.UUID, *, now: dt.datetime) -> None:
    """Tell the person that there is an answer. The caller acts as them."""
    identity = Identity.objects.get(pk=candidate_id)
    messaging.queue(
        template="mail/complaint_answered",
        to=identity.email,
        language=Candidate.objects.values_list("language", flat=True).get(pk=candidate_id),
        context={"name": identity.name, "page_url": f"{settings.SITE_URL}{OWN_PAGE}"},
        candidate=candidate_id,
        now=now,
    )


def tell_of_overdue(operator_id: uuid.UUID, count: int, *, now: dt.datetime) -> None:
    """Tell the operator's members how many answers are overdue. The caller acts as the operator."""
    name = organizations.profile(operator_id).name
    for member in organizations.members(operator_id):
        messaging.queue(
            template="mail/complaints_overdue",
            to=member.user.email,
            language=member.user.language,
            context={"organization": name, "count": count, "page_url": f"{settings.SITE_URL}{OPERATORS_PAGE}"},
            organization=operator_id,
            now=now,
        )
