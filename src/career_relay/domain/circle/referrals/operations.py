from __future__ import annotations

import dataclasses
import typing

import psycopg
from django.db import IntegrityError, transaction

from career_relay.capabilities.facts import operations as facts
from career_relay.domain.circle.referrals import pseudonyms, queries, rules
from career_relay.domain.circle.referrals.models import Referral, Registration
from career_relay.domain.ground.credits import operations as ledger
from career_relay.domain.ground.organizations import queries as organizations
from career_relay.domain.ground.organizations import rules as organization_rules
from career_relay.domain.ground.programmes import queries as programmes
from career_relay.kernel import actors, clock, japanese

if typing.TYPE_CHECKING:
    import datetime as dt
    import uuid

    from career_relay.domain.ground.credits.models import Holder, Slot
    from career_relay.domain.ground.programmes.models import PolicyVersion

ONCE_PER_WINDOW: typing.Final = {"referral_person_once_per_window", "referral_address_once_per_window"}
KINDS: typing.Final = {
    Referral.State.COUNTED: "referral.counted",
    Referral.State.REVIEW: "referral.held",
    Referral.State.NOT_COUNTED: "referral.not_counted",
}


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Newcomer:
    """What is known of a person in the moment they register. Used for one decision and kept nowhere."""

    candidate_id: uuid.UUID
    email: str
    phone: str
    source_type: str
    has_introduction_consent: bool
    is_known_to_network: bool


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Referred:
    """What a registration meant to the employer's credit. `number` says how many are counted with it, 0 if it is not."""

    referral: Referral
    number: int
    slots: tuple[Slot, ...]


def register(
    *,
    registration_id: uuid.UUID,
    candidate_id: uuid.UUID,
    organization_id: uuid.UUID,
    link_id: uuid.UUID,
    source_type: str,
    actor: actors.Actor,
    now: dt.datetime,
) -> Registration:
    """Write down that the person came through this link. The caller acts as the person.

    The fact names neither employer nor link, so neither stream of facts tells of the other to anybody who reads as a
    principal. It hides nothing from whoever reads the whole database: the rows of one registration share a transaction
    and its moment, and the registration itself names both sides.
    """
    registration = Registration.objects.create(
        id=registration_id,
        candidate_id=candidate_id,
        organization_id=organization_id,
        link_id=link_id,
        source_type=Registration.Source(source_type),
        registered_at=now,
    )
    facts.record(
        "candidate.registered", actor=actor, occurred_at=now, candidate=candidate_id, source_type=str(source_type)
    )
    return registration


def refer(
    *,
    registration_id: uuid.UUID,
    organization_id: uuid.UUID,
    programme_id: uuid.UUID,
    newcomer: Newcomer,
    now: dt.datetime,
) -> Referred:
    """Decide what a registration means to the employer's credit, and count it if it counts. The caller acts as the employer.

    The counters are locked before anything is looked at: then registrations of one employer stand in a queue, and the
    check for duplicates sees every one before it. The exclusion constraint is the last line behind that check.
    """
    holder = ledger.lock_holder(organization_id=organization_id, programme_id=programme_id)
    policy = programmes.policy_at(programme_id, now)
    referral = _unsaved(registration_id, organization_id, policy, newcomer, now)
    return _settle(holder, policy, referral, newcomer, now)


def reconsider(
    *, registration_id: uuid.UUID, organization_id: uuid.UUID, newcomer: Newcomer, now: dt.datetime
) -> Referred:
    """Decide again on a registration that lacked the consent to introduction, now that the person has given it.

    Any other decision stays as it is. The caller acts as the employer.
    """
    programme_id = queries.referral(registration_id).programme_id
    holder = ledger.lock_holder(organization_id=organization_id, programme_id=programme_id)
    referral = queries.referral(registration_id)
    if referral.reason != Referral.Reason.NO_INTRODUCTION_CONSENT:
        return Referred(referral=referral, number=0, slots=())
    policy = programmes.policy_at(programme_id, now)
    referral.policy_version, referral.counted_at = policy, now
    referral.blocks_until = clock.months_later(now, policy.same_person_months)
    return _settle(holder, policy, referral, newcomer, now)


def _settle(
    holder: Holder, policy: PolicyVersion, referral: Referral, newcomer: Newcomer, now: dt.datetime
) -> Referred:
    decision = rules.decide(_circumstances(referral, newcomer), policy)
    referral.state, referral.reason = decision.state, decision.reason
    _save(referral)
    if referral.state != Referral.State.COUNTED:
        _record(referral, now, reason=str(referral.reason))
        return Referred(referral=referral, number=0, slots=())
    counted = ledger.count(holder=holder, policy=policy, natural_key=str(referral.pk), actor=actors.SYSTEM, now=now)
    _record(referral, now, number=counted.number)
    return Referred(referral=referral, number=counted.number, slots=counted.slots)


def _unsaved(
    registration_id: uuid.UUID, organization_id: uuid.UUID, policy: PolicyVersion, newcomer: Newcomer, now: dt.datetime
) -> Referral:
    person = pseudonyms.of(
        organization_id=organization_id,
        candidate_id=newcomer.candidate_id,
        email=newcomer.email,
        phone=newcomer.phone,
    )
    return Referral(
        organization_id=organization_id,
        programme_id=policy.programme_id,
        registration_id=registration_id,
        person_key=person.person,
        address_key=person.address,
        mailbox_key=person.mailbox,
        phone_key=person.phone,
        policy_version=policy,
        counted_at=now,
        blocks_until=clock.months_later(now, policy.same_person_months),
    )


def _circumstances(referral: Referral, newcomer: Newcomer) -> rules.Circumstances:
    address = japanese.normalise_email(newcomer.email)
    members = organizations.addresses_of_members(referral.organization_id)
    declared = organizations.profile(referral.organization_id).mail_domain
    domains = {declared, *map(organization_rules.company_domain, members)}
    likeness = queries.likeness(referral)
    return rules.Circumstances(
        source_type=newcomer.source_type,
        has_introduction_consent=newcomer.has_introduction_consent,
        is_same_person=likeness.is_same_person,
        is_known_to_network=newcomer.is_known_to_network,
        is_member=rules.mailbox(address) in map(rules.mailbox, members),
        is_of_own_domain=any(rules.is_of_domain(address, domain) for domain in domains),
        is_probably_same_person=likeness.is_probably_same_person,
        has_link_counted_another=queries.has_link_counted_another(referral.registration_id),
    )


def _save(referral: Referral) -> None:
    """Write the referral; if the constraint knows better than the check before, as the same person."""
    try:
        with transaction.atomic():
            referral.save()
    except IntegrityError as error:
        if not _is_once_per_window(error):
            raise
        referral.state, referral.reason = Referral.State.NOT_COUNTED, Referral.Reason.SAME_PERSON
        referral.save()


def _is_once_per_window(error: IntegrityError) -> bool:
    cause = error.__cause__
    return isinstance(cause, psycopg.errors.ExclusionViolation) and cause.diag.constraint_name in ONCE_PER_WINDOW


def _record(referral: Referral, now: dt.datetime, **data: typing.Any) -> None:
    """Record the employer's fact: by nobody, about nothing, at no hour, so that it can't point to a person."""
    day = clock.day_in_japan(now)
    facts.record(
        KINDS[Referral.State(referral.state)],
        actor=actors.SYSTEM,
        occurred_at=clock.start_of_day_in_japan(day),
        organization=referral.organization_id,
        day=day.isoformat(),
        **data,
    )
