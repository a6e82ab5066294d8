"""A consent to introduction came after the registration: what it completes counts now."""

from __future__ import annotations

import dataclasses
import typing

from django.db import transaction

from career_relay.domain.circle.referrals import letters
from career_relay.domain.circle.referrals import operations as referrals
from career_relay.domain.circle.referrals import queries as referral_queries
from career_relay.domain.people.candidates import queries as candidates
from career_relay.domain.people.consents import queries as consents
from career_relay.domain.people.consents.models import Consent
from career_relay.kernel.tenancy.context import acting_as

if typing.TYPE_CHECKING:
    import datetime as dt
    import uuid


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Reconsidered:
    """How many registrations of the person count by it."""

    counted: int


def reconsider_referrals(*, candidate_id: uuid.UUID, now: dt.datetime) -> Reconsidered:
    """Count those registrations of the person that only lacked the consent to introduction, if it is in force.

    Each employer is a transaction of its own, so that no two counters are ever locked together. May be repeated.
    """
    with acting_as(candidate=candidate_id):
        ways = referral_queries.ways_of(candidate_id)
        if not consents.is_live(candidate_id, Consent.Purpose.AGENCY_INTRODUCTION, now):
            return Reconsidered(counted=0)
    return Reconsidered(counted=sum(_reconsider(candidate_id, way, now) for way in ways))


@transaction.atomic
def _reconsider(candidate_id: uuid.UUID, way: referral_queries.Way, now: dt.datetime) -> bool:
    with acting_as(candidate=candidate_id):
        person = candidates.identity(candidate_id)
        is_known = referral_queries.is_known_to_network(candidate_id, way.organization_id)
    if person is None:
        return False
    newcomer = referrals.Newcomer(
        candidate_id=candidate_id,
        email=person.email,
        phone=person.phone,
        source_type=way.source_type,
        has_introduction_consent=True,
        is_known_to_network=is_known,
    )
    with acting_as(organization=way.organization_id):
        referred = referrals.reconsider(
            registration_id=way.registration_id, organization_id=way.organization_id, newcomer=newcomer, now=now
        )
        letters.tell_of_slots(organization_id=way.organization_id, referred=referred, now=now)
    return referred.number > 0
