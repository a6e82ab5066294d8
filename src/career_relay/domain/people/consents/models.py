from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from career_relay.domain.ground.organizations.models import Organization
from career_relay.domain.people.candidates.models import ACCESS_TABLE, Candidate
from career_relay.kernel import ids
from career_relay.kernel.tenancy.rows import AppendOnly, PartyRows, PersonRows, Trigger


class DisclosureGuard(Trigger):
    """Nobody is shown to an organization but by the person's live yes, to one that may receive people, and on record.

    An agency must be one that may receive people itself; what an employer must bring, `introductions` guards. The check runs when the transaction (or the person's turn) ends and sees what stands then. It refuses to run for
    anybody but the person, who alone sees the consent. Shortening an access or taking it away needs no leave.
    """

    table = ACCESS_TABLE
    FUNCTION = """
        CREATE OR REPLACE FUNCTION consents_disclosed() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF NEW.candidate_id IS DISTINCT FROM nullif(current_setting('app.candidate', true), '')::uuid THEN
                RAISE EXCEPTION 'access % is not checked as its person', NEW.id USING ERRCODE = 'integrity_constraint_violation';
            END IF;
            IF NOT EXISTS (SELECT FROM candidates_access WHERE id = NEW.id) THEN
                RETURN NULL;
            END IF;
            IF TG_OP = 'UPDATE' THEN
                IF (NEW.id, NEW.candidate_id, NEW.organization_id, NEW.scope, NEW.granted_at)
                    IS DISTINCT FROM (OLD.id, OLD.candidate_id, OLD.organization_id, OLD.scope, OLD.granted_at) THEN
                    RAISE EXCEPTION 'access % is another one', OLD.id USING ERRCODE = 'integrity_constraint_violation';
                END IF;
                IF NEW.valid_until <= OLD.valid_until THEN
                    RETURN NULL;
                END IF;
            END IF;
            IF NOT EXISTS (
                SELECT FROM consents_consent WHERE candidate_id = NEW.candidate_id AND purpose = 'agency_introduction'
                AND withdrawn_at IS NULL AND valid_until >= NEW.valid_until
            ) THEN
                RAISE EXCEPTION 'access % has no live consent', NEW.id USING ERRCODE = 'integrity_constraint_violation';
            END IF;
            IF EXISTS (
                SELECT FROM candidates_exclusion
                WHERE candidate_id = NEW.candidate_id AND organization_id = NEW.organization_id
            ) THEN
                RAISE EXCEPTION 'access % is excluded', NEW.id USING ERRCODE = 'integrity_constraint_violation';
            END IF;
            IF NEW.scope NOT IN ('selection', 'placement')
                AND gate.may_receive_people(NEW.organization_id, (NEW.granted_at AT TIME ZONE 'Asia/Tokyo')::date) IS NOT TRUE THEN
                RAISE EXCEPTION 'access % is for nobody who may receive people', NEW.id
                    USING ERRCODE = 'integrity_constraint_violation';
            END IF;
            IF (
                SELECT count(*) FROM consents_provisionrecord
                WHERE access_id = NEW.id AND candidate_id = NEW.candidate_id AND (
                    side = 'giver' AND counterparty_id = NEW.organization_id
                    OR side = 'receiver' AND organization_id = NEW.organization_id)
            ) <> 2 THEN
                RAISE EXCEPTION 'access % is not on record', NEW.id USING ERRCODE = 'integrity_constraint_violation';
            END IF;
            RETURN NULL;
        END $$
    """


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


class ProvisionRecord(models.Model):
    """What the law wants kept when somebody's data are passed on: one record for who gave, one for who received.

    `organization` is whose record it is and `counterparty` the other side. It outlives the access, and erasure too: it
    holds the pseudonym and the names of what was given, never the data. `obtained` says how the giver came by them. A
    receiver outside the network is named in words, and keeps its own record elsewhere.
    """

    class Side(models.TextChoices):
        GIVER = "giver", _("提供した側")
        RECEIVER = "receiver", _("受け取った側")

    class Item(models.TextChoices):
        """As the consent names them, and the agency's note that the person read before their yes to an employer.

        The wished kind of employment is part of the wished work.
        """

        NAME = "name", _("お名前")
        EMAIL = "email", _("メールアドレス")
        PHONE = "phone", _("電話番号")
        PREFECTURE = "prefecture", _("働きたい地域")
        OCCUPATION = "occupation", _("希望の仕事")
        FIT_NOTE = "fit_note", _("推薦の理由")

    class Obtained(models.TextChoices):
        REGISTRATION = "registration", _("ご本人の登録")
        AGENCY = "agency", _("担当の紹介会社")

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    candidate = models.ForeignKey(Candidate, on_delete=models.PROTECT, related_name="provisions", db_index=False)
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+", db_index=False)
    side = models.CharField(max_length=8, choices=Side)
    counterparty = models.ForeignKey(
        Organization, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    counterparty_name = models.CharField(max_length=120, blank=True)
    consent = models.ForeignKey(Consent, on_delete=models.PROTECT, related_name="+", db_index=False)
    access_id = models.UUIDField(null=True)
    items = ArrayField(models.CharField(max_length=16, choices=Item))
    obtained = models.CharField(max_length=12, choices=Obtained)
    provided_at = models.DateTimeField()
    keep_until = models.DateTimeField()

    class Meta:
        constraints = [
            PartyRows(name="provision_rows", readers=["candidate", "organization"], writers=["candidate"]),
            AppendOnly(name="provision_append_only"),
            DisclosureGuard(name="disclosure_guard"),
            models.UniqueConstraint(fields=["access_id", "side"], name="provision_once"),
            models.CheckConstraint(
                name="provision_names_counterparty",
                condition=models.Q(counterparty__isnull=False, access_id__isnull=False, counterparty_name="")
                | models.Q(counterparty=None, access_id=None, side="giver") & ~models.Q(counterparty_name=""),
            ),
        ]
        indexes = [
            models.Index(fields=["candidate", "provided_at"], name="provision_of_candidate"),
            models.Index(fields=["organization", "provided_at"], name="provision_of_organization"),
        ]
