from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("requests", "0002_gate")]

    operations = [
        migrations.AddConstraint(
            model_name="call",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ["declined", "lapsed"]), _negated=True),
                    ("introductions", 0),
                    _connector="OR",
                ),
                name="call_kept_for_the_introduced",
            ),
        ),
    ]
