from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from career_relay.domain.ground.accounts.models import User
from career_relay.domain.ground.organizations.models import Organization
from career_relay.domain.ground.postings.models import EmploymentType
from career_relay.domain.ground.programmes.models import Programme
from career_relay.domain.hiring.notices.models import Notice, Template
from career_relay.kernel import ids
from career_relay.kernel.tenancy.rows import AppendOnly, SameTenant, TenantRows


class LegalBasis(models.Model):
    """Why this employer may put the link into its mail. The latest one counts; without one there is no link."""

    class Kind(models.TextChoices):
        AGREED_AT_APPLICATION = "agreed_at_application", _("応募時に、案内メールを送ることへ同意を得ている")
        LEGAL_VIEW = "legal_view", _("法務・顧問の見解を確認した")
        NONE = "none", _("まだ確認していない（リンクなしの文面を使う）")

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(_("リンクを載せる根拠"), max_length=24, choices=Kind)
    note = models.CharField(_("確認した内容"), max_length=400, blank=True)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [TenantRows(name="basis_rows"), AppendOnly(name="basis_append_only")]
        indexes = [models.Index(fields=["organization", "-recorded_at"], name="basis_latest")]


class RelayLink(models.Model):
    """The line in a rejection mail.

    Static: one URL for everybody, holding nothing about anyone. Personal: one for the person of a notice; its employer
    learns that the mail was sent, never what the person made of it.
    """

    class Mode(models.TextChoices):
        STATIC = "static", _("共通リンク")
        PERSONAL = "personal", _("個別リンク")

    EmploymentType = EmploymentType
    Stage = Template.Stage

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="+")
    mode = models.CharField(max_length=10, choices=Mode, default=Mode.STATIC)
    label = models.CharField(_("リンクの名前"), max_length=80)
    employment_type = models.CharField(_("採用の種類"), max_length=14, choices=EmploymentType)
    stage = models.CharField(_("選考の段階"), max_length=10, choices=Stage)
    notice = models.OneToOneField(Notice, on_delete=models.CASCADE, null=True, related_name="+")
    token_version = models.PositiveSmallIntegerField(default=1)
    token_hash = models.BinaryField(max_length=32, unique=True)
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)
    revoked_reason = models.CharField(_("止める理由"), max_length=200, blank=True)

    class Meta:
        constraints = [
            TenantRows(name="link_rows"),
            SameTenant(name="link_notice_same_tenant", field="notice"),
            models.UniqueConstraint(fields=["organization", "id"], name="link_of_organization"),
            models.CheckConstraint(
                name="link_personal_has_notice",
                condition=models.Q(mode="static", notice=None)
                | models.Q(mode="personal", notice__isnull=False, expires_at__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["organization", "-created_at"], name="link_latest", condition=models.Q(mode="static"))
        ]


class Visit(models.Model):
    """How often a door of a landing page was pressed on a day. Opening the page leaves no trace.

    The day only: that is why the key is random here, where other keys carry the time.
    """

    class Door(models.TextChoices):
        SUPPORT = "support", _("ほかの会社を紹介してもらう")
        HEAR_AGAIN = "hear_again", _("次の募集を待つ")
        NO_THANKS = "no_thanks", _("何も希望しない")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
    link = models.ForeignKey(RelayLink, on_delete=models.PROTECT, related_name="visits")
    door = models.CharField(max_length=12, choices=Door)
    day = models.DateField()
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            TenantRows(name="visit_rows"),
            SameTenant(name="visit_same_tenant", field="link"),
            models.UniqueConstraint(fields=["organization", "link", "day", "door"], name="visit_counted_once"),
        ]
