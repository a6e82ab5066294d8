from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from career_relay.domain.ground.organizations.models import Member, Organization
from career_relay.kernel import ids
from career_relay.kernel.tenancy.rows import SameTenant, TenantRows


class Stakeholder(models.Model):
    """Somebody who takes part in the employer's hiring, inside or outside.

    Contact data are those of their work, and are emptied when the stakeholder is removed.
    """

    class Kind(models.TextChoices):
        PERSONNEL = "personnel", _("人事")
        RECRUITING = "recruiting", _("採用担当")
        FIELD = "field", _("現場")
        AGENCY = "agency", _("人材紹介会社")
        SCHOOL = "school", _("教育機関")
        PLATFORM = "platform", _("求人媒体・ツール")
        OTHER = "other", _("そのほか")

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="stakeholders")
    kind = models.CharField(_("種類"), max_length=10, choices=Kind)
    name = models.CharField(_("名前"), max_length=120)
    partner = models.ForeignKey(Organization, on_delete=models.PROTECT, null=True, related_name="+")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    role = models.CharField(_("役割"), max_length=200, blank=True)
    contact = models.CharField(_("窓口の方"), max_length=100, blank=True)
    email = models.EmailField(_("メールアドレス"), max_length=254, blank=True)
    phone = models.CharField(_("電話番号"), max_length=30, blank=True)
    exchanged = models.CharField(_("やり取りする情報"), max_length=300, blank=True)
    review_on = models.DateField(_("次に見直す日"), null=True, blank=True)
    reminded_for = models.DateField(null=True)
    created_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            TenantRows(name="stakeholder_rows"),
            SameTenant(name="stakeholder_member_same_tenant", field="member"),
            models.UniqueConstraint(fields=["organization", "id"], name="stakeholder_of_organization"),
        ]

    def __str__(self) -> str:
        return self.name


class Duty(models.Model):
    """What a stakeholder does in one step of the hiring (RACI)."""

    class Step(models.TextChoices):
        PLAN = "plan", _("採用計画")
        ATTRACT = "attract", _("募集・母集団形成")
        DOCUMENTS = "documents", _("書類選考")
        INTERVIEW = "interview", _("面接")
        OFFER = "offer", _("内定・条件の提示")
        NOTICE = "notice", _("お見送りのご連絡")
        RELAY = "relay", _("リレー・紹介の受け入れ")
        RETENTION = "retention", _("入社・定着")

    class Part(models.TextChoices):
        RESPONSIBLE = "R", _("実行")
        ACCOUNTABLE = "A", _("責任")
        CONSULTED = "C", _("相談")
        INFORMED = "I", _("報告")

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+", db_index=False)
    stakeholder = models.ForeignKey(Stakeholder, on_delete=models.PROTECT, related_name="duties", db_index=False)
    step = models.CharField(max_length=10, choices=Step)
    part = models.CharField(max_length=1, choices=Part)

    class Meta:
        constraints = [
            TenantRows(name="duty_rows"),
            SameTenant(name="duty_same_tenant", field="stakeholder"),
            models.UniqueConstraint(fields=["organization", "stakeholder", "step"], name="duty_once"),
        ]
