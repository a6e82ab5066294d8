from __future__ import annotations

import datetime as dt
import uuid

from career_relay.portals.candidate import calendars
from tests.world import NOW


def event(title: str, place: str) -> str:
    at = NOW + dt.timedelta(days=3)
    return calendars.event(calendars.Event(key=uuid.UUID(int=7), title=title, place=place, at=at, written_at=NOW))


def test_calendar_is_what_the_standard_wants() -> None:
    assert event("面接：アルファ", "本社").split("\r\n") == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Career Relay//Interviews//JA",
        "METHOD:PUBLISH",
        "BEGIN:VEVENT",
        "UID:00000000-0000-0000-0000-000000000007",
        "DTSTAMP:20261123T050500Z",
        "DTSTART:20261126T050500Z",
        "SUMMARY:面接：アルファ",
        "LOCATION:本社",
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    ]


def test_words_can_not_become_lines_of_their_own() -> None:
    written = event("a;b,c\\d", "本社\r\nATTENDEE:mailto:x@people.example")
    assert "SUMMARY:a\\;b\\,c\\\\d" in written
    assert "LOCATION:本社\\nATTENDEE:mailto:x@people.example" in written


def test_long_lines_are_folded_between_characters_and_come_back_whole() -> None:
    place = "東京都千代田区丸の内一丁目 🌸 " * 9
    written = event("面接", place)
    assert max(len(line.encode()) for line in written.split("\r\n")) <= 75
    assert f"LOCATION:{place}" in written.replace("\r\n ", "")
