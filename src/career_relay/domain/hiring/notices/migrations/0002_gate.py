from __future__ import annotations

from django.db import migrations

from career_relay.kernel.tenancy.gate import GateFunction


class Migration(migrations.Migration):
    dependencies = [("notices", "0001_initial")]
    operations = [
        GateFunction(
            "employers_with_mailings()",
            returns="TABLE (organization_id uuid)",
            reads=["notices_mailing"],
            body="""
                SELECT DISTINCT m.organization_id FROM notices_mailing m WHERE m.state IN ('preparing', 'waiting')
            """,
        ),
        GateFunction(
            "employers_with_untold()",
            returns="TABLE (organization_id uuid)",
            reads=["applications_application", "organizations_organization"],
            body="""
                SELECT o.id FROM organizations_organization o
                WHERE o.kind = 'employer' AND o.state <> 'stopped' AND EXISTS (
                    SELECT FROM applications_application a
                    WHERE a.organization_id = o.id AND a.outcome = 'rejected' AND a.told_at IS NULL
                )
            """,
        ),
    ]
