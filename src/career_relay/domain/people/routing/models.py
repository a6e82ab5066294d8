from __future__ import annotations

import typing

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from career_relay.domain.ground.organizations import vocabulary
from career_relay.domain.ground.organizations.models import Member, Organization
from career_relay.domain.ground.postings.models import EmploymentType
from career_relay.domain.people.candidates.models import Candidate
from career_relay.kernel import ids
from career_relay.kernel.tenancy.rows import PartyRows, PersonRows, SameTenant, TenantRows

OPEN: typing.Final = ("offered", "active")
LONGEST_NOTE: typing.Final = 300
LONGEST_SUMMARY: typing.Final = 500


class Assignment(models.Model):
    """One agency and one person: put before the agency without a name, and theirs to look after once it accepts.

    The wishes are copied as codes, so that an agency can answer an offer before it may know anything else.
    `late_at` is when somebody who was not contacted in time is given to another agency.
    """

    class State(models.TextChoices):
        OFFERED = "offered", _("回答待ち")
        ACTIVE = "active", _("担当中")
        DECLINED = "declined", _("見送り")
        LAPSED = "lapsed", _("期限切れ")
        ENDED = "ended", _("終了")

    class DeclineReason(models.TextChoices):
        AREA = "area", _("対応できる地域ではない")
        OCCUPATION = "occupation", _("対応できる職種ではない")
        EMPLOYMENT_TYPE = "employment_type", _("対応できる働き方ではない")
        CAPACITY = "capacity", _("いまは受けられる人数を超えている")
        CONFLICT = "conflict", _("利害の関係で担当できない")
        OTHER = "other", _("そのほか")

    class EndReason(models.TextChoices):
        AGENCY_UNABLE = "agency_unable", _("支援を続けられなくなった")
        UNREACHABLE = "unreachable", _("ご本人と連絡が取れない")
        PERSON_CHANGED = "person_changed", _("ご本人の希望")
        WITHDRAWN = "withdrawn", _("同意の取り消し")
        ERASED = "erased", _("登録の消去")
        CONSENT_OVER = "consent_over", _("同意の期間の終わり")
        LATE = "late", _("初回連絡の遅れ")
        AGENCY_STOPPED = "agency_stopped", _("許可または協定が有効でなくなった")

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    candidate = models.ForeignKey(Candidate, on_delete=models.PROTECT, related_name="assignments", db_index=False)
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+", db_index=False)
    state = models.CharField(_("状態"), max_length=8, choices=State, default=State.OFFERED)
    prefecture = models.CharField(_("働きたい地域"), max_length=2, choices=vocabulary.PREFECTURES, blank=True)
    occupations = ArrayField(models.CharField(max_length=2), default=list)
    employment_type = models.CharField(_("希望の働き方"), max_length=14, choices=EmploymentType, blank=True)
    is_chosen = models.BooleanField(default=False)
    offered_at = models.DateTimeField()
    told_at = models.DateTimeField(null=True)
    answer_by = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    decline_reason = models.CharField(_("見送る理由"), max_length=16, choices=DeclineReason, blank=True)
    decline_note = models.CharField(_("補足"), max_length=LONGEST_NOTE, blank=True)
    adviser = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    contact_by = models.DateTimeField(null=True)
    late_at = models.DateTimeField(null=True)
    contacted_at = models.DateTimeField(null=True)
    escalated_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    end_reason = models.CharField(_("終了の理由"), max_length=16, choices=EndReason, blank=True)

    class Meta:
        constraints = [
            PartyRows(
                name="assignment_rows", readers=["candidate", "organization"], writers=["candidate", "organization"]
            ),
            SameTenant(name="assignment_adviser_same_tenant", field="adviser"),
            models.UniqueConstraint(fields=["organization", "id"], name="assignment_of_organization"),
            models.UniqueConstraint(
                fields=["candidate", "organization"],
                condition=models.Q(state__in=OPEN),
                name="assignment_one_open",
            ),
        ]
        indexes = [
            models.Index(fields=["candidate", "state"], name="assignment_of_candidate"),
            models.Index(fields=["organization", "state", "offered_at"], name="assignment_by_state"),
        ]


class Contact(models.Model):
    """A word between the agency and the person it looks after, as the agency writes it down."""

    class Channel(models.TextChoices):
        PHONE = "phone", _("電話")
        MAIL = "mail", _("メール")
        MEETING = "meeting", _("対面")
        ONLINE = "online", _("オンライン")
        OTHER = "other", _("そのほか")

    class Purpose(models.TextChoices):
        FIRST = "first", _("初回連絡")
        INTERVIEW = "interview", _("面談")
        POSTINGS = "postings", _("求人の案内")
        FOLLOW_UP = "follow_up", _("状況の確認")
        OTHER = "other", _("そのほか")

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+", db_index=False)
    assignment = models.ForeignKey(Assignment, on_delete=models.PROTECT, related_name="contacts", db_index=False)
    channel = models.CharField(_("連絡の方法"), max_length=8, choices=Channel)
    purpose = models.CharField(_("目的"), max_length=10, choices=Purpose)
    happened_at = models.DateTimeField(_("連絡した日時"))
    summary = models.CharField(_("内容"), max_length=LONGEST_SUMMARY, blank=True)
    by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+", db_index=False)
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            TenantRows(name="contact_rows"),
            SameTenant(name="contact_assignment_same_tenant", field="assignment"),
            SameTenant(name="contact_by_same_tenant", field="by"),
        ]
        indexes = [models.Index(fields=["organization", "assignment", "happened_at"], name="contact_log")]


class Wish(models.Model):
    """An agency that the person would like to be looked after by, in the order of their liking."""

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    candidate = models.ForeignKey(Candidate, on_delete=models.CASCADE, related_name="wishes", db_index=False)
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+", db_index=False)
    rank = models.PositiveSmallIntegerField()
    chosen_at = models.DateTimeField()

    class Meta:
        constraints = [
            PersonRows(name="wish_rows"),
            models.UniqueConstraint(fields=["candidate", "organization"], name="wish_once"),
            models.UniqueConstraint(fields=["candidate", "rank"], name="wish_rank"),
        ]
