from __future__ import annotations

import typing

from django.conf import settings
from django.db import IntegrityError, transaction

from career_relay.capabilities.messaging import operations as messaging
from career_relay.capabilities.messaging import unsubscribing
from career_relay.domain.ground.organizations import queries as organizations
from career_relay.domain.ground.organizations.models import Member
from career_relay.domain.ground.programmes import queries as programmes
from career_relay.domain.ground.programmes.models import DEFAULT_PROGRAMME_ID
from career_relay.domain.hiring.applications import queries as applications
from career_relay.domain.hiring.notices import queries, rules
from career_relay.domain.hiring.notices.models import Digest
from career_relay.kernel import clock

if typing.TYPE_CHECKING:
    import datetime as dt
    import uuid

PAGE: typing.Final = "/employer/untold/"
TOLD: typing.Final = (Member.Role.OWNER, Member.Role.RECRUITER)


def send_digest(*, organization_id: uuid.UUID, now: dt.datetime) -> int:
    """Tell those who recruit how many people wait for an answer, once in the morning of a working day.

    Numbers only: a mail to several members is no place for names. Returns how many members were written to.
    """
    if not rules.is_digest_time(now):
        return 0
    counts = applications.untold_counts(organization_id, now, on_its_way=queries.on_its_way(organization_id))
    if not counts.waiting or not _is_first_today(organization_id, now):
        return 0
    organization = organizations.profile(organization_id).name
    limit = programmes.policy_at(DEFAULT_PROGRAMME_ID, now).notice_limit_days
    members = organizations.members(organization_id).filter(role__in=TOLD)
    for member in members:
        messaging.queue(
            template="mail/untold_digest",
            to=member.user.email,
            language=member.user.language,
            context={
                "organization": organization,
                "waiting": counts.waiting,
                "overdue": counts.overdue,
                "within": counts.waiting - counts.overdue,
                "limit": limit,
                "page_url": f"{settings.SITE_URL}{PAGE}",
            },
            organization=organization_id,
            suppression_list=unsubscribing.DIGESTS,
            now=now,
        )
    return len(members)


def _is_first_today(organization_id: uuid.UUID, now: dt.datetime) -> bool:
    """Take the day: the row says that its digest is sent, whoever else comes at the same moment."""
    try:
        with transaction.atomic():
            Digest.objects.create(organization_id=organization_id, day=clock.day_in_japan(now), sent_at=now)
    except IntegrityError:
        return False
    return True
