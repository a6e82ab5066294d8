"""The check of all ledgers looks at reserved and used slots too: their states agree with the postings."""

from __future__ import annotations

import importlib

from django.db import migrations

from career_relay.kernel.tenancy.gate import GateFunction

[before] = importlib.import_module("career_relay.domain.ground.credits.migrations.0002_gate").Migration.operations


class Migration(migrations.Migration):
    dependencies = [("credits", "0004_slot_life")]

    operations = [
        migrations.RunSQL(before.reverse_sql, before.sql),
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
                        sum(p.amount) FILTER (WHERE p.account = 'available') AS available,
                        sum(p.amount) FILTER (WHERE p.account = 'reserved') AS reserved,
                        sum(p.amount) FILTER (WHERE p.account = 'used') AS used
                    FROM credits_entry e JOIN credits_posting p ON p.entry_id = e.id GROUP BY e.holder_id
                ), numbers AS (
                    SELECT holder_id, count(*) AS entries, max(number) AS last FROM credits_entry GROUP BY holder_id
                ), skewed AS (
                    SELECT u.holder_id, count(DISTINCT u.id) AS entries FROM (
                        SELECT e.holder_id, e.id FROM credits_entry e LEFT JOIN credits_posting p ON p.entry_id = e.id
                        GROUP BY e.holder_id, e.id, p.unit HAVING sum(p.amount) IS DISTINCT FROM 0
                    ) u GROUP BY u.holder_id
                ), moved AS (
                    SELECT s.id, s.holder_id, s.state,
                        coalesce(sum(p.amount) FILTER (WHERE p.account = 'reserved'), 0) AS reserved,
                        coalesce(sum(p.amount) FILTER (WHERE p.account = 'used'), 0) AS used
                    FROM credits_slot s
                    LEFT JOIN credits_entry e ON e.organization_id = s.organization_id AND e.origin_id = s.lot_id
                        AND e.kind IN ('reservation', 'use', 'return')
                    LEFT JOIN credits_posting p ON p.organization_id = e.organization_id AND p.entry_id = e.id
                    GROUP BY s.id
                ), granted AS (
                    SELECT m.holder_id, count(*) AS slots, max(s.ordinal) AS last,
                        count(*) FILTER (WHERE m.state = 'available') AS available,
                        count(*) FILTER (WHERE m.state IN ('reserved', 'introduced')) AS reserved,
                        count(*) FILTER (WHERE m.state = 'used') AS used,
                        count(*) FILTER (
                            WHERE m.reserved <> (m.state IN ('reserved', 'introduced'))::integer
                               OR m.used <> (m.state = 'used')::integer
                        ) AS astray
                    FROM moved m JOIN credits_slot s ON s.id = m.id GROUP BY m.holder_id
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
                    ('reserved slots', coalesce(g.reserved, 0), coalesce(s.reserved, 0)),
                    ('used slots', coalesce(g.used, 0), coalesce(s.used, 0)),
                    ('slots astray', coalesce(g.astray, 0), 0),
                    ('unbalanced entries', coalesce(k.entries, 0), 0)
                ) AS f (figure, kept, rebuilt)
                WHERE f.kept <> f.rebuilt ORDER BY 1, 2, 3
            """,
        ),
    ]
