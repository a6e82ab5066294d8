"""The operator looks at an agency: what it submitted, whether it holds, and whether the agency may go on.

Each step checks the operator's right in the operator's context, and reads or writes in the agency's.
"""

from __future__ import annotations

import dataclasses
import typing

from django.db import transaction

from career_relay.capabilities import queue
from career_relay.domain.ground.agencies import operations as agencies
from career_relay.domain.ground.agencies import queries
from career_relay.domain.ground.agencies.operations.errors import UnableToFindAgency
from career_relay.domain.ground.agreements import operations as agreements
from career_relay.domain.ground.organizations.operations import seats
from career_relay.kernel.tenancy.context import acting_as

if typing.TYPE_CHECKING:
    import datetime as dt
    import uuid

    from career_relay.domain.ground.agencies.models import Desk, Licence, Office, Stop
    from career_relay.kernel import actors


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class OnFile:
    """An agency as the operator sees it: what it told about itself, and nobody it looks after."""

    line: queries.AgencyLine
    licences: tuple[Licence, ...]
    stops: tuple[Stop, ...]
    desk: Desk | None
    offices: tuple[Office, ...]
    fees: queries.Published | None


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What was decided upon."""

    agency_id: uuid.UUID
    subject_id: uuid.UUID


def on_file(*, operator_id: uuid.UUID, agency_id: uuid.UUID, today: dt.date) -> OnFile:
    """Return what an agency told about itself. Raises UnableToFindAgency, as for everybody who is no operator."""
    line = _line(operator_id, agency_id, today)
    with acting_as(organization=agency_id):
        return OnFile(
            line=line,
            licences=tuple(queries.licences(agency_id)),
            stops=tuple(queries.stops(agency_id)),
            desk=queries.desk(agency_id),
            offices=tuple(queries.offices(agency_id)),
            fees=queries.fee_table(agency_id, today),
        )


def evidence(*, operator_id: uuid.UUID, agency_id: uuid.UUID, licence_id: uuid.UUID, today: dt.date) -> Licence | None:
    """Return one licence of an agency with its file. Raises UnableToFindAgency, as for everybody who is no operator."""
    _line(operator_id, agency_id, today)
    with acting_as(organization=agency_id):
        return queries.licence(agency_id, licence_id)


@transaction.atomic
def confirm_licence(
    *, operator_id: uuid.UUID, agency_id: uuid.UUID, licence_id: uuid.UUID, actor: actors.Actor, now: dt.datetime
) -> Checked:
    """Confirm a licence, tell the agency, and propose the network's usual agreement to it unless there is one.

    Raises UnableToActWithoutRight, UnableToFindAgency, UnableToDecideLicence.
    """
    _check_right(operator_id, actor)
    with acting_as(organization=agency_id):
        agencies.confirm_licence(organization_id=agency_id, licence_id=licence_id, decided_by=actor, now=now)
    with acting_as(organization=operator_id):
        agreements.propose_standard(operator_id=operator_id, agency_id=agency_id, actor=actor, now=now)
    return Checked(agency_id=agency_id, subject_id=licence_id)


@transaction.atomic
def refuse_licence(
    *,
    operator_id: uuid.UUID,
    agency_id: uuid.UUID,
    licence_id: uuid.UUID,
    reason: str,
    actor: actors.Actor,
    now: dt.datetime,
) -> Checked:
    """Hand a licence back to the agency with the reason.

    Raises UnableToActWithoutRight, UnableToFindAgency, UnableToDecideLicence, UnableToActWithoutReason.
    """
    _check_right(operator_id, actor)
    with acting_as(organization=agency_id):
        agencies.refuse_licence(
            organization_id=agency_id, licence_id=licence_id, reason=reason, decided_by=actor, now=now
        )
    return Checked(agency_id=agency_id, subject_id=licence_id)


@transaction.atomic
def stop_agency(
    *, operator_id: uuid.UUID, agency_id: uuid.UUID, reason: str, actor: actors.Actor, now: dt.datetime
) -> Checked:
    """Let an agency receive nobody until further notice; a task takes those it looks after back at once.

    Raises UnableToActWithoutRight, UnableToFindAgency, UnableToStopAgain, UnableToActWithoutReason.
    """
    _check_right(operator_id, actor)
    with acting_as(organization=agency_id):
        stopped = agencies.stop(organization_id=agency_id, reason=reason, decided_by=actor, now=now)
        queue.defer("take_people_back")
    return Checked(agency_id=agency_id, subject_id=stopped.pk)


@transaction.atomic
def resume_agency(*, operator_id: uuid.UUID, agency_id: uuid.UUID, actor: actors.Actor, now: dt.datetime) -> Checked:
    """End the stop of an agency; whether it may act again is up to its licence and its agreement.

    Raises UnableToActWithoutRight, UnableToFindAgency, UnableToResume.
    """
    _check_right(operator_id, actor)
    with acting_as(organization=agency_id):
        stopped = agencies.resume(organization_id=agency_id, decided_by=actor, now=now)
    return Checked(agency_id=agency_id, subject_id=stopped.pk)


def _check_right(operator_id: uuid.UUID, actor: actors.Actor) -> None:
    with acting_as(organization=operator_id):
        seats.acting(organization_id=operator_id, actor=actor, right="check_agencies")


def _line(operator_id: uuid.UUID, agency_id: uuid.UUID, today: dt.date) -> queries.AgencyLine:
    """Return the agency's line of the operator's list, which is empty for everybody else."""
    with acting_as(organization=operator_id):
        found = next((one for one in queries.overview(today) if one.organization_id == agency_id), None)
    if found is None:
        raise UnableToFindAgency
    return found
