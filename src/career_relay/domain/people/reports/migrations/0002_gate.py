"""What agencies publish of their fees, whom to remind of the yearly report, and the operator's yearly figures."""

from __future__ import annotations

from django.db import migrations

from career_relay.kernel.tenancy.gate import GateFunction

ORGANIZATION, LICENCE, FEES = "organizations_organization", "agencies_licence", "agencies_feetable"
AGREEMENT, VERSION = "agreements_agreement", "agreements_agreementversion"
PLACEMENT, TERMS = "placements_placement", "placements_feeterms"
POSTING, FACT, REQUEST, OFFICE = "postings_jobposting", "facts_fact", "requests_request", "agencies_office"
CANDIDATE, ASSIGNMENT, REPORT = "candidates_candidate", "routing_assignment", "reports_yearlyreport"


class Migration(migrations.Migration):
    dependencies = [
        ("reports", "0001_initial"),
        ("agencies", "0002_gate"),
        ("agreements", "0001_initial"),
        ("facts", "0002_initial"),
        ("placements", "0002_gate"),
        ("requests", "0001_initial"),
    ]

    operations = [
        GateFunction(
            "fees_published(agency uuid, day date)",
            returns=(
                "TABLE (organization_id uuid, name text, number text, valid_until date, effective_from date,"
                " rates jsonb, refunds jsonb, has_penalty boolean)"
            ),
            reads=[ORGANIZATION, LICENCE, FEES, AGREEMENT, VERSION],
            body="""
                SELECT o.id, o.name::text, l.number::text, l.valid_until, f.effective_from, f.rates, f.refunds,
                    EXISTS (
                        SELECT FROM agreements_agreement a
                        JOIN agreements_agreementversion v ON v.agreement_id = a.id AND v.number = a.version
                        JOIN organizations_organization e ON e.kind = 'employer'
                            AND e.id IN (a.organization_id, a.counterparty_id)
                        WHERE o.id IN (a.organization_id, a.counterparty_id) AND a.state = 'live'
                          AND coalesce(v.terms ->> 'penalty_amount', '') <> ''
                    )
                FROM organizations_organization o
                JOIN LATERAL (
                    SELECT c.number, c.valid_until FROM agencies_licence c
                    WHERE c.organization_id = o.id AND c.state = 'confirmed' AND day BETWEEN c.valid_from AND c.valid_until
                    ORDER BY c.valid_until DESC LIMIT 1
                ) l ON true
                LEFT JOIN LATERAL (
                    SELECT t.effective_from, t.rates, t.refunds FROM agencies_feetable t
                    WHERE t.organization_id = o.id AND t.effective_from <= day ORDER BY t.version DESC LIMIT 1
                ) f ON true
                WHERE o.kind = 'agency' AND (agency IS NULL OR o.id = agency)
                ORDER BY o.name, o.id
            """,
        ),
        GateFunction(
            "fee_groups(agency uuid, first date, last date, with_slots boolean)",
            returns="TABLE (occupation text, placed bigint, fees_yen bigint, salaries_yen bigint, fixed_yen integer)",
            reads=[LICENCE, PLACEMENT, TERMS],
            body="""
                SELECT p.occupation::text, count(*), sum(t.fee_yen), sum(p.salary_yen),
                    CASE WHEN count(t.fixed) = count(*) AND min(t.fixed) = max(t.fixed) THEN min(t.fixed) END
                FROM placements_placement p JOIN placements_feeterms t ON t.placement_id = p.id
                WHERE p.organization_id = agency AND p.is_regular AND p.state IN ('joined', 'left')
                  AND p.start_on BETWEEN first AND last AND p.occupation <> '' AND (with_slots OR NOT p.uses_slot)
                  AND EXISTS (
                    SELECT FROM agencies_licence l WHERE l.organization_id = agency AND l.state = 'confirmed'
                  )
                GROUP BY p.occupation HAVING count(*) > 10
                ORDER BY count(*) DESC, p.occupation LIMIT 5
            """,
        ),
        GateFunction(
            "reports_due(year integer, day date)",
            returns="TABLE (organization_id uuid)",
            reads=[LICENCE, REPORT],
            body="""
                SELECT DISTINCT l.organization_id FROM agencies_licence l
                WHERE l.state = 'confirmed' AND day BETWEEN l.valid_from AND l.valid_until
                  AND NOT EXISTS (
                    SELECT FROM reports_yearlyreport r WHERE r.organization_id = l.organization_id AND r.year = $1
                      AND (r.reminded_at IS NOT NULL OR r.filed_on IS NOT NULL)
                  )
                ORDER BY l.organization_id
            """,
        ),
        GateFunction(
            "network_figures(day date)",
            returns=(
                "TABLE (postings_of_employers bigint, postings_of_agencies bigint, postings_provided bigint,"
                " registered bigint, provided bigint, employers bigint, agencies bigint, offices bigint)"
            ),
            reads=[ORGANIZATION, POSTING, FACT, REQUEST, CANDIDATE, ASSIGNMENT, LICENCE, OFFICE],
            body="""
                WITH ends AS (SELECT (day + 1)::timestamp AT TIME ZONE 'Asia/Tokyo' AS at),
                there AS (
                    SELECT o.kind FROM ends, postings_jobposting p
                    JOIN organizations_organization o ON o.id = p.organization_id
                    WHERE p.created_at < ends.at AND (p.valid_until IS NULL OR p.valid_until >= day)
                      AND (p.state = 'open' OR EXISTS (
                        SELECT FROM facts_fact f WHERE f.organization_id = p.organization_id AND f.subject_id = p.id
                          AND f.kind = 'posting.changed' AND f.data -> 'fields' ? 'state' AND f.occurred_at >= ends.at
                      ))
                ),
                licensed AS (
                    SELECT DISTINCT l.organization_id FROM ends, agencies_licence l
                    WHERE l.state = 'confirmed' AND l.decided_at < ends.at AND day BETWEEN l.valid_from AND l.valid_until
                ),
                known AS (
                    SELECT c.id FROM ends, candidates_candidate c
                    WHERE c.registered_at < ends.at AND (c.erased_at IS NULL OR c.erased_at >= ends.at)
                )
                SELECT
                    (SELECT count(*) FROM there WHERE kind = 'employer'),
                    (SELECT count(*) FROM there WHERE kind = 'agency'),
                    (SELECT count(DISTINCT r.posting_id) FROM ends, requests_request r
                     WHERE r.asked_at < ends.at AND (r.closed_at IS NULL OR r.closed_at >= ends.at)),
                    (SELECT count(*) FROM known),
                    (SELECT count(*) FROM known WHERE EXISTS (
                        SELECT FROM ends, routing_assignment a WHERE a.candidate_id = known.id
                          AND a.contact_by IS NOT NULL AND a.answered_at < ends.at
                          AND (a.ended_at IS NULL OR a.ended_at >= ends.at)
                    )),
                    (SELECT count(*) FROM ends, organizations_organization o
                     WHERE o.kind = 'employer' AND o.founded_at < ends.at),
                    (SELECT count(*) FROM licensed),
                    (SELECT count(*) FROM ends, agencies_office b
                     WHERE b.opened_at < ends.at AND (b.removed_at IS NULL OR b.removed_at >= ends.at)
                       AND b.organization_id IN (SELECT organization_id FROM licensed))
                WHERE EXISTS (
                    SELECT FROM organizations_organization asking
                    WHERE asking.id = nullif(current_setting('app.organization', true), '')::uuid
                      AND asking.kind = 'operator'
                )
            """,
        ),
    ]
