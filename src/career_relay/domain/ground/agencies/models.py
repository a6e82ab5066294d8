from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from career_relay.domain.ground.accounts.models import User
from career_relay.domain.ground.organizations import vocabulary
from career_relay.domain.ground.organizations.models import Organization
from career_relay.kernel import ids
from career_relay.kernel.tenancy.rows import AppendOnly, SameTenant, TenantRows, Trigger

LONGEST_MESSAGE = 300
LONGEST_REASON = 400
USUAL_CAPACITY = 30


class DecidedByOperator(Trigger):
    """Rows stand in the agency's room, but what the operator decides is written by a member of an operator alone.

    That is the state, number and days of a licence that was handed in, and the end of a stop.
    """

    fires = "BEFORE INSERT OR UPDATE"
    is_deferred = False
    FUNCTION = """
        CREATE OR REPLACE FUNCTION agencies_decided_by_operator() RETURNS trigger LANGUAGE plpgsql AS $$
        DECLARE kept text[]; before jsonb; after jsonb;
        BEGIN
            kept := CASE TG_TABLE_NAME WHEN 'agencies_licence' THEN '{state,number,valid_from,valid_until}' ELSE '{ended_at}' END;
            after := to_jsonb(NEW);
            before := CASE TG_OP WHEN 'INSERT' THEN after || '{"state": "submitted"}' ELSE to_jsonb(OLD) END;
            IF NOT EXISTS (SELECT FROM unnest(kept) name WHERE after -> name IS DISTINCT FROM before -> name) THEN
                RETURN NEW;
            END IF;
            IF NOT EXISTS (
                SELECT FROM gate.seats_of_user(nullif(current_setting('app.user', true), '')::uuid) WHERE kind = 'operator'
            ) THEN
                RAISE EXCEPTION '% is for an operator to decide', TG_TABLE_NAME
                    USING ERRCODE = 'integrity_constraint_violation';
            END IF;
            RETURN NEW;
        END $$
    """


class Desk(models.Model):
    """How an agency is reached and whom it takes. An empty list of codes means all of them."""

    organization = models.OneToOneField(Organization, on_delete=models.PROTECT, primary_key=True, related_name="+")
    phone = models.CharField(_("電話番号"), max_length=16)
    email = models.EmailField(_("メールアドレス"), max_length=254)
    message = models.CharField(_("ご登録者へのひとこと"), max_length=LONGEST_MESSAGE, blank=True)
    capacity = models.PositiveSmallIntegerField(_("同時に担当できる人数"), default=USUAL_CAPACITY)
    is_taking = models.BooleanField(_("新しい方を受け付ける"), default=True)
    prefectures = ArrayField(models.CharField(max_length=2), default=list, blank=True)
    occupations = ArrayField(models.CharField(max_length=2), default=list, blank=True)
    employment_types = ArrayField(models.CharField(max_length=14), default=list, blank=True)
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [TenantRows(name="desk_rows")]


class Office(models.Model):
    """A place of business with the person the law wants there (職業紹介責任者). A closed one keeps its row."""

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(_("事業所名"), max_length=120)
    prefecture = models.CharField(_("都道府県"), max_length=2, choices=vocabulary.PREFECTURES)
    address = models.CharField(_("住所"), max_length=200)
    phone = models.CharField(_("電話番号"), max_length=16)
    responsible_name = models.CharField(_("職業紹介責任者"), max_length=120)
    trained_on = models.DateField(_("職業紹介責任者講習の受講日"))
    opened_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [TenantRows(name="office_rows")]
        indexes = [
            models.Index(fields=["organization", "opened_at"], condition=models.Q(removed_at=None), name="office_open")
        ]


class Licence(models.Model):
    """A permit or notification of placement business as the agency told it, with what proves it, and the decision.

    `decided_by` is the operator's pseudonym: the agency need not know who in the office looked at it.
    """

    class State(models.TextChoices):
        SUBMITTED = "submitted", _("確認待ち")
        CONFIRMED = "confirmed", _("確認済み")
        REFUSED = "refused", _("差し戻し")

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
    number = models.CharField(_("許可・届出番号"), max_length=11)
    is_renewal = models.BooleanField(_("更新した許可"))
    valid_from = models.DateField(_("有効期間の始まり"))
    valid_until = models.DateField(_("有効期間の終わり"))
    evidence = models.BinaryField()
    evidence_name = models.CharField(max_length=120)
    evidence_type = models.CharField(max_length=20)
    evidence_sha256 = models.CharField(max_length=64)
    state = models.CharField(max_length=10, choices=State, default=State.SUBMITTED)
    submitted_at = models.DateTimeField()
    submitted_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)
    decided_by = models.CharField(max_length=60, blank=True)
    reason = models.CharField(max_length=LONGEST_REASON, blank=True)

    class Meta:
        constraints = [
            TenantRows(name="licence_rows"),
            DecidedByOperator(name="licence_decided_by_operator"),
            models.UniqueConstraint(fields=["organization", "id"], name="licence_of_organization"),
            models.UniqueConstraint(
                fields=["organization"], condition=models.Q(state="submitted"), name="licence_one_submitted"
            ),
            models.CheckConstraint(
                name="licence_decision_told",
                condition=models.Q(state="submitted", decided_at=None, decided_by="", reason="")
                | models.Q(state="confirmed", decided_at__isnull=False, reason="") & ~models.Q(decided_by="")
                | models.Q(state="refused", decided_at__isnull=False) & ~models.Q(decided_by="") & ~models.Q(reason=""),
            ),
            models.CheckConstraint(
                name="licence_ends_after_start", condition=models.Q(valid_until__gte=models.F("valid_from"))
            ),
        ]
        indexes = [
            models.Index(
                fields=["organization", "valid_until"], condition=models.Q(state="confirmed"), name="licence_valid"
            )
        ]


class Stop(models.Model):
    """The operator's word that an agency receives nobody until further notice."""

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(_("理由"), max_length=LONGEST_REASON)
    since = models.DateTimeField()
    by = models.CharField(max_length=60)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            TenantRows(name="stop_rows"),
            DecidedByOperator(name="stop_decided_by_operator"),
            models.UniqueConstraint(fields=["organization"], condition=models.Q(ended_at=None), name="stop_one_open"),
            models.CheckConstraint(name="stop_reason_told", condition=~models.Q(reason="")),
        ]


class FeeTable(models.Model):
    """What an agency charges and gives back, as published. A change is a new version; `rules.fees` reads the rows.

    `average_rate` is the disclosed average of a year (law L12), where the agency has one.
    """

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField()
    rates = models.JSONField()
    refunds = models.JSONField()
    average_rate = models.DecimalField(max_digits=4, decimal_places=1, null=True)
    average_year = models.PositiveSmallIntegerField(null=True)
    effective_from = models.DateField()
    published_at = models.DateTimeField()
    published_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            TenantRows(name="fee_table_rows"),
            AppendOnly(name="fee_table_append_only"),
            models.UniqueConstraint(fields=["organization", "version"], name="fee_table_version"),
            models.CheckConstraint(
                name="fee_table_average_of_year",
                condition=models.Q(average_rate=None, average_year=None)
                | models.Q(average_rate__isnull=False, average_year__isnull=False),
            ),
        ]


class Reminder(models.Model):
    """A mail about the end of a licence that was written: so many days before, each once. 0 says that it has ended."""

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
    licence = models.ForeignKey(Licence, on_delete=models.PROTECT, related_name="+")
    days = models.PositiveSmallIntegerField()
    told_at = models.DateTimeField()

    class Meta:
        constraints = [
            TenantRows(name="reminder_rows"),
            SameTenant(name="reminder_same_tenant", field="licence"),
            models.UniqueConstraint(fields=["organization", "licence", "days"], name="reminder_once"),
        ]
