from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from career_relay.domain.ground.organizations.models import Member, Organization
from career_relay.kernel import ids
from career_relay.kernel.tenancy.rows import Kept, SameTenant, TenantRows


class YearlyReport(models.Model):
    """A year of reports of one agency: that it was reminded of it, and that it handed it in.

    The figures are counted each time from what is on record; this row keeps none of them.
    """

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+", db_index=False)
    year = models.PositiveSmallIntegerField(_("年度"))
    reminded_at = models.DateTimeField(null=True)
    filed_on = models.DateField(_("提出日"), null=True)
    filed_by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    filed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            TenantRows(name="yearly_report_rows"),
            Kept(name="yearly_report_kept", changes=["reminded_at", "filed_on", "filed_by_id", "filed_at"]),
            SameTenant(name="yearly_report_by_same_tenant", field="filed_by"),
            models.UniqueConstraint(fields=["organization", "year"], name="yearly_report_once"),
            models.CheckConstraint(
                name="yearly_report_filing_told",
                condition=models.Q(filed_on=None, filed_by=None, filed_at=None)
                | models.Q(filed_on__isnull=False, filed_by__isnull=False, filed_at__isnull=False),
            ),
        ]
