"""How an agency may be reached."""

from __future__ import annotations

import re
import typing

from career_relay.kernel import japanese

_PHONE: typing.Final = re.compile(r"\+?\d[\d-]{8,14}")


def clean_phone(text: str) -> str:
    """Return a phone number as it is read to people, in half width; an empty string for anything that is none."""
    number = japanese.normalise(text).replace(" ", "")
    return number if _PHONE.fullmatch(number) else ""
