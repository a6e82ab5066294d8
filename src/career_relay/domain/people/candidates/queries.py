"""Reads about people: by address for nobody in particular, everything else as the person."""

from __future__ import annotations

import dataclasses
import typing

from career_relay.capabilities.crypto import keys
from career_relay.domain.ground.organizations import queries as organizations
from career_relay.domain.people.candidates.models import Access, Candidate, Exclusion, Identity, Profile, SignUp
from career_relay.domain.people.candidates.rules import Details, Ticked
from career_relay.kernel import japanese
from career_relay.kernel.tenancy import gate
from career_relay.kernel.tenancy.context import acting_as

if typing.TYPE_CHECKING:
    import datetime as dt
    import uuid

ADDRESS = "candidate-address"


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Who somebody is: the one answer to that question in the whole program."""

    candidate_id: uuid.UUID
    name: str
    email: str
    phone: str
    confirmed_at: dt.datetime


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """What a person looks for, in words."""

    prefecture_name: str
    occupation: str
    employment_type_name: str


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A sign-up as its own browser shows it. `is_done` once its code was right; then it has forgotten the rest.

    `is_over` a moment after that: from then on the same code opens nothing more.
    `challenge` is new with every code that is sent, so that tries can be counted for each.
    """

    sign_up_id: uuid.UUID
    challenge: uuid.UUID
    details: Details | None
    ticked: tuple[Ticked, ...]
    language: str
    is_done: bool
    is_over: bool


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Sight:
    """What one organization may see of the person, and until when."""

    organization_id: uuid.UUID
    organization_name: str
    scope: str
    scope_name: str
    granted_at: dt.datetime
    valid_until: dt.datetime


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """An organization that never sees the person, and why."""

    organization_id: uuid.UUID
    organization_name: str
    reason: str
    reason_name: str
    since: dt.datetime


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """Everything this room holds about a person."""

    person: Person
    prefecture: str
    prefecture_name: str
    occupation: str
    employment_type: str
    employment_type_name: str
    language: str
    registered_at: dt.datetime
    seen_by: tuple[Sight, ...]
    kept_from: tuple[Kept, ...]


def address_index(email: str) -> bytes:
    """Return the blind index under which an address is looked up."""
    return keys.keyed_hash(ADDRESS, japanese.normalise_email(email))


def by_address(email: str) -> uuid.UUID | None:
    """Return the registered person with this address, whoever asks; None if there is none (any more)."""
    return by_address_index(address_index(email))


def by_address_index(index: bytes) -> uuid.UUID | None:
    """Return the registered person with the address of this blind index."""
    found = gate.row("candidate_by_address", index)
    return found["candidate_id"] if found else None


def identity(candidate_id: uuid.UUID) -> Person | None:
    """Return who the person is, to whoever may know; None to everybody else and after erasure."""
    found = Identity.objects.filter(pk=candidate_id).first()
    return _person(found) if found else None


def wishes(candidate_id: uuid.UUID) -> Wishes | None:
    """Return what the person looks for, to whoever may know; None to everybody else."""
    found = Profile.objects.filter(pk=candidate_id).first()
    if found is None:
        return None
    return Wishes(
        prefecture_name=str(found.get_prefecture_display()),
        occupation=found.occupation,
        employment_type_name=str(found.get_employment_type_display()),
    )


def erased_at(candidate_id: uuid.UUID) -> dt.datetime | None:
    """Return when the person was erased; None while they are registered, and for nobody. The caller acts as the person."""
    return Candidate.objects.filter(pk=candidate_id).values_list("erased_at", flat=True).first()


def is_excluded(candidate_id: uuid.UUID, organization_id: uuid.UUID) -> bool:
    """Tell the person, and nobody else, whether they keep this organization away."""
    return Exclusion.objects.filter(candidate_id=candidate_id, organization_id=organization_id).exists()


def session_version(candidate_id: uuid.UUID) -> int | None:
    """Return the number that a signed-in browser must show; None for somebody who is no longer registered."""
    with acting_as(candidate=candidate_id):
        active = Candidate.objects.filter(pk=candidate_id, state=Candidate.State.ACTIVE)
        return active.values_list("session_version", flat=True).first()


def draft(sign_up_id: uuid.UUID, now: dt.datetime) -> Draft | None:
    """Return the sign-up that belongs to a browser, or None if its day is over."""
    with acting_as(candidate=sign_up_id):
        found = SignUp.objects.filter(pk=sign_up_id, expires_at__gt=now).first()
    if found is None:
        return None
    return Draft(
        sign_up_id=found.pk,
        challenge=found.challenge,
        details=Details(**found.details) if found.details else None,
        ticked=tuple(Ticked(**one) for one in found.consents),
        language=found.language,
        is_done=found.candidate_id is not None,
        is_over=found.candidate_id is not None and not (found.code_expires_at and now < found.code_expires_at),
    )


def held(candidate_id: uuid.UUID) -> Held:
    """Return everything this room holds about the person who asks."""
    candidate = Candidate.objects.get(pk=candidate_id)
    profile = Profile.objects.get(pk=candidate_id)
    seen_by = list(Access.objects.filter(candidate_id=candidate_id).order_by("granted_at", "pk"))
    kept_from = list(Exclusion.objects.filter(candidate_id=candidate_id).order_by("since", "pk"))
    named = [row.organization_id for row in seen_by] + [row.organization_id for row in kept_from]
    names = organizations.names_of(named)
    return Held(
        person=_person(Identity.objects.get(pk=candidate_id)),
        prefecture=profile.prefecture,
        prefecture_name=str(profile.get_prefecture_display()),
        occupation=profile.occupation,
        employment_type=profile.employment_type,
        employment_type_name=str(profile.get_employment_type_display()),
        language=candidate.language,
        registered_at=candidate.registered_at,
        seen_by=tuple(_sight(row, names[row.organization_id].name) for row in seen_by),
        kept_from=tuple(_kept(row, names[row.organization_id].name) for row in kept_from),
    )


def _person(row: Identity) -> Person:
    return Person(
        candidate_id=row.candidate_id, name=row.name, email=row.email, phone=row.phone, confirmed_at=row.confirmed_at
    )


def _sight(row: Access, name: str) -> Sight:
    return Sight(
        organization_id=row.organization_id,
        organization_name=name,
        scope=row.scope,
        scope_name=str(row.get_scope_display()),
        granted_at=row.granted_at,
        valid_until=row.valid_until,
    )


def _kept(row: Exclusion, name: str) -> Kept:
    return Kept(
        organization_id=row.organization_id,
        organization_name=name,
        reason=row.reason,
        reason_name=str(row.get_reason_display()),
        since=row.since,
    )
