"""Everything derived from the one secret: blind indexes, link tokens, codes. Nothing here is stored in clear."""

from __future__ import annotations

import base64
import hashlib
import hmac
import typing

from django.conf import settings

if typing.TYPE_CHECKING:
    import uuid

CODE_DIGITS = 6


def keyed_hash(purpose: str, text: str) -> bytes:
    """Return 32 bytes that stand for `text` in an index: equal texts meet, nobody without the key can go back.

    `purpose` separates keys (RFC 5869's idea of `info`), so that the same address has different hashes in different tables.
    """
    return hmac.digest(_key(purpose), text.encode(), "sha256")


def token(purpose: str, subject: uuid.UUID, version: int) -> str:
    """Return the 256-bit URL-safe token (43 characters) of a link; raise `version` to make the old one worthless."""
    return base64.urlsafe_b64encode(keyed_hash(f"token:{purpose}", f"{subject}:{version}")).rstrip(b"=").decode()


def token_hash(value: str) -> bytes:
    """Return the 32 bytes under which a token is looked up; a stolen table opens no link."""
    return hashlib.sha256(value.encode()).digest()


def code(purpose: str, challenge: uuid.UUID) -> str:
    """Return the six-digit code of one challenge. It is derived, so it is never stored and can be filled in at sending."""
    number = int.from_bytes(keyed_hash(f"code:{purpose}", str(challenge))[:8], "big") % 10**CODE_DIGITS
    return f"{number:0{CODE_DIGITS}d}"


def is_code(purpose: str, challenge: uuid.UUID, typed: str) -> bool:
    """Tell in constant time whether `typed` is the code of the challenge."""
    return hmac.compare_digest(code(purpose, challenge).encode(), typed.encode())


def _key(purpose: str) -> bytes:
    return hmac.digest(settings.RELAY_KEY.encode(), purpose.encode(), "sha256")
