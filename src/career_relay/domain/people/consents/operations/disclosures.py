"""The one way by which an organization comes to know a person, and the way back."""

from __future__ import annotations

import typing

from django.db.models import Exists
from django.utils.translation import gettext as _

from career_relay.capabilities.facts import operations as facts
from career_relay.domain.ground.agreements import queries as agreements
from career_relay.domain.people.candidates.models import Access, Exclusion, Identity
from career_relay.domain.people.consents.models import Consent, ProvisionRecord
from career_relay.kernel import clock
from career_relay.kernel.errors import DomainError

if typing.TYPE_CHECKING:
    import datetime as dt
    import uuid

    from career_relay.kernel import actors

INTRODUCTION: typing.Final = Access.Scope.INTRODUCTION
SELECTION: typing.Final = Access.Scope.SELECTION
PLACEMENT: typing.Final = Access.Scope.PLACEMENT
CONTACT_ITEMS: typing.Final = (
    ProvisionRecord.Item.NAME.value,
    ProvisionRecord.Item.EMAIL.value,
    ProvisionRecord.Item.PHONE.value,
)
REGISTERED_ITEMS: typing.Final = (
    *CONTACT_ITEMS,
    ProvisionRecord.Item.PREFECTURE.value,
    ProvisionRecord.Item.OCCUPATION.value,
)
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

    With `disclose_to_employer` the only place that makes an access; the database holds every other way to the same
    conditions. The caller acts as the person and holds them locked. Raises UnableToDiscloseWithoutConsent,
    UnableToDiscloseToExcluded, UnableToDiscloseToAgency.
    """
    consent = _live_consent(candidate_id, now, organization_id)
    if not agreements.may_receive(organization_id, clock.day_in_japan(now)):
        raise UnableToDiscloseToAgency
    return _show(consent, organization_id, INTRODUCTION, giver_id, ProvisionRecord.Obtained.REGISTRATION, actor, now)


def disclose_to_employer(
    *,
    candidate_id: uuid.UUID,
    employer_id: uuid.UUID,
    agency_id: uuid.UUID,
    has_fit_note: bool,
    actor: actors.Actor,
    now: dt.datetime,
) -> Access:
    """Let an employer see the person whom the agency introduces by their yes, and put it on record for both.

    The yes to this employer stands in the introduction, which the database asks for. The caller acts as the person and
    holds them locked. Raises UnableToDiscloseWithoutConsent, UnableToDiscloseToExcluded, UnableToDiscloseToAgency.
    """
    consent = _live_consent(candidate_id, now, employer_id)
    if not agreements.may_receive(agency_id, clock.day_in_japan(now)):
        raise UnableToDiscloseToAgency
    items = _passed(candidate_id, REGISTERED_ITEMS, has_fit_note=has_fit_note)
    obtained = ProvisionRecord.Obtained.AGENCY
    return _show(consent, employer_id, SELECTION, agency_id, obtained, actor, now, items=items)


def narrow_to_placement(
    *, candidate_id: uuid.UUID, employer_id: uuid.UUID, agency_id: uuid.UUID, actor: actors.Actor, now: dt.datetime
) -> Access | None:
    """Let an employer that saw somebody in selection see name and contact data while they work there, on record for both.

    None where its sight is over, or the person took their consent back or keeps it away: then nothing is opened.
    The selection is the caller's to close. The caller acts as the person and holds them locked.
    """
    seeing = Access.objects.filter(candidate_id=candidate_id, organization_id=employer_id, scope=SELECTION)
    if not seeing.filter(valid_until__gt=now).exists():
        return None
    try:
        consent = _live_consent(candidate_id, now, employer_id)
    except UnableToDisclose:
        return None
    items, obtained = _passed(candidate_id, CONTACT_ITEMS, has_fit_note=False), ProvisionRecord.Obtained.AGENCY
    return _show(consent, employer_id, PLACEMENT, agency_id, obtained, actor, now, items=items)


def record_outside(
    *,
    candidate_id: uuid.UUID,
    agency_id: uuid.UUID,
    employer_name: str,
    has_fit_note: bool,
    actor: actors.Actor,
    now: dt.datetime,
) -> ProvisionRecord:
    """Put on record that the agency passes the person on to an employer outside the network, which sees nothing here.

    The caller acts as the person and holds them locked. Raises UnableToDiscloseWithoutConsent, UnableToDiscloseToAgency.
    """
    consent = _live_consent(candidate_id, now)
    if not agreements.may_receive(agency_id, clock.day_in_japan(now)):
        raise UnableToDiscloseToAgency
    record = _record(consent, agency_id, ProvisionRecord.Side.GIVER, now)
    items = _passed(candidate_id, REGISTERED_ITEMS, has_fit_note=has_fit_note)
    record.counterparty_name, record.items = employer_name, list(items)
    record.save(force_insert=True)
    _note(candidate_id, record.pk, actor, now, items=items)
    return record


def close(*, candidate_id: uuid.UUID, organization_id: uuid.UUID | None = None, scope: str = "") -> None:
    """Take the sight of the person away: from one organization or from all, in one scope or in any.

    What was seen stays on record. The caller acts as the person.
    """
    open_ones = Access.objects.filter(candidate_id=candidate_id)
    if organization_id:
        open_ones = open_ones.filter(organization_id=organization_id)
    (open_ones.filter(scope=scope) if scope else open_ones).delete()


def prolong(*, consent: Consent, now: dt.datetime) -> None:
    """Let those that see the person now do so until the end of their renewed yes, unless one is excluded meanwhile.

    The caller acts as the person.
    """
    today, until = clock.day_in_japan(now), _end(consent)
    excluded = Exclusion.objects.filter(candidate_id=consent.candidate_id).values("organization_id")
    seeing = Access.objects.filter(candidate_id=consent.candidate_id, valid_until__gt=now)
    for access in seeing.exclude(valid_until=until).exclude(organization_id__in=excluded):
        if access.scope != INTRODUCTION or agreements.may_receive(access.organization_id, today):
            access.valid_until = until
            access.save(update_fields=["valid_until"])


def _end(consent: Consent) -> dt.datetime:
    """Return when a yes to introduction ends, which every one of them does."""
    return typing.cast("dt.datetime", consent.valid_until)


def _live_consent(candidate_id: uuid.UUID, now: dt.datetime, receiver_id: uuid.UUID | None = None) -> Consent:
    excluded = Exclusion.objects.filter(candidate_id=candidate_id, organization=receiver_id)
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


def _passed(candidate_id: uuid.UUID, items: tuple[str, ...], *, has_fit_note: bool) -> tuple[str, ...]:
    """Return what an employer learns: no phone number where there is none, and the agency's note where there is one."""
    has_phone = Identity.objects.filter(pk=candidate_id).exclude(phone="").exists()
    told = tuple(one for one in items if has_phone or one != ProvisionRecord.Item.PHONE)
    return (*told, ProvisionRecord.Item.FIT_NOTE.value) if has_fit_note else told


def _show(
    consent: Consent,
    organization_id: uuid.UUID,
    scope: Access.Scope,
    giver_id: uuid.UUID,
    obtained: ProvisionRecord.Obtained,
    actor: actors.Actor,
    now: dt.datetime,
    *,
    items: tuple[str, ...] = REGISTERED_ITEMS,
) -> Access:
    """Make the access with its two records; `obtained` is how the giver came by the data, as the receiver writes it."""
    close(candidate_id=consent.candidate_id, organization_id=organization_id, scope=scope)
    access = Access.objects.create(
        candidate_id=consent.candidate_id,
        organization_id=organization_id,
        scope=scope,
        granted_at=now,
        valid_until=_end(consent),
    )
    given = _record(consent, giver_id, ProvisionRecord.Side.GIVER, now)
    received = _record(consent, organization_id, ProvisionRecord.Side.RECEIVER, now)
    given.items = received.items = list(items)
    given.counterparty_id, received.counterparty_id, received.obtained = organization_id, giver_id, obtained
    given.access_id = received.access_id = access.pk
    ProvisionRecord.objects.bulk_create([given, received])
    _note(consent.candidate_id, access.pk, actor, now, items=items)
    return access


def _record(consent: Consent, organization_id: uuid.UUID, side: str, now: dt.datetime) -> ProvisionRecord:
    return ProvisionRecord(
        candidate_id=consent.candidate_id,
        organization_id=organization_id,
        side=side,
        consent=consent,
        items=list(REGISTERED_ITEMS),
        obtained=ProvisionRecord.Obtained.REGISTRATION,
        provided_at=now,
        keep_until=clock.months_later(now, MONTHS_KEPT),
    )


def _note(
    candidate_id: uuid.UUID,
    subject: uuid.UUID,
    actor: actors.Actor,
    now: dt.datetime,
    *,
    items: tuple[str, ...] = REGISTERED_ITEMS,
) -> None:
    facts.record(
        "provision.recorded", actor=actor, occurred_at=now, candidate=candidate_id, subject=subject, items=list(items)
    )
