"""What is asked about calls across employers: how busy agencies are with them, and which of them time has decided."""

from __future__ import annotations

from django.db import migrations

from career_relay.kernel.tenancy.gate import GateFunction


class Migration(migrations.Migration):
    dependencies = [("requests", "0001_initial"), ("agreements", "0003_pair")]

    operations = [
        GateFunction(
            "calls_open(agencies uuid[])",
            returns="TABLE (agency_id uuid, open bigint, last_asked_at timestamptz)",
            reads=["requests_call"],
            body="""
                SELECT c.agency_id, count(*) FILTER (WHERE c.state IN ('asked', 'accepted')), max(c.asked_at)
                FROM requests_call c WHERE c.agency_id = ANY (agencies) GROUP BY c.agency_id
            """,
        ),
        GateFunction(
            "calls_due(at timestamptz, only_one uuid)",
            returns="TABLE (organization_id uuid, request_id uuid, agency_id uuid, call_id uuid, due text)",
            reads=["requests_request", "requests_call"],
            body="""
                SELECT d.organization_id, d.request_id, d.agency_id, d.call_id, d.due FROM (
                    SELECT r.organization_id, r.id AS request_id, c.agency_id, c.id AS call_id, r.asked_at, CASE
                        WHEN r.search_until < (at AT TIME ZONE 'Asia/Tokyo')::date THEN 'over'
                        WHEN c.state = 'asked' AND c.answer_by <= at THEN 'lapsed'
                        WHEN NOT gate.agreement_is_live(r.organization_id, c.agency_id)
                            OR NOT gate.may_receive_people(c.agency_id, (at AT TIME ZONE 'Asia/Tokyo')::date) THEN 'stopped'
                    END AS due
                    FROM requests_request r JOIN requests_call c
                        ON c.organization_id = r.organization_id AND c.request_id = r.id AND c.state IN ('asked', 'accepted')
                    WHERE r.state = 'open' AND c.introductions = 0 AND (only_one IS NULL OR c.id = only_one)
                ) d WHERE d.due IS NOT NULL ORDER BY d.asked_at, d.request_id
            """,
        ),
    ]
