"""Provision records for employers: in the network with an access of their own scope, outside it by name."""

from __future__ import annotations

import django.db.models.deletion
from django.db import migrations, models

import career_relay.domain.people.consents.models


class Migration(migrations.Migration):
    dependencies = [("candidates", "0004_selection"), ("consents", "0002_provisions")]

    operations = [
        migrations.AlterField(
            model_name="provisionrecord",
            name="obtained",
            field=models.CharField(
                choices=[("registration", "ご本人の登録"), ("agency", "担当の紹介会社")], max_length=12
            ),
        ),
        migrations.AlterField(
            model_name="provisionrecord",
            name="counterparty",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="organizations.organization",
            ),
        ),
        migrations.AddField(
            model_name="provisionrecord",
            name="counterparty_name",
            field=models.CharField(blank=True, default="", max_length=120),
            preserve_default=False,
        ),
        migrations.AlterField(model_name="provisionrecord", name="access_id", field=models.UUIDField(null=True)),
        migrations.AddConstraint(
            model_name="provisionrecord",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("access_id__isnull", False), ("counterparty__isnull", False), ("counterparty_name", "")
                )
                | models.Q(("access_id", None), ("counterparty", None), ("side", "giver"))
                & ~models.Q(("counterparty_name", "")),
                name="provision_names_counterparty",
            ),
        ),
        migrations.RemoveConstraint(model_name="provisionrecord", name="disclosure_guard"),
        migrations.AddConstraint(
            model_name="provisionrecord",
            constraint=career_relay.domain.people.consents.models.DisclosureGuard(name="disclosure_guard"),
        ),
    ]
