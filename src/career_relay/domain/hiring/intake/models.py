from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from career_relay.domain.ground.accounts.models import User
from career_relay.domain.ground.organizations.models import Organization
from career_relay.kernel import ids
from career_relay.kernel.tenancy.rows import SameTenant, TenantRows


class Source(models.Model):
    """Where files come from (an ATS, a job medium, a spreadsheet), and what was decided about its columns.

    `columns` maps a header, brought to one form, to a field, or to an empty string for "not taken".
    """

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(_("取り込み元の名前"), max_length=80)
    fingerprint = models.CharField(max_length=64, blank=True)
    columns = models.JSONField(default=dict)
    blank_clears = models.BooleanField(_("空欄のとき、登録済みの値を消す"), default=False)
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            TenantRows(name="source_rows"),
            models.UniqueConstraint(fields=["organization", "id"], name="source_of_organization"),
            models.UniqueConstraint(fields=["organization", "name"], name="source_name"),
        ]
        indexes = [models.Index(fields=["organization", "fingerprint"], name="source_by_fingerprint")]

    def __str__(self) -> str:
        return self.name


class SourceValue(models.Model):
    """What a word of a source means, as a member decided: asked once, remembered, never guessed.

    `word` is folded. For a status that names both, `meaning` is `stage/outcome`, either of which may be empty.
    """

    class Kind(models.TextChoices):
        STAGE = "stage", _("選考段階")
        OUTCOME = "outcome", _("結果")
        STATUS = "status", _("ステータス")
        EMPLOYMENT_TYPE = "employment_type", _("採用の種類")

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="values")
    kind = models.CharField(max_length=16, choices=Kind)
    word = models.CharField(max_length=120)
    meaning = models.CharField(max_length=40)
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()

    class Meta:
        constraints = [
            TenantRows(name="source_value_rows"),
            SameTenant(name="source_value_same_tenant", field="source"),
            models.UniqueConstraint(fields=["organization", "source", "kind", "word"], name="source_value_once"),
        ]


class Batch(models.Model):
    """One file on its way in: read, mapped, checked, committed, and for some days taken back whole.

    `header` names the columns that were stored, in the order of the rows' cells, and `columns` says for each of them which
    field it is and how sure that is. `dropped` names those that were not stored. `notes` are remarks about the whole file.
    """

    class State(models.TextChoices):
        UPLOADED = "uploaded", _("列の確認待ち")
        MAPPED = "mapped", _("値の確認待ち")
        CHECKING = "checking", _("確認中")
        CHECKED = "checked", _("取り込み待ち")
        COMMITTING = "committing", _("取り込み中")
        COMMITTED = "committed", _("取り込み済み")
        UNDOING = "undoing", _("取り消し中")
        UNDONE = "undone", _("取り消し済み")
        DISCARDED = "discarded", _("中止")

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
    source = models.ForeignKey(Source, on_delete=models.PROTECT, null=True, related_name="batches")
    file_name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    encoding = models.CharField(max_length=20)
    header = ArrayField(models.CharField(max_length=200), default=list)
    columns = models.JSONField(default=list)
    notes = models.JSONField(default=list)
    dropped = ArrayField(models.CharField(max_length=200), default=list)
    dropped_cells = models.PositiveIntegerField(default=0)
    row_count = models.PositiveIntegerField(default=0)
    state = models.CharField(max_length=10, choices=State, default=State.UPLOADED)
    run_id = models.UUIDField(null=True)
    created = models.PositiveIntegerField(default=0)
    updated = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)
    duplicates = models.PositiveIntegerField(default=0)
    failed = models.PositiveIntegerField(default=0)
    warned = models.PositiveIntegerField(default=0)
    mails_taken_back = models.PositiveIntegerField(default=0)
    uploaded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField()
    committed_at = models.DateTimeField(null=True)
    undo_until = models.DateTimeField(null=True)
    undone_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            TenantRows(name="batch_rows"),
            SameTenant(name="batch_same_tenant", field="source"),
            models.UniqueConstraint(fields=["organization", "id"], name="batch_of_organization"),
        ]
        indexes = [models.Index(fields=["organization", "-uploaded_at"], name="batch_latest")]


class Row(models.Model):
    """One row of a file as it came, without what must not be kept, and what became of it. Gone when undo is over."""

    class Outcome(models.TextChoices):
        NEW = "", _("未確認")
        CREATED = "created", pgettext_lazy("row", "追加")
        UPDATED = "updated", pgettext_lazy("row", "更新")
        UNCHANGED = "unchanged", _("変更なし")
        DUPLICATE = "duplicate", _("重複")
        FAILED = "failed", _("取り込めません")

    id = models.BigAutoField(primary_key=True)
    organization = models.ForeignKey(
        Organization, on_delete=models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    batch = models.ForeignKey(Batch, on_delete=models.CASCADE, related_name="rows", db_index=False, db_constraint=False)
    line = models.PositiveIntegerField()
    cells = ArrayField(models.TextField())
    outcome = models.CharField(max_length=10, choices=Outcome, blank=True, default=Outcome.NEW)
    problems = models.JSONField(default=list)

    class Meta:
        constraints = [
            TenantRows(name="row_rows"),
            SameTenant(name="row_same_tenant", field="batch"),
            models.UniqueConstraint(fields=["organization", "batch", "line"], name="row_line"),
        ]
