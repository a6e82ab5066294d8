from __future__ import annotations

import typing

from django.db import models
from django.db.models.functions import Greatest, Least
from django.utils.translation import gettext_lazy as _

from career_relay.domain.ground.accounts.models import User
from career_relay.domain.ground.organizations.models import Organization
from career_relay.kernel import ids
from career_relay.kernel.tenancy.rows import (
    AppendOnly,
    Kept,
    PartyRows,
    SameTenant,
    TenantRows,
    Trigger,
)

LONGEST_NAME: typing.Final = 80
LONGEST_REASON: typing.Final = 400

_PARTIES: typing.Final = ("organization", "counterparty")
CHANGES: typing.Final = (
    "state",
    "version",
    "offered",
    "offered_by_id",
    "suspended_by_id",
    "review_on",
    "reminded",
    "changed_at",
)  # what an act changes of an agreement; all the rest stays


class SignedByBoth(Trigger):
    """A version is in force only if both parties signed that version's very text.

    Acts are signed by row security, so nobody can bring the second signature along. The check is deferred, because the
    act is written in the same transaction; one that ran under another principal sees no act and raises.
    """

    FUNCTION = """
        CREATE OR REPLACE FUNCTION agreements_signed_by_both() RETURNS trigger LANGUAGE plpgsql AS $$
        DECLARE signatures bigint;
        BEGIN
            SELECT count(DISTINCT a.by_organization_id) INTO signatures
            FROM agreements_agreementact a JOIN agreements_agreementversion v
              ON v.agreement_id = a.agreement_id AND v.number = a.version AND v.text_hash = a.text_hash
            WHERE a.agreement_id = NEW.id AND a.version = NEW.version AND a.act IN ('proposed', 'amended', 'accepted');
            IF NEW.version > 0 AND signatures < 2 THEN
                RAISE EXCEPTION 'agreement % is not signed by both parties', NEW.id
                    USING ERRCODE = 'integrity_constraint_violation';
            END IF;
            RETURN NULL;
        END $$
    """


class Ratchet(Trigger):
    """What is over stays over, and a suspended agreement goes on only by the side that suspended it."""

    fires = "BEFORE UPDATE"
    is_deferred = False
    FUNCTION = """
        CREATE OR REPLACE FUNCTION agreements_ratchet() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF OLD.state IN ('declined', 'ended') AND NEW.state <> OLD.state THEN
                RAISE EXCEPTION 'agreement % is over', OLD.id USING ERRCODE = 'integrity_constraint_violation';
            END IF;
            IF OLD.state = 'suspended' AND NEW.state NOT IN ('suspended', 'ended')
                AND OLD.suspended_by_id IS DISTINCT FROM nullif(current_setting('app.organization', true), '')::uuid THEN
                RAISE EXCEPTION 'agreement % was suspended by the other side', OLD.id
                    USING ERRCODE = 'integrity_constraint_violation';
            END IF;
            RETURN NEW;
        END $$
    """


class Draft(models.Model):
    """What one side is about to propose to another. Its own alone: the partner sees nothing before it is proposed."""

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+", db_index=False)
    counterparty = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+", db_index=False)
    terms = models.JSONField()
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", db_index=False)

    class Meta:
        constraints = [
            TenantRows(name="draft_rows"),
            models.UniqueConstraint(fields=["organization", "counterparty"], name="draft_one_per_partner"),
        ]


class Agreement(models.Model):
    """What two organizations agreed, from the first proposal on. `organization` is the one that proposed first.

    `version` is in force (0 before any was accepted); `offered` waits for the answer to `offered_by` (0 when none
    does). `reminded` is the last reminder of the review that was sent, in days before it.
    """

    class State(models.TextChoices):
        PROPOSED = "proposed", _("返事待ち")
        LIVE = "live", _("有効")
        SUSPENDED = "suspended", _("停止中")
        DECLINED = "declined", _("不成立")
        ENDED = "ended", _("終了")

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+", db_index=False)
    counterparty = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+", db_index=False)
    state = models.CharField(max_length=10, choices=State, default=State.PROPOSED)
    version = models.PositiveSmallIntegerField(default=0)
    offered = models.PositiveSmallIntegerField(default=0)
    offered_by = models.ForeignKey(Organization, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    suspended_by = models.ForeignKey(
        Organization, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    review_on = models.DateField(null=True)
    reminded = models.PositiveSmallIntegerField(null=True)
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            PartyRows(name="agreement_rows", readers=_PARTIES, writers=_PARTIES),
            Kept(name="agreement_kept", changes=CHANGES),
            SignedByBoth(name="agreement_signed_by_both"),
            Ratchet(name="agreement_ratchet"),
            models.UniqueConstraint(
                Least("organization", "counterparty"),
                Greatest("organization", "counterparty"),
                condition=models.Q(state__in=["proposed", "live", "suspended"]),
                name="agreement_one_open_per_pair",
            ),
            models.UniqueConstraint(fields=["organization", "id"], name="agreement_of_organization"),
            models.UniqueConstraint(fields=["counterparty", "id"], name="agreement_of_counterparty"),
            models.CheckConstraint(
                condition=~models.Q(organization=models.F("counterparty")), name="agreement_between_two"
            ),
            models.CheckConstraint(
                condition=~models.Q(state__in=["live", "suspended"]) | models.Q(version__gte=1),
                name="agreement_in_force_has_version",
            ),
            models.CheckConstraint(
                condition=models.Q(offered=0) ^ models.Q(offered_by__isnull=False), name="agreement_offer_has_author"
            ),
        ]
        indexes = [
            models.Index(
                fields=["review_on"],
                condition=models.Q(state__in=["live", "suspended"], review_on__isnull=False),
                name="agreement_review",
            ),
        ]


class AgreementVersion(models.Model):
    """The terms as one side proposed them, and the text written from them. Never changed: the next one follows it."""

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+", db_index=False)
    counterparty = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+", db_index=False)
    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="versions", db_index=False)
    number = models.PositiveSmallIntegerField()
    terms = models.JSONField()
    text = models.JSONField()
    text_hash = models.CharField(max_length=64)
    by_organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+", db_index=False)
    drafted_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", db_index=False)
    drafted_at = models.DateTimeField()

    class Meta:
        constraints = [
            PartyRows(name="agreement_version_rows", readers=_PARTIES, writers=_PARTIES, signed_by="by_organization"),
            AppendOnly(name="agreement_version_append_only"),
            SameTenant(name="agreement_version_same_tenant", field="agreement"),
            SameTenant(name="agreement_version_same_partner", field="agreement", tenant="counterparty"),
            models.UniqueConstraint(fields=["agreement", "number"], name="agreement_version_number"),
            models.CheckConstraint(condition=models.Q(number__gte=1), name="agreement_version_from_one"),
        ]


class AgreementAct(models.Model):
    """What one side did about the agreement, by a named person. The acts are the agreement's history."""

    class Act(models.TextChoices):
        PROPOSED = "proposed", _("提案しました")
        AMENDED = "amended", _("変更を提案しました")
        ACCEPTED = "accepted", _("承諾しました")
        DECLINED = "declined", _("お断りしました")
        SUSPENDED = "suspended", _("停止しました")
        RESUMED = "resumed", _("再開しました")
        ENDED = "ended", _("終了しました")
        REVIEWED = "reviewed", _("見直しました")

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+", db_index=False)
    counterparty = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+", db_index=False)
    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="acts", db_index=False)
    version = models.PositiveSmallIntegerField()
    act = models.CharField(max_length=10, choices=Act)
    by_organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+", db_index=False)
    by_user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", db_index=False)
    by_name = models.CharField(max_length=LONGEST_NAME)
    text_hash = models.CharField(max_length=64)
    reason = models.CharField(max_length=LONGEST_REASON, blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            PartyRows(name="agreement_act_rows", readers=_PARTIES, writers=_PARTIES, signed_by="by_organization"),
            AppendOnly(name="agreement_act_append_only"),
            SameTenant(name="agreement_act_same_tenant", field="agreement"),
            SameTenant(name="agreement_act_same_partner", field="agreement", tenant="counterparty"),
        ]
        indexes = [models.Index(fields=["agreement", "at"], name="agreement_history")]
