from __future__ import annotations

import typing

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateTimeRangeField, RangeOperators
from django.db import models
from django.utils.translation import gettext_lazy as _

from career_relay.domain.ground.organizations import vocabulary
from career_relay.domain.ground.organizations.models import Member, Organization
from career_relay.domain.ground.postings.models import EmploymentType, JobPosting
from career_relay.domain.ground.requests.models import Call
from career_relay.domain.ground.skills import occupations
from career_relay.domain.people.candidates.models import Candidate
from career_relay.domain.people.introductions.guards import (
    IntroductionBeginGuard,
    IntroductionGuard,
    IntroductionMoveGuard,
    OpeningGuard,
    PartiesGuard,
    SelectionGuard,
)
from career_relay.domain.people.routing.models import Assignment
from career_relay.kernel import ids
from career_relay.kernel.tenancy.rows import Kept, PartyRows, SameTenant

RUNNING: typing.Final = ("proposed", "introduced", "screening", "interview", "offered", "accepted")
ENDED: typing.Final = ("declined", "lapsed", "refused", "withdrawn", "closed")
UNACCEPTED: typing.Final = ("proposed", "introduced", "screening", "interview", "offered")
"""States that end with the consent or the agency's time; whoever took an offer is hired."""
IN_SELECTION: typing.Final = ("introduced", "screening", "interview", "offered", "accepted")
"""States in which the employer sees all of the person that the consent names, as long as it lives."""
SEEN: typing.Final = (*IN_SELECTION, "joined")
"""States in which the employer sees who the person is; from the start on name and contact data alone."""
TAKES_SLOT: typing.Final = (*RUNNING, "joined")
"""States in which a slot stands for this person, and for nobody else."""
LONGEST_MESSAGE: typing.Final = 300
LONGEST_FIT: typing.Final = 500
LONGEST_NOTE: typing.Final = 300
LONGEST_OFFER: typing.Final = 500
LONGEST_PLACE: typing.Final = 200
MOST_TIMES: typing.Final = 5

_PARTIES: typing.Final = ("candidate", "organization", "employer")


class Side(models.TextChoices):
    """Who did something, as the history tells it."""

    PERSON = "person", _("ご本人")
    AGENCY = "agency", _("紹介会社")
    EMPLOYER = "employer", _("企業")
    SYSTEM = "system", _("自動")


class OwnedPeriod(models.Func):
    """The time in which no other agency may introduce the same person to the same employer, for the constraint below."""

    function = "tstzrange"
    output_field = DateTimeRangeField()


class Introduction(models.Model):
    """One posting put before one person by the agency in charge, and what comes of it.

    `organization` is the agency. `hiring_employer` is whom it would be shown to, and `employer` becomes the same by the
    person's yes alone: before, the employer has no row. Both stay empty for an employer outside the network, for which
    the agency acts. The posting's terms are copied: what the person agreed to does not change.
    """

    class State(models.TextChoices):
        PROPOSED = "proposed", _("本人確認")
        INTRODUCED = "introduced", _("推薦済み")
        SCREENING = "screening", _("書類選考")
        INTERVIEW = "interview", _("面接")
        OFFERED = "offered", _("内定")
        ACCEPTED = "accepted", _("内定承諾")
        JOINED = "joined", _("入社")
        DECLINED = "declined", _("見送り（本人）")
        LAPSED = "lapsed", _("期限切れ")
        REFUSED = "refused", _("見送り（企業）")
        WITHDRAWN = "withdrawn", _("辞退・取り下げ")
        CLOSED = "closed", _("終了")

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    candidate = models.ForeignKey(Candidate, on_delete=models.PROTECT, related_name="introductions", db_index=False)
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+", db_index=False)
    employer = models.ForeignKey(Organization, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    assignment = models.ForeignKey(Assignment, on_delete=models.PROTECT, related_name="introductions", db_index=False)
    posting = models.ForeignKey(JobPosting, on_delete=models.PROTECT, related_name="+", db_index=False)
    call = models.ForeignKey(Call, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    hiring_employer = models.ForeignKey(
        Organization, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    employer_name = models.CharField(_("採用する会社"), max_length=120)
    title = models.CharField(_("求人名"), max_length=200)
    occupation = models.CharField(_("職業分類"), max_length=2, choices=occupations.OCCUPATIONS, blank=True)
    employment_type = models.CharField(_("採用の種類"), max_length=14, choices=EmploymentType, blank=True)
    prefecture = models.CharField(_("勤務地"), max_length=2, choices=vocabulary.PREFECTURES, blank=True)
    terms = models.JSONField()
    terms_hash = models.CharField(max_length=64)
    message = models.CharField(_("ご本人へのひとこと"), max_length=LONGEST_MESSAGE, blank=True)
    fit_note = models.CharField(_("推薦の理由"), max_length=LONGEST_FIT, blank=True)
    uses_slot = models.BooleanField(default=False)
    state = models.CharField(_("状態"), max_length=10, choices=State, default=State.PROPOSED)
    round = models.PositiveSmallIntegerField(_("面接の回"), default=0)
    proposed_at = models.DateTimeField()
    proposed_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+", db_index=False)
    answer_by = models.DateTimeField()
    remind_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    introduced_at = models.DateTimeField(null=True)
    owned_until = models.DateTimeField(null=True)
    changed_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    end_side = models.CharField(max_length=8, choices=Side, blank=True)
    end_reason = models.CharField(max_length=24, blank=True)
    end_note = models.CharField(_("補足"), max_length=LONGEST_NOTE, blank=True)
    offer_salary = models.PositiveIntegerField(_("年収の見込み"), null=True)
    offer_start_on = models.DateField(_("入社予定日"), null=True)
    offer_note = models.CharField(_("条件の補足"), max_length=LONGEST_OFFER, blank=True)
    offered_at = models.DateTimeField(null=True)
    accepted_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            PartyRows(name="introduction_rows", readers=_PARTIES, writers=_PARTIES),
            IntroductionBeginGuard(name="introduction_begin_guard"),
            IntroductionGuard(name="introduction_guard"),
            IntroductionMoveGuard(name="introduction_move_guard"),
            OpeningGuard(name="introduction_opening_guard"),
            SelectionGuard(name="introduction_selection_guard"),
            SameTenant(name="introduction_assignment_same_tenant", field="assignment"),
            SameTenant(name="introduction_posting_same_tenant", field="posting"),
            SameTenant(name="introduction_proposed_by_same_tenant", field="proposed_by"),
            models.UniqueConstraint(
                fields=["candidate", "posting"], condition=models.Q(state__in=RUNNING), name="introduction_one_open"
            ),
            models.UniqueConstraint(
                fields=["call"],
                condition=models.Q(state__in=TAKES_SLOT, uses_slot=True),
                name="introduction_one_per_slot",
            ),
            ExclusionConstraint(
                name="introduction_not_twice",
                expressions=[
                    ("candidate", RangeOperators.EQUAL),
                    ("employer", RangeOperators.EQUAL),
                    ("organization", RangeOperators.NOT_EQUAL),
                    (OwnedPeriod("introduced_at", "owned_until"), RangeOperators.OVERLAPS),
                ],
                condition=models.Q(introduced_at__isnull=False),
            ),
            models.CheckConstraint(
                name="introduction_end_told",
                condition=models.Q(state__in=ENDED, ended_at__isnull=False) & ~models.Q(end_side="")
                | ~models.Q(state__in=ENDED) & models.Q(ended_at=None, end_side=""),
            ),
            models.CheckConstraint(
                name="introduction_slot_has_call", condition=models.Q(uses_slot=False) | models.Q(call__isnull=False)
            ),
        ]
        indexes = [
            models.Index(fields=["organization", "state", "changed_at"], name="introduction_of_agency"),
            models.Index(fields=["employer", "state", "changed_at"], name="introduction_of_employer"),
            models.Index(fields=["candidate", "state"], name="introduction_of_person"),
            models.Index(fields=["assignment"], name="introduction_of_assignment"),
            models.Index(fields=["answer_by"], condition=models.Q(state="proposed"), name="introduction_waiting"),
        ]

    @property
    def is_outside(self) -> bool:
        """Whether the employer takes no part in the network, so that the agency acts for it."""
        return self.hiring_employer_id is None


class Step(models.Model):
    """One move of an introduction, as it happened. What happened before the person's yes names no employer."""

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    candidate = models.ForeignKey(Candidate, on_delete=models.PROTECT, related_name="+", db_index=False)
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+", db_index=False)
    employer = models.ForeignKey(Organization, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    introduction = models.ForeignKey(Introduction, on_delete=models.PROTECT, related_name="steps", db_index=False)
    state_before = models.CharField(max_length=10, choices=Introduction.State, blank=True)
    state_after = models.CharField(max_length=10, choices=Introduction.State)
    round = models.PositiveSmallIntegerField(default=0)
    side = models.CharField(max_length=8, choices=Side)
    actor = models.CharField(max_length=64)
    reason = models.CharField(max_length=24, blank=True)
    note = models.CharField(max_length=LONGEST_OFFER, blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            PartyRows(name="step_rows", readers=_PARTIES, writers=_PARTIES),
            Kept(name="step_kept", changes=["note"]),
            PartiesGuard(name="step_parties"),
        ]
        indexes = [models.Index(fields=["introduction", "at"], name="step_of_introduction")]


class Interview(models.Model):
    """The times proposed for one round, and the one chosen. New times replace those proposed before."""

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    candidate = models.ForeignKey(Candidate, on_delete=models.PROTECT, related_name="+", db_index=False)
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+", db_index=False)
    employer = models.ForeignKey(Organization, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    introduction = models.ForeignKey(Introduction, on_delete=models.PROTECT, related_name="interviews", db_index=False)
    round = models.PositiveSmallIntegerField()
    times = ArrayField(models.DateTimeField())
    place = models.CharField(_("場所または接続先"), max_length=LONGEST_PLACE, blank=True)
    chosen = models.DateTimeField(null=True)
    proposed_by_side = models.CharField(max_length=8, choices=Side)
    proposed_at = models.DateTimeField()
    chosen_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            PartyRows(name="interview_rows", readers=_PARTIES, writers=_PARTIES),
            PartiesGuard(name="interview_parties"),
            models.UniqueConstraint(fields=["introduction", "round"], name="interview_once"),
            models.CheckConstraint(
                name="interview_has_times", condition=models.Q(times__len__gte=1, times__len__lte=MOST_TIMES)
            ),
        ]


class Block(models.Model):
    """For two years an agency does not propose anything to somebody it placed, unless they chose it anew (law L11)."""

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    candidate = models.ForeignKey(Candidate, on_delete=models.PROTECT, related_name="+", db_index=False)
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+", db_index=False)
    placement_id = models.UUIDField(unique=True)
    since = models.DateField()
    until = models.DateField()

    class Meta:
        constraints = [
            PartyRows(name="block_rows", readers=["candidate", "organization"], writers=["organization"]),
        ]
        indexes = [
            models.Index(fields=["organization", "candidate"], name="block_of_agency"),
            models.Index(fields=["candidate", "until"], name="block_of_person"),
        ]
