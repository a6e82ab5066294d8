"""The time of an interview as a file that calendars read (RFC 5545)."""

from __future__ import annotations

import dataclasses
import datetime as dt
import typing

if typing.TYPE_CHECKING:
    import uuid

TYPE: typing.Final = "text/calendar; charset=utf-8"
PRODUCT: typing.Final = "-//Career Relay//Interviews//JA"
LONGEST_LINE: typing.Final = 74


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """What stands in a calendar; `key` stays the same when it is moved."""

    key: uuid.UUID
    title: str
    place: str
    at: dt.datetime
    written_at: dt.datetime


def event(one: Event) -> str:
    """Return a calendar with one event. How long it lasts nobody said, so it has a beginning alone."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:{PRODUCT}",
        "METHOD:PUBLISH",
        "BEGIN:VEVENT",
        f"UID:{one.key}",
        f"DTSTAMP:{_moment(one.written_at)}",
        f"DTSTART:{_moment(one.at)}",
        f"SUMMARY:{_escaped(one.title)}",
        f"LOCATION:{_escaped(one.place)}",
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    return "".join(f"{_folded(line)}\r\n" for line in lines)


def _moment(at: dt.datetime) -> str:
    return f"{at.astimezone(dt.UTC):%Y%m%dT%H%M%SZ}"


def _escaped(words: str) -> str:
    for mark in "\\;,":
        words = words.replace(mark, f"\\{mark}")
    return "\\n".join(words.splitlines())


def _folded(line: str) -> str:
    """Break a line after 74 bytes at most, never within a character."""
    parts, part, length = [], "", 0
    for character in line:
        size = len(character.encode())
        if length + size > LONGEST_LINE:
            parts.append(part)
            part, length = " ", 1
        part, length = part + character, length + size
    return "\r\n".join([*parts, part])
