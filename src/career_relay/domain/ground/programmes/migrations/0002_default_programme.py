"""The programme every installation starts with, and its first policy: the product's defaults as they stood then."""

from __future__ import annotations

import datetime as dt
import typing
import uuid

from django.db import migrations

if typing.TYPE_CHECKING:
    from django.apps.registry import Apps
    from django.db.backends.base.schema import BaseDatabaseSchemaEditor

PROGRAMME_ID = uuid.UUID("0190a1b2-0000-7000-8000-00000000ca01")
POLICY_ID = uuid.UUID("0190a1b2-0000-7000-8000-00000000ca02")
BEGINNING = dt.datetime(2020, 1, 1, tzinfo=dt.timezone(dt.timedelta(hours=9)))


def plant(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    apps.get_model("programmes", "Programme").objects.create(
        id=PROGRAMME_ID, slug="career-relay", name="キャリアリレー"
    )
    apps.get_model("programmes", "PolicyVersion").objects.create(
        id=POLICY_ID,
        programme_id=PROGRAMME_ID,
        version=1,
        effective_from=BEGINNING,
        published_by="system",
        published_at=BEGINNING,
        threshold=10,
        count_event="confirmed_consented",
        same_person_months=12,
        counts_person_known_to_network=True,
        count_hold_days=0,
        slot_hold_days=7,
        reviews_own_domain=True,
        reviews_members=True,
        reviews_test_addresses=True,
        reviews_disposable_domains=True,
        burst_per_hour=30,
        slot_delivers="fee_waived",
        slot_expiry_months=None,
        returns_slot_of_early_leaver=False,
        pooling="none",
        agency_accept_days=2,
        agency_contact_days=3,
        free_placements_enter_fee_average=False,
        notice_limit_days=3,
        quiet_from=dt.time(19),
        quiet_until=dt.time(8),
        send_delay_seconds=900,
        sends_next_working_day_at=dt.time(10),
        reapply_wait_months=6,
        personal_link_days=180,
        small_group=5,
        smallest_ratio_base=10,
    )


class Migration(migrations.Migration):
    dependencies = [("programmes", "0001_initial")]
    operations = [migrations.RunPython(plant, migrations.RunPython.noop)]
