"""Agencies that may receive people, people who agreed, and what happens between them, told in single words."""

from __future__ import annotations

import dataclasses
import datetime as dt
import typing

from career_relay.domain.ground.agencies import operations as agencies
from career_relay.domain.ground.agencies.models import Licence
from career_relay.domain.ground.agreements import operations as agreements
from career_relay.domain.ground.agreements.models import AgreementVersion
from career_relay.domain.people.candidates import queries as candidates
from career_relay.domain.people.candidates.models import Candidate, Profile
from career_relay.domain.people.routing.models import Assignment
from career_relay.flows import answer_assignment, grant_consents, route_candidate
from career_relay.kernel import actors, clock
from career_relay.kernel.tenancy.context import acting_as
from tests.domain.ground.agencies import room
from tests.world import NOW, make_candidate, make_tenant

if typing.TYPE_CHECKING:
    import uuid

    from tests.world import Tenant

INTRODUCTION = "agency_introduction"


@dataclasses.dataclass(frozen=True, slots=True)
class Desk:
    """An agency that takes part, with what its taking part rests on."""

    tenant: Tenant
    operator: Tenant
    licence_id: uuid.UUID
    agreement_id: uuid.UUID

    @property
    def id(self) -> uuid.UUID:
        return self.tenant.id

    @property
    def manager(self) -> actors.Actor:
        return actors.user(self.tenant.users["manager"].pk)

    @property
    def adviser(self) -> actors.Actor:
        return actors.user(self.tenant.users["adviser"].pk)


def desk(tenant: Tenant, operator: Tenant, *, now: dt.datetime = NOW, **serves: typing.Any) -> Desk:
    """Have an agency tell all that is asked, its licence confirmed, and its agreement signed."""
    describe(tenant, now, **serves)
    licence_id = license_(tenant, operator, now=now)
    return Desk(tenant, operator, licence_id, agree(tenant, operator, now))


def new_desk(operator: Tenant, handle: str, *, now: dt.datetime = NOW, **serves: typing.Any) -> Desk:
    """Make an agency that takes part."""
    return desk(make_tenant("agency", f"{handle}人材紹介株式会社", handle), operator, now=now, **serves)


def describe(tenant: Tenant, now: dt.datetime = NOW, **serves: typing.Any) -> None:
    """Have the agency say how it is reached, whom it takes, where it is and what it charges."""
    with acting_as(organization=tenant.id):
        agencies.save_desk(details=dataclasses.replace(room.DESK, **serves), **room.by(tenant, now))
        room.open_office(tenant, now)
        room.publish(tenant, now=now)


def license_(tenant: Tenant, operator: Tenant, *, now: dt.datetime = NOW, **licence: typing.Any) -> uuid.UUID:
    """Have a licence submitted, and confirmed by the operator."""
    with acting_as(organization=tenant.id):
        return room.confirm(tenant, operator, now, **licence).pk


def agree(tenant: Tenant, operator: Tenant, now: dt.datetime = NOW) -> uuid.UUID:
    """Have the operator propose the usual agreement, and the agency sign it."""
    with acting_as(organization=operator.id, user=operator.owner.pk):
        agreement = agreements.propose_standard(
            operator_id=operator.id, agency_id=tenant.id, actor=actors.user(operator.owner.pk), now=now
        )
    with acting_as(organization=tenant.id, user=tenant.owner.pk):
        version = AgreementVersion.objects.get(agreement=agreement, number=agreement.offered)
        agreements.accept(
            organization_id=tenant.id,
            agreement_id=agreement.pk,
            text_hash=version.text_hash,
            name="責任 花子",
            actor=actors.user(tenant.owner.pk),
            now=now,
        )
    return agreement.pk


def suspend(agency: Desk, now: dt.datetime = NOW) -> None:
    """Have the operator suspend the agreement."""
    _act(agency, agreements.suspend, reason="確認のため", now=now)


def resume(agency: Desk, now: dt.datetime = NOW) -> None:
    """Have the operator go on with the agreement."""
    _act(agency, agreements.resume, now=now)


def end_agreement(agency: Desk, now: dt.datetime = NOW) -> None:
    """Have the operator end the agreement."""
    _act(agency, agreements.end, reason="終了", now=now)


def stop(agency: Desk, now: dt.datetime = NOW) -> None:
    """Have the operator stop the agency."""
    with acting_as(organization=agency.id):
        decided_by = actors.user(agency.operator.owner.pk)
        agencies.stop(organization_id=agency.id, reason="確認のため", decided_by=decided_by, now=now)


def go_on(agency: Desk, now: dt.datetime = NOW) -> None:
    """Have the operator end the stop."""
    with acting_as(organization=agency.id):
        agencies.resume(organization_id=agency.id, decided_by=actors.user(agency.operator.owner.pk), now=now)


def let_expire(agency: Desk, now: dt.datetime = NOW) -> None:
    """End the agency's licences on the day before, as time would."""
    yesterday = clock.day_in_japan(now) - dt.timedelta(days=1)
    with acting_as(organization=agency.id, user=agency.operator.owner.pk):
        Licence.objects.update(valid_from=yesterday - dt.timedelta(days=1), valid_until=yesterday)


def person(email: str, *, now: dt.datetime = NOW, name: str = "山田 空", **wishes: str) -> Candidate:
    """Make a registered person who agreed to introduction, with these wishes."""
    candidate = make_candidate(name, email)
    with acting_as(candidate=candidate.pk):
        Profile.objects.filter(pk=candidate.pk).update(**wishes)
    agree_to_introduction(candidate.pk, now)
    return candidate


def agree_to_introduction(candidate_id: uuid.UUID, now: dt.datetime = NOW) -> None:
    """Have a person say yes to introduction."""
    grant_consents.grant_consents(candidate_id=candidate_id, purposes=[INTRODUCTION], language="ja", now=now)


def route(candidate: Candidate, now: dt.datetime = NOW) -> Assignment:
    """Put a person before an agency; return the offer."""
    assert route_candidate.route_candidate(candidate_id=candidate.pk, now=now).offered == 1
    [offer] = [one for one in assignments(candidate.pk) if one.state == "offered"]
    return offer


def accept(agency: Desk, assignment_id: uuid.UUID, now: dt.datetime = NOW) -> answer_assignment.Accepted:
    """Have an adviser say yes."""
    return answer_assignment.accept_assignment(
        organization_id=agency.id, assignment_id=assignment_id, actor=agency.adviser, now=now
    )


def take(agency: Desk, candidate: Candidate, now: dt.datetime = NOW) -> Assignment:
    """Put a person before an agency, which says yes."""
    accept(agency, route(candidate, now).pk, now)
    return next(one for one in assignments(candidate.pk) if one.state == "active")


def assignments(candidate_id: uuid.UUID) -> list[Assignment]:
    """Return all assignments of a person, the oldest first."""
    with acting_as(candidate=candidate_id):
        return list(Assignment.objects.filter(candidate_id=candidate_id).order_by("offered_at", "pk"))


def states(candidate_id: uuid.UUID) -> list[str]:
    """Return how all of them stand."""
    return [one.state for one in assignments(candidate_id)]


def name_seen(organization_id: uuid.UUID, candidate_id: uuid.UUID) -> str:
    """Really read, as an organization, who a person is; an empty string when it may not."""
    with acting_as(organization=organization_id):
        found = candidates.identity(candidate_id)
    return found.name if found else ""


def _act(agency: Desk, act: typing.Any, **how: typing.Any) -> None:
    operator = agency.operator
    with acting_as(organization=operator.id, user=operator.owner.pk):
        actor = actors.user(operator.owner.pk)
        act(organization_id=operator.id, agreement_id=agency.agreement_id, actor=actor, **how)
