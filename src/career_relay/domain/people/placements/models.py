from __future__ import annotations

import typing

from django.db import models
from django.utils.translation import gettext_lazy as _

from career_relay.domain.ground.organizations.models import Organization
from career_relay.domain.ground.postings.models import EmploymentType
from career_relay.domain.ground.postings.rules import CONTRACTS
from career_relay.domain.ground.skills import occupations
from career_relay.domain.people.candidates.models import Candidate
from career_relay.domain.people.introductions.models import Introduction, Side
from career_relay.domain.people.placements.guards import CheckGuard, FeeEntryGuard, FeeTermsGuard, PlacementGuard
from career_relay.kernel import ids
from career_relay.kernel.tenancy.rows import AppendOnly, Kept, PartyRows, SameTenant

LONGEST_REASON: typing.Final = 200
MOST_PERCENT: typing.Final = 50

_SIDES: typing.Final = ("organization", "employer")
_ALL: typing.Final = ("candidate", *_SIDES)


class EndReason(models.TextChoices):
    """Whose decision it was that somebody did not start, or left. Why is nobody's to write down."""

    PERSON = "person", _("ご本人の都合")
    EMPLOYER = "employer", _("企業の都合")
    OTHER = "other", _("そのほか")


class Placement(models.Model):
    """An accepted offer and what became of it. What it costs is `FeeTerms`, which the person never reads.

    `start_on` is the day agreed on, and from the start on the day they started. `is_regular` is 常用就職 (law L12): without
    an end, or for four months or more. `guarantee_until` is the last day on which leaving gives something back.
    """

    class State(models.TextChoices):
        AGREED = "agreed", _("入社待ち")
        JOINED = "joined", _("在籍中")
        NOT_STARTED = "not_started", _("入社せず")
        LEFT = "left", _("退職")

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    candidate = models.ForeignKey(Candidate, on_delete=models.PROTECT, related_name="placements", db_index=False)
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+", db_index=False)
    employer = models.ForeignKey(Organization, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    introduction = models.OneToOneField(Introduction, on_delete=models.PROTECT, related_name="placement")
    employer_name = models.CharField(_("採用する会社"), max_length=120)
    title = models.CharField(_("求人名"), max_length=200)
    occupation = models.CharField(_("職業分類"), max_length=2, choices=occupations.OCCUPATIONS, blank=True)
    employment_type = models.CharField(_("採用の種類"), max_length=14, choices=EmploymentType, blank=True)
    contract = models.CharField(_("契約期間"), max_length=12, choices=list(CONTRACTS.items()), blank=True)
    contract_until = models.DateField(_("契約の終わり"), null=True)
    is_regular = models.BooleanField(_("常用就職"), default=False)
    salary_yen = models.PositiveIntegerField(_("年収の見込み"))
    start_on = models.DateField(_("入社日"))
    uses_slot = models.BooleanField(default=False)
    state = models.CharField(_("状態"), max_length=12, choices=State, default=State.AGREED)
    agreed_at = models.DateTimeField()
    start_asked_at = models.DateTimeField(null=True)
    joined_at = models.DateTimeField(null=True)
    guarantee_until = models.DateField(null=True)
    ended_on = models.DateField(_("退職日"), null=True)
    end_reason = models.CharField(_("理由"), max_length=8, choices=EndReason, blank=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            PartyRows(name="placement_rows", readers=_ALL, writers=_SIDES),
            Kept(
                name="placement_kept",
                changes=[
                    "contract_until",
                    "is_regular",
                    "start_on",
                    "state",
                    "start_asked_at",
                    "joined_at",
                    "guarantee_until",
                    "ended_on",
                    "end_reason",
                    "ended_at",
                ],
            ),
            PlacementGuard(name="placement_guard"),
            models.UniqueConstraint(fields=["organization", "id"], name="placement_of_organization"),
            models.CheckConstraint(
                name="placement_start_told",
                condition=models.Q(state__in=["agreed", "not_started"], joined_at=None, guarantee_until=None)
                | models.Q(state__in=["joined", "left"], joined_at__isnull=False),
            ),
            models.CheckConstraint(
                name="placement_end_told",
                condition=models.Q(state__in=["agreed", "joined"], ended_on=None, ended_at=None, end_reason="")
                | models.Q(state="not_started", ended_on=None, ended_at__isnull=False) & ~models.Q(end_reason="")
                | models.Q(state="left", ended_on__gte=models.F("start_on"), ended_at__isnull=False)
                & ~models.Q(end_reason=""),
            ),
        ]
        indexes = [
            models.Index(fields=["organization", "state", "start_on"], name="placement_of_agency"),
            models.Index(fields=["employer", "state", "start_on"], name="placement_of_employer"),
            models.Index(fields=["candidate"], name="placement_of_person"),
            models.Index(fields=["start_on"], condition=models.Q(state="agreed"), name="placement_to_start"),
        ]

    @property
    def is_outside(self) -> bool:
        """Whether the employer takes no part in the network, so that the agency answers for it."""
        return self.employer_id is None


class FeeTerms(models.Model):
    """What a placement costs and what leaving gives back, as it stood when the offer was accepted.

    `version` is that of the agreement or of the fee table the fee comes from. `slot` says what an early leaver means
    where a slot pays: nothing, or one replacement.
    """

    class Basis(models.TextChoices):
        SLOT = "slot", _("無料紹介枠")
        AGREEMENT = "agreement", _("連携協定")
        TABLE = "table", _("手数料表")

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+", db_index=False)
    employer = models.ForeignKey(Organization, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    placement = models.OneToOneField(Placement, on_delete=models.PROTECT, related_name="fee_terms")
    basis = models.CharField(max_length=10, choices=Basis)
    version = models.PositiveIntegerField()
    percent = models.DecimalField(max_digits=4, decimal_places=1, null=True)
    fixed = models.PositiveIntegerField(null=True)
    slot = models.CharField(max_length=16, blank=True)
    fee_yen = models.PositiveIntegerField(_("手数料"))
    refunds = models.JSONField(default=list)
    agreed_at = models.DateTimeField()

    class Meta:
        constraints = [
            PartyRows(name="fee_terms_rows", readers=_SIDES, writers=_SIDES),
            AppendOnly(name="fee_terms_append_only"),
            FeeTermsGuard(name="fee_terms_guard"),
            SameTenant(name="fee_terms_same_tenant", field="placement"),
            models.CheckConstraint(
                name="fee_terms_slot_is_free",
                condition=~models.Q(basis="slot") | models.Q(fee_yen=0, percent=None, fixed=None) & ~models.Q(slot=""),
            ),
            models.CheckConstraint(
                name="fee_terms_one_price",
                condition=models.Q(percent=None) | models.Q(fixed=None, percent__lte=MOST_PERCENT),
            ),
            models.CheckConstraint(
                name="fee_terms_price_told",
                condition=models.Q(fee_yen=0) | models.Q(percent__isnull=False) | models.Q(fixed=models.F("fee_yen")),
            ),
        ]


class FeeEntry(models.Model):
    """A fee that fell due, one that a slot paid for, or what was given back. Dated when it was written, never changed."""

    class Kind(models.TextChoices):
        INVOICE = "invoice", _("紹介手数料")
        WAIVED = "waived", _("手数料なし")
        REFUND = "refund", _("返戻金")

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+", db_index=False)
    employer = models.ForeignKey(Organization, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    placement = models.ForeignKey(Placement, on_delete=models.PROTECT, related_name="fee_entries", db_index=False)
    kind = models.CharField(max_length=8, choices=Kind)
    amount_yen = models.IntegerField(_("金額"))
    on = models.DateField(_("日付"))
    reason = models.CharField(max_length=LONGEST_REASON, blank=True)
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            PartyRows(name="fee_entry_rows", readers=_SIDES, writers=_SIDES),
            AppendOnly(name="fee_entry_append_only"),
            FeeEntryGuard(name="fee_entry_guard"),
            SameTenant(name="fee_entry_same_tenant", field="placement"),
            models.UniqueConstraint(
                fields=["placement"], condition=models.Q(kind__in=["invoice", "waived"]), name="fee_entry_one_fee"
            ),
            models.UniqueConstraint(
                fields=["placement"], condition=models.Q(kind="refund"), name="fee_entry_one_refund"
            ),
            models.CheckConstraint(
                name="fee_entry_amount",
                condition=models.Q(kind="invoice", amount_yen__gt=0)
                | models.Q(kind="waived", amount_yen=0)
                | models.Q(kind="refund", amount_yen__lt=0),
            ),
        ]
        indexes = [
            models.Index(fields=["organization", "on"], name="fee_entry_of_agency"),
            models.Index(fields=["employer", "on"], name="fee_entry_of_employer"),
        ]


class Check(models.Model):
    """在籍確認: whether somebody is still in post so many days after the start.

    The employer answers, or the agency for one outside the network. That the person is in post they may say themselves;
    that they left (`person_left_on`) is a word to both sides, and counts once one of them confirms it.
    """

    class Answer(models.TextChoices):
        IN_POST = "in_post", _("在籍中")
        LEFT = "left", _("退職")

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    candidate = models.ForeignKey(Candidate, on_delete=models.PROTECT, related_name="+", db_index=False)
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+", db_index=False)
    employer = models.ForeignKey(Organization, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    placement = models.ForeignKey(Placement, on_delete=models.PROTECT, related_name="checks", db_index=False)
    days = models.PositiveSmallIntegerField()
    due_on = models.DateField()
    asked_at = models.DateTimeField(null=True)
    answer = models.CharField(_("在籍の状況"), max_length=8, choices=Answer, blank=True)
    answered_side = models.CharField(max_length=8, choices=Side, blank=True)
    answered_at = models.DateTimeField(null=True)
    person_left_on = models.DateField(null=True)
    person_answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            PartyRows(name="check_rows", readers=_ALL, writers=_ALL),
            Kept(
                name="check_kept",
                changes=["asked_at", "answer", "answered_side", "answered_at", "person_left_on", "person_answered_at"],
            ),
            CheckGuard(name="check_parties"),
            SameTenant(name="check_same_tenant", field="placement"),
            models.UniqueConstraint(fields=["placement", "days"], name="check_once"),
            models.CheckConstraint(
                name="check_answer_told",
                condition=models.Q(answer="", answered_side="", answered_at=None)
                | ~models.Q(answer="") & ~models.Q(answered_side="") & models.Q(answered_at__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["organization", "due_on"], name="check_of_agency"),
            models.Index(fields=["employer", "due_on"], name="check_of_employer"),
            models.Index(fields=["candidate"], name="check_of_person"),
            models.Index(fields=["due_on"], condition=models.Q(answer="", asked_at=None), name="check_to_ask"),
        ]
