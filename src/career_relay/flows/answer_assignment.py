"""An agency says yes to a person, and learns who it is; or no, and another is asked."""

from __future__ import annotations

import dataclasses
import typing

from django.db import transaction
from django.utils.translation import gettext as _

from career_relay.capabilities import queue
from career_relay.domain.ground.agencies import queries as agencies
from career_relay.domain.ground.agreements import operations as agreement_operations
from career_relay.domain.ground.agreements import queries as agreements
from career_relay.domain.ground.organizations.models import Organization
from career_relay.domain.ground.programmes import queries as programmes
from career_relay.domain.ground.programmes.models import DEFAULT_PROGRAMME_ID
from career_relay.domain.people.books import operations as books
from career_relay.domain.people.candidates import operations as candidates
from career_relay.domain.people.consents import operations as consents
from career_relay.domain.people.routing import letters
from career_relay.domain.people.routing import operations as routing
from career_relay.kernel import clock
from career_relay.kernel.tenancy.context import acting_as

if typing.TYPE_CHECKING:
    import datetime as dt
    import uuid

    from career_relay.domain.people.candidates.models import Access
    from career_relay.kernel import actors


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Accepted:
    """Whom the agency looks after now, and by when it has spoken with them."""

    assignment_id: uuid.UUID
    candidate_id: uuid.UUID
    contact_by: dt.datetime


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Declined:
    """The offer that was turned down."""

    assignment_id: uuid.UUID


@transaction.atomic
def accept_assignment(
    *, organization_id: uuid.UUID, assignment_id: uuid.UUID, actor: actors.Actor, now: dt.datetime
) -> Accepted:
    """Take charge of a person: the agency may see them from now on, which is on record, and they are told who it is.

    What the law has the agency keep of them is written into its book at once.
    The person is locked before their assignment, as by everything that ends one, so a withdrawal comes either before
    (and nothing is shown) or after (and closes what was shown). Raises UnableToActWithoutRight, UnableToFindAssignment,
    UnableToAnswerAssignment, UnableToTakePeople, UnableToTakePerson.
    """
    policy = programmes.policy_at(DEFAULT_PROGRAMME_ID, now)
    with acting_as(organization=organization_id):
        offer = routing.offered(organization_id=organization_id, assignment_id=assignment_id, actor=actor, now=now)
        operator_id = _operator(organization_id, now)
    with acting_as(candidate=offer.candidate_id):
        access = _disclosed(offer.candidate_id, organization_id, operator_id, actor, now)
    with acting_as(organization=organization_id):
        assignment = routing.accept(
            organization_id=organization_id, assignment_id=assignment_id, policy=policy, actor=actor, now=now
        )
        books.write(assignment=assignment)
    with acting_as(candidate=access.candidate_id):
        letters.tell_of_carer(candidate_id=access.candidate_id, assignment=assignment, now=now)
    return Accepted(
        assignment_id=assignment.pk,
        candidate_id=assignment.candidate_id,
        contact_by=typing.cast("dt.datetime", assignment.contact_by),
    )


@transaction.atomic
def decline_assignment(
    *,
    organization_id: uuid.UUID,
    assignment_id: uuid.UUID,
    reason: str,
    note: str,
    actor: actors.Actor,
    now: dt.datetime,
) -> Declined:
    """Turn a person down, with the reason; a task puts them before the next agency at once.

    Raises UnableToActWithoutRight, UnableToFindAssignment, UnableToAnswerAssignment, UnableToDeclineWithoutReason.
    """
    with acting_as(organization=organization_id):
        declined = routing.decline(
            organization_id=organization_id, assignment_id=assignment_id, reason=reason, note=note, actor=actor, now=now
        )
        queue.defer("route_candidate", candidate=declined.candidate_id)
    return Declined(assignment_id=declined.pk)


def _operator(organization_id: uuid.UUID, now: dt.datetime) -> uuid.UUID:
    """Return the operator that gives people to the agency, if the agency may take any. The caller acts as the agency."""
    today = clock.day_in_japan(now)
    standing = agencies.standing(organization_id, today)
    operators = agreements.partners(organization_id, Organization.Kind.OPERATOR)
    if not standing.may_act or not operators:
        raise routing.UnableToTakePeople(_("運営との連携協定") if standing.may_act else standing.text)
    operator_id = operators[0].organization_id
    is_held = agreement_operations.hold(organization_id=organization_id, partner_id=operator_id)
    if not is_held or not agreements.may_receive(organization_id, today):
        raise routing.UnableToTakePeople(_("運営との連携協定"))
    return operator_id


def _disclosed(
    candidate_id: uuid.UUID, organization_id: uuid.UUID, operator_id: uuid.UUID, actor: actors.Actor, now: dt.datetime
) -> Access:
    try:
        candidates.lock(candidate_id=candidate_id)
        return consents.disclose(
            candidate_id=candidate_id, organization_id=organization_id, giver_id=operator_id, actor=actor, now=now
        )
    except (candidates.UnableToFindCandidate, consents.UnableToDisclose) as error:
        raise routing.UnableToTakePerson from error
