"""Whom to remind of complaints whose answer is overdue."""

from __future__ import annotations

from django.db import migrations

from career_relay.kernel.tenancy.gate import GateFunction


class Migration(migrations.Migration):
    dependencies = [("complaints", "0001_initial")]

    operations = [
        GateFunction(
            "complaints_due(day date)",
            returns="TABLE (operator_id uuid)",
            reads=["complaints_complaint"],
            body="""
                SELECT DISTINCT c.operator_id FROM complaints_complaint c
                WHERE c.state IN ('received', 'checking') AND c.due_on < day AND c.reminded_at IS NULL
                ORDER BY c.operator_id
            """,
        ),
    ]
