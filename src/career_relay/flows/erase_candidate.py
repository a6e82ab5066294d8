"""A person leaves for good: who they were is forgotten, what was counted stays right."""

from __future__ import annotations

import dataclasses
import datetime as dt
import typing

from django.db import transaction

from career_relay.capabilities import queue
from career_relay.capabilities.messaging import operations as messaging
from career_relay.domain.people.candidates import operations as candidates
from career_relay.domain.people.candidates import queries as candidate_queries
from career_relay.domain.people.complaints import operations as complaints
from career_relay.domain.people.consents import operations as consents
from career_relay.domain.people.consents import queries as consent_queries
from career_relay.domain.people.routing import sql as routing
from career_relay.flows import end_assignment, end_introductions
from career_relay.kernel import actors
from career_relay.kernel.tenancy.context import acting_as

if typing.TYPE_CHECKING:
    import uuid

LAST_MAIL_LIFE: typing.Final = dt.timedelta(hours=23)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Erased:
    """The pseudonym that stays, and when the rest went."""

    candidate_id: uuid.UUID
    erased_at: dt.datetime


@transaction.atomic
def erase_candidate(*, candidate_id: uuid.UUID, now: dt.datetime) -> Erased:
    """Withdraw every consent, delete who the person is and all mail to and from them, and confirm it in one last mail.

    Agencies that looked after the person no longer do; what they and employers wrote down is emptied. Consents, registrations,
    provision records and facts stay under the pseudonym and hold nothing that leads back. The last mail needs an
    address, so its row is the only place that still has one; a task deletes it within a day, delivered or not.
    Erasing twice gives the first result. Raises UnableToFindCandidate for somebody who was never registered.
    """
    routing.take_out()
    with acting_as(candidate=candidate_id):
        if erased_at := candidate_queries.erased_at(candidate_id):
            return Erased(candidate_id=candidate_id, erased_at=erased_at)
        actor = actors.candidate(candidate_id)
        candidates.lock(candidate_id=candidate_id)
        held = candidate_queries.held(candidate_id)
        end_introductions.end_for_person(candidate_id=candidate_id, reason="erased", now=now)
        end_assignment.end_for_erasure(candidate_id=candidate_id, now=now)
        end_introductions.forget(candidate_id=candidate_id)
        complaints.forget(candidate_id=candidate_id, now=now)
        for given in consent_queries.open_ones(candidate_id):
            consents.withdraw(candidate_id=candidate_id, consent_id=given.consent_id, actor=actor, now=now)
        candidates.erase(candidate_id=candidate_id, actor=actor, now=now)
        messaging.erase(candidate=candidate_id)
        messaging.queue(
            template="mail/registration_erased",
            to=held.person.email,
            language=held.language,
            context={"erased_at": now},
            candidate=candidate_id,
            now=now,
        )
        queue.defer("forget_last_mail", at=now + LAST_MAIL_LIFE, candidate=candidate_id)
    return Erased(candidate_id=candidate_id, erased_at=now)
