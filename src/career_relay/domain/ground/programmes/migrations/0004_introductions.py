from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("programmes", "0003_agencies")]

    operations = [
        migrations.AddField(
            model_name="policyversion",
            name="introduction_answer_days",
            field=models.PositiveSmallIntegerField(default=5, verbose_name="ご本人が求人の案内に答えるまでの営業日数"),
        ),
        migrations.AddField(
            model_name="policyversion",
            name="introduction_owner_months",
            field=models.PositiveSmallIntegerField(
                default=6, verbose_name="ほかの紹介会社が同じ方を同じ企業に推薦できない月数"
            ),
        ),
        migrations.AddField(
            model_name="policyversion",
            name="slot_search_days",
            field=models.PositiveSmallIntegerField(default=30, verbose_name="枠で合う方を探す日数"),
        ),
    ]
