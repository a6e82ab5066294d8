"""A person gets another address to be known by: the new one is shown to be theirs, the old one is told."""

from __future__ import annotations

import typing

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from career_relay.capabilities.crypto import keys
from career_relay.capabilities.facts import operations as facts
from career_relay.capabilities.messaging import operations as messaging
from career_relay.domain.people.candidates import queries, rules
from career_relay.domain.people.candidates.models import Candidate, Identity
from career_relay.domain.people.candidates.operations import people, sign_ups
from career_relay.kernel import ids
from career_relay.kernel.errors import DomainError

if typing.TYPE_CHECKING:
    import datetime as dt
    import uuid

    from career_relay.kernel import actors

ADDRESS: typing.Final = "new_address"


class UnableToChangeAddress(DomainError):
    """Somebody is registered with the address. Only its owner, who had the code, is told so."""

    code = "ADDRESS_IN_USE"

    def __init__(self) -> None:
        super().__init__(
            _(
                "変更できません。このメールアドレスは、別の登録で使われています。どちらかの登録を消去してから変更してください。"
            )
        )


def send_address_code(*, candidate_id: uuid.UUID, email: str, language: str, now: dt.datetime) -> rules.AddressChange:
    """Mail a code to the address a person wants to be known by from now on. The caller acts as them and limits how often.

    Raises UnableToUseDetail for what is no address.
    """
    address, challenge = rules.clean_email(email), ids.new()
    sign_ups.send_code(
        purpose=ADDRESS, challenge=challenge, principal=candidate_id, to=address, language=language, now=now
    )
    return rules.AddressChange(challenge=challenge, email=address, expires_at=now + rules.CODE_LIFE)


def change_address(
    *, candidate_id: uuid.UUID, change: rules.AddressChange, code: str, actor: actors.Actor, now: dt.datetime
) -> None:
    """Know the person by the new address, once its code is right; sign out other browsers, and tell the old address.

    What was counted keeps the key of the address it was counted with. The caller acts as the person and limits the
    tries. Raises UnableToConfirmCode, UnableToChangeAddress, UnableToFindCandidate.
    """
    if not keys.is_code(ADDRESS, change.challenge, code) or change.expires_at <= now:
        raise sign_ups.UnableToConfirmCode
    candidate = people.lock(candidate_id=candidate_id)
    identity = Identity.objects.get(pk=candidate_id)
    if identity.email == change.email:
        return
    before, identity.email, identity.confirmed_at = identity.email, change.email, now
    candidate.email_index = queries.address_index(change.email)
    candidate.session_version += 1
    _save(candidate)
    identity.save(update_fields=["email", "confirmed_at"])
    messaging.queue(
        template="mail/address_changed",
        to=before,
        language=candidate.language,
        context={"changed_at": now},
        candidate=candidate_id,
        now=now,
    )
    facts.record("candidate.corrected", actor=actor, occurred_at=now, candidate=candidate_id, fields=["email"])


def _save(candidate: Candidate) -> None:
    try:
        with transaction.atomic():
            candidate.save(update_fields=["email_index", "session_version"])
    except IntegrityError as error:
        raise UnableToChangeAddress from error
