from __future__ import annotations

import typing

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from career_relay.domain.ground.credits.models import Slot
from career_relay.domain.ground.organizations import vocabulary
from career_relay.domain.ground.organizations.models import Member, Organization
from career_relay.domain.ground.postings.models import EmploymentType, JobPosting
from career_relay.domain.ground.skills import occupations
from career_relay.kernel import ids
from career_relay.kernel.tenancy.rows import Kept, PartyRows, SameTenant, TenantRows, Trigger

LONGEST_NEEDS: typing.Final = 500
LONGEST_NOTE: typing.Final = 300
OPEN_CALLS: typing.Final = ("asked", "accepted")


class AnsweredByAgency(Trigger):
    """A call is accepted or declined by the agency alone, and what is over stays over."""

    fires = "BEFORE UPDATE"
    is_deferred = False
    FUNCTION = """
        CREATE OR REPLACE FUNCTION requests_answered_by_agency() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF NEW.state = OLD.state THEN RETURN NEW; END IF;
            IF OLD.state NOT IN ('asked', 'accepted') OR NEW.state = 'asked' THEN
                RAISE EXCEPTION 'call % is over', OLD.id USING ERRCODE = 'integrity_constraint_violation';
            END IF;
            IF NEW.state IN ('accepted', 'declined')
                AND NEW.agency_id IS DISTINCT FROM nullif(current_setting('app.organization', true), '')::uuid THEN
                RAISE EXCEPTION 'call % is for the agency to answer', OLD.id
                    USING ERRCODE = 'integrity_constraint_violation';
            END IF;
            RETURN NEW;
        END $$
    """


class Request(models.Model):
    """An employer asks agencies, one after the other, for somebody for a posting: by a slot (free of charge) or for a fee.

    The wanted is copied, so that a posting that changes later leaves alone what was asked. `agencies` are those to be
    asked, in that order; empty leaves the order to `rules.order`.
    """

    class State(models.TextChoices):
        OPEN = "open", _("依頼中")
        FILLED = "filled", _("採用が決まりました")
        CLOSED = "closed", _("終了")

    class CloseReason(models.TextChoices):
        FILLED = "filled", _("採用が決まった")
        NOBODY = "nobody", _("合う方がいなかった")
        WITHDRAWN = "withdrawn", _("依頼を取り下げた")
        NOT_STARTED = "not_started", _("入社に至らなかった")

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+", db_index=False)
    posting = models.ForeignKey(JobPosting, on_delete=models.PROTECT, related_name="+", db_index=False)
    slot = models.ForeignKey(Slot, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    needs = models.CharField(_("求める人"), max_length=LONGEST_NEEDS)
    title = models.CharField(_("求人名"), max_length=200)
    occupation = models.CharField(_("職業分類"), max_length=2, choices=occupations.OCCUPATIONS, blank=True)
    prefecture = models.CharField(_("勤務地"), max_length=2, choices=vocabulary.PREFECTURES, blank=True)
    employment_type = models.CharField(_("採用の種類"), max_length=14, choices=EmploymentType, blank=True)
    terms = models.JSONField()
    agencies = ArrayField(models.UUIDField(), default=list)
    state = models.CharField(_("状態"), max_length=8, choices=State, default=State.OPEN)
    close_reason = models.CharField(_("終了の理由"), max_length=12, choices=CloseReason, blank=True)
    search_until = models.DateField()
    asked_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+", db_index=False)
    asked_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            TenantRows(name="request_rows"),
            Kept(name="request_kept", changes=["state", "close_reason", "closed_at"]),
            SameTenant(name="request_posting_same_tenant", field="posting"),
            SameTenant(name="request_slot_same_tenant", field="slot"),
            SameTenant(name="request_asked_by_same_tenant", field="asked_by"),
            models.UniqueConstraint(fields=["organization", "id"], name="request_of_organization"),
            models.UniqueConstraint(
                fields=["organization", "slot"], condition=models.Q(state="open"), name="request_one_open_per_slot"
            ),
            models.CheckConstraint(
                condition=models.Q(state="open", close_reason="", closed_at=None)
                | (~models.Q(state="open") & ~models.Q(close_reason="") & models.Q(closed_at__isnull=False)),
                name="request_end_told",
            ),
        ]
        indexes = [
            models.Index(fields=["organization", "asked_at"], name="request_list"),
            models.Index(fields=["search_until"], condition=models.Q(state="open"), name="request_search"),
        ]

    @property
    def uses_slot(self) -> bool:
        """Whether a hire costs nothing, because a slot pays for it."""
        return self.slot_id is not None


class Call(models.Model):
    """A request as it stands with one agency. The wanted is copied: the agency can't read the employer's rows.

    `posting_id` is the agency's own posting, made when it accepts. `introductions` counts the people who were introduced
    by the call and not turned down yet.
    """

    class State(models.TextChoices):
        ASKED = "asked", _("回答待ち")
        ACCEPTED = "accepted", _("紹介中")
        DECLINED = "declined", _("見送り")
        LAPSED = "lapsed", _("期限切れ")
        CLOSED = "closed", _("終了")

    class DeclineReason(models.TextChoices):
        NOBODY_FITS = "nobody_fits", _("合う方がいない")
        CAPACITY = "capacity", _("いまは受けられる件数を超えている")
        TERMS = "terms", _("条件が合わない")
        OTHER = "other", _("そのほか")

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+", db_index=False)
    agency = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+", db_index=False)
    request = models.ForeignKey(Request, on_delete=models.PROTECT, related_name="calls", db_index=False)
    rank = models.PositiveSmallIntegerField()
    uses_slot = models.BooleanField()
    title = models.CharField(_("求人名"), max_length=200)
    needs = models.CharField(_("求める人"), max_length=LONGEST_NEEDS)
    occupation = models.CharField(_("職業分類"), max_length=2, choices=occupations.OCCUPATIONS, blank=True)
    prefecture = models.CharField(_("勤務地"), max_length=2, choices=vocabulary.PREFECTURES, blank=True)
    employment_type = models.CharField(_("採用の種類"), max_length=14, choices=EmploymentType, blank=True)
    terms = models.JSONField()
    state = models.CharField(_("状態"), max_length=8, choices=State, default=State.ASKED)
    asked_at = models.DateTimeField()
    answer_by = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    decline_reason = models.CharField(_("見送る理由"), max_length=12, choices=DeclineReason, blank=True)
    decline_note = models.CharField(_("補足"), max_length=LONGEST_NOTE, blank=True)
    posting_id = models.UUIDField(null=True)
    introductions = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [
            PartyRows(name="call_rows", readers=["organization", "agency"], writers=["organization", "agency"]),
            Kept(
                name="call_kept",
                changes=["state", "answered_at", "decline_reason", "decline_note", "posting_id", "introductions"],
            ),
            AnsweredByAgency(name="call_answered_by_agency"),
            SameTenant(name="call_request_same_tenant", field="request"),
            models.UniqueConstraint(fields=["request", "agency"], name="call_once"),
            models.UniqueConstraint(
                fields=["request"], condition=models.Q(state__in=OPEN_CALLS), name="call_one_open_per_request"
            ),
            models.CheckConstraint(
                condition=models.Q(state="declined") ^ models.Q(decline_reason=""), name="call_decline_told"
            ),
            models.CheckConstraint(
                condition=~models.Q(state__in=["declined", "lapsed"]) | models.Q(introductions=0),
                name="call_kept_for_the_introduced",
            ),
        ]
        indexes = [
            models.Index(fields=["agency", "state", "asked_at"], name="call_by_state"),
            models.Index(fields=["answer_by"], condition=models.Q(state="asked"), name="call_answer"),
        ]

    @property
    def is_introduced(self) -> bool:
        """Whether somebody was introduced by it and not turned down yet."""
        return self.introductions > 0
