from __future__ import annotations

from django.db import models
from django.db.models.functions import NullIf
from django.utils.translation import gettext_lazy as _

from career_relay.domain.ground.accounts.models import User
from career_relay.domain.ground.organizations.models import Organization
from career_relay.domain.ground.postings.models import EmploymentType, JobPosting
from career_relay.domain.hiring.intake.models import Batch, Source
from career_relay.domain.hiring.intake.vocabulary import Outcome, Side, Stage
from career_relay.kernel import ids
from career_relay.kernel.tenancy.rows import AppendOnly, SameTenant, TenantRows

STAGES = [(one.value, one.label) for one in Stage]
OUTCOMES = [(one.value, one.label) for one in Outcome]
SIDES = [(one.value, one.label) for one in Side]

# Where keys below have no index and no constraint of their own, `SameTenant` proves them and a composite index finds them:
# an import writes hundreds of thousands of these rows, and a second check and index would be half of its time.


class Applicant(models.Model):
    """A person in the employer's own records. Never the candidate of the network: nothing here leads there.

    `key` says by what the employer's files know the person (id, else address and name, else phone and name); nobody is
    merged by likeness. `search` is name and reading in the folded form that searching compares.
    """

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+", db_index=False)
    key = models.CharField(max_length=400)
    external_id = models.CharField(_("応募者 ID"), max_length=100, blank=True)
    name = models.CharField(_("氏名"), max_length=220)
    family_name = models.CharField(_("姓"), max_length=100, blank=True)
    given_name = models.CharField(_("名"), max_length=100, blank=True)
    kana = models.CharField(_("フリガナ"), max_length=220, blank=True)
    email = models.CharField(_("メールアドレス"), max_length=254, blank=True)
    phone = models.CharField(_("電話番号"), max_length=20, blank=True)
    prefecture = models.CharField(_("住所（都道府県）"), max_length=2, blank=True)
    search = models.CharField(max_length=500)
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            TenantRows(name="applicant_rows"),
            models.UniqueConstraint(fields=["organization", "id"], name="applicant_of_organization"),
            models.UniqueConstraint(fields=["organization", "key"], name="applicant_once"),
        ]
        indexes = [
            # People without a reading come last. The reading itself stands beside it, so that pages are read from it alone.
            models.Index(
                "organization",
                NullIf("kana", models.Value("")),
                "name",
                "id",
                include=["kana"],
                name="applicant_by_kana",
            ),
            models.Index(fields=["organization", "email"], name="applicant_by_email"),
        ]

    def __str__(self) -> str:
        return self.name


class Gram(models.Model):
    """Two neighbouring characters of an applicant's search text: what makes searching by two kanji quick under row security."""

    id = models.BigAutoField(primary_key=True)
    organization = models.ForeignKey(
        Organization, on_delete=models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    gram = models.CharField(max_length=2)
    applicant = models.ForeignKey(Applicant, on_delete=models.CASCADE, related_name="grams", db_constraint=False)

    class Meta:
        constraints = [
            TenantRows(name="gram_rows"),
            SameTenant(name="gram_same_tenant", field="applicant"),
            models.UniqueConstraint(fields=["organization", "gram", "applicant"], name="gram_once"),
        ]


class Application(models.Model):
    """Somebody applied for a posting. Decision and telling are two moments.

    `key` says by what the source knows the application: its id, else day and address, else day, phone and name.
    """

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    organization = models.ForeignKey(
        Organization, on_delete=models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    applicant = models.ForeignKey(
        Applicant, on_delete=models.PROTECT, related_name="applications", db_index=False, db_constraint=False
    )
    posting = models.ForeignKey(
        JobPosting, on_delete=models.PROTECT, null=True, related_name="+", db_index=False, db_constraint=False
    )
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    key = models.CharField(max_length=400)
    external_id = models.CharField(_("応募 ID"), max_length=100, blank=True)
    medium = models.CharField(_("応募経路"), max_length=100, blank=True)
    recruiter = models.CharField(_("担当者"), max_length=100, blank=True)
    employment_type = models.CharField(_("採用の種類"), max_length=14, choices=EmploymentType, blank=True)
    job_family = models.CharField(_("職種"), max_length=100, blank=True)
    applied_at = models.DateTimeField(_("応募日"))
    stage = models.CharField(_("選考段階"), max_length=10, choices=STAGES, default=Stage.APPLIED.value)
    outcome = models.CharField(_("結果"), max_length=12, choices=OUTCOMES, default=Outcome.IN_PROGRESS.value)
    outcome_side = models.CharField(max_length=10, choices=SIDES, default=Side.NONE.value)
    reason = models.CharField(_("理由"), max_length=1000, blank=True)
    decided_at = models.DateTimeField(_("決定日"), null=True)
    told_at = models.DateTimeField(_("連絡日"), null=True)
    joined_on = models.DateField(_("入社日"), null=True)
    left_on = models.DateField(_("退職日"), null=True)
    note = models.CharField(_("備考"), max_length=10_000, blank=True)
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            TenantRows(name="application_rows"),
            SameTenant(name="application_applicant_same_tenant", field="applicant"),
            SameTenant(name="application_posting_same_tenant", field="posting"),
            SameTenant(name="application_source_same_tenant", field="source"),
            SameTenant(name="application_batch_same_tenant", field="batch"),
            models.UniqueConstraint(fields=["organization", "id"], name="application_of_organization"),
            models.UniqueConstraint(fields=["organization", "source", "key"], name="application_once"),
            models.CheckConstraint(
                name="application_leaves_after_joining",
                condition=models.Q(left_on=None) | models.Q(left_on__gte=models.F("joined_on")),
            ),
        ]
        indexes = [
            models.Index(fields=["organization", "-applied_at", "-id"], name="application_latest"),
            models.Index(fields=["organization", "outcome", "-applied_at", "-id"], name="application_by_outcome"),
            models.Index(fields=["organization", "stage", "-applied_at", "-id"], name="application_by_stage"),
            models.Index(fields=["organization", "medium", "recruiter"], name="application_words"),
            models.Index(fields=["organization", "applicant"], include=["id"], name="application_of_applicant"),
            models.Index(
                fields=["organization", "external_id"],
                condition=~models.Q(external_id=""),
                name="application_by_external_id",
            ),
            models.Index(fields=["organization", "posting", "-applied_at"], name="application_of_posting"),
            models.Index(fields=["organization", "batch"], name="application_of_batch"),
            models.Index(
                fields=["organization", "decided_at"],
                condition=models.Q(outcome="rejected", told_at=None),
                name="application_untold",
            ),
        ]


class StageEvent(models.Model):
    """An application reached a stage on a day."""

    id = models.BigAutoField(primary_key=True)
    organization = models.ForeignKey(
        Organization, on_delete=models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    application = models.ForeignKey(
        Application, on_delete=models.CASCADE, related_name="stage_events", db_index=False, db_constraint=False
    )
    stage = models.CharField(max_length=10, choices=STAGES)
    entered_on = models.DateField()

    class Meta:
        constraints = [
            TenantRows(name="stage_event_rows"),
            SameTenant(name="stage_event_same_tenant", field="application"),
            models.UniqueConstraint(
                fields=["organization", "application", "stage"], include=["entered_on"], name="stage_event_once"
            ),
        ]


class Correction(models.Model):
    """A member changed a value by hand: what it was, what it is, why. An import never overwrites what was corrected."""

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="corrections")
    field = models.CharField(max_length=30)
    before = models.CharField(max_length=1000, blank=True)
    after = models.CharField(max_length=1000, blank=True)
    reason = models.CharField(_("理由"), max_length=200, blank=True)
    corrected_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    corrected_at = models.DateTimeField()

    class Meta:
        constraints = [
            TenantRows(name="correction_rows"),
            SameTenant(name="correction_same_tenant", field="application"),
            AppendOnly(name="correction_append_only"),
        ]
        indexes = [models.Index(fields=["organization", "application", "corrected_at"], name="correction_history")]


class Before(models.Model):
    """What an application, its person and its stages were before a batch changed them, while the batch can be taken back.

    `application_row` is empty when the batch added the application and changed a person who was there.
    """

    id = models.BigAutoField(primary_key=True)
    organization = models.ForeignKey(
        Organization, on_delete=models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    batch = models.ForeignKey(Batch, on_delete=models.CASCADE, related_name="+", db_index=False, db_constraint=False)
    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="+", db_constraint=False)
    application_row = models.JSONField()
    applicant_row = models.JSONField()
    stages = models.JSONField()

    class Meta:
        constraints = [
            TenantRows(name="before_rows"),
            SameTenant(name="before_batch_same_tenant", field="batch"),
            SameTenant(name="before_application_same_tenant", field="application"),
            models.UniqueConstraint(fields=["organization", "batch", "application"], name="before_once"),
        ]
