"""One statement, so that processes which count the same thing at the same moment cannot count it once."""

from __future__ import annotations

import typing

from django.db import connections

if typing.TYPE_CHECKING:
    import datetime as dt

CONNECTION = "limits"

_COUNT = """
    INSERT INTO limits_window AS w (key, ends_at, count) VALUES (%(key)s, %(ends_at)s, 1)
    ON CONFLICT (key) DO UPDATE SET
        count = CASE WHEN w.ends_at <= %(now)s THEN 1 ELSE w.count + 1 END,
        ends_at = CASE WHEN w.ends_at <= %(now)s THEN excluded.ends_at ELSE w.ends_at END
    RETURNING count, ends_at
"""


def count(key: bytes, *, now: dt.datetime, ends_at: dt.datetime) -> tuple[int, dt.datetime]:
    """Count one try; return how many there were in the window and when it ends. Committed at once."""
    with connections[CONNECTION].cursor() as cursor:
        cursor.execute(_COUNT, {"key": key, "now": now, "ends_at": ends_at})
        tries, end = cursor.fetchone()
    return tries, end
