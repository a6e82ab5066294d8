"""The token that stops the mails of one list to one address. It carries the address's keyed hash, never the address."""

from __future__ import annotations

import base64
import binascii
import dataclasses
import hmac
import typing

from django.conf import settings

from career_relay.capabilities.crypto import keys
from career_relay.kernel import japanese

PATH = "/unsubscribe/%s/"
RELAY_MAILS: typing.Final = "relay"
"""What is offered to a person who did not ask for it. Codes and receipts are asked for, and are on no list."""
SLOT_MAILS: typing.Final = "slots"
"""Word of new slots to the members of an employer."""
DIGESTS: typing.Final = "digest"
"""Once a day, who still waits for an answer, to the members of an employer."""


@dataclasses.dataclass(frozen=True, slots=True)
class Wish:
    """Which address, by its hash, wants no more mail of which list."""

    list: str
    address_hash: bytes


def address_hash(address: str) -> bytes:
    """Return what stands for an address in the table of suppressions."""
    return keys.keyed_hash("suppression", japanese.normalise_email(address))


def url(list_name: str, address: str) -> str:
    """Return the address of the page that unsubscribes, for a mail's footer and header."""
    return f"{settings.SITE_URL}{PATH % unsubscribe_token(list_name, address)}"


def unsubscribe_token(list_name: str, address: str) -> str:
    """Return the signed token for `address` and list. It does not expire: a mail may be read years later."""
    digest = address_hash(address)
    return ".".join([list_name, _encode(digest), _encode(_signature(list_name, digest))])


def wish(token: str) -> Wish | None:
    """Read a token back; None if it is not one of ours."""
    try:
        list_name, *parts = token.split(".")
        digest, signature = map(_decode, parts)
    except (ValueError, binascii.Error):
        return None
    return Wish(list_name, digest) if hmac.compare_digest(signature, _signature(list_name, digest)) else None


def _signature(list_name: str, digest: bytes) -> bytes:
    return keys.keyed_hash("unsubscribe", f"{list_name}:{digest.hex()}")[:16]


def _encode(value: bytes) -> str:
    return base64.urlsafe_b64encode(value).rstrip(b"=").decode()


def _decode(text: str) -> bytes:
    return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
