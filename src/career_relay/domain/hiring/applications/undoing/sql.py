"""Taking an import back: what it added goes, and what it changed is as `Before` remembers it."""

from __future__ import annotations

import typing

from career_relay.domain.hiring.applications import sql

if typing.TYPE_CHECKING:
    from career_relay.domain.hiring.intake.models import Batch

_DROP: typing.Final = """
    DROP TABLE IF EXISTS pg_temp.import_gone, pg_temp.import_nobody, pg_temp.import_event_before, pg_temp.import_person_before
"""
_TAKE_BACK: typing.Final = (
    """
    CREATE TEMPORARY TABLE import_gone AS SELECT id, applicant_id FROM applications_application
    WHERE organization_id = %(organization)s AND batch_id = %(batch)s
    """,
    """
    CREATE TEMPORARY TABLE import_person_before AS SELECT DISTINCT ON (r.id) r.*
    FROM applications_before b CROSS JOIN LATERAL jsonb_populate_record(NULL::applications_applicant, b.applicant_row) r
    WHERE b.organization_id = %(organization)s AND b.batch_id = %(batch)s ORDER BY r.id
    """,
    """
    CREATE TEMPORARY TABLE import_event_before AS SELECT r.id, b.application_id, r.stage, r.entered_on
    FROM applications_before b
    CROSS JOIN LATERAL jsonb_to_recordset(b.stages) AS r (id bigint, stage text, entered_on date)
    WHERE b.organization_id = %(organization)s AND b.batch_id = %(batch)s
    """,
    "ANALYZE import_gone",
    "ANALYZE import_person_before",
    "ANALYZE import_event_before",
    """
    UPDATE applications_applicant a SET {person} FROM import_person_before c
    WHERE a.organization_id = %(organization)s AND a.id = c.id
    """,
    """
    UPDATE applications_application a SET {application} FROM (
        SELECT r.* FROM applications_before b
        CROSS JOIN LATERAL jsonb_populate_record(NULL::applications_application, b.application_row) r
        WHERE b.organization_id = %(organization)s AND b.batch_id = %(batch)s AND b.application_row <> '{{}}'
    ) c WHERE a.organization_id = %(organization)s AND a.id = c.id
    """,
    """
    DELETE FROM applications_stageevent e USING applications_before b
    WHERE e.organization_id = %(organization)s AND b.organization_id = %(organization)s AND b.batch_id = %(batch)s
      AND e.application_id = b.application_id AND NOT EXISTS (SELECT FROM import_event_before c WHERE c.id = e.id)
    """,
    """
    UPDATE applications_stageevent e SET entered_on = c.entered_on FROM import_event_before c
    WHERE e.organization_id = %(organization)s AND e.id = c.id AND e.entered_on <> c.entered_on
    """,
    """
    INSERT INTO applications_stageevent (id, organization_id, application_id, stage, entered_on)
    SELECT c.id, %(organization)s, c.application_id, c.stage, c.entered_on FROM import_event_before c
    WHERE NOT EXISTS (SELECT FROM applications_stageevent e WHERE e.organization_id = %(organization)s AND e.id = c.id)
    """,
    "DELETE FROM applications_before WHERE organization_id = %(organization)s AND batch_id = %(batch)s",
    """
    DELETE FROM applications_stageevent e USING import_gone g
    WHERE e.organization_id = %(organization)s AND e.application_id = g.id
    """,
    "DELETE FROM applications_application WHERE organization_id = %(organization)s AND batch_id = %(batch)s",
    """
    CREATE TEMPORARY TABLE import_nobody AS SELECT DISTINCT g.applicant_id AS id FROM import_gone g
    WHERE NOT EXISTS (SELECT FROM applications_application a
                      WHERE a.organization_id = %(organization)s AND a.applicant_id = g.applicant_id)
    """,
    "DELETE FROM applications_gram g USING import_nobody n WHERE g.organization_id = %(organization)s AND g.applicant_id = n.id",
    "DELETE FROM applications_applicant a USING import_nobody n WHERE a.organization_id = %(organization)s AND a.id = n.id",
)


def take_back(batch: Batch) -> None:
    """Remove what a batch added, and bring what it changed back to what it was."""
    changed = "import_person_before"
    statements = [
        *_TAKE_BACK,
        sql.DROP_GRAMS.format(changed=changed),
        sql.insert_grams(changed, "id", conflict="ON CONFLICT DO NOTHING"),
    ]
    names = {
        "person": sql.assignments((*sql.PERSON, "changed_at")),
        "application": sql.assignments((*sql.APPLICATION, "posting_id", "changed_at")),
    }
    present = {"organization": batch.organization_id, "batch": batch.pk}
    sql.run(present, _DROP, sql.PATIENCE, *(one.format(**names) for one in statements), _DROP)
