from __future__ import annotations

import typing

from career_relay.capabilities.facts import operations as facts
from career_relay.domain.ground.organizations import models, rules
from career_relay.domain.ground.organizations.operations import errors, seats
from career_relay.kernel import japanese
from career_relay.kernel.tenancy import context

if typing.TYPE_CHECKING:
    import datetime as dt
    import uuid

    from career_relay.kernel import actors


def found(
    *,
    kind: str,
    name: str,
    industry: str,
    prefecture: str,
    mail_domain: str,
    owner_id: uuid.UUID,
    actor: actors.Actor,
    now: dt.datetime,
) -> models.Organization:
    """Make the organization that the caller is acting as, with its first leading member.

    The caller chooses the id by acting as it: row security then proves that nothing is written into another tenant.
    Raises UnableToUseMailDomain.
    """
    organization = models.Organization.objects.create(
        pk=context.current().organization,
        kind=kind,
        name=japanese.clean_name(name),
        industry=industry,
        prefecture=prefecture,
        mail_domain=_usable_domain(mail_domain),
        founded_at=now,
    )
    facts.record(
        "organization.founded",
        actor=actor,
        occurred_at=now,
        organization=organization.pk,
        subject=organization.pk,
        kind=kind,
    )
    seats.take_seat(
        organization_id=organization.pk, user_id=owner_id, role=rules.leading_role(kind), actor=actor, now=now
    )
    return organization


def change_profile(
    *,
    organization_id: uuid.UUID,
    name: str,
    industry: str,
    prefecture: str,
    mail_domain: str,
    group_name: str,
    actor: actors.Actor,
    now: dt.datetime,
) -> models.Organization:
    """Change how the organization is described; the fact names the fields, not the words.

    Raises UnableToActWithoutRight, UnableToUseMailDomain.
    """
    organization = seats.acting(organization_id=organization_id, actor=actor, right="change_organization").organization
    wanted = {
        "name": japanese.clean_name(name),
        "industry": industry,
        "prefecture": prefecture,
        "mail_domain": _usable_domain(mail_domain),
        "group_name": japanese.clean_name(group_name),
    }
    changed = [field for field, value in wanted.items() if getattr(organization, field) != value]
    for field in changed:
        setattr(organization, field, wanted[field])
    if changed:
        organization.save(update_fields=changed)
        facts.record(
            "organization.changed",
            actor=actor,
            occurred_at=now,
            organization=organization_id,
            subject=organization_id,
            fields=changed,
        )
    return organization


def _usable_domain(text: str) -> str:
    domain = rules.clean_domain(text)
    if domain and (not rules.is_domain(domain) or rules.is_free_mail(domain)):
        raise errors.UnableToUseMailDomain(domain)
    return domain
