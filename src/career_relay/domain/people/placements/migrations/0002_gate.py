"""Which starts and checks are to be asked about: across all organizations, by the daily task."""

from __future__ import annotations

from django.db import migrations

from career_relay.kernel.tenancy.gate import GateFunction


class Migration(migrations.Migration):
    dependencies = [("placements", "0001_initial")]

    operations = [
        GateFunction(
            "placement_tasks(day date)",
            returns="TABLE (task text, placement_id uuid, check_id uuid, asked_id uuid)",
            reads=["placements_placement", "placements_check"],
            body="""
                SELECT 'start', p.id, NULL::uuid, coalesce(p.employer_id, p.organization_id) FROM placements_placement p
                WHERE p.state = 'agreed' AND p.start_asked_at IS NULL AND p.start_on <= $1
                UNION ALL
                SELECT 'check', c.placement_id, c.id, coalesce(c.employer_id, c.organization_id) FROM placements_check c
                JOIN placements_placement p ON p.id = c.placement_id AND p.state = 'joined'
                WHERE c.answer = '' AND c.asked_at IS NULL AND c.due_on <= $1
                ORDER BY 4, 1, 2, 3
            """,
        ),
    ]
