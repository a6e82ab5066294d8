from __future__ import annotations

import uuid

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.utils.translation import gettext_lazy as _

from career_relay.domain.ground.organizations.models import Organization
from career_relay.domain.ground.programmes.models import PolicyVersion, Programme
from career_relay.domain.hiring.links.models import RelayLink
from career_relay.domain.people.candidates.models import Candidate
from career_relay.kernel.tenancy.rows import PersonRows, SameTenant, TenantRows


class BlockedPeriod(models.Func):
    function = "TSTZRANGE"
    output_field = DateTimeRangeField()


def once_per_window(name: str, key: str) -> ExclusionConstraint:
    """Refuse a second counted referral with the same key for one employer while the first one's window lasts."""
    return ExclusionConstraint(
        name=name,
        expressions=[
            ("organization", RangeOperators.EQUAL),
            ("programme", RangeOperators.EQUAL),
            (key, RangeOperators.EQUAL),
            (BlockedPeriod("counted_at", "blocks_until"), RangeOperators.OVERLAPS),
        ],
        condition=models.Q(state="counted"),
    )


class Registration(models.Model):
    """A person came through a link. This row alone ties the two streams, and only the person can read it.

    It has the id of the sign-up it was confirmed from, so that a second confirmation finds the first.
    """

    class Source(models.TextChoices):
        REJECTED = "rejected", _("お見送り")
        WITHDREW = "withdrew", _("辞退")
        LEAVER = "leaver", _("退職")
        ALUMNI = "alumni", _("元社員")

    id = models.UUIDField(primary_key=True, editable=False)
    candidate = models.ForeignKey(Candidate, on_delete=models.PROTECT, related_name="registrations")
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
    link = models.ForeignKey(RelayLink, on_delete=models.PROTECT, related_name="+")
    source_type = models.CharField(max_length=10, choices=Source, default=Source.REJECTED)
    registered_at = models.DateTimeField()

    class Meta:
        constraints = [
            PersonRows(name="registration_rows"),
            SameTenant(name="registration_same_tenant", field="link"),
        ]
        indexes = [models.Index(fields=["organization", "link"], name="registration_by_link")]


class Referral(models.Model):
    """What a registration means to the employer's credit, and why.

    It knows the person by keyed hashes alone, made for this one employer: of the person's id, of the address, of the
    mailbox behind it, and of the phone. They outlive erasure and say nothing to anybody without the key. The id is
    random, because the ledger repeats it and the usual kind tells the millisecond.
    """

    class State(models.TextChoices):
        COUNTED = "counted", _("カウント済")
        REVIEW = "review", _("要確認")
        NOT_COUNTED = "not_counted", _("対象外")
        VOID = "void", _("無効")

    class Reason(models.TextChoices):
        NONE = "", _("条件を満たしました")
        SAME_PERSON = "same_person", _("同じ方の登録が、すでに数えられています")
        KNOWN_TO_NETWORK = "known_to_network", _("ほかの企業からすでに登録している方です")
        NO_INTRODUCTION_CONSENT = "no_introduction_consent", _("紹介会社による紹介への同意がありません")
        NOT_REJECTED = "not_rejected", _("お見送り以外の方の登録です")
        PROBABLY_SAME_PERSON = "probably_same_person", _("同じ方の可能性があります")
        SHARED_LINK = "shared_link", _("1 人のための個別リンクから、別の方がすでに登録しています")
        OWN_DOMAIN = "own_domain", _("自社のメールアドレスからの登録です")
        MEMBER = "member", _("自社のメンバー（以前の方を含む）の登録です")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="+")
    registration_id = models.UUIDField(unique=True)
    person_key = models.BinaryField(max_length=32)
    address_key = models.BinaryField(max_length=32)
    mailbox_key = models.BinaryField(max_length=32)
    phone_key = models.BinaryField(max_length=32, null=True)
    state = models.CharField(max_length=12, choices=State)
    reason = models.CharField(max_length=24, choices=Reason, blank=True)
    policy_version = models.ForeignKey(PolicyVersion, on_delete=models.PROTECT, related_name="+")
    counted_at = models.DateTimeField()
    blocks_until = models.DateTimeField()

    class Meta:
        constraints = [
            TenantRows(name="referral_rows"),
            once_per_window("referral_person_once_per_window", "person_key"),
            once_per_window("referral_address_once_per_window", "address_key"),
            models.CheckConstraint(
                name="referral_reason_told",
                condition=models.Q(state="counted", reason="") | (~models.Q(state="counted") & ~models.Q(reason="")),
            ),
        ]
        indexes = [
            models.Index(fields=["organization", "-counted_at"], name="referral_latest"),
            models.Index(fields=["organization", "person_key"], name="referral_person"),
            models.Index(fields=["organization", "address_key"], name="referral_address"),
            models.Index(fields=["organization", "mailbox_key"], name="referral_mailbox"),
            models.Index(fields=["organization", "phone_key"], name="referral_phone"),
        ]
