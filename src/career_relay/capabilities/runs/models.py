from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from career_relay.kernel import ids
from career_relay.kernel.tenancy.rows import SameTenant, TenantRows


class Run(models.Model):
    """Long work in the background, as the person who started it sees it: how far, how many failed, and the file."""

    class State(models.TextChoices):
        ACCEPTED = "accepted", _("受付")
        RUNNING = "running", _("実行中")
        DONE = "done", _("完了")
        PARTLY_FAILED = "partly_failed", _("一部失敗")
        FAILED = "failed", _("失敗")

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    organization_id = models.UUIDField()
    kind = models.CharField(max_length=40)
    parameters = models.JSONField(default=dict)
    state = models.CharField(max_length=14, choices=State, default=State.ACCEPTED)
    total = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    failed = models.PositiveIntegerField(default=0)
    started_by_id = models.UUIDField()
    accepted_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    file_name = models.CharField(max_length=120, blank=True)
    file = models.BinaryField(null=True)

    class Meta:
        constraints = [
            TenantRows(name="run_rows"),
            models.UniqueConstraint(fields=["organization_id", "id"], name="run_of_organization"),
        ]
        indexes = [models.Index(fields=["organization_id", "-accepted_at"], name="run_latest")]


class Failure(models.Model):
    """One item of a run that did not work out, with the cause and the remedy in words."""

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    organization_id = models.UUIDField()
    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="failures")
    row = models.PositiveIntegerField()
    item = models.CharField(max_length=254)
    cause = models.CharField(max_length=300)

    class Meta:
        constraints = [
            TenantRows(name="failure_rows"),
            SameTenant(name="failure_same_tenant", field="run"),
            models.UniqueConstraint(fields=["run", "row"], name="failure_row"),
        ]
