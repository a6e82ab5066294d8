from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from career_relay.domain.ground.accounts.models import User
from career_relay.domain.ground.organizations import vocabulary
from career_relay.kernel import ids
from career_relay.kernel.tenancy.rows import TenantRows


class Organization(models.Model):
    """A tenant: an employer, an agency, a school, or the operator of the network."""

    class Kind(models.TextChoices):
        EMPLOYER = "employer", _("企業")
        AGENCY = "agency", _("人材紹介会社")
        SCHOOL = "school", _("教育機関")
        OPERATOR = "operator", _("運営")

    class State(models.TextChoices):
        TRIAL = "trial", _("お試し")
        FULL = "full", _("利用中")
        STOPPED = "stopped", _("停止中")

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    kind = models.CharField(max_length=10, choices=Kind)
    name = models.CharField(_("組織名"), max_length=120)
    industry = models.CharField(_("業種"), max_length=40, choices=vocabulary.INDUSTRIES)
    prefecture = models.CharField(_("所在地"), max_length=2, choices=vocabulary.PREFECTURES)
    mail_domain = models.CharField(_("社内メールのドメイン"), max_length=253, blank=True)
    group_name = models.CharField(_("企業グループ"), max_length=120, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.TRIAL)
    founded_at = models.DateTimeField()

    class Meta:
        constraints = [TenantRows(name="organization_rows", column="id")]

    def __str__(self) -> str:
        return self.name


class Member(models.Model):
    """A user's seat in an organization. One user may sit in several; a seat belongs to one."""

    class Role(models.TextChoices):
        OWNER = "owner", _("オーナー")
        RECRUITER = "recruiter", _("採用担当")
        HIRING_MANAGER = "hiring_manager", _("現場責任者")
        ANALYST = "analyst", _("分析担当")
        AUDITOR = "auditor", _("監査担当")
        MANAGER = "manager", _("責任者")
        ADVISER = "adviser", _("キャリアアドバイザー")
        COORDINATOR = "coordinator", _("コーディネーター")
        OPERATOR = "operator", _("運営担当")

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="members")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="seats")
    role = models.CharField(_("権限"), max_length=20, choices=Role)
    joined_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            TenantRows(name="member_rows"),
            models.UniqueConstraint(fields=["organization", "id"], name="member_of_organization"),
            models.UniqueConstraint(
                fields=["organization", "user"], condition=models.Q(removed_at=None), name="member_one_seat"
            ),
        ]


class Invitation(models.Model):
    """An open seat offered to one address. It can lead only into the organization that offered it.

    The token is derived from the id and `version`: sending it again raises the version and makes the old link worthless.
    """

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="invitations")
    email = models.EmailField(_("メールアドレス"), max_length=254)
    role = models.CharField(_("権限"), max_length=20, choices=Member.Role)
    version = models.PositiveSmallIntegerField(default=1)
    token_hash = models.BinaryField(max_length=32, unique=True)
    invited_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    invited_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            TenantRows(name="invitation_rows"),
            models.UniqueConstraint(
                fields=["organization", "email"],
                condition=models.Q(accepted_at=None, revoked_at=None),
                name="invitation_one_open",
            ),
        ]
        indexes = [
            models.Index(
                fields=["email"], condition=models.Q(accepted_at=None, revoked_at=None), name="invitation_open_address"
            )
        ]
