"""What a person sees of those who look after them. Always as the person."""

from __future__ import annotations

import dataclasses
import typing

from career_relay.domain.ground.agencies import queries as agencies
from career_relay.domain.ground.organizations import queries as organizations
from career_relay.domain.people.routing.models import OPEN, Assignment, Wish

if typing.TYPE_CHECKING:
    import datetime as dt
    import uuid


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Carer:
    """An agency that looks after the person (`active`), or thinks about it without knowing who they are (`offered`)."""

    assignment_id: uuid.UUID
    organization_id: uuid.UUID
    name: str
    number: str
    phone: str
    email: str
    message: str
    state: str
    accepted_at: dt.datetime | None
    contact_by: dt.datetime | None
    contacted_at: dt.datetime | None


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Wished:
    """An agency that the person would like, by name."""

    organization_id: uuid.UUID
    name: str
    rank: int


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Episode:
    """One agency's turn, open or over, as the copy of everything held tells it."""

    organization_name: str
    state: str
    offered_at: dt.datetime
    answered_at: dt.datetime | None
    contacted_at: dt.datetime | None
    ended_at: dt.datetime | None
    end_reason: str


def carers(candidate_id: uuid.UUID) -> list[Carer]:
    """Return who looks after the person, and who was asked to, those who accepted first."""
    found = Assignment.objects.filter(candidate_id=candidate_id, state__in=OPEN).order_by("state", "offered_at", "pk")
    rows = list(found)
    cards = agencies.cards([row.organization_id for row in rows])
    return [_carer(row, cards[row.organization_id]) for row in rows]


def open_of_person(candidate_id: uuid.UUID) -> list[tuple[uuid.UUID, uuid.UUID]]:
    """Return the person's open assignments as (assignment, agency), the oldest first."""
    found = Assignment.objects.filter(candidate_id=candidate_id, state__in=OPEN).order_by("offered_at", "pk")
    return list(found.values_list("pk", "organization_id"))


def assignment(assignment_id: uuid.UUID) -> Assignment | None:
    """Return an assignment to one of its two parties, as it stands."""
    return Assignment.objects.filter(pk=assignment_id).first()


def wishes(candidate_id: uuid.UUID) -> list[Wished]:
    """Return the agencies the person would like, the most liked first."""
    rows = list(Wish.objects.filter(candidate_id=candidate_id).order_by("rank"))
    names = organizations.names_of({row.organization_id for row in rows})
    return [
        Wished(organization_id=row.organization_id, name=names[row.organization_id].name, rank=row.rank) for row in rows
    ]


def episodes(candidate_id: uuid.UUID) -> list[Episode]:
    """Return every agency's turn, the oldest first."""
    rows = list(Assignment.objects.filter(candidate_id=candidate_id).order_by("offered_at", "pk"))
    names = organizations.names_of({row.organization_id for row in rows})
    return [
        Episode(
            organization_name=names[row.organization_id].name,
            state=row.state,
            offered_at=row.offered_at,
            answered_at=row.answered_at,
            contacted_at=row.contacted_at,
            ended_at=row.ended_at,
            end_reason=row.end_reason,
        )
        for row in rows
    ]


def _carer(row: Assignment, card: agencies.Card) -> Carer:
    return Carer(
        assignment_id=row.pk,
        organization_id=row.organization_id,
        name=card.name,
        number=card.number,
        phone=card.phone,
        email=card.email,
        message=card.message,
        state=row.state,
        accepted_at=row.answered_at,
        contact_by=row.contact_by,
        contacted_at=row.contacted_at,
    )
