from __future__ import annotations

from django.db import migrations


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [migrations.RunSQL("CREATE SEQUENCE facts_sequence", "DROP SEQUENCE facts_sequence")]
