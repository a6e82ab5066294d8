from __future__ import annotations

from django.db import migrations

from career_relay.kernel.tenancy.gate import GateFunction


class Migration(migrations.Migration):
    dependencies = [("links", "0001_initial")]
    operations = [
        GateFunction(
            "link_by_token(token_hash bytea)",
            returns=(
                "TABLE (link_id uuid, organization_id uuid, employer_name text, programme_id uuid,"
                " revoked_at timestamptz, expires_at timestamptz, basis text, employer_state text)"
            ),
            reads=["links_relaylink", "links_legalbasis", "organizations_organization"],
            body="""
                SELECT l.id, o.id, o.name::text, l.programme_id, l.revoked_at, l.expires_at,
                       coalesce((SELECT b.kind FROM links_legalbasis b WHERE b.organization_id = o.id
                                 ORDER BY b.recorded_at DESC, b.id DESC LIMIT 1), 'none')::text,
                       o.state::text
                FROM links_relaylink l JOIN organizations_organization o ON o.id = l.organization_id
                WHERE l.token_hash = $1
            """,
        ),
    ]
