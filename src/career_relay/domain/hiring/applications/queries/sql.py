"""Counting how applications went, in one pass over the rows that a list would show; and which words stand in them."""

from __future__ import annotations

import dataclasses
import typing

from django.core.exceptions import EmptyResultSet
from django.db import connection

from career_relay.domain.hiring.applications import rules

if typing.TYPE_CHECKING:
    import uuid

    from django.db.models import QuerySet

    from career_relay.domain.hiring.applications.models import Application

COLUMNS: typing.Final = ("pk", "applied_at", "decided_at", "stage", "outcome", "reason")

# Japan has had no summer time since 1951: its days begin nine hours before those of UTC.
_TALLY = """
    WITH given (id, applied_at, decided_at, stage, outcome, reason) AS ({rows}),
    cohort AS MATERIALIZED (
        SELECT id, (applied_at AT TIME ZONE INTERVAL '9 hours')::date AS applied_on,
            (decided_at AT TIME ZONE INTERVAL '9 hours')::date AS decided_on, {rank} AS rank, outcome, reason
        FROM given
    ),
    dated AS (
        SELECT application_id, entered_on, {rank} AS rank FROM applications_stageevent WHERE organization_id = %s
    ),
    event AS MATERIALIZED (
        SELECT application_id, dated.rank, cohort.rank AS standing,
            entered_on - coalesce(lag(entered_on) OVER earlier, applied_on) AS days
        FROM dated JOIN cohort ON cohort.id = application_id
        WINDOW earlier AS (PARTITION BY application_id ORDER BY entered_on, dated.rank)
    ),
    beyond AS (SELECT application_id, max(rank) AS rank FROM event WHERE rank > standing GROUP BY application_id)
    SELECT 'reached', date_trunc('month', applied_on)::date::text, greatest(c.rank, b.rank, 1)::text, count(*)
    FROM cohort c LEFT JOIN beyond b ON b.application_id = c.id
    GROUP BY date_trunc('month', applied_on), greatest(c.rank, b.rank, 1)
    UNION ALL
    SELECT 'days', rank::text, greatest(days, 0)::text, count(*) FROM event GROUP BY rank, greatest(days, 0)
    UNION ALL
    SELECT 'decided', '', (decided_on - applied_on)::text, count(*)
    FROM cohort WHERE decided_on IS NOT NULL GROUP BY decided_on - applied_on
    UNION ALL
    SELECT 'ended', outcome, reason, count(*) FROM cohort WHERE outcome <> 'in_progress' GROUP BY outcome, reason
"""
# From one pair of words to the next by the index, so that each costs one look and not all rows that have it.
_WORDS = """
    WITH RECURSIVE word (medium, recruiter) AS (
        (SELECT medium, recruiter FROM applications_application WHERE organization_id = %(organization)s
            ORDER BY medium, recruiter LIMIT 1)
        UNION ALL
        SELECT later.medium, later.recruiter FROM word, LATERAL (
            SELECT medium, recruiter FROM applications_application
            WHERE organization_id = %(organization)s AND (medium, recruiter) > (word.medium, word.recruiter)
            ORDER BY medium, recruiter LIMIT 1) later
    )
    SELECT medium, recruiter FROM word
"""
_RANK = f"CASE stage {' '.join(f'WHEN {stage!r} THEN {rank}' for stage, rank in rules.RANKS.items())} END"


@dataclasses.dataclass(frozen=True, slots=True)
class Count:
    """How many of a kind there are. What `first` and `second` say is the kind's business."""

    kind: str
    first: str
    second: str
    number: int


def tally(organization_id: uuid.UUID, rows: QuerySet[Application]) -> list[Count]:
    """Return the counts of these applications: reached by month and rank, days by rank, days to decision, endings."""
    try:
        given, params = rows.order_by().values_list(*COLUMNS).query.sql_with_params()
    except EmptyResultSet:
        return []
    with connection.cursor() as cursor:
        cursor.execute(_TALLY.format(rows=given, rank=_RANK), (*params, organization_id))
        return [Count(*row) for row in cursor.fetchall()]


def words(organization_id: uuid.UUID) -> list[tuple[str, str]]:
    """Return every medium with every recruiter it stands beside."""
    with connection.cursor() as cursor:
        cursor.execute(_WORDS, {"organization": organization_id})
        return [(medium, recruiter) for medium, recruiter in cursor.fetchall()]
