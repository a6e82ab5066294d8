"""A person's yes, and its end."""

from __future__ import annotations

import typing

from django.db.models import F, Q
from django.utils.translation import gettext as _

from career_relay.capabilities.facts import operations as facts
from career_relay.domain.people.consents import wording
from career_relay.domain.people.consents.models import Consent
from career_relay.domain.people.consents.operations import disclosures
from career_relay.kernel import clock
from career_relay.kernel.errors import DomainError

if typing.TYPE_CHECKING:
    import datetime as dt
    import uuid

    from career_relay.kernel import actors


class UnableToWithdrawConsent(DomainError):
    """The person has no such consent."""

    code = "CONSENT_NOT_FOUND"
    status = 404

    def __init__(self) -> None:
        super().__init__(_("取り消す同意が見つかりません。ページを開き直して、同意の一覧を確かめてください。"))


def grant(
    *,
    candidate_id: uuid.UUID,
    purpose: str,
    organization_id: uuid.UUID | None,
    language: str,
    actor: actors.Actor,
    now: dt.datetime,
    version: int = 0,
) -> Consent:
    """Write down the person's yes to one purpose with the words it was given to, and open what it opens.

    A second yes to the same words prolongs the first; a yes to newer words, or after the term, follows it. Agencies that
    see the person do so for as long as the yes now lasts. `version` is that of the words shown; 0 stands for the newest.
    The caller acts as the person.
    """
    words = wording.shown(purpose, version, language) if version else wording.current(purpose, language)
    months = wording.MONTHS[purpose]
    valid_until = None if months is None else clock.months_later(now, months)
    named = Q(organization_id=organization_id) if organization_id else Q(organization=None)
    same = Consent.objects.filter(named, candidate_id=candidate_id, purpose=purpose, withdrawn_at=None)
    same.filter(valid_until__lte=now).update(withdrawn_at=F("valid_until"))
    same.exclude(wording_version=words.version).update(withdrawn_at=now)
    consent = same.select_for_update().first() or Consent(
        candidate_id=candidate_id,
        purpose=purpose,
        organization_id=organization_id,
        wording_version=words.version,
        wording_language=words.language,
        wording_hash=words.sha256,
        granted_at=now,
    )
    consent.valid_until = valid_until
    consent.save()
    if purpose == Consent.Purpose.AGENCY_INTRODUCTION:
        disclosures.prolong(consent=consent, now=now)
    _record("consent.granted", consent, actor, now)
    return consent


def withdraw(*, candidate_id: uuid.UUID, consent_id: uuid.UUID, actor: actors.Actor, now: dt.datetime) -> Consent:
    """End a consent and whatever it opened, in this transaction. Withdrawing it twice changes nothing.

    The caller acts as the person. Raises UnableToWithdrawConsent.
    """
    consent = Consent.objects.select_for_update().filter(candidate_id=candidate_id, pk=consent_id).first()
    if consent is None:
        raise UnableToWithdrawConsent
    if consent.withdrawn_at is not None:
        return consent
    consent.withdrawn_at = now
    consent.save(update_fields=["withdrawn_at"])
    if consent.purpose == Consent.Purpose.AGENCY_INTRODUCTION:
        disclosures.close(candidate_id=candidate_id)
    _record("consent.withdrawn", consent, actor, now)
    return consent


def _record(kind: str, consent: Consent, actor: actors.Actor, now: dt.datetime) -> None:
    facts.record(
        kind,
        actor=actor,
        occurred_at=now,
        candidate=consent.candidate_id,
        subject=consent.pk,
        purpose=consent.purpose,
        version=consent.wording_version,
    )
