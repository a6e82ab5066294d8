"""The mails about a registration: a receipt for the person, and word of a slot for the employer."""

from __future__ import annotations

import typing

from django.conf import settings

from career_relay.capabilities.messaging import operations as messaging
from career_relay.capabilities.messaging import unsubscribing
from career_relay.domain.ground.organizations import queries as organizations
from career_relay.domain.ground.organizations.models import Member
from career_relay.domain.people.consents import queries as consents
from career_relay.domain.people.consents.models import Consent

if typing.TYPE_CHECKING:
    import datetime as dt
    import uuid

    from career_relay.domain.circle.referrals.operations import Referred
    from career_relay.domain.people.candidates.rules import Details

OWN_PAGE: typing.Final = "/me/"
EMPLOYER_PAGE: typing.Final = "/employer/"
TOLD_OF_SLOTS: typing.Final = (Member.Role.OWNER, Member.Role.RECRUITER)


def send_receipt(*, candidate_id: uuid.UUID, details: Details, company: str, language: str, now: dt.datetime) -> None:
    """Give the person what they agreed to in writing, with the way to take it back. The caller acts as the person.

    On no list: they asked for it by registering, so it comes even to an address that wants no more invitations.
    """
    receipt = consents.receipt(candidate_id, now)
    messaging.queue(
        template="mail/registration_received",
        to=details.email,
        language=language,
        context={
            "name": details.name,
            "company": company,
            "number": receipt.number,
            "registered_at": now,
            "consents": [given.wording for given in receipt.consents],
            "has_introduction": any(given.purpose == Consent.Purpose.AGENCY_INTRODUCTION for given in receipt.consents),
            "page_url": f"{settings.SITE_URL}{OWN_PAGE}",
        },
        candidate=candidate_id,
        now=now,
    )


def tell_of_slots(*, organization_id: uuid.UUID, referred: Referred, now: dt.datetime) -> None:
    """Tell the employer at once of the slots a referral completed, if any. The caller acts as the employer.

    A member who wants no such mail stops the list; the slots stand on the employer's page all the same.
    """
    if not referred.slots:
        return
    company = organizations.profile(organization_id).name
    for member in organizations.members(organization_id).filter(role__in=TOLD_OF_SLOTS):
        messaging.queue(
            template="mail/slot_granted",
            to=member.user.email,
            language=member.user.language,
            context={
                "organization": company,
                "counted": referred.number,
                "slots": referred.slots,
                "page_url": f"{settings.SITE_URL}{EMPLOYER_PAGE}",
            },
            organization=organization_id,
            suppression_list=unsubscribing.SLOT_MAILS,
            now=now,
        )
