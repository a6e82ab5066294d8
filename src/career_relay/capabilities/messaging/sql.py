"""The statement that gives a message to one worker and no other."""

from __future__ import annotations

import typing

from django.db import connection

if typing.TYPE_CHECKING:
    import datetime as dt
    import uuid

_CLAIM = """
    UPDATE messaging_message SET state = 'sending', claimed_at = %(now)s, attempts = attempts + 1
    WHERE id = %(id)s AND state = 'queued' AND due_at <= %(due_before)s
    RETURNING id
"""


def claim(message_id: uuid.UUID, *, now: dt.datetime, due_before: dt.datetime) -> bool:
    """Take a queued message that is due; False if there is none, or somebody else was quicker."""
    with connection.cursor() as cursor:
        cursor.execute(_CLAIM, {"id": message_id, "now": now, "due_before": due_before})
        return cursor.fetchone() is not None
