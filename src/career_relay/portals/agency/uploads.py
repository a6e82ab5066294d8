"""Taking in one file of limited size: what is announced as larger is not even read into the form."""

from __future__ import annotations

import typing

from career_relay.domain.ground.agencies import rules

if typing.TYPE_CHECKING:
    from django.http import HttpRequest

LARGEST: typing.Final = rules.MOST_EVIDENCE_BYTES
AROUND_THE_FILE: typing.Final = 64 * 1024  # the form's other fields and the lines between the parts
READ_AWAY: typing.Final = 8 * LARGEST
AT_ONCE: typing.Final = 1024 * 1024


def is_too_large(request: HttpRequest) -> bool:
    """Tell by what the browser announced whether the file can't be within the limit; a server reads no further."""
    return _announced(request) > LARGEST + AROUND_THE_FILE


def read_away(request: HttpRequest) -> None:
    """Let a refused file pass by, keeping nothing: a browser reads our answer only when it is done with sending.

    What is larger than a slip of the hand is not waited for; the connection breaks off.
    """
    if _announced(request) <= READ_AWAY:
        while request.read(AT_ONCE):
            pass


def _announced(request: HttpRequest) -> int:
    announced = request.META.get("CONTENT_LENGTH") or "0"
    return int(announced) if announced.isdecimal() else 0
