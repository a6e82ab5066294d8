"""Agencies as others may know them: public particulars, the directory, the operator's list, licences that end."""

from __future__ import annotations

from django.db import migrations

from career_relay.kernel.tenancy.gate import GateFunction

ORGANIZATION, DESK, OFFICE = "organizations_organization", "agencies_desk", "agencies_office"
LICENCE, STOP, FEES, REMINDER = "agencies_licence", "agencies_stop", "agencies_feetable", "agencies_reminder"


class Migration(migrations.Migration):
    dependencies = [("agencies", "0001_initial")]

    operations = [
        GateFunction(
            "agency_cards(agencies uuid[])",
            returns=(
                "TABLE (organization_id uuid, name text, number text, valid_until date, phone text, email text,"
                " message text, office_prefecture text, average_rate numeric, average_year smallint)"
            ),
            reads=[ORGANIZATION, DESK, OFFICE, LICENCE, FEES],
            body="""
                SELECT o.id, o.name::text, coalesce(l.number, '')::text, l.valid_until, coalesce(d.phone, '')::text,
                       coalesce(d.email, '')::text, coalesce(d.message, '')::text, coalesce(p.prefecture, '')::text,
                       f.average_rate, f.average_year
                FROM organizations_organization o
                LEFT JOIN agencies_desk d ON d.organization_id = o.id
                LEFT JOIN LATERAL (
                    SELECT c.number, c.valid_until FROM agencies_licence c
                    WHERE c.organization_id = o.id AND c.state = 'confirmed' ORDER BY c.valid_until DESC LIMIT 1
                ) l ON true
                LEFT JOIN LATERAL (
                    SELECT b.prefecture FROM agencies_office b
                    WHERE b.organization_id = o.id AND b.removed_at IS NULL ORDER BY b.opened_at, b.id LIMIT 1
                ) p ON true
                LEFT JOIN LATERAL (
                    SELECT t.average_rate, t.average_year FROM agencies_feetable t
                    WHERE t.organization_id = o.id AND t.effective_from <= (now() AT TIME ZONE 'Asia/Tokyo')::date
                    ORDER BY t.version DESC LIMIT 1
                ) f ON true
                WHERE o.kind = 'agency' AND o.id = ANY (agencies)
            """,
        ),
        GateFunction(
            "agencies_in_network(day date)",
            returns=(
                "TABLE (organization_id uuid, name text, number text, valid_until date, phone text, email text,"
                " message text, office_prefecture text, average_rate numeric, average_year smallint,"
                " prefectures text[], occupations text[], employment_types text[])"
            ),
            reads=[ORGANIZATION, DESK, OFFICE, LICENCE, STOP, FEES],
            body="""
                SELECT o.id, o.name::text, l.number::text, l.valid_until, d.phone::text, d.email::text,
                       d.message::text, p.prefecture::text, f.average_rate, f.average_year,
                       d.prefectures::text[], d.occupations::text[], d.employment_types::text[]
                FROM organizations_organization o
                JOIN agencies_desk d ON d.organization_id = o.id
                JOIN LATERAL (
                    SELECT c.number, c.valid_until FROM agencies_licence c
                    WHERE c.organization_id = o.id AND c.state = 'confirmed' AND day BETWEEN c.valid_from AND c.valid_until
                    ORDER BY c.valid_until DESC LIMIT 1
                ) l ON true
                JOIN LATERAL (
                    SELECT b.prefecture FROM agencies_office b
                    WHERE b.organization_id = o.id AND b.removed_at IS NULL ORDER BY b.opened_at, b.id LIMIT 1
                ) p ON true
                JOIN LATERAL (
                    SELECT t.average_rate, t.average_year FROM agencies_feetable t
                    WHERE t.organization_id = o.id AND t.effective_from <= day ORDER BY t.version DESC LIMIT 1
                ) f ON true
                WHERE o.kind = 'agency'
                  AND NOT EXISTS (SELECT FROM agencies_stop s WHERE s.organization_id = o.id AND s.ended_at IS NULL)
                ORDER BY o.name, o.id
            """,
        ),
        GateFunction(
            "agencies_overview()",
            returns=(
                "TABLE (organization_id uuid, name text, prefecture text, founded_at timestamptz, stop_reason text,"
                " has_desk boolean, has_office boolean, fees_from date, waiting_since timestamptz, licences jsonb)"
            ),
            reads=[ORGANIZATION, DESK, OFFICE, LICENCE, STOP, FEES],
            body="""
                SELECT o.id, o.name::text, o.prefecture::text, o.founded_at,
                    (SELECT s.reason::text FROM agencies_stop s WHERE s.organization_id = o.id AND s.ended_at IS NULL),
                    EXISTS (SELECT FROM agencies_desk d WHERE d.organization_id = o.id),
                    EXISTS (SELECT FROM agencies_office b WHERE b.organization_id = o.id AND b.removed_at IS NULL),
                    (SELECT min(t.effective_from) FROM agencies_feetable t WHERE t.organization_id = o.id),
                    (SELECT c.submitted_at FROM agencies_licence c
                     WHERE c.organization_id = o.id AND c.state = 'submitted'),
                    coalesce((
                        SELECT jsonb_agg(jsonb_build_object('number', c.number, 'state', c.state,
                            'valid_from', c.valid_from, 'valid_until', c.valid_until, 'decided_at', c.decided_at,
                            'reason', c.reason))
                        FROM agencies_licence c WHERE c.organization_id = o.id
                    ), '[]'::jsonb)
                FROM organizations_organization o
                WHERE o.kind = 'agency' AND EXISTS (
                    SELECT FROM organizations_organization asking
                    WHERE asking.id = nullif(current_setting('app.organization', true), '')::uuid
                      AND asking.kind = 'operator'
                )
                ORDER BY o.name, o.id
            """,
        ),
        GateFunction(
            "licences_ending(day date)",
            returns="TABLE (organization_id uuid, licence_id uuid, valid_until date)",
            reads=[LICENCE, REMINDER],
            body="""
                SELECT l.organization_id, l.id, l.valid_until FROM agencies_licence l
                WHERE l.state = 'confirmed' AND l.valid_until <= day + 90
                  AND NOT EXISTS (
                    SELECT FROM agencies_reminder r
                    WHERE r.organization_id = l.organization_id AND r.licence_id = l.id AND r.days = 0
                  )
                  AND NOT EXISTS (
                    SELECT FROM agencies_licence n
                    WHERE n.organization_id = l.organization_id AND n.state = 'confirmed'
                      AND n.valid_until > l.valid_until AND n.valid_from <= l.valid_until + 1
                  )
                ORDER BY l.valid_until, l.id
            """,
        ),
    ]
