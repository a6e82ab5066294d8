"""The one way by which an organization comes to know a person, and the way back."""

from __future__ import annotations

import typing

from django.db.models import Exists
from django.utils.translation import gettext as _

from career_relay.capabilities.facts import operations as facts
from career_relay.domain.ground.agreements import queries as agreements
from career_relay.domain.people.candidates.models import Access, Exclusion
from career_relay.domain.people.consents.models import Consent, ProvisionRecord
from career_relay.kernel import clock
from career_relay.kernel.errors import DomainError

if typing.TYPE_CHECKING:
    import datetime as dt
    import uuid

    from career_relay.kernel import actors

INTRODUCTION: typing.Final = Access.Scope.INTRODUCTION
MONTHS_KEPT: typing.Final = 36


class UnableToDisclose(DomainError):
    """Something that the disclosure must rest on is not there."""


class UnableToDiscloseWithoutConsent(UnableToDisclose):
    """The person has not agreed to introduction, or no longer does."""

    code = "DISCLOSURE_WITHOUT_CONSENT"

    def __init__(self) -> None:
        super().__init__(
            _(
                "この方の情報は渡せません。紹介会社による仕事の紹介への同意がないためです。ご本人が同意すると渡せるようになります。"
            )
        )


class UnableToDiscloseToExcluded(UnableToDisclose):
    """The person keeps the organization away. Only the person may be told so."""

    code = "DISCLOSURE_TO_EXCLUDED"

    def __init__(self) -> None:
        super().__init__(
            _("この組織に情報は渡せません。ご本人が除いた組織のためです。ご本人がもう一度選ぶと渡せるようになります。")
        )


class UnableToDiscloseToAgency(UnableToDisclose):
    """The agency has no licence in force, is stopped, or has no live agreement with the operator."""

    code = "AGENCY_MAY_NOT_RECEIVE"

    def __init__(self) -> None:
        super().__init__(
            _(
                "この紹介会社に情報は渡せません。有効な許可または連携協定がないためです。許可と協定の状態を確認してください。"
            )
        )


def disclose(
    *, candidate_id: uuid.UUID, organization_id: uuid.UUID, giver_id: uuid.UUID, actor: actors.Actor, now: dt.datetime
) -> Access:
    """Let an agency see the person for as long as their yes lasts, and put it on record for giver and receiver.

    The only place that makes an access; the database holds every other way to the same conditions. The caller acts as
    the person and holds them locked. Raises UnableToDiscloseWithoutConsent, UnableToDiscloseToExcluded,
    UnableToDiscloseToAgency.
    """
    consent = _live_consent(candidate_id, organization_id, now)
    if not agreements.may_receive(organization_id, clock.day_in_japan(now)):
        raise UnableToDiscloseToAgency
    close(candidate_id=candidate_id, organization_id=organization_id)
    access = Access.objects.create(
        candidate_id=candidate_id,
        organization_id=organization_id,
        scope=INTRODUCTION,
        granted_at=now,
        valid_until=_end(consent),
    )
    _record(access, consent, giver_id, actor)
    return access


def close(*, candidate_id: uuid.UUID, organization_id: uuid.UUID | None = None) -> None:
    """Take the sight of the person away from one organization, or from all; what was seen stays on record.

    The caller acts as the person.
    """
    open_ones = Access.objects.filter(candidate_id=candidate_id, scope=INTRODUCTION)
    if organization_id:
        open_ones = open_ones.filter(organization_id=organization_id)
    open_ones.delete()


def prolong(*, consent: Consent, now: dt.datetime) -> None:
    """Let the agencies that see the person now do so until the end of their renewed yes. The caller acts as the person."""
    today, until = clock.day_in_japan(now), _end(consent)
    seeing = Access.objects.filter(candidate_id=consent.candidate_id, scope=INTRODUCTION, valid_until__gt=now)
    for access in seeing.exclude(valid_until=until):
        if agreements.may_receive(access.organization_id, today):
            access.valid_until = until
            access.save(update_fields=["valid_until"])


def _end(consent: Consent) -> dt.datetime:
    """Return when a yes to introduction ends, which every one of them does."""
    return typing.cast("dt.datetime", consent.valid_until)


def _live_consent(candidate_id: uuid.UUID, organization_id: uuid.UUID, now: dt.datetime) -> Consent:
    excluded = Exclusion.objects.filter(candidate_id=candidate_id, organization_id=organization_id)
    given = Consent.objects.select_for_update().filter(
        candidate_id=candidate_id,
        purpose=Consent.Purpose.AGENCY_INTRODUCTION,
        withdrawn_at=None,
        valid_until__gt=now,
    )
    consent = given.annotate(is_excluded=Exists(excluded)).first()
    if consent is None:
        raise UnableToDiscloseWithoutConsent
    if consent.is_excluded:
        raise UnableToDiscloseToExcluded
    return consent


def _record(access: Access, consent: Consent, giver_id: uuid.UUID, actor: actors.Actor) -> None:
    items = list(ProvisionRecord.Item.values)
    sides = (
        (ProvisionRecord.Side.GIVER, giver_id, access.organization_id),
        (ProvisionRecord.Side.RECEIVER, access.organization_id, giver_id),
    )
    ProvisionRecord.objects.bulk_create(
        ProvisionRecord(
            candidate_id=access.candidate_id,
            organization_id=owner,
            side=side,
            counterparty_id=other,
            consent=consent,
            access_id=access.pk,
            items=items,
            obtained=ProvisionRecord.Obtained.REGISTRATION,
            provided_at=access.granted_at,
            keep_until=clock.months_later(access.granted_at, MONTHS_KEPT),
        )
        for side, owner, other in sides
    )
    facts.record(
        "provision.recorded",
        actor=actor,
        occurred_at=access.granted_at,
        candidate=access.candidate_id,
        subject=access.pk,
        items=items,
    )
