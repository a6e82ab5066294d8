from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from career_relay.kernel import ids
from career_relay.kernel.tenancy.rows import AppendOnly, PartyRows

PARTIES = ("organization", "user", "candidate")


class Message(models.Model):
    """One mail to one person. Stored bodies hold placeholders; tokens and codes are filled in at sending.

    Mails of a batch go out one after the other by the batch's own job, in turns with other batches and after all
    mails that somebody waits for. A mail that was stopped while it was being sent is called off: it is not tried again.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("下書き")
        QUEUED = "queued", _("送信待ち")
        SENDING = "sending", _("送信中")
        SENT = "sent", _("送信済み")
        UNCERTAIN = "uncertain", _("送信未確認")
        FAILED = "failed", _("送信失敗")
        STOPPED = "stopped", pgettext_lazy("state", "停止")
        SUPPRESSED = "suppressed", _("配信停止中")

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    organization_id = models.UUIDField(null=True)
    user_id = models.UUIDField(null=True)
    candidate_id = models.UUIDField(null=True)
    kind = models.CharField(max_length=60)
    language = models.CharField(max_length=2)
    batch_id = models.UUIDField(null=True)
    sender_name = models.CharField(max_length=120, blank=True)
    reply_to = models.EmailField(max_length=254, blank=True)
    to_address = models.EmailField(max_length=254)
    subject = models.CharField(max_length=200)
    text = models.TextField()
    html = models.TextField()
    secrets = models.JSONField(default=dict)
    message_id = models.CharField(max_length=120, unique=True)
    suppression_list = models.CharField(max_length=20, blank=True)
    repeats_when_uncertain = models.BooleanField(default=False)
    state = models.CharField(max_length=12, choices=State, default=State.QUEUED)
    created_at = models.DateTimeField()
    due_at = models.DateTimeField()
    claimed_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    is_called_off = models.BooleanField(default=False)

    class Meta:
        constraints = [
            PartyRows(name="message_rows", readers=PARTIES, writers=PARTIES),
            models.CheckConstraint(
                name="message_one_principal",
                condition=models.Q(organization_id__isnull=False, user_id__isnull=True, candidate_id__isnull=True)
                | models.Q(organization_id__isnull=True, user_id__isnull=False, candidate_id__isnull=True)
                | models.Q(organization_id__isnull=True, user_id__isnull=True, candidate_id__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["organization_id", "-created_at"], name="message_of_organization"),
            models.Index(fields=["candidate_id", "-created_at"], name="message_of_candidate"),
            models.Index(
                fields=["organization_id", "batch_id", "state"],
                name="message_of_batch",
                condition=models.Q(batch_id__isnull=False),
            ),
            models.Index(
                fields=["organization_id", "batch_id", "due_at"],
                name="message_waiting_in_batch",
                condition=models.Q(batch_id__isnull=False, state="queued"),
            ),
            models.Index(fields=["due_at"], name="message_due", condition=models.Q(state__in=["queued", "sending"])),
        ]


class Attempt(models.Model):
    """One try to hand a message to the mail server: the server's code and class of answer, never its words."""

    class Outcome(models.TextChoices):
        SENT = "sent", _("受け付けられました")
        RETRY = "retry", _("あとで再送します")
        REFUSED = "refused", _("拒否されました")
        LOST = "lost", _("結果を確認できません")

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="tries")
    organization_id = models.UUIDField(null=True)
    user_id = models.UUIDField(null=True)
    candidate_id = models.UUIDField(null=True)
    number = models.PositiveSmallIntegerField()
    outcome = models.CharField(max_length=8, choices=Outcome)
    reply_code = models.PositiveSmallIntegerField(null=True)
    error = models.CharField(max_length=80, blank=True)
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField()

    class Meta:
        constraints = [
            PartyRows(name="attempt_rows", readers=PARTIES, writers=PARTIES),
            models.UniqueConstraint(fields=["message", "number"], name="attempt_number"),
        ]


class Suppression(models.Model):
    """An address that asked for no more mail of one list. Only its keyed hash is kept; the decision itself always goes out."""

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    list = models.CharField(max_length=20)
    address_hash = models.BinaryField(max_length=32)
    reason = models.CharField(max_length=20)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["list", "address_hash"], name="suppression_once"),
            AppendOnly(name="suppression_append_only"),
        ]
