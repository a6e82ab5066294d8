from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from career_relay.domain.ground.organizations import vocabulary
from career_relay.domain.ground.organizations.models import Organization
from career_relay.domain.ground.postings.models import EmploymentType
from career_relay.kernel import ids
from career_relay.kernel.tenancy.rows import PartyRows, PersonRows

ACCESS_TABLE = "candidates_access"
SHARED_SCOPES = ("introduction", "selection")
"""All of a person is read through these: by the agency in charge, and by an employer after the person's yes."""
IDENTITY_SCOPES = (*SHARED_SCOPES, "placement")
"""Name and contact data alone are read through the last as well: by an employer at which the person works."""


class Candidate(models.Model):
    """A person who registered by their own act. Known by a number; who they are stands in `Identity` alone.

    The row outlives erasure as a pseudonym, so that what points to it stays valid.
    """

    class State(models.TextChoices):
        ACTIVE = "active", _("登録中")
        ERASED = "erased", _("消去済み")

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    state = models.CharField(max_length=8, choices=State, default=State.ACTIVE)
    email_index = models.BinaryField(max_length=32, null=True)
    language = models.CharField(max_length=2, default="ja")
    session_version = models.PositiveIntegerField(default=1)
    registered_at = models.DateTimeField()
    erased_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            PersonRows(name="candidate_rows", column="id", shared_through=ACCESS_TABLE, scopes=SHARED_SCOPES),
            models.UniqueConstraint(fields=["email_index"], name="candidate_one_per_address"),
            models.CheckConstraint(
                name="candidate_erased_is_empty",
                condition=models.Q(state="active", email_index__isnull=False)
                | models.Q(state="erased", email_index__isnull=True),
            ),
        ]


class Identity(models.Model):
    """Name and contact data of a person: the only place that holds them."""

    candidate = models.OneToOneField(Candidate, on_delete=models.CASCADE, primary_key=True, related_name="identity")
    name = models.CharField(_("お名前"), max_length=100)
    email = models.EmailField(_("メールアドレス"), max_length=254)
    phone = models.CharField(_("電話番号"), max_length=20, blank=True)
    confirmed_at = models.DateTimeField()

    class Meta:
        constraints = [PersonRows(name="identity_rows", shared_through=ACCESS_TABLE, scopes=IDENTITY_SCOPES)]


class Profile(models.Model):
    """What the person is looking for, in their own words."""

    candidate = models.OneToOneField(Candidate, on_delete=models.CASCADE, primary_key=True, related_name="profile")
    prefecture = models.CharField(_("働きたい地域"), max_length=2, choices=vocabulary.PREFECTURES, blank=True)
    occupation = models.CharField(_("希望の仕事"), max_length=100, blank=True)
    employment_type = models.CharField(_("希望の働き方"), max_length=14, choices=EmploymentType, blank=True)
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [PersonRows(name="profile_rows", shared_through=ACCESS_TABLE, scopes=SHARED_SCOPES)]


class SignUp(models.Model):
    """A registration that waits for its code: what was typed and ticked, kept for a day, read by its own browser only.

    `challenge` is what the mailed code is derived from; every sending and every change of the details makes a new one.
    Once confirmed, the row says which person it became and has forgotten what was typed; its code ends a moment later.
    """

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    details = models.JSONField()
    consents = models.JSONField(default=list)
    language = models.CharField(max_length=2, default="ja")
    challenge = models.UUIDField(default=ids.new)
    code_expires_at = models.DateTimeField(null=True)
    candidate = models.ForeignKey(Candidate, on_delete=models.PROTECT, null=True, related_name="+")
    started_at = models.DateTimeField()
    expires_at = models.DateTimeField()

    class Meta:
        constraints = [PersonRows(name="sign_up_rows", column="id")]
        indexes = [models.Index(fields=["expires_at"], name="sign_up_expiry")]


class Access(models.Model):
    """What an organization may see of a person, and until when. The organization reads it: no row without a receiver."""

    class Scope(models.TextChoices):
        INTRODUCTION = "introduction", _("紹介のための情報")
        SELECTION = "selection", _("選考のための情報")
        PLACEMENT = "placement", _("在籍の確認のための情報")

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    candidate = models.ForeignKey(Candidate, on_delete=models.CASCADE, related_name="accesses")
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
    scope = models.CharField(max_length=14, choices=Scope)
    granted_at = models.DateTimeField()
    valid_until = models.DateTimeField()

    class Meta:
        constraints = [
            PartyRows(name="access_rows", readers=["candidate", "organization"], writers=["candidate"]),
            models.UniqueConstraint(fields=["candidate", "organization", "scope"], name="access_once"),
        ]
        indexes = [models.Index(fields=["organization", "scope", "valid_until"], name="access_of_organization")]


class Exclusion(models.Model):
    """An organization that never sees this person. Readable by the person alone: to others it is like any other limit."""

    class Reason(models.TextChoices):
        REJECTED_BY = "rejected_by", _("お見送りの連絡をした企業")
        NAMED = "named", _("ご本人が指定")

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    candidate = models.ForeignKey(Candidate, on_delete=models.CASCADE, related_name="exclusions")
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=12, choices=Reason)
    since = models.DateTimeField()

    class Meta:
        constraints = [
            PersonRows(name="exclusion_rows"),
            models.UniqueConstraint(fields=["candidate", "organization"], name="exclusion_once"),
        ]
