from __future__ import annotations

import collections
from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[2] / "src/career_relay"


def test_no_two_rooms_have_a_mail_of_the_same_name() -> None:
    """Templates are found by name, first room first: a second one of the name would never be sent."""
    rooms = collections.defaultdict(list)
    for path in PACKAGE.rglob("templates/mail/*"):
        rooms[path.name].append(str(path.relative_to(PACKAGE)))
    assert len(rooms) > 20
    assert {name: places for name, places in rooms.items() if len(places) > 1} == {}
