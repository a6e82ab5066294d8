from __future__ import annotations

import typing

from django.db import models
from django.utils.translation import gettext_lazy as _

from career_relay.domain.ground.organizations.models import Organization
from career_relay.domain.people.routing.models import Assignment
from career_relay.kernel import ids
from career_relay.kernel.tenancy.rows import SameTenant, TenantRows

LONGEST_ADDRESS: typing.Final = 200


class SeekerEntry(models.Model):
    """Who one person was, as the agency that took them on has to write it into its book of seekers (law L15).

    It is a copy, so that it outlives the person's account: two years after the agency's time with them ended, it goes.
    """

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+", db_index=False)
    assignment = models.OneToOneField(Assignment, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(_("お名前"), max_length=100)
    address = models.CharField(_("住所"), max_length=LONGEST_ADDRESS, blank=True)
    born_on = models.DateField(_("生年月日"), null=True)
    occupation = models.CharField(_("希望職種"), max_length=200, blank=True)
    received_on = models.DateField(_("受付年月日"))
    ended_on = models.DateField(_("有効期間の終わり"), null=True)

    class Meta:
        constraints = [
            TenantRows(name="seeker_entry_rows"),
            SameTenant(name="seeker_entry_same_tenant", field="assignment"),
            models.CheckConstraint(
                name="seeker_entry_ends_after_start",
                condition=models.Q(ended_on=None) | models.Q(ended_on__gte=models.F("received_on")),
            ),
            models.CheckConstraint(
                name="seeker_entry_born_before",
                condition=models.Q(born_on=None) | models.Q(born_on__lt=models.F("received_on")),
            ),
        ]
        indexes = [models.Index(fields=["organization", "received_on"], name="seeker_entry_of_agency")]
