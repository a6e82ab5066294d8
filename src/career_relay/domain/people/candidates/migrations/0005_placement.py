"""An employer at which somebody works reads their name and contact data, and nothing of what they look for."""

from __future__ import annotations

from django.db import migrations, models

import career_relay.kernel.tenancy.rows


class Migration(migrations.Migration):
    dependencies = [("candidates", "0004_selection")]

    operations = [
        migrations.AlterField(
            model_name="access",
            name="scope",
            field=models.CharField(
                choices=[
                    ("introduction", "紹介のための情報"),
                    ("selection", "選考のための情報"),
                    ("placement", "在籍の確認のための情報"),
                ],
                max_length=14,
            ),
        ),
        migrations.RemoveConstraint(model_name="identity", name="identity_rows"),
        migrations.AddConstraint(
            model_name="identity",
            constraint=career_relay.kernel.tenancy.rows.PersonRows(
                name="identity_rows",
                column="candidate_id",
                shared_through="candidates_access",
                scopes=("introduction", "selection", "placement"),
            ),
        ),
    ]
