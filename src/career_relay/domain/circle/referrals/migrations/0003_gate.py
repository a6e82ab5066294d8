from __future__ import annotations

from django.db import migrations

from career_relay.kernel.tenancy.gate import GateFunction


class Migration(migrations.Migration):
    dependencies = [("referrals", "0002_initial")]
    operations = [
        GateFunction(
            "personal_link_counted_another(registration uuid)",
            returns="TABLE (has_counted boolean)",
            reads=["links_relaylink", "referrals_referral", "referrals_registration"],
            body="""
                SELECT EXISTS (
                    SELECT FROM referrals_registration own
                    JOIN links_relaylink l ON l.id = own.link_id AND l.mode = 'personal'
                    JOIN referrals_registration other ON other.link_id = l.id AND other.candidate_id <> own.candidate_id
                    JOIN referrals_referral counted ON counted.registration_id = other.id AND counted.state = 'counted'
                    WHERE own.id = registration
                      AND own.organization_id = nullif(current_setting('app.organization', true), '')::uuid
                )
            """,
        ),
        GateFunction(
            "registrations_by_link()",
            returns="TABLE (link_id uuid, people integer)",
            reads=[
                "links_relaylink",
                "programmes_policyversion",
                "programmes_programme",
                "referrals_registration",
            ],
            body="""
                WITH counted AS (
                    SELECT l.id, l.programme_id, count(DISTINCT r.candidate_id)::integer AS people
                    FROM links_relaylink l LEFT JOIN referrals_registration r ON r.link_id = l.id
                    WHERE l.organization_id = nullif(current_setting('app.organization', true), '')::uuid
                      AND l.mode = 'static'
                    GROUP BY l.id
                    UNION ALL
                    SELECT NULL, programme.id, (
                        SELECT count(DISTINCT r.candidate_id)::integer
                        FROM referrals_registration r JOIN links_relaylink l ON l.id = r.link_id
                        WHERE r.organization_id = nullif(current_setting('app.organization', true), '')::uuid
                          AND l.mode = 'personal' AND l.programme_id = programme.id
                    )
                    FROM programmes_programme programme WHERE EXISTS (
                        SELECT FROM links_relaylink l
                        WHERE l.organization_id = nullif(current_setting('app.organization', true), '')::uuid
                          AND l.mode = 'personal' AND l.programme_id = programme.id
                    )
                ), limited AS (
                    SELECT c.id, c.programme_id, c.people,
                           (SELECT p.small_group FROM programmes_policyversion p
                            WHERE p.programme_id = c.programme_id AND p.effective_from <= now()
                            ORDER BY p.effective_from DESC LIMIT 1) AS least
                    FROM counted c
                ), ranked AS (
                    SELECT id, people, least,
                           min(people) FILTER (WHERE people > 0 OR id IS NULL) OVER (PARTITION BY programme_id) AS fewest,
                           coalesce(sum(people) OVER (PARTITION BY programme_id ORDER BY people, id NULLS FIRST
                                    ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0) AS before
                    FROM limited
                )
                SELECT id, CASE WHEN coalesce(fewest >= least, true) OR (people >= least AND before >= least)
                                THEN people END
                FROM ranked WHERE id IS NOT NULL
            """,
        ),
    ]
