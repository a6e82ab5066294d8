from __future__ import annotations

import typing

from django.db import models
from django.utils.translation import gettext_lazy as _

from career_relay.domain.ground.organizations.models import Member, Organization
from career_relay.domain.people.candidates.models import Candidate
from career_relay.domain.people.complaints.guards import ComplaintGuard
from career_relay.kernel import ids
from career_relay.kernel.tenancy.rows import Kept, PartyRows

LONGEST_WORDS: typing.Final = 1000
LONGEST_ANSWER: typing.Final = 2000
OPEN: typing.Final = ("received", "checking")

_PARTIES: typing.Final = ("candidate", "operator")


class Topic(models.TextChoices):
    """What a complaint is about."""

    SILENT = "silent", _("連絡がない")
    UNTRUE = "untrue", _("仕事の内容や条件の説明が、実際と違う")
    PRESSING = "pressing", _("断っても、何度も勧められる")
    ASKING = "asking", _("仕事に関係のないこと（家族、健康、信仰など）を聞かれた")
    UNFAIR = "unfair", _("差別的な扱いを受けた")
    PRIVACY = "privacy", _("個人情報の扱いに不安がある")
    MONEY = "money", _("お金を求められた、またはお金や物を渡すと言われた")
    OTHER = "other", _("そのほか")


class Complaint(models.Model):
    """苦情: what a person told an operator about an agency, and what the operator answered. The agency reads none of it.

    `forgotten_at` is when the person erased their registration: the words of both sides went, the dated row stays.
    """

    class State(models.TextChoices):
        RECEIVED = "received", _("受付済み")
        CHECKING = "checking", _("確認中")
        ANSWERED = "answered", _("回答済み")
        CLOSED = "closed", _("終了")

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    candidate = models.ForeignKey(Candidate, on_delete=models.PROTECT, related_name="+", db_index=False)
    operator = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+", db_index=False)
    agency = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+", db_index=False)
    topic = models.CharField(_("内容の種類"), max_length=8, choices=Topic)
    words = models.TextField(_("くわしい内容"), max_length=LONGEST_WORDS, blank=True)
    state = models.CharField(_("状態"), max_length=8, choices=State, default=State.RECEIVED)
    received_at = models.DateTimeField()
    due_on = models.DateField(_("回答の期限"))
    reminded_at = models.DateTimeField(null=True)
    taken_up_at = models.DateTimeField(null=True)
    taken_up_by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    answer = models.TextField(_("回答"), max_length=LONGEST_ANSWER, blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    forgotten_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            PartyRows(name="complaint_rows", readers=_PARTIES, writers=_PARTIES),
            Kept(
                name="complaint_kept",
                changes=[
                    "words",
                    "state",
                    "reminded_at",
                    "taken_up_at",
                    "taken_up_by_id",
                    "answer",
                    "answered_at",
                    "answered_by_id",
                    "forgotten_at",
                ],
            ),
            ComplaintGuard(name="complaint_guard"),
            models.CheckConstraint(
                name="complaint_taking_up_told",
                condition=models.Q(taken_up_at=None, taken_up_by=None)
                | models.Q(taken_up_at__isnull=False, taken_up_by__isnull=False) & ~models.Q(state="received"),
            ),
            models.CheckConstraint(
                name="complaint_answer_told",
                condition=~models.Q(state="answered") & models.Q(answer="", answered_at=None, answered_by=None)
                | models.Q(state="answered", answered_at__isnull=False, answered_by__isnull=False),
            ),
            models.CheckConstraint(
                name="complaint_words_or_forgotten",
                condition=models.Q(forgotten_at=None)
                & ~models.Q(words="")
                & (~models.Q(state="answered") | ~models.Q(answer=""))
                | models.Q(forgotten_at__isnull=False, words="", answer="", state__in=["answered", "closed"]),
            ),
        ]
        indexes = [
            models.Index(fields=["candidate", "received_at"], name="complaint_of_person"),
            models.Index(fields=["operator", "state", "due_on"], name="complaint_of_operator"),
        ]
