"""What the operator decides about an agency. Flows call these in the agency's context, after checking the right.

What is written is written as the one who decides: the database takes it from a member of an operator alone.
"""

from __future__ import annotations

import typing

from career_relay.capabilities.facts import operations as facts
from career_relay.domain.ground.agencies import letters, queries
from career_relay.domain.ground.agencies.models import LONGEST_REASON, Licence, Stop
from career_relay.domain.ground.agencies.operations import acting
from career_relay.domain.ground.agencies.operations.errors import (
    UnableToActWithoutReason,
    UnableToDecideLicence,
    UnableToResume,
    UnableToStopAgain,
)
from career_relay.kernel import japanese
from career_relay.kernel.tenancy.context import acting_as

if typing.TYPE_CHECKING:
    import datetime as dt
    import uuid

    from career_relay.kernel import actors


def confirm_licence(
    *, organization_id: uuid.UUID, licence_id: uuid.UUID, decided_by: actors.Actor, now: dt.datetime
) -> Licence:
    """Say that the licence was looked up and holds; the agency may act by it within its days.

    Raises UnableToFindAgency, UnableToDecideLicence.
    """
    licence = _waiting(organization_id, licence_id)
    _decide(licence, Licence.State.CONFIRMED, "", decided_by, now)
    facts.record(
        "licence.confirmed",
        actor=decided_by,
        occurred_at=now,
        organization=organization_id,
        subject=licence.pk,
        valid_until=licence.valid_until.isoformat(),
    )
    letters.tell_of_confirmation(licence, now=now)
    return licence


def refuse_licence(
    *, organization_id: uuid.UUID, licence_id: uuid.UUID, reason: str, decided_by: actors.Actor, now: dt.datetime
) -> Licence:
    """Hand the licence back with the reason, which the agency reads and answers by submitting again.

    Raises UnableToFindAgency, UnableToDecideLicence, UnableToActWithoutReason.
    """
    licence = _waiting(organization_id, licence_id)
    _decide(licence, Licence.State.REFUSED, _told(reason), decided_by, now)
    facts.record("licence.refused", actor=decided_by, occurred_at=now, organization=organization_id, subject=licence.pk)
    letters.tell_of_refusal(licence, now=now)
    return licence


def stop(*, organization_id: uuid.UUID, reason: str, decided_by: actors.Actor, now: dt.datetime) -> Stop:
    """Let the agency receive nobody until further notice.

    Raises UnableToFindAgency, UnableToStopAgain, UnableToActWithoutReason.
    """
    acting.held(organization_id=organization_id)
    if queries.open_stop(organization_id) is not None:
        raise UnableToStopAgain
    with acting_as(organization=organization_id, user=decided_by.id):
        stopped = Stop.objects.create(
            organization_id=organization_id, reason=_told(reason), since=now, by=str(decided_by)
        )
    facts.record("agency.stopped", actor=decided_by, occurred_at=now, organization=organization_id, subject=stopped.pk)
    letters.tell_of_stop(stopped, now=now)
    return stopped


def resume(*, organization_id: uuid.UUID, decided_by: actors.Actor, now: dt.datetime) -> Stop:
    """End the operator's stop; whether the agency may act again is up to its licence.

    Raises UnableToFindAgency, UnableToResume.
    """
    acting.held(organization_id=organization_id)
    stopped = queries.open_stop(organization_id)
    if stopped is None:
        raise UnableToResume
    stopped.ended_at = now
    with acting_as(organization=organization_id, user=decided_by.id):
        stopped.save(update_fields=["ended_at"])
    facts.record("agency.resumed", actor=decided_by, occurred_at=now, organization=organization_id, subject=stopped.pk)
    letters.tell_of_resumption(stopped, now=now)
    return stopped


def _waiting(organization_id: uuid.UUID, licence_id: uuid.UUID) -> Licence:
    acting.held(organization_id=organization_id)
    licence = queries.licences(organization_id).filter(pk=licence_id, state=Licence.State.SUBMITTED).first()
    if licence is None:
        raise UnableToDecideLicence
    return licence


def _decide(licence: Licence, state: Licence.State, reason: str, decided_by: actors.Actor, now: dt.datetime) -> None:
    licence.state, licence.reason = state, reason
    licence.decided_by, licence.decided_at = str(decided_by), now
    with acting_as(organization=licence.organization_id, user=decided_by.id):
        licence.save(update_fields=["state", "reason", "decided_by", "decided_at"])


def _told(reason: str) -> str:
    told = japanese.clean_name(reason)
    if not told or len(told) > LONGEST_REASON:
        raise UnableToActWithoutReason
    return told
