from __future__ import annotations

import typing

from django.contrib.postgres.functions import TransactionNow
from django.db import models
from django.utils.translation import gettext_lazy as _

from career_relay.domain.ground.organizations.models import Organization
from career_relay.domain.ground.programmes.models import PolicyVersion, Programme
from career_relay.kernel import ids
from career_relay.kernel.tenancy.rows import AppendOnly, Kept, SameTenant, TenantRows, Trigger

LONGEST_REASON: typing.Final = 200


class Balanced(Trigger):
    """An entry is whole when its transaction (or its principal's turn) ends, and stays as it is from then on.

    Its postings are at least two and sum to zero per unit, and all were written in the entry's own transaction. Seeing
    too few raises: a check that ran under another principal sees none and must not pass.
    """

    fires = "AFTER INSERT"
    FUNCTION = """
        CREATE OR REPLACE FUNCTION credits_balanced() RETURNS trigger LANGUAGE plpgsql AS $$
        DECLARE checked uuid; made timestamptz; legs bigint; skewed bigint;
        BEGIN
            IF TG_TABLE_NAME = 'credits_entry' THEN
                checked := NEW.id; made := NEW.recorded_at;
            ELSE
                checked := NEW.entry_id;
                SELECT recorded_at INTO made FROM credits_entry WHERE organization_id = NEW.organization_id AND id = checked;
            END IF;
            IF made IS DISTINCT FROM transaction_timestamp() THEN
                RAISE EXCEPTION 'ledger entry % is closed', checked USING ERRCODE = 'integrity_constraint_violation';
            END IF;
            SELECT coalesce(sum(unit.legs), 0), count(*) FILTER (WHERE unit.total <> 0) INTO legs, skewed FROM (
                SELECT count(*) AS legs, sum(amount) AS total FROM credits_posting
                WHERE organization_id = NEW.organization_id AND entry_id = checked GROUP BY credits_posting.unit
            ) AS unit;
            IF legs < 2 OR skewed > 0 THEN
                RAISE EXCEPTION 'ledger entry % does not balance', checked USING ERRCODE = 'integrity_constraint_violation';
            END IF;
            RETURN NULL;
        END $$
    """


class Holder(models.Model):
    """Who holds credit in a programme, and the counters that everyone who posts locks first.

    `counted` is net of reversals, so it may fall below what was `converted`. `slots` is the last ordinal granted,
    `entries` the last number in the ledger. All four are what the postings say; `queries.differences` proves it.
    """

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+", db_index=False)
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="+", db_index=False)
    counted = models.IntegerField(default=0)
    converted = models.IntegerField(default=0)
    slots = models.IntegerField(default=0)
    entries = models.IntegerField(default=0)

    class Meta:
        constraints = [
            TenantRows(name="holder_rows"),
            Kept(name="holder_kept", changes=["counted", "converted", "slots", "entries"]),
            models.UniqueConstraint(fields=["organization", "programme"], name="holder_once"),
            models.UniqueConstraint(fields=["organization", "id"], name="holder_of_organization"),
        ]

    @property
    def balance(self) -> int:
        """Referrals counted and not yet converted: what is carried over, or owed after a reversal."""
        return self.counted - self.converted


class Entry(models.Model):
    """One business event in the ledger, told once by its natural key. Corrected only by a reversal.

    `number` is its place in the holder's ledger, without gap. `origin` is the entry it follows from: what a reversal
    takes back, the count that a conversion completed, the conversion that the moved slot came of. `recorded_at` is never
    used in rules.
    """

    class Kind(models.TextChoices):
        COUNT = "count", _("紹介 1 人")
        CONVERSION = "conversion", _("無料紹介枠と交換")
        REVERSAL = "reversal", _("紹介の取り消し")
        RESERVATION = "reservation", _("枠の予約")
        USE = "use", _("枠の使用")
        RETURN = "return", _("枠の返却")

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+", db_index=False)
    holder = models.ForeignKey(Holder, on_delete=models.PROTECT, related_name="ledger", db_index=False)
    number = models.IntegerField()
    kind = models.CharField(max_length=12, choices=Kind)
    natural_key = models.CharField(max_length=80)
    origin = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="followers", db_index=False)
    policy_version = models.ForeignKey(PolicyVersion, on_delete=models.PROTECT, related_name="+", db_index=False)
    reason = models.CharField(max_length=LONGEST_REASON, blank=True)
    actor = models.CharField(max_length=60)
    second_actor = models.CharField(max_length=60, blank=True)
    occurred_at = models.DateTimeField()
    recorded_at = models.DateTimeField(db_default=TransactionNow())

    class Meta:
        constraints = [
            TenantRows(name="entry_rows"),
            AppendOnly(name="entry_append_only"),
            Balanced(name="entry_balanced"),
            SameTenant(name="entry_same_tenant", field="holder"),
            SameTenant(name="entry_origin_same_tenant", field="origin"),
            models.UniqueConstraint(fields=["organization", "holder", "kind", "natural_key"], name="entry_once"),
            models.UniqueConstraint(fields=["organization", "holder", "number"], name="entry_number"),
            models.UniqueConstraint(
                fields=["organization", "origin"], condition=models.Q(kind="reversal"), name="entry_reversed_once"
            ),
            models.CheckConstraint(
                name="entry_origin_told", condition=models.Q(kind="count") ^ models.Q(origin__isnull=False)
            ),
            models.CheckConstraint(
                name="entry_reversal_told",
                condition=~models.Q(kind="reversal") | (~models.Q(reason="") & ~models.Q(second_actor="")),
            ),
            # The last: over a table that is still empty all indexes cost the same, the planner takes the newest of them,
            # and a connection keeps the plan. Foreign keys ask for this one.
            models.UniqueConstraint(fields=["organization", "id"], name="entry_of_organization"),
        ]
        indexes = [
            models.Index(fields=["organization", "holder", "occurred_at"], name="entry_statement"),
            models.Index(
                fields=["organization", "origin"], condition=models.Q(origin__isnull=False), name="entry_followers"
            ),
        ]


class Posting(models.Model):
    """One leg of an entry: so many units on one account. Positive is what the account gains."""

    class Unit(models.TextChoices):
        REFERRAL = "referral", _("紹介")
        SLOT = "slot", _("枠")

    class Account(models.TextChoices):
        NETWORK = "network", _("ネットワーク")
        BALANCE = "balance", _("残高")
        CONVERTED = "converted", _("交換済み")
        AVAILABLE = "available", _("使える枠")
        RESERVED = "reserved", _("依頼中の枠")
        USED = "used", _("使った枠")
        EXPIRED = "expired", _("失効した枠")

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+", db_index=False)
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="postings", db_index=False)
    account = models.CharField(max_length=10, choices=Account)
    unit = models.CharField(max_length=10, choices=Unit)
    amount = models.IntegerField()

    class Meta:
        constraints = [
            TenantRows(name="posting_rows"),
            AppendOnly(name="posting_append_only"),
            Balanced(name="posting_balanced"),
            SameTenant(name="posting_same_tenant", field="entry"),
            models.UniqueConstraint(fields=["organization", "entry", "unit", "account"], name="posting_once"),
            models.CheckConstraint(condition=~models.Q(amount=0), name="posting_not_zero"),
            models.CheckConstraint(
                name="posting_account_of_unit",
                condition=models.Q(unit="referral", account__in=["network", "balance", "converted"])
                | models.Q(unit="slot", account__in=["network", "available", "reserved", "used", "expired"]),
            ),
        ]


class Slot(models.Model):
    """One free placement slot: minted by a conversion (its lot), numbered per holder without gap."""

    class State(models.TextChoices):
        AVAILABLE = "available", _("使えます")
        RESERVED = "reserved", _("依頼中")
        INTRODUCED = "introduced", _("紹介中")
        USED = "used", _("使用済み")
        EXPIRED = "expired", _("失効")

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+", db_index=False)
    holder = models.ForeignKey(Holder, on_delete=models.PROTECT, related_name="granted", db_index=False)
    lot = models.OneToOneField(Entry, on_delete=models.PROTECT, related_name="slot")
    ordinal = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=State, default=State.AVAILABLE)
    granted_at = models.DateTimeField()
    usable_from = models.DateTimeField()

    class Meta:
        constraints = [
            TenantRows(name="slot_rows"),
            Kept(name="slot_kept", changes=["state"]),
            SameTenant(name="slot_same_tenant", field="holder"),
            SameTenant(name="slot_lot_same_tenant", field="lot"),
            models.UniqueConstraint(fields=["organization", "holder", "ordinal"], name="slot_ordinal"),
            models.UniqueConstraint(fields=["organization", "id"], name="slot_of_organization"),
        ]
