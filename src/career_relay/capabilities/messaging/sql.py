"""The statements that give a message to one worker and no other, and that stop a batch at once."""

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
_CLAIM_NEXT = """
    UPDATE messaging_message SET state = 'sending', claimed_at = %(now)s, attempts = attempts + 1
    WHERE id = (
        SELECT id FROM messaging_message
        WHERE organization_id = %(organization)s AND batch_id = %(batch)s AND state = 'queued'
          AND due_at <= %(due_before)s
        ORDER BY due_at LIMIT 1 FOR UPDATE SKIP LOCKED
    )
    RETURNING id
"""
_STOP = """
    WITH held AS MATERIALIZED (
        SELECT id FROM messaging_message
        WHERE organization_id = %(organization)s AND batch_id = %(batch)s AND state IN ('queued', 'sending')
        ORDER BY id FOR UPDATE
    )
    UPDATE messaging_message m SET
        state = CASE m.state WHEN 'queued' THEN 'stopped' ELSE m.state END,
        finished_at = CASE m.state WHEN 'queued' THEN %(now)s ELSE m.finished_at END,
        is_called_off = true
    FROM held WHERE m.id = held.id
    RETURNING m.id, m.state
"""
_JOB_WAITS = """
    SELECT EXISTS (
        SELECT FROM procrastinate_jobs
        WHERE task_name = 'send_batch' AND status = 'todo' AND args->>'batch' = %s
          AND (scheduled_at IS NULL OR scheduled_at <= %s)
    )
"""


def claim(message_id: uuid.UUID, *, now: dt.datetime, due_before: dt.datetime) -> bool:
    """Take a queued message that is due; False if there is none, or somebody else was quicker."""
    with connection.cursor() as cursor:
        cursor.execute(_CLAIM, {"id": message_id, "now": now, "due_before": due_before})
        return cursor.fetchone() is not None


def claim_next(
    organization_id: uuid.UUID, batch_id: uuid.UUID, *, now: dt.datetime, due_before: dt.datetime
) -> uuid.UUID | None:
    """Take the message of a batch that has been due for longest, passing over those somebody else is at."""
    values: dict[str, typing.Any] = {
        "organization": organization_id,
        "batch": batch_id,
        "now": now,
        "due_before": due_before,
    }
    with connection.cursor() as cursor:
        cursor.execute(_CLAIM_NEXT, values)
        found = cursor.fetchone()
    return found[0] if found else None


def stop_batch(organization_id: uuid.UUID, batch_id: uuid.UUID, *, now: dt.datetime) -> list[uuid.UUID]:
    """Stop what waits of a batch and call off what is being sent; return the ids of those that were stopped."""
    with connection.cursor() as cursor:
        cursor.execute(_STOP, {"organization": organization_id, "batch": batch_id, "now": now})
        return [identifier for identifier, state in cursor.fetchall() if state == "stopped"]


def has_waiting_job(batch_id: uuid.UUID, *, by: dt.datetime) -> bool:
    """Tell whether a job waits that will go on with a batch no later than `by`."""
    with connection.cursor() as cursor:
        cursor.execute(_JOB_WAITS, [str(batch_id), by])
        [found] = cursor.fetchone()
    return bool(found)
