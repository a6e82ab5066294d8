"""The check of all ledgers at once, for whoever looks after the deployment: numbers that differ, and whose they are."""

from __future__ import annotations

from django.db import migrations

from career_relay.kernel.tenancy.gate import GateFunction


class Migration(migrations.Migration):
    dependencies = [("credits", "0001_initial")]

    operations = [
        GateFunction(
            "ledger_differences()",
            returns="TABLE (organization_id uuid, programme_id uuid, figure text, kept bigint, rebuilt bigint)",
            reads=["credits_holder", "credits_entry", "credits_posting", "credits_slot"],
            body="""
                WITH sums AS (
                    SELECT e.holder_id,
                        -sum(p.amount) FILTER (WHERE p.account = 'network' AND p.unit = 'referral') AS counted,
                        sum(p.amount) FILTER (WHERE p.account = 'converted') AS converted,
                        -sum(p.amount) FILTER (WHERE p.account = 'network' AND p.unit = 'slot') AS slots,
                        sum(p.amount) FILTER (WHERE p.account = 'available') AS available
                    FROM credits_entry e JOIN credits_posting p ON p.entry_id = e.id GROUP BY e.holder_id
                ), numbers AS (
                    SELECT holder_id, count(*) AS entries, max(number) AS last FROM credits_entry GROUP BY holder_id
                ), skewed AS (
                    SELECT u.holder_id, count(DISTINCT u.id) AS entries FROM (
                        SELECT e.holder_id, e.id FROM credits_entry e LEFT JOIN credits_posting p ON p.entry_id = e.id
                        GROUP BY e.holder_id, e.id, p.unit HAVING sum(p.amount) IS DISTINCT FROM 0
                    ) u GROUP BY u.holder_id
                ), granted AS (
                    SELECT holder_id, count(*) AS slots, max(ordinal) AS last,
                        count(*) FILTER (WHERE state = 'available') AS available
                    FROM credits_slot GROUP BY holder_id
                )
                SELECT h.organization_id, h.programme_id, f.figure, f.kept, f.rebuilt
                FROM credits_holder h
                LEFT JOIN sums s ON s.holder_id = h.id LEFT JOIN numbers n ON n.holder_id = h.id
                LEFT JOIN skewed k ON k.holder_id = h.id LEFT JOIN granted g ON g.holder_id = h.id
                CROSS JOIN LATERAL (VALUES
                    ('counted', h.counted::bigint, coalesce(s.counted, 0)),
                    ('converted', h.converted, coalesce(s.converted, 0)),
                    ('slots', h.slots, coalesce(s.slots, 0)),
                    ('entries', h.entries, coalesce(n.entries, 0)),
                    ('last number', h.entries, coalesce(n.last, 0)),
                    ('slot rows', coalesce(g.slots, 0), coalesce(s.slots, 0)),
                    ('last ordinal', coalesce(g.last, 0), coalesce(s.slots, 0)),
                    ('available slots', coalesce(g.available, 0), coalesce(s.available, 0)),
                    ('unbalanced entries', coalesce(k.entries, 0), 0)
                ) AS f (figure, kept, rebuilt)
                WHERE f.kept <> f.rebuilt ORDER BY 1, 2, 3
            """,
        ),
    ]
