"""A person takes a yes back. It works at once, everywhere."""

from __future__ import annotations

import dataclasses
import typing

from django.db import transaction

from career_relay.domain.people.candidates import operations as candidates
from career_relay.domain.people.candidates.models import Exclusion
from career_relay.domain.people.consents import operations as consents
from career_relay.domain.people.consents import queries as consent_queries
from career_relay.domain.people.consents.models import Consent
from career_relay.domain.people.routing import sql as routing
from career_relay.flows import end_assignment, end_introductions
from career_relay.kernel import actors
from career_relay.kernel.tenancy.context import acting_as

if typing.TYPE_CHECKING:
    import datetime as dt
    import uuid


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Withdrawn:
    """The consents that ended now, in the order of their purposes; empty if all had ended before."""

    consent_ids: tuple[uuid.UUID, ...]


@transaction.atomic
def withdraw_consent(*, candidate_id: uuid.UUID, now: dt.datetime, consent_id: uuid.UUID | None = None) -> Withdrawn:
    """End one consent of the person, or every one if none is named, with all it had opened.

    Agencies and employers that saw the person no longer do; the agency's time with them ends, and so does what it
    introduced, but for what they accepted. An employer that may no longer write is kept
    from the person again, as it was before the yes. What was counted stays counted. Raises UnableToFindCandidate, UnableToWithdrawConsent.
    """
    routing.take_out()
    with acting_as(candidate=candidate_id):
        candidates.lock(candidate_id=candidate_id)
        named = [consent_id] if consent_id else [given.consent_id for given in consent_queries.open_ones(candidate_id)]
        ended = [_withdraw(candidate_id, identifier, now) for identifier in named]
    if any(consent.purpose == Consent.Purpose.AGENCY_INTRODUCTION for consent in ended):
        end_introductions.end_for_person(candidate_id=candidate_id, reason="withdrawn", now=now)
        end_assignment.end_for_withdrawal(candidate_id=candidate_id, now=now)
    return Withdrawn(consent_ids=tuple(consent.pk for consent in ended if consent.withdrawn_at == now))


def _withdraw(candidate_id: uuid.UUID, consent_id: uuid.UUID, now: dt.datetime) -> Consent:
    consent = consents.withdraw(
        candidate_id=candidate_id, consent_id=consent_id, actor=actors.candidate(candidate_id), now=now
    )
    if consent.organization_id and consent.purpose == Consent.Purpose.EMPLOYER_RECONTACT:
        end_introductions.keep_away(
            candidate_id=candidate_id,
            organization_id=consent.organization_id,
            reason=Exclusion.Reason.REJECTED_BY,
            now=now,
        )
    return consent
