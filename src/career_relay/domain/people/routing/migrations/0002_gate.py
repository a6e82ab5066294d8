"""What routing must see across all agencies and people: ids, wishes as codes and words, and numbers; never a name."""

from __future__ import annotations

from django.db import migrations

from career_relay.kernel.tenancy.gate import GateFunction


class Migration(migrations.Migration):
    dependencies = [
        ("routing", "0001_initial"),
        ("candidates", "0003_employment_type"),
        ("consents", "0002_provisions"),
        ("agencies", "0001_initial"),
        ("agreements", "0002_gate"),
    ]

    operations = [
        GateFunction(
            "people_to_route(at timestamptz, at_once integer, only_one uuid, since timestamptz, after uuid, most integer)",
            returns="TABLE (candidate_id uuid, since timestamptz, prefecture text, occupation text, employment_type text,"
            " chosen uuid[], excluded uuid[], tried uuid[], open uuid[])",
            reads=[
                "candidates_candidate",
                "candidates_profile",
                "candidates_exclusion",
                "consents_consent",
                "routing_assignment",
                "routing_wish",
            ],
            body="""
                WITH taken AS (
                    SELECT a.candidate_id, array_agg(a.organization_id) AS agencies FROM routing_assignment a
                    WHERE a.state IN ('offered', 'active') AND ($3 IS NULL OR a.candidate_id = $3) GROUP BY a.candidate_id
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
                    ),
                    coalesce(t.agencies, '{}')
                FROM consents_consent c
                JOIN candidates_candidate k ON k.id = c.candidate_id AND k.state = 'active'
                JOIN candidates_profile p ON p.candidate_id = c.candidate_id
                LEFT JOIN taken t ON t.candidate_id = c.candidate_id
                WHERE c.purpose = 'agency_introduction' AND c.withdrawn_at IS NULL AND c.valid_until > $1
                AND ($3 IS NULL OR c.candidate_id = $3) AND (c.granted_at, c.candidate_id) > ($4, $5)
                AND coalesce(cardinality(t.agencies), 0) < $2
                ORDER BY c.granted_at, c.candidate_id LIMIT $6
            """,
        ),
        GateFunction(
            "agencies_to_route(at timestamptz)",
            returns="TABLE (organization_id uuid, prefectures text[], occupations text[], employment_types text[],"
            " capacity integer, people_open bigint, untold bigint, last_offered_at timestamptz)",
            reads=["agencies_desk", "routing_assignment"],
            body="""
                WITH load AS (
                    SELECT a.organization_id, max(a.offered_at) AS last_offered_at,
                        count(*) FILTER (WHERE a.state IN ('offered', 'active')) AS people_open,
                        count(*) FILTER (WHERE a.state = 'offered' AND a.told_at IS NULL) AS untold
                    FROM routing_assignment a GROUP BY a.organization_id
                )
                SELECT d.organization_id, d.prefectures::text[], d.occupations::text[], d.employment_types::text[],
                    CASE WHEN d.is_taking THEN d.capacity ELSE 0 END,
                    coalesce(l.people_open, 0), coalesce(l.untold, 0), l.last_offered_at
                FROM agencies_desk d LEFT JOIN load l ON l.organization_id = d.organization_id
                WHERE gate.may_receive_people(d.organization_id, ($1 AT TIME ZONE 'Asia/Tokyo')::date)
                ORDER BY d.organization_id
            """,
        ),
        GateFunction(
            "assignments_due(at timestamptz, only_one uuid)",
            returns="TABLE (assignment_id uuid, candidate_id uuid, organization_id uuid, due text)",
            reads=["routing_assignment", "candidates_access", "consents_consent"],
            body="""
                WITH open AS (
                    SELECT a.* FROM routing_assignment a
                    WHERE a.state IN ('offered', 'active') AND ($2 IS NULL OR a.id = $2)
                ), agency AS (
                    SELECT o.organization_id, gate.may_keep_people(o.organization_id) AS may_keep,
                        gate.may_receive_people(o.organization_id, ($1 AT TIME ZONE 'Asia/Tokyo')::date) AS may_receive
                    FROM (SELECT DISTINCT open.organization_id FROM open) o
                )
                SELECT d.id, d.candidate_id, d.organization_id, d.due FROM (
                    SELECT o.id, o.candidate_id, o.organization_id, o.offered_at, CASE
                        WHEN NOT CASE o.state WHEN 'offered' THEN a.may_receive ELSE a.may_keep END THEN 'agency_stopped'
                        WHEN NOT EXISTS (
                            SELECT FROM consents_consent c WHERE c.candidate_id = o.candidate_id
                            AND c.purpose = 'agency_introduction' AND c.withdrawn_at IS NULL AND c.valid_until > $1
                        ) OR (o.state = 'active' AND NOT EXISTS (
                            SELECT FROM candidates_access x WHERE x.candidate_id = o.candidate_id
                            AND x.organization_id = o.organization_id AND x.valid_until > $1
                        )) THEN 'consent_over'
                        WHEN o.state = 'offered' AND o.answer_by <= $1 THEN 'lapsed'
                        WHEN o.state = 'active' AND o.contacted_at IS NULL AND o.late_at <= $1 THEN 'late'
                        WHEN o.state = 'active' AND o.contacted_at IS NULL AND o.contact_by <= $1
                            AND o.escalated_at IS NULL THEN 'overdue'
                    END AS due FROM open o JOIN agency a ON a.organization_id = o.organization_id
                ) d WHERE d.due IS NOT NULL ORDER BY d.offered_at, d.id
            """,
        ),
        GateFunction(
            "routing_overview(at timestamptz)",
            returns="TABLE (organization_id uuid, offered bigint, active bigint, overdue bigint, lapsed bigint,"
            " contacted bigint, contacted_in_time bigint)",
            reads=["routing_assignment", "organizations_organization"],
            body="""
                SELECT a.organization_id, count(*) FILTER (WHERE a.state = 'offered'),
                    count(*) FILTER (WHERE a.state = 'active'),
                    count(*) FILTER (WHERE a.state = 'active' AND a.contacted_at IS NULL AND a.contact_by <= $1),
                    count(*) FILTER (WHERE a.state = 'lapsed'),
                    count(*) FILTER (WHERE a.contacted_at IS NOT NULL),
                    count(*) FILTER (WHERE a.contacted_at <= a.contact_by AND a.escalated_at IS NULL)
                FROM routing_assignment a WHERE EXISTS (
                    SELECT FROM organizations_organization o
                    WHERE o.id = nullif(current_setting('app.organization', true), '')::uuid AND o.kind = 'operator'
                ) GROUP BY a.organization_id ORDER BY a.organization_id
            """,
        ),
        GateFunction(
            "people_unplaced(at timestamptz)",
            returns="TABLE (people bigint, oldest timestamptz)",
            reads=["candidates_candidate", "consents_consent", "routing_assignment", "organizations_organization"],
            body="""
                SELECT count(*), min(c.granted_at) FROM consents_consent c
                JOIN candidates_candidate k ON k.id = c.candidate_id AND k.state = 'active'
                WHERE EXISTS (
                    SELECT FROM organizations_organization o
                    WHERE o.id = nullif(current_setting('app.organization', true), '')::uuid AND o.kind = 'operator'
                ) AND c.purpose = 'agency_introduction' AND c.withdrawn_at IS NULL AND c.valid_until > $1
                AND NOT EXISTS (
                    SELECT FROM routing_assignment a
                    WHERE a.candidate_id = c.candidate_id AND a.state IN ('offered', 'active')
                )
            """,
        ),
    ]
