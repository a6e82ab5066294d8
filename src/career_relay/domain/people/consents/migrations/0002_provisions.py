from __future__ import annotations

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

import career_relay.domain.people.consents.models
import career_relay.kernel.ids
import career_relay.kernel.tenancy.rows


class Migration(migrations.Migration):
    dependencies = [
        ("candidates", "0003_employment_type"),
        ("consents", "0001_initial"),
        ("agreements", "0002_gate"),
        ("organizations", "0002_gate"),
    ]

    operations = [
        migrations.CreateModel(
            name="ProvisionRecord",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=career_relay.kernel.ids.new, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "side",
                    models.CharField(choices=[("giver", "提供した側"), ("receiver", "受け取った側")], max_length=8),
                ),
                ("access_id", models.UUIDField()),
                (
                    "items",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("name", "お名前"),
                                ("email", "メールアドレス"),
                                ("phone", "電話番号"),
                                ("prefecture", "働きたい地域"),
                                ("occupation", "希望の仕事"),
                            ],
                            max_length=16,
                        ),
                        size=None,
                    ),
                ),
                ("obtained", models.CharField(choices=[("registration", "ご本人の登録")], max_length=12)),
                ("provided_at", models.DateTimeField()),
                ("keep_until", models.DateTimeField()),
                (
                    "candidate",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="provisions",
                        to="candidates.candidate",
                    ),
                ),
                (
                    "consent",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="consents.consent",
                    ),
                ),
                (
                    "counterparty",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organizations.organization",
                    ),
                ),
                (
                    "organization",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organizations.organization",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["candidate", "provided_at"], name="provision_of_candidate"),
                    models.Index(fields=["organization", "provided_at"], name="provision_of_organization"),
                ],
                "constraints": [
                    career_relay.kernel.tenancy.rows.PartyRows(
                        name="provision_rows", readers=("candidate", "organization"), writers=("candidate",)
                    ),
                    career_relay.kernel.tenancy.rows.AppendOnly(name="provision_append_only"),
                    career_relay.domain.people.consents.models.DisclosureGuard(name="disclosure_guard"),
                    models.UniqueConstraint(fields=("access_id", "side"), name="provision_once"),
                ],
            },
        ),
    ]
