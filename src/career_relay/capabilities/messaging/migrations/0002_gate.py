from __future__ import annotations

from django.db import migrations

from career_relay.kernel.tenancy.gate import GateFunction

ADDRESS = "TABLE (id uuid, organization_id uuid, user_id uuid, candidate_id uuid)"


class Migration(migrations.Migration):
    dependencies = [("messaging", "0001_initial"), ("procrastinate", "0041_post_retry_failed_job")]
    operations = [
        GateFunction(
            "due_messages(due_before timestamptz, most integer)",
            returns=ADDRESS,
            reads=["messaging_message", "procrastinate_jobs"],
            body="""
                SELECT m.id, m.organization_id, m.user_id, m.candidate_id FROM messaging_message m
                WHERE m.state = 'queued' AND m.due_at < due_before AND NOT EXISTS (
                    SELECT FROM procrastinate_jobs j
                    WHERE j.task_name = 'send_message' AND j.status IN ('todo', 'doing') AND j.args->>'message' = m.id::text
                )
                ORDER BY m.due_at LIMIT most
            """,
        ),
        GateFunction(
            "messages_claimed_before(moment timestamptz, most integer)",
            returns=ADDRESS,
            reads=["messaging_message"],
            body="""
                SELECT m.id, m.organization_id, m.user_id, m.candidate_id FROM messaging_message m
                WHERE m.state = 'sending' AND m.claimed_at < moment ORDER BY m.claimed_at LIMIT most
            """,
        ),
        GateFunction(
            "oldest_due_message()",
            returns="TABLE (due_at timestamptz)",
            reads=["messaging_message"],
            body="SELECT min(m.due_at) FROM messaging_message m WHERE m.state = 'queued'",
        ),
    ]
