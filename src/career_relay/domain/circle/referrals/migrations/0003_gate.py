from __future__ import annotations

from django.db import migrations

from career_relay.kernel.tenancy.gate import GateFunction


class Migration(migrations.Migration):
    dependencies = [("referrals", "0002_initial")]
    operations = [
        GateFunction(
            "registrations_by_link()",
            returns="TABLE (link_id uuid, people integer)",
            reads=["links_relaylink", "programmes_policyversion", "referrals_registration"],
            body="""
                WITH counted AS (
                    SELECT l.id, l.programme_id, count(DISTINCT r.candidate_id)::integer AS people,
                           (SELECT p.small_group FROM programmes_policyversion p
                            WHERE p.programme_id = l.programme_id AND p.effective_from <= now()
                            ORDER BY p.effective_from DESC LIMIT 1) AS least
                    FROM links_relaylink l LEFT JOIN referrals_registration r ON r.link_id = l.id
                    WHERE l.organization_id = nullif(current_setting('app.organization', true), '')::uuid
                    GROUP BY l.id
                ), ranked AS (
                    SELECT id, people, least,
                           min(people) FILTER (WHERE people > 0) OVER (PARTITION BY programme_id) AS fewest,
                           coalesce(sum(people) OVER (PARTITION BY programme_id ORDER BY people, id
                                    ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0) AS before
                    FROM counted
                )
                SELECT id, CASE WHEN coalesce(fewest >= least, true) OR (people >= least AND before >= least)
                                THEN people END
                FROM ranked
            """,
        ),
    ]
