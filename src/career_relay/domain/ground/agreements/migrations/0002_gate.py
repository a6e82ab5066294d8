"""What is asked about agreements across organizations: whether an agency may be given people, and whose review is near."""

from __future__ import annotations

from django.db import migrations

from career_relay.kernel.tenancy.gate import GateFunction


class Migration(migrations.Migration):
    dependencies = [("agreements", "0001_initial"), ("agencies", "0001_initial")]

    operations = [
        GateFunction(
            "may_keep_people(agency uuid)",
            returns="boolean",
            reads=["agencies_stop", "agreements_agreement", "organizations_organization"],
            body="""
                SELECT NOT EXISTS (SELECT FROM agencies_stop s WHERE s.organization_id = agency AND s.ended_at IS NULL)
                   AND EXISTS (SELECT FROM agreements_agreement a JOIN organizations_organization o
                                 ON o.id = CASE a.organization_id WHEN agency THEN a.counterparty_id ELSE a.organization_id END
                               WHERE (a.organization_id = agency OR a.counterparty_id = agency)
                                 AND a.state = 'live' AND o.kind = 'operator')
            """,
        ),
        GateFunction(
            "may_receive_people(agency uuid, day date)",
            returns="boolean",
            reads=["agencies_licence", "agencies_desk", "agencies_office", "agencies_feetable"],
            body="""
                SELECT EXISTS (SELECT FROM agencies_licence l WHERE l.organization_id = agency
                               AND l.state = 'confirmed' AND day BETWEEN l.valid_from AND l.valid_until)
                   AND EXISTS (SELECT FROM agencies_desk d WHERE d.organization_id = agency)
                   AND EXISTS (SELECT FROM agencies_office o WHERE o.organization_id = agency AND o.removed_at IS NULL)
                   AND EXISTS (SELECT FROM agencies_feetable f
                               WHERE f.organization_id = agency AND f.effective_from <= day)
                   AND gate.may_keep_people(agency)
            """,
        ),
        GateFunction(
            "agreements_to_review(day date)",
            returns="TABLE (agreement_id uuid, organization_id uuid)",
            reads=["agreements_agreement"],
            body="""
                SELECT a.id, a.organization_id FROM agreements_agreement a
                WHERE a.state IN ('live', 'suspended') AND a.review_on <= day + 30
                  AND (a.reminded IS NULL OR a.reminded > 0 AND a.review_on <= day)
                ORDER BY a.review_on, a.id
            """,
        ),
    ]
