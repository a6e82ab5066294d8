"""A person comes through an employer's link: the middle of the product, in one transaction."""

from __future__ import annotations

import dataclasses
import typing

from django.db import transaction
from django.utils.translation import gettext as _

from career_relay.capabilities import queue
from career_relay.domain.circle.referrals import letters
from career_relay.domain.circle.referrals import operations as referrals
from career_relay.domain.circle.referrals import queries as referral_queries
from career_relay.domain.ground.organizations import queries as organizations
from career_relay.domain.hiring.links import queries as links
from career_relay.domain.people.candidates import operations as candidates
from career_relay.domain.people.candidates import queries as candidate_queries
from career_relay.domain.people.candidates.models import Exclusion
from career_relay.domain.people.candidates.rules import Details, Ticked
from career_relay.domain.people.consents import operations as consents
from career_relay.domain.people.consents import queries as consent_queries
from career_relay.domain.people.consents.models import Consent
from career_relay.flows import end_introductions
from career_relay.kernel import actors, ids
from career_relay.kernel.errors import DomainError
from career_relay.kernel.tenancy.context import acting_as

if typing.TYPE_CHECKING:
    import datetime as dt
    import uuid

    from career_relay.domain.hiring.links.models import RelayLink
    from career_relay.domain.people.candidates.models import SignUp


class UnableToRegister(DomainError):
    """The link was over before the person began, or belongs to another employer."""

    code = "LINK_NOT_OPEN"

    def __init__(self) -> None:
        super().__init__(
            _("登録を完了できません。このリンクは受付を終えています。メールの送り主である会社へお問い合わせください。")
        )


class UnableToRegisterWithoutConsent(DomainError):
    """Nothing was agreed to, so there is no purpose for which the details could be kept."""

    code = "CONSENT_MISSING"

    def __init__(self) -> None:
        super().__init__(
            _(
                "登録を完了できません。同意した項目が 1 つもないためです。希望する項目を選ぶか、登録せずにこのページを閉じてください。"
            )
        )


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Registered:
    """What came of it. `state` and `reason` are the employer's side: they are not for the person's page."""

    candidate_id: uuid.UUID
    registration_id: uuid.UUID
    state: str
    reason: str
    is_returning: bool


@transaction.atomic
def register_candidate(
    *, sign_up_id: uuid.UUID, code: str, link_id: uuid.UUID, organization_id: uuid.UUID, now: dt.datetime
) -> Registered:
    """Turn a sign-up, confirmed by its code, into a registered person and whatever that is worth to the employer.

    Confirming the same sign-up again within moments, by a second click or after a lost answer, changes nothing and
    gives the same result. The caller limits the tries. Raises UnableToFindSignUp, UnableToConfirmCode, UnableToRegister,
    UnableToRegisterWithoutConsent.
    """
    with acting_as(candidate=sign_up_id):
        sign_up = candidates.confirmed_sign_up(sign_up_id=sign_up_id, code=code, now=now)
    if sign_up.candidate_id is not None:
        return _registered_before(sign_up_id, sign_up.candidate_id)
    if not sign_up.consents:
        raise UnableToRegisterWithoutConsent

    with acting_as(organization=organization_id):
        link = links.live_at(organization_id, link_id, sign_up.started_at)
        if link is None:
            raise UnableToRegister
        company = organizations.profile(organization_id).name

    details = Details(**sign_up.details)
    candidate_id, is_returning = _person(details, sign_up.language, now)
    with acting_as(candidate=candidate_id):
        newcomer = _enter(sign_up, candidate_id, link, now)
        letters.send_receipt(
            candidate_id=candidate_id, details=details, company=company, language=sign_up.language, now=now
        )
    with acting_as(organization=organization_id):
        referred = referrals.refer(
            registration_id=sign_up_id,
            organization_id=organization_id,
            programme_id=link.programme_id,
            newcomer=newcomer,
            now=now,
        )
        letters.tell_of_slots(organization_id=organization_id, referred=referred, now=now)
    with acting_as(candidate=sign_up_id):
        candidates.close_sign_up(sign_up_id=sign_up_id, candidate_id=candidate_id, now=now)

    return Registered(
        candidate_id=candidate_id,
        registration_id=sign_up_id,
        state=referred.referral.state,
        reason=referred.referral.reason,
        is_returning=is_returning,
    )


def _person(details: Details, language: str, now: dt.datetime) -> tuple[uuid.UUID, bool]:
    """Return the person whose address was confirmed, made now unless they are known, and whether they were."""
    known = candidate_queries.by_address(details.email)
    if known is None:
        candidate_id = ids.new()
        try:
            with acting_as(candidate=candidate_id):
                candidates.create(candidate_id=candidate_id, details=details, language=language, now=now)
        except candidates.UnableToCreateTwice:  # another sign-up of the same person was confirmed a moment ago
            known = candidate_queries.by_address(details.email)
        else:
            return candidate_id, False
    if known is None:
        raise candidates.UnableToFindCandidate
    with acting_as(candidate=known):
        actor = actors.candidate(known)
        candidates.confirm_again(candidate_id=known, details=details, language=language, actor=actor, now=now)
    return known, True


def _enter(sign_up: SignUp, candidate_id: uuid.UUID, link: RelayLink, now: dt.datetime) -> referrals.Newcomer:
    """Write down what the person agrees to and that they came through this link; return what the count asks of them."""
    employer = link.organization_id
    is_known = referral_queries.is_known_to_network(candidate_id, employer)
    has_agreed, is_new = _agree(candidate_id, [Ticked(**one) for one in sign_up.consents], employer, now)
    if is_new and is_known:
        queue.defer("reconsider_referrals", candidate=candidate_id)
    if has_agreed:
        queue.defer("route_candidate", candidate=candidate_id)
    registration = referrals.register(
        registration_id=sign_up.pk,
        candidate_id=candidate_id,
        organization_id=employer,
        link_id=link.pk,
        source_type=sign_up.details["source_type"],
        actor=actors.candidate(candidate_id),
        now=now,
    )
    return referrals.Newcomer(
        candidate_id=candidate_id,
        email=sign_up.details["email"],
        phone=sign_up.details["phone"],
        source_type=registration.source_type,
        has_introduction_consent=has_agreed,
        is_known_to_network=is_known,
    )


def _agree(candidate_id: uuid.UUID, ticked: list[Ticked], employer: uuid.UUID, now: dt.datetime) -> tuple[bool, bool]:
    """Grant what was ticked; return whether the person agrees to introduction, and whether they do so only now."""
    introduction = Consent.Purpose.AGENCY_INTRODUCTION
    had_agreed = consent_queries.is_live(candidate_id, introduction, now)
    _grant(candidate_id, ticked, employer, now)
    _keep_from(candidate_id, employer, now)
    has_agreed = had_agreed or any(one.purpose == introduction for one in ticked)
    return has_agreed, has_agreed and not had_agreed


def _grant(candidate_id: uuid.UUID, ticked: list[Ticked], employer: uuid.UUID, now: dt.datetime) -> None:
    for one in ticked:
        consents.grant(
            candidate_id=candidate_id,
            purpose=one.purpose,
            organization_id=employer if one.purpose == Consent.Purpose.EMPLOYER_RECONTACT else None,
            language=one.language,
            version=one.version,
            actor=actors.candidate(candidate_id),
            now=now,
        )


def _keep_from(candidate_id: uuid.UUID, employer: uuid.UUID, now: dt.datetime) -> None:
    """Exclude the employer that turned the person down, unless they let it write again."""
    reason = Exclusion.Reason.REJECTED_BY
    if consent_queries.is_recontact_allowed(candidate_id, employer, now):
        candidates.lift_exclusion(candidate_id=candidate_id, organization_id=employer, reason=reason)
    else:
        end_introductions.keep_away(candidate_id=candidate_id, organization_id=employer, reason=reason, now=now)


def _registered_before(sign_up_id: uuid.UUID, candidate_id: uuid.UUID) -> Registered:
    with acting_as(candidate=candidate_id):
        registration = referral_queries.registration(sign_up_id)
    with acting_as(organization=registration.organization_id):
        referral = referral_queries.referral(sign_up_id)
    return Registered(
        candidate_id=candidate_id,
        registration_id=sign_up_id,
        state=referral.state,
        reason=referral.reason,
        is_returning=registration.candidate.registered_at < registration.registered_at,
    )
