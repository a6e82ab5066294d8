"""Which entries of seekers have been kept as long as the law wants, whoever asks: numbers alone."""

from __future__ import annotations

from django.db import migrations

from career_relay.kernel.tenancy.gate import GateFunction

ENTRY, ASSIGNMENT, PLACEMENT = "books_seekerentry", "routing_assignment", "placements_placement"


class Migration(migrations.Migration):
    dependencies = [("books", "0001_initial"), ("placements", "0002_gate"), ("routing", "0002_gate")]

    operations = [
        GateFunction(
            "book_entries_over(day date)",
            returns="TABLE (organization_id uuid, entry_id uuid)",
            reads=[ENTRY, ASSIGNMENT, PLACEMENT],
            body="""
                SELECT e.organization_id, e.id FROM books_seekerentry e
                JOIN routing_assignment a ON a.id = e.assignment_id
                WHERE (e.ended_on + interval '2 years')::date < day AND NOT EXISTS (
                    SELECT FROM placements_placement p
                    WHERE p.candidate_id = a.candidate_id AND p.organization_id = e.organization_id
                      AND (p.state = 'agreed' OR p.state <> 'not_started'
                           AND (p.start_on + interval '2 years 6 months')::date >= day)
                )
                ORDER BY e.organization_id, e.id
            """,
        )
    ]
