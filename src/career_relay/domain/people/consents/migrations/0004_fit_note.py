"""What is passed on to an employer: the agency's note too."""

from __future__ import annotations

import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("consents", "0003_employers")]

    operations = [
        migrations.AlterField(
            model_name="provisionrecord",
            name="items",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(
                    choices=[
                        ("name", "お名前"),
                        ("email", "メールアドレス"),
                        ("phone", "電話番号"),
                        ("prefecture", "働きたい地域"),
                        ("occupation", "希望の仕事"),
                        ("fit_note", "推薦の理由"),
                    ],
                    max_length=16,
                ),
                size=None,
            ),
        ),
    ]
