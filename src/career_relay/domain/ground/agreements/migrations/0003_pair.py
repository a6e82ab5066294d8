"""Whether anything flows between two organizations: asked by the check of a disclosure, which runs as the person."""

from __future__ import annotations

from django.db import migrations

from career_relay.kernel.tenancy.gate import GateFunction


class Migration(migrations.Migration):
    dependencies = [("agreements", "0002_gate")]

    operations = [
        GateFunction(
            "agreement_is_live(one uuid, other uuid)",
            returns="boolean",
            reads=["agreements_agreement"],
            body="""
                SELECT EXISTS (SELECT FROM agreements_agreement a WHERE a.state = 'live'
                               AND (a.organization_id = one AND a.counterparty_id = other
                                    OR a.organization_id = other AND a.counterparty_id = one))
            """,
        ),
    ]
