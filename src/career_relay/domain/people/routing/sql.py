"""The one lock of routing: who puts people before agencies does it alone, who takes a person out waits for that.

Without it a run could offer somebody whose consent ends at the same moment, and two runs could offer one person twice.
"""

from __future__ import annotations

import typing

from django.db import connection

ROUTING: typing.Final = 4713


def route_alone() -> None:
    """Hold all other routing, and all who take people out, until the transaction ends."""
    _hold("SELECT pg_advisory_xact_lock(%s)")


def take_out() -> None:
    """Wait for routing under way, and keep it from beginning until the transaction ends."""
    _hold("SELECT pg_advisory_xact_lock_shared(%s)")


def _hold(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, [ROUTING])
