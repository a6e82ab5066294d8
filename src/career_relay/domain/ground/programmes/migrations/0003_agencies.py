from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("programmes", "0002_default_programme"),
    ]

    operations = [
        migrations.AddField(
            model_name="policyversion",
            name="agencies_at_once",
            field=models.PositiveSmallIntegerField(default=1, verbose_name="1 人を同時に担当する紹介会社の数"),
        ),
        migrations.AddField(
            model_name="policyversion",
            name="agency_late_days",
            field=models.PositiveSmallIntegerField(
                default=2, verbose_name="初回連絡が遅れた方を別の会社に移すまでの営業日数"
            ),
        ),
    ]
