from __future__ import annotations

from django.db import migrations

from career_relay.kernel.tenancy.gate import GateFunction


class Migration(migrations.Migration):
    dependencies = [("intake", "0001_initial")]
    operations = [
        GateFunction(
            "expired_import_rows(moment timestamptz)",
            returns="TABLE (organization_id uuid, batch_id uuid)",
            reads=["intake_batch", "intake_row"],
            body="""
                SELECT b.organization_id, b.id FROM intake_batch b
                WHERE coalesce(b.undo_until, b.uploaded_at + interval '7 days') <= $1
                  AND EXISTS (SELECT FROM intake_row r WHERE r.organization_id = b.organization_id AND r.batch_id = b.id)
                ORDER BY b.uploaded_at
            """,
        ),
    ]
