"""Posting as one call: the plans of its three statements are kept by the connection, so that the holder is locked for half the time."""

from __future__ import annotations

from django.db import migrations

CREATE = """
CREATE FUNCTION credits_post(
    its_id uuid, its_organization uuid, its_holder uuid, its_kind text, its_natural_key text, its_origin uuid,
    its_policy_version uuid, its_reason text, its_actor text, its_second_actor text, its_occurred_at timestamptz,
    leg_ids uuid[], leg_accounts text[], leg_units text[], leg_amounts integer[],
    by_counted integer, by_converted integer, by_slots integer,
    OUT new_number integer, OUT new_counted integer, OUT new_converted integer, OUT new_slots integer
) LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO credits_entry (id, organization_id, holder_id, number, kind, natural_key, origin_id,
                               policy_version_id, reason, actor, second_actor, occurred_at)
    SELECT its_id, organization_id, id, entries + 1, its_kind, its_natural_key, its_origin,
           its_policy_version, its_reason, its_actor, its_second_actor, its_occurred_at
    FROM credits_holder WHERE organization_id = its_organization AND id = its_holder
    ON CONFLICT (organization_id, holder_id, kind, natural_key) DO NOTHING;
    IF NOT FOUND THEN RETURN; END IF;
    INSERT INTO credits_posting (id, organization_id, entry_id, account, unit, amount)
    SELECT leg.id, its_organization, its_id, leg.account, leg.unit, leg.amount
    FROM unnest(leg_ids, leg_accounts, leg_units, leg_amounts) AS leg (id, account, unit, amount);
    UPDATE credits_holder SET entries = entries + 1, counted = counted + by_counted,
        converted = converted + by_converted, slots = slots + by_slots
    WHERE organization_id = its_organization AND id = its_holder
    RETURNING entries, counted, converted, slots INTO new_number, new_counted, new_converted, new_slots;
END $$
"""


class Migration(migrations.Migration):
    dependencies = [("credits", "0002_gate")]

    operations = [migrations.RunSQL(CREATE, "DROP FUNCTION credits_post")]
