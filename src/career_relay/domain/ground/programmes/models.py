from __future__ import annotations

import datetime as dt
import typing
import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from career_relay.domain.ground.accounts.models import User
from career_relay.domain.ground.organizations.models import Organization
from career_relay.kernel import ids
from career_relay.kernel.tenancy.rows import AppendOnly, TenantRows

# The programme and the policy that migration 0002 plants.
DEFAULT_PROGRAMME_ID: typing.Final = uuid.UUID("0190a1b2-0000-7000-8000-00000000ca01")
FIRST_POLICY_ID: typing.Final = uuid.UUID("0190a1b2-0000-7000-8000-00000000ca02")


class Programme(models.Model):
    """One exchange with its own rules; organizations join it. A region or an industry may run its own."""

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    slug = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=80)

    def __str__(self) -> str:
        return self.name


class PolicyVersion(models.Model):
    """The rules of a programme from a moment on. Never changed, only followed by another; entries keep theirs.

    The defaults are the product's: a programme that says nothing runs by them.
    """

    class CountEvent(models.TextChoices):
        CONFIRMED_CONSENTED = "confirmed_consented", _("本人の登録・メール確認・紹介への同意がそろったとき")
        ACCEPTED_BY_AGENCY = "accepted_by_agency", _("紹介会社が担当を引き受けたとき")
        INTRODUCED = "introduced", _("紹介会社が推薦したとき")

    class SlotDelivers(models.TextChoices):
        FEE_WAIVED = "fee_waived", _("1 名の紹介。採用時の手数料なし")
        GUARANTEED_INTERVIEW = "guaranteed_interview", _("1 名との面接を確約")

    class Pooling(models.TextChoices):
        NONE = "none", _("しない")
        GROUP = "group", _("同じグループで合算する")

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="policy_versions")
    version = models.PositiveIntegerField()
    effective_from = models.DateTimeField()
    published_by = models.CharField(max_length=60)
    published_at = models.DateTimeField()

    threshold = models.PositiveSmallIntegerField(_("1 枠に必要な紹介の数"), default=10)
    count_event = models.CharField(
        _("1 人と数えるとき"), max_length=20, choices=CountEvent, default=CountEvent.CONFIRMED_CONSENTED
    )
    same_person_months = models.PositiveSmallIntegerField(_("同じ方を数えない月数"), default=12)
    counts_person_known_to_network = models.BooleanField(_("ほかの企業から登録済みの方も数える"), default=True)
    count_hold_days = models.PositiveSmallIntegerField(_("数えるまでの保留日数"), default=0)
    slot_hold_days = models.PositiveSmallIntegerField(_("枠が使えるまでの日数"), default=7)
    reviews_own_domain = models.BooleanField(_("自社ドメインのアドレスを確認に回す"), default=True)
    reviews_members = models.BooleanField(_("自社メンバーのアドレスを確認に回す"), default=True)
    reviews_test_addresses = models.BooleanField(_("テスト用のアドレスを確認に回す"), default=True)
    reviews_disposable_domains = models.BooleanField(_("使い捨てのアドレスを確認に回す"), default=True)
    burst_per_hour = models.PositiveSmallIntegerField(_("1 時間にこの数を超えたら確認に回す"), default=30)
    slot_delivers = models.CharField(
        _("枠で受けられるもの"), max_length=24, choices=SlotDelivers, default=SlotDelivers.FEE_WAIVED
    )
    slot_expiry_months = models.PositiveSmallIntegerField(_("枠の期限（月）"), null=True, blank=True)
    returns_slot_of_early_leaver = models.BooleanField(_("早期退職のとき枠を戻す"), default=False)
    pooling = models.CharField(_("紹介の合算"), max_length=8, choices=Pooling, default=Pooling.NONE)
    agency_accept_days = models.PositiveSmallIntegerField(_("紹介会社が引き受けるまでの営業日数"), default=2)
    agency_contact_days = models.PositiveSmallIntegerField(_("紹介会社が初回連絡するまでの営業日数"), default=3)
    agencies_at_once = models.PositiveSmallIntegerField(_("1 人を同時に担当する紹介会社の数"), default=1)
    agency_late_days = models.PositiveSmallIntegerField(
        _("初回連絡が遅れた方を別の会社に移すまでの営業日数"), default=2
    )
    introduction_answer_days = models.PositiveSmallIntegerField(
        _("ご本人が求人の案内に答えるまでの営業日数"), default=5
    )
    introduction_owner_months = models.PositiveSmallIntegerField(
        _("ほかの紹介会社が同じ方を同じ企業に推薦できない月数"), default=6
    )
    slot_search_days = models.PositiveSmallIntegerField(_("枠で合う方を探す日数"), default=30)
    free_placements_enter_fee_average = models.BooleanField(_("枠による成約を手数料の平均に入れる"), default=False)
    notice_limit_days = models.PositiveSmallIntegerField(_("結果を知らせるまでの営業日数"), default=3)
    quiet_from = models.TimeField(_("送信を休む時間の始まり"), null=True, blank=True, default=dt.time(19))
    quiet_until = models.TimeField(_("送信を休む時間の終わり"), null=True, blank=True, default=dt.time(8))
    send_delay_seconds = models.PositiveIntegerField(_("送信までに待つ秒数"), default=900)
    sends_next_working_day_at = models.TimeField(_("翌営業日に送る時刻"), null=True, blank=True, default=dt.time(10))
    reapply_wait_months = models.PositiveSmallIntegerField(_("再応募までの月数"), default=6)
    personal_link_days = models.PositiveSmallIntegerField(_("個別リンクの有効日数"), default=180)
    small_group = models.PositiveSmallIntegerField(_("人数を隠す境目"), default=5)
    smallest_ratio_base = models.PositiveSmallIntegerField(_("割合を出す最少人数"), default=10)

    class Meta:
        constraints = [
            AppendOnly(name="policy_append_only"),
            models.UniqueConstraint(fields=["programme", "version"], name="policy_version"),
            models.UniqueConstraint(fields=["programme", "effective_from"], name="policy_effective_from"),
            models.CheckConstraint(condition=models.Q(threshold__gte=1), name="policy_threshold"),
            models.CheckConstraint(condition=models.Q(small_group__range=(3, 20)), name="policy_small_group"),
        ]


class Participation(models.Model):
    """An organization accepted one version of the terms, by a named person. The highest version is what holds."""

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="participations")
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="participations")
    terms_version = models.PositiveSmallIntegerField()
    terms_hash = models.CharField(max_length=64)
    accepted_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    joined_at = models.DateTimeField()

    class Meta:
        constraints = [
            TenantRows(name="participation_rows"),
            AppendOnly(name="participation_append_only"),
            models.UniqueConstraint(
                fields=["organization", "programme", "terms_version"], name="participation_once_per_terms"
            ),
        ]
