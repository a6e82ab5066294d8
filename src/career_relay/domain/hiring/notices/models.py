from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from career_relay.capabilities.messaging.models import Message
from career_relay.domain.ground.accounts.models import User
from career_relay.domain.ground.organizations.models import Organization
from career_relay.domain.ground.postings.models import EmploymentType
from career_relay.domain.hiring.applications.models import Applicant, Application
from career_relay.kernel import ids
from career_relay.kernel.tenancy.rows import AppendOnly, SameTenant, TenantRows


class Template(models.Model):
    """A text for telling people, under a name. What it says stands in its versions."""

    class Stage(models.TextChoices):
        DOCUMENTS = "documents", _("書類選考")
        INTERVIEW = "interview", _("面接")
        FINAL = "final", _("最終面接")

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(_("テンプレートの名前"), max_length=80)
    employment_type = models.CharField(_("採用の種類"), max_length=14, choices=EmploymentType)
    stage = models.CharField(_("選考の段階"), max_length=10, choices=Stage)
    language = models.CharField(_("言語"), max_length=2, default="ja")
    archived_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            TenantRows(name="template_rows"),
            models.UniqueConstraint(fields=["organization", "id"], name="template_of_organization"),
            models.UniqueConstraint(
                fields=["organization", "name"], condition=models.Q(archived_at=None), name="template_name"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class TemplateVersion(models.Model):
    """The words of a template at a time, block by block in the order in which they are read. Never changed.

    Blocks hold merge fields such as `{{氏名}}`. `invitation` stands only in mails with a link, `farewell` in those without.
    """

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
    template = models.ForeignKey(Template, on_delete=models.PROTECT, related_name="versions")
    version = models.PositiveSmallIntegerField()
    subject = models.CharField(_("件名"), max_length=120)
    thanks = models.TextField(_("お礼"))
    result = models.TextField(_("結果"))
    encouragement = models.TextField(_("ねぎらい"), blank=True)
    invitation = models.TextField(_("次の機会のご案内（リンクあり）"))
    farewell = models.TextField(_("結びのことば（リンクなし）"), blank=True)
    sender = models.TextField(_("差出人と問い合わせ先"))
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    class Meta:
        constraints = [
            TenantRows(name="template_version_rows"),
            SameTenant(name="template_version_same_tenant", field="template"),
            AppendOnly(name="template_version_append_only"),
            models.UniqueConstraint(fields=["organization", "id"], name="template_version_of_organization"),
            models.UniqueConstraint(fields=["organization", "template", "version"], name="template_version_once"),
        ]


class Mailing(models.Model):
    """Notices that go out together: chosen, written, looked at, confirmed; until they are sent they can be stopped.

    Its id is also the batch of its messages.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("作成中")
        PREPARING = "preparing", _("準備中")
        WAITING = "waiting", _("送信待ち・送信中")
        FINISHED = "finished", _("完了")
        STOPPED = "stopped", pgettext_lazy("state", "停止")
        DISCARDED = "discarded", _("破棄")

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
    template_version = models.ForeignKey(TemplateVersion, on_delete=models.PROTECT, null=True, related_name="+")
    has_link = models.BooleanField(_("リンクを載せる"), default=False)
    reply_to = models.EmailField(_("返信先"), max_length=254, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    due_at = models.DateTimeField(_("送信を始める日時"), null=True)
    run_id = models.UUIDField(null=True)
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    confirmed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True)
    stopped_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    stopped_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            TenantRows(name="mailing_rows"),
            SameTenant(name="mailing_same_tenant", field="template_version"),
            models.UniqueConstraint(fields=["organization", "id"], name="mailing_of_organization"),
            models.CheckConstraint(
                name="mailing_confirmed_whole",
                condition=models.Q(state__in=["draft", "discarded"])
                | models.Q(
                    template_version__isnull=False,
                    due_at__isnull=False,
                    confirmed_by__isnull=False,
                    confirmed_at__isnull=False,
                ),
            ),
        ]
        indexes = [models.Index(fields=["organization", "-created_at"], name="mailing_latest")]


class Notice(models.Model):
    """One mail to one person about all the decisions it tells; or why this person gets none."""

    class LeftOut(models.TextChoices):
        NO = "", _("送信します")
        NO_ADDRESS = "no_address", _("メールアドレスがありません")
        BAD_ADDRESS = "bad_address", _("メールアドレスの形が正しくありません")
        BOUNCED = "bounced", _("このアドレスには届きません")
        SAME_ADDRESS = "same_address", _("同じアドレスの方が、この送信にいます")
        NOT_REJECTED = "not_rejected", _("不採用ではありません")
        OPEN_ELSEWHERE = "open_elsewhere", _("ほかの応募が選考中か内定です")
        WITHDREW = "withdrew", _("ご本人が辞退しています")
        TOLD = "told", _("すでに連絡しています")
        ON_ITS_WAY = "on_its_way", _("ほかの送信で連絡の途中です")
        MISSING_VALUE = "missing_value", _("差し込む値がありません")
        TAKEN_OUT = "taken_out", _("担当者が外しました")

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
    mailing = models.ForeignKey(Mailing, on_delete=models.CASCADE, related_name="notices")
    applicant = models.ForeignKey(Applicant, on_delete=models.PROTECT, related_name="+")
    message = models.OneToOneField(Message, on_delete=models.PROTECT, null=True, related_name="+")
    left_out = models.CharField(max_length=14, choices=LeftOut, blank=True, default=LeftOut.NO)
    detail = models.CharField(max_length=120, blank=True)
    has_link = models.BooleanField(default=False)

    class Meta:
        constraints = [
            TenantRows(name="notice_rows"),
            SameTenant(name="notice_mailing_same_tenant", field="mailing"),
            SameTenant(name="notice_applicant_same_tenant", field="applicant"),
            models.UniqueConstraint(fields=["organization", "id"], name="notice_of_organization"),
            models.UniqueConstraint(fields=["organization", "mailing", "applicant"], name="notice_once_per_person"),
            models.CheckConstraint(
                name="notice_left_out_has_no_mail", condition=models.Q(left_out="") | models.Q(message=None)
            ),
        ]


class Told(models.Model):
    """A notice is about this application. While it is open no other notice can be: nobody is told the same thing twice.

    Open once its mail is written; closed when the mail is known not to reach the person (stopped, failed, suppressed), or
    when its decision no longer stands or is to be told anew.
    """

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
    notice = models.ForeignKey(Notice, on_delete=models.CASCADE, related_name="tells")
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="+")
    is_open = models.BooleanField(default=False)

    class Meta:
        constraints = [
            TenantRows(name="told_rows"),
            SameTenant(name="told_notice_same_tenant", field="notice"),
            SameTenant(name="told_application_same_tenant", field="application"),
            models.UniqueConstraint(fields=["organization", "notice", "application"], name="told_once_per_notice"),
            models.UniqueConstraint(
                fields=["organization", "application"], condition=models.Q(is_open=True), name="told_by_one_notice"
            ),
        ]


class Digest(models.Model):
    """The members of an employer were told by mail, once a day, who still waits for an answer."""

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
    day = models.DateField()
    sent_at = models.DateTimeField()

    class Meta:
        constraints = [
            TenantRows(name="digest_rows"),
            models.UniqueConstraint(fields=["organization", "day"], name="digest_once_a_day"),
        ]
