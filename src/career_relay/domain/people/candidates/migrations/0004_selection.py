"""Employers read who somebody is through an access of their own scope, after the person's yes."""

from __future__ import annotations

from django.db import migrations, models

import career_relay.kernel.tenancy.rows

TABLES = (
    ("candidate", "candidate_rows", "id"),
    ("identity", "identity_rows", "candidate_id"),
    ("profile", "profile_rows", "candidate_id"),
)


class Migration(migrations.Migration):
    dependencies = [("candidates", "0003_employment_type")]

    operations = [
        migrations.AlterField(
            model_name="access",
            name="scope",
            field=models.CharField(
                choices=[("introduction", "紹介のための情報"), ("selection", "選考のための情報")], max_length=14
            ),
        ),
        *(migrations.RemoveConstraint(model_name=model, name=name) for model, name, _ in TABLES),
        *(
            migrations.AddConstraint(
                model_name=model,
                constraint=career_relay.kernel.tenancy.rows.PersonRows(
                    name=name, column=column, shared_through="candidates_access", scopes=("introduction", "selection")
                ),
            )
            for model, name, column in TABLES
        ),
    ]
