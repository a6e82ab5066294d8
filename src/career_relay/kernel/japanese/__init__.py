"""Japanese text as people type it, brought to one form before it is compared."""

from __future__ import annotations

import unicodedata

_INVISIBLE = {"\u200b", "\u200c", "\u200d", "\u2060", "\ufeff"}


def normalise(text: str) -> str:
    """Return `text` in NFKC without control or invisible characters, inner runs of space made one, ends trimmed."""
    folded = unicodedata.normalize("NFKC", text)
    kept = (c for c in folded if c not in _INVISIBLE and (c.isspace() or unicodedata.category(c)[0] != "C"))
    return " ".join("".join(kept).split())


def clean_name(text: str) -> str:
    """Return a name as it was given (髙 stays 髙): NFC only, without control characters, spaces made one."""
    composed = unicodedata.normalize("NFC", text)
    kept = (c for c in composed if c not in _INVISIBLE and (c.isspace() or unicodedata.category(c)[0] != "C"))
    return " ".join("".join(kept).split())


def normalise_email(address: str) -> str:
    """Return the address in the one form used for comparing and hashing: NFKC, no spaces, lower case.

    The local part is lowered too: providers that tell `A@` from `a@` are not met in practice, double people are.
    """
    return unicodedata.normalize("NFKC", address).strip().lower()


def normalise_phone(number: str) -> str:
    """Return a Japanese phone number as E.164 (`+81…`), or an empty string when it has no usable digits."""
    folded = unicodedata.normalize("NFKC", number)
    digits = "".join(c for c in folded if c.isdigit())
    if folded.strip().startswith("+"):
        return f"+{digits}" if digits else ""
    if digits.startswith("0"):
        return f"+81{digits[1:]}"
    return f"+{digits}" if digits else ""
