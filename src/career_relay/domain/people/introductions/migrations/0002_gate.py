"""Which proposals can't wait for their person any longer: asked across all agencies by the task that keeps the days."""

from __future__ import annotations

from django.db import migrations

from career_relay.kernel.tenancy.gate import GateFunction


class Migration(migrations.Migration):
    dependencies = [("introductions", "0001_initial")]

    operations = [
        GateFunction(
            "introductions_due(at timestamptz)",
            returns="TABLE (introduction_id uuid, candidate_id uuid, organization_id uuid, due text)",
            reads=["introductions_introduction", "requests_call"],
            body="""
                SELECT d.id, d.candidate_id, d.organization_id, d.due FROM (
                    SELECT i.*, CASE
                        WHEN c.state <> 'accepted' THEN 'call_over'
                        WHEN i.answer_by <= $1 THEN 'lapsed'
                        WHEN i.remind_at <= $1 THEN 'remind'
                    END AS due
                    FROM introductions_introduction i LEFT JOIN requests_call c ON c.id = i.call_id
                    WHERE i.state = 'proposed'
                ) d WHERE d.due IS NOT NULL ORDER BY d.answer_by, d.id
            """,
        ),
    ]
