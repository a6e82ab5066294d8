from __future__ import annotations

from django.db import migrations

from career_relay.kernel.tenancy.gate import GateFunction


class Migration(migrations.Migration):
    dependencies = [("candidates", "0001_initial")]
    operations = [
        GateFunction(
            "candidate_by_address(email_index bytea)",
            returns="TABLE (candidate_id uuid)",
            reads=["candidates_candidate"],
            body="SELECT c.id FROM candidates_candidate c WHERE c.email_index = $1 AND c.state = 'active'",
        ),
        GateFunction(
            "expired_sign_ups(before timestamptz)",
            returns="TABLE (sign_up_id uuid)",
            reads=["candidates_signup"],
            body="SELECT s.id FROM candidates_signup s WHERE s.expires_at <= $1 ORDER BY s.expires_at",
        ),
    ]
