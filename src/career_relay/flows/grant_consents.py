"""A registered person agrees to more, on their own page."""

from __future__ import annotations

import dataclasses
import typing

from django.db import transaction

from career_relay.capabilities import queue
from career_relay.domain.people.candidates import operations as candidates
from career_relay.domain.people.candidates.models import Exclusion
from career_relay.domain.people.consents import operations as consents
from career_relay.domain.people.consents.models import Consent
from career_relay.kernel import actors
from career_relay.kernel.tenancy.context import acting_as

if typing.TYPE_CHECKING:
    import collections.abc
    import datetime as dt
    import uuid


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Granted:
    """The consents as they stand now, in the order asked."""

    consent_ids: tuple[uuid.UUID, ...]


@transaction.atomic
def grant_consents(
    *,
    candidate_id: uuid.UUID,
    purposes: collections.abc.Iterable[str],
    language: str,
    now: dt.datetime,
    organization_id: uuid.UUID | None = None,
) -> Granted:
    """Write down the person's yes to each purpose, and open what it opens; `organization_id` is the employer that may write.

    A yes to introduction may complete what an employer's referral lacked: a task looks at that, one employer at a time.
    Another puts the person before an agency.
    Raises UnableToFindCandidate.
    """
    granted = []
    with acting_as(candidate=candidate_id):
        candidates.lock(candidate_id=candidate_id)
        for purpose in purposes:
            employer = organization_id if purpose == Consent.Purpose.EMPLOYER_RECONTACT else None
            consent = consents.grant(
                candidate_id=candidate_id,
                purpose=purpose,
                organization_id=employer,
                language=language,
                actor=actors.candidate(candidate_id),
                now=now,
            )
            if employer:
                reason = Exclusion.Reason.REJECTED_BY
                candidates.lift_exclusion(candidate_id=candidate_id, organization_id=employer, reason=reason)
            if purpose == Consent.Purpose.AGENCY_INTRODUCTION:
                queue.defer("reconsider_referrals", candidate=candidate_id)
                queue.defer("route_candidate", candidate=candidate_id)
            granted.append(consent.pk)
    return Granted(consent_ids=tuple(granted))
