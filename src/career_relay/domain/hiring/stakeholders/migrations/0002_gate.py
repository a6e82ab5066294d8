"""Who is to be reminded, across all employers: ids only."""

from __future__ import annotations

from django.db import migrations

from career_relay.kernel.tenancy.gate import GateFunction


class Migration(migrations.Migration):
    dependencies = [("stakeholders", "0001_initial")]
    operations = [
        GateFunction(
            "employers_with_reviews(day date)",
            returns="TABLE (organization_id uuid)",
            reads=["stakeholders_stakeholder"],
            body="""
                SELECT DISTINCT s.organization_id FROM stakeholders_stakeholder s
                WHERE s.removed_at IS NULL AND s.review_on <= employers_with_reviews.day + 7
                  AND s.reminded_for IS DISTINCT FROM s.review_on
            """,
        )
    ]
