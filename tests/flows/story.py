"""The first steps of the story, told in single words: an employer opens a link, people come through it."""

from __future__ import annotations

import dataclasses
import typing

from career_relay.capabilities.crypto import keys
from career_relay.domain.ground.programmes import operations as programmes
from career_relay.domain.ground.programmes import terms
from career_relay.domain.ground.programmes.models import DEFAULT_PROGRAMME_ID
from career_relay.domain.hiring.links import operations as links
from career_relay.domain.people.candidates import operations as candidates
from career_relay.domain.people.candidates import rules
from career_relay.domain.people.candidates.models import SignUp
from career_relay.domain.people.consents import wording
from career_relay.flows import register_candidate
from career_relay.kernel import actors
from career_relay.kernel.tenancy.context import acting_as
from tests.world import NOW

if typing.TYPE_CHECKING:
    import datetime as dt
    import uuid

    from tests.world import Tenant

INTRODUCTION = ("agency_introduction",)


@dataclasses.dataclass(frozen=True, slots=True)
class Link:
    """An employer's open link."""

    organization_id: uuid.UUID
    link_id: uuid.UUID


def join(tenant: Tenant, now: dt.datetime = NOW) -> None:
    """Have the employer accept the terms and record a basis."""
    user = tenant.owner.pk
    with acting_as(organization=tenant.id, user=user):
        programmes.join(
            organization_id=tenant.id,
            programme_id=DEFAULT_PROGRAMME_ID,
            terms_version=terms.CURRENT.version,
            user_id=user,
            actor=actors.user(user),
            now=now,
        )
        record_basis(tenant, "agreed_at_application", now)


def record_basis(tenant: Tenant, kind: str, now: dt.datetime = NOW) -> None:
    """Have the employer say by what right the line stands in its mail."""
    user = tenant.owner.pk
    with acting_as(organization=tenant.id, user=user):
        links.record_basis(
            organization_id=tenant.id, kind=kind, note="", user_id=user, actor=actors.user(user), now=now
        )


def create_link(tenant: Tenant, now: dt.datetime = NOW, label: str = "") -> Link:
    """Have the employer make a link."""
    user = tenant.owner.pk
    with acting_as(organization=tenant.id, user=user):
        link = links.create_static(
            organization_id=tenant.id,
            programme_id=DEFAULT_PROGRAMME_ID,
            label=label,
            employment_type="mid_career",
            stage="documents",
            user_id=user,
            actor=actors.user(user),
            now=now,
        )
    return Link(tenant.id, link.pk)


def open_link(tenant: Tenant, now: dt.datetime = NOW) -> Link:
    """Have the employer join and make its first link."""
    join(tenant, now)
    return create_link(tenant, now)


def sign_up(
    email: str,
    *,
    now: dt.datetime = NOW,
    purposes: typing.Iterable[str] = INTRODUCTION,
    language: str = "ja",
    **typed: str,
) -> uuid.UUID:
    """Type the form, tick consents and have the code sent."""
    details = rules.details(**{"name": "山田 空", "email": email, "prefecture": "13", "occupation": "経理", **typed})
    identifier = candidates.start_sign_up(details=details, language=language, now=now).pk
    candidates.set_sign_up_consents(sign_up_id=identifier, ticked=wording.ticked(purposes, language), now=now)
    candidates.send_sign_up_code(sign_up_id=identifier, now=now)
    return identifier


def code_of(sign_up_id: uuid.UUID) -> str:
    """Return the code that the last mail of a sign-up shows."""
    with acting_as(candidate=sign_up_id):
        return keys.code("registration", SignUp.objects.get(pk=sign_up_id).challenge)


def confirm(link: Link, sign_up_id: uuid.UUID, now: dt.datetime = NOW, code: str = "") -> register_candidate.Registered:
    """Type the code."""
    return register_candidate.register_candidate(
        sign_up_id=sign_up_id,
        code=code or code_of(sign_up_id),
        link_id=link.link_id,
        organization_id=link.organization_id,
        now=now,
    )


def register(link: Link, email: str, *, now: dt.datetime = NOW, **choices: typing.Any) -> register_candidate.Registered:
    """Come through the link and register."""
    return confirm(link, sign_up(email, now=now, **choices), now)
