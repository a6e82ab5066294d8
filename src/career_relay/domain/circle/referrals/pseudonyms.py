"""What a referral knows a person by: keyed hashes made for one employer, so that two employers' rows never meet."""

from __future__ import annotations

import dataclasses
import typing

from career_relay.capabilities.crypto import keys
from career_relay.domain.circle.referrals import rules
from career_relay.kernel import japanese

if typing.TYPE_CHECKING:
    import uuid


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Pseudonyms:
    """The same id, address, mailbox or phone gives the same bytes to the same employer, also after erasure."""

    person: bytes
    address: bytes
    mailbox: bytes
    phone: bytes | None


def of(*, organization_id: uuid.UUID, candidate_id: uuid.UUID, email: str, phone: str) -> Pseudonyms:
    """Return what this employer's referral knows of the person, who has this address and phone now."""
    address = japanese.normalise_email(email)
    return Pseudonyms(
        person=_key("person", organization_id, str(candidate_id)),
        address=_key("address", organization_id, address),
        mailbox=_key("mailbox", organization_id, rules.mailbox(address)),
        phone=_key("phone", organization_id, phone) if phone else None,
    )


def _key(kind: str, organization_id: uuid.UUID, text: str) -> bytes:
    return keys.keyed_hash(f"referral-{kind}", f"{organization_id}:{text}")
