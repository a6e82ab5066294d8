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
                WHERE m.state = 'queued' AND m.batch_id IS NULL AND m.due_at < due_before AND NOT EXISTS (
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
            body="SELECT min(m.due_at) FROM messaging_message m WHERE m.state = 'queued' AND m.batch_id IS NULL",
        ),
        GateFunction(
            "due_batches(due_before timestamptz, most integer)",
            returns="TABLE (batch_id uuid, organization_id uuid)",
            reads=["messaging_message", "procrastinate_jobs"],
            body="""
                WITH RECURSIVE waiting AS (
                    (SELECT m.organization_id, m.batch_id FROM messaging_message m
                     WHERE m.state = 'queued' AND m.batch_id IS NOT NULL
                     ORDER BY m.organization_id, m.batch_id LIMIT 1)
                    UNION ALL
                    SELECT following.organization_id, following.batch_id FROM waiting w, LATERAL (
                        SELECT m.organization_id, m.batch_id FROM messaging_message m
                        WHERE m.state = 'queued' AND m.batch_id IS NOT NULL
                          AND (m.organization_id, m.batch_id) > (w.organization_id, w.batch_id)
                        ORDER BY m.organization_id, m.batch_id LIMIT 1
                    ) following
                )
                SELECT w.batch_id, w.organization_id FROM waiting w
                WHERE EXISTS (
                    SELECT FROM messaging_message m
                    WHERE m.organization_id = w.organization_id AND m.batch_id = w.batch_id
                      AND m.state = 'queued' AND m.due_at < due_before
                ) AND NOT EXISTS (
                    SELECT FROM procrastinate_jobs j
                    WHERE j.task_name = 'send_batch' AND j.status IN ('todo', 'doing')
                      AND j.args->>'batch' = w.batch_id::text
                )
                LIMIT most
            """,
        ),
    ]
