from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("candidates", "0002_gate"),
    ]

    operations = [
        migrations.AddField(
            model_name="profile",
            name="employment_type",
            field=models.CharField(
                blank=True,
                choices=[("new_graduate", "新卒"), ("mid_career", "中途"), ("part_time", "アルバイト・パート")],
                max_length=14,
                verbose_name="希望の働き方",
            ),
        ),
    ]
