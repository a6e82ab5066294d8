from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from career_relay.domain.ground.organizations.models import Organization
from career_relay.domain.people.candidates.models import Candidate
from career_relay.kernel import ids
from career_relay.kernel.tenancy.rows import PersonRows


class Consent(models.Model):
    """One yes to one purpose, with the words it was given to (ISO/IEC TS 27560's record). No is the absence of a row.

    `valid_until` is empty where the yes lasts until it is withdrawn.
    """

    class Purpose(models.TextChoices):
        AGENCY_INTRODUCTION = "agency_introduction", _("紹介会社による仕事の紹介")
        EMPLOYER_RECONTACT = "employer_recontact", _("この会社からの次の募集のお知らせ")
        SCHOOL_INFORMATION = "school_information", _("学び直しの案内")
        STATISTICS = "statistics", _("統計への利用")

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    candidate = models.ForeignKey(Candidate, on_delete=models.CASCADE, related_name="consents")
    purpose = models.CharField(max_length=24, choices=Purpose)
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, null=True, related_name="+")
    wording_version = models.PositiveSmallIntegerField()
    wording_language = models.CharField(max_length=8)
    wording_hash = models.CharField(max_length=64)
    granted_at = models.DateTimeField()
    valid_until = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            PersonRows(name="consent_rows"),
            models.UniqueConstraint(
                fields=["candidate", "purpose", "organization"],
                condition=models.Q(withdrawn_at=None),
                nulls_distinct=False,
                name="consent_one_live",
            ),
            models.CheckConstraint(
                name="consent_recontact_names_employer",
                condition=models.Q(purpose="employer_recontact", organization__isnull=False)
                | (~models.Q(purpose="employer_recontact") & models.Q(organization__isnull=True)),
            ),
        ]
