"""What must be read before it is known which organization a person acts for."""

from __future__ import annotations

from django.db import migrations

from career_relay.kernel.tenancy.gate import GateFunction


class Migration(migrations.Migration):
    dependencies = [("organizations", "0001_initial"), ("account", "0009_emailaddress_unique_primary_email")]

    operations = [
        GateFunction(
            "seats_of_user(member_of uuid)",
            returns="TABLE (member_id uuid, organization_id uuid, name text, kind text, state text, role text)",
            reads=["organizations_member", "organizations_organization"],
            body="""
                SELECT m.id, o.id, o.name::text, o.kind::text, o.state::text, m.role::text
                FROM organizations_member m JOIN organizations_organization o ON o.id = m.organization_id
                WHERE m.user_id = member_of AND m.removed_at IS NULL
                ORDER BY o.name, o.id
            """,
        ),
        GateFunction(
            "invitation_by_token(hash bytea, moment timestamptz)",
            returns="TABLE (invitation_id uuid, organization_id uuid, name text, kind text, email text, role text,"
            " expires_at timestamptz)",
            reads=["organizations_invitation", "organizations_organization"],
            body="""
                SELECT i.id, o.id, o.name::text, o.kind::text, i.email::text, i.role::text, i.expires_at
                FROM organizations_invitation i JOIN organizations_organization o ON o.id = i.organization_id
                WHERE i.token_hash = hash AND i.accepted_at IS NULL AND i.revoked_at IS NULL AND i.expires_at > moment
            """,
        ),
        GateFunction(
            "invitations_of_user(invited uuid, moment timestamptz)",
            returns="TABLE (invitation_id uuid, version smallint)",
            reads=["organizations_invitation", "account_emailaddress"],
            body="""
                SELECT i.id, i.version
                FROM account_emailaddress a JOIN organizations_invitation i ON i.email = a.email
                WHERE a.user_id = invited AND a.verified
                  AND i.accepted_at IS NULL AND i.revoked_at IS NULL AND i.expires_at > moment
                ORDER BY i.invited_at DESC
            """,
        ),
        GateFunction(
            "organization_names(wanted uuid[])",
            returns="TABLE (organization_id uuid, name text, kind text)",
            reads=["organizations_organization"],
            body="SELECT o.id, o.name::text, o.kind::text FROM organizations_organization o WHERE o.id = ANY (wanted)",
        ),
    ]
