from __future__ import annotations

import typing

from django.db import models
from django.utils.translation import gettext_lazy as _

from career_relay.domain.ground.organizations.models import Member, Organization
from career_relay.domain.ground.skills import occupations
from career_relay.kernel import ids
from career_relay.kernel.tenancy.rows import SameTenant, TenantRows

CALL_KEY: typing.Final = "call:"


class EmploymentType(models.TextChoices):
    NEW_GRADUATE = "new_graduate", _("新卒")
    MID_CAREER = "mid_career", _("中途")
    PART_TIME = "part_time", _("アルバイト・パート")


class JobPosting(models.Model):
    """A job somebody is looked for, kept by its owner. The hiring employer may be another one, or outside the network.

    `key` is how the owner's files name it: the id of the source if there is one, else its title, brought to one form.
    `terms` are the working conditions as `rules.Terms` keeps them; null until somebody has written them.
    """

    class State(models.TextChoices):
        OPEN = "open", _("募集中")
        CLOSED = "closed", _("募集終了")

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="postings")
    hiring_employer = models.ForeignKey(Organization, on_delete=models.PROTECT, null=True, related_name="+")
    hiring_employer_name = models.CharField(_("採用する会社"), max_length=120, blank=True)
    key = models.CharField(max_length=220)
    external_id = models.CharField(_("求人 ID"), max_length=100, blank=True)
    title = models.CharField(_("求人名"), max_length=200)
    employment_type = models.CharField(_("採用の種類"), max_length=14, choices=EmploymentType, blank=True)
    job_family = models.CharField(_("職種"), max_length=100, blank=True)
    occupation = models.CharField(_("職業分類"), max_length=2, choices=occupations.OCCUPATIONS, blank=True)
    prefecture = models.CharField(_("勤務地"), max_length=2, blank=True)
    openings = models.PositiveSmallIntegerField(_("採用人数"), default=1)
    received_on = models.DateField(_("求人を受け付けた日"), null=True)
    valid_until = models.DateField(_("求人の有効期限"), null=True)
    terms = models.JSONField(_("労働条件"), null=True)
    manager = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    state = models.CharField(_("状態"), max_length=8, choices=State, default=State.OPEN)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            TenantRows(name="job_posting_rows"),
            SameTenant(name="job_posting_manager_same_tenant", field="manager"),
            models.UniqueConstraint(fields=["organization", "id"], name="job_posting_of_organization"),
            models.UniqueConstraint(fields=["organization", "key"], name="job_posting_once"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_called(self) -> bool:
        """Whether an employer's request made it: what was asked for stays as it is, for as long as the request goes on."""
        return self.key.startswith(CALL_KEY)
