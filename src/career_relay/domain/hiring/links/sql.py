"""One statement, so that doors pressed at the same moment are each counted."""

from __future__ import annotations

import typing
import uuid

from django.db import connection

if typing.TYPE_CHECKING:
    import datetime as dt

_COUNT = """
    INSERT INTO links_visit AS v (id, organization_id, link_id, door, day, count)
    SELECT %s, %s, %s, %s, %s, 1
    WHERE NOT EXISTS (SELECT FROM links_relaylink l WHERE l.id = %s AND l.mode = 'personal')
    ON CONFLICT (organization_id, link_id, day, door) DO UPDATE SET count = v.count + 1
"""


def count_visit(organization_id: uuid.UUID, link_id: uuid.UUID, *, door: str, day: dt.date) -> None:
    """Count one press of a door of the employer's static link on a day. The caller acts as the employer."""
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, [uuid.uuid4(), organization_id, link_id, door, day, link_id])
