"""Routing leaves out an agency that placed the person within two years (law L11), unless they chose it themselves."""

from __future__ import annotations

import importlib

from django.db import migrations, models

from career_relay.kernel.tenancy.gate import GateFunction

before = importlib.import_module("career_relay.domain.people.routing.migrations.0002_gate").Migration.operations[0]


class Migration(migrations.Migration):
    dependencies = [("introductions", "0002_gate"), ("routing", "0002_gate")]

    operations = [
        migrations.AddIndex(
            model_name="block",
            index=models.Index(fields=["candidate", "until"], name="block_of_person"),
        ),
        migrations.RunSQL(before.reverse_sql, before.sql),
        GateFunction(
            "people_to_route(at timestamptz, at_once integer, only_one uuid, since timestamptz, after uuid, most integer)",
            returns="TABLE (candidate_id uuid, since timestamptz, prefecture text, occupation text, employment_type text,"
            " chosen uuid[], excluded uuid[], tried uuid[], open uuid[])",
            reads=[
                "candidates_candidate",
                "candidates_profile",
                "candidates_exclusion",
                "introductions_block",
                "consents_consent",
                "routing_assignment",
                "routing_wish",
            ],
            body="""
                WITH taken AS (
                    SELECT a.candidate_id, array_agg(a.organization_id) AS agencies FROM routing_assignment a
                    WHERE a.state IN ('offered', 'active') AND ($3 IS NULL OR a.candidate_id = $3) GROUP BY a.candidate_id
                ), blocked AS (
                    SELECT b.candidate_id, array_agg(b.organization_id) AS agencies FROM introductions_block b
                    WHERE b.until >= ($1 AT TIME ZONE 'Asia/Tokyo')::date AND ($3 IS NULL OR b.candidate_id = $3)
                    AND NOT EXISTS (
                        SELECT FROM routing_wish w
                        WHERE w.candidate_id = b.candidate_id AND w.organization_id = b.organization_id
                        AND (w.chosen_at AT TIME ZONE 'Asia/Tokyo')::date >= b.since
                    ) GROUP BY b.candidate_id
                )
                SELECT c.candidate_id, c.granted_at, p.prefecture, p.occupation, p.employment_type,
                    ARRAY(SELECT w.organization_id FROM routing_wish w WHERE w.candidate_id = c.candidate_id ORDER BY w.rank),
                    ARRAY(SELECT e.organization_id FROM candidates_exclusion e WHERE e.candidate_id = c.candidate_id),
                    ARRAY(
                        SELECT a.organization_id FROM routing_assignment a
                        WHERE a.candidate_id = c.candidate_id AND a.ended_at >= c.granted_at
                        AND CASE
                            WHEN a.state = 'lapsed' THEN a.ended_at > $1 - interval '7 days'
                            WHEN a.decline_reason = 'capacity' OR a.end_reason IN ('late', 'agency_unable')
                                THEN a.ended_at > $1 - interval '30 days'
                            WHEN a.decline_reason IN ('area', 'occupation', 'employment_type')
                                THEN a.ended_at >= p.changed_at
                            ELSE a.end_reason NOT IN ('agency_stopped', 'consent_over', 'withdrawn')
                        END AND NOT EXISTS (
                            SELECT FROM routing_wish w WHERE w.candidate_id = a.candidate_id
                            AND w.organization_id = a.organization_id AND w.chosen_at > a.ended_at
                        )
                    ) || coalesce(b.agencies, '{}'),
                    coalesce(t.agencies, '{}')
                FROM consents_consent c
                JOIN candidates_candidate k ON k.id = c.candidate_id AND k.state = 'active'
                JOIN candidates_profile p ON p.candidate_id = c.candidate_id
                LEFT JOIN taken t ON t.candidate_id = c.candidate_id
                LEFT JOIN blocked b ON b.candidate_id = c.candidate_id
                WHERE c.purpose = 'agency_introduction' AND c.withdrawn_at IS NULL AND c.valid_until > $1
                AND ($3 IS NULL OR c.candidate_id = $3) AND (c.granted_at, c.candidate_id) > ($4, $5)
                AND coalesce(cardinality(t.agencies), 0) < $2
                ORDER BY c.granted_at, c.candidate_id LIMIT $6
            """,
        ),
    ]
