"""Reads of the ledger: where an employer stands, its slots, and a statement that says why each line is there.

Whatever an employer reads here carries the day only, never a moment, a link or a registration.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import typing

from django.db.models import Count, Exists, Min, OuterRef, Q, Sum
from django.db.models.functions import Coalesce
from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from career_relay.domain.ground.credits import rules
from career_relay.domain.ground.credits.models import Entry, Holder, Posting, Slot
from career_relay.domain.ground.programmes import queries as programmes
from career_relay.kernel import clock
from career_relay.kernel.tenancy import gate

if typing.TYPE_CHECKING:
    import uuid

    from django.db.models import QuerySet
    from django.utils.functional import _StrPromise

_Kind, _Account = Entry.Kind, Posting.Account
_REFERRALS = Coalesce(Sum("postings__amount", filter=Q(postings__account=_Account.BALANCE)), 0)
_SLOTS = Coalesce(Sum("postings__amount", filter=Q(postings__account=_Account.AVAILABLE)), 0)

_SLOT_MOVES: typing.Final[dict[str, _StrPromise]] = {
    _Kind.RESERVATION: gettext_lazy("紹介を依頼するために、第 %(ordinal)s 枠を予約しました。"),
    _Kind.USE: gettext_lazy("第 %(ordinal)s 枠で紹介された方が入社したため、枠を使いました。手数料は 0 円です。"),
    _Kind.RETURN: gettext_lazy("第 %(ordinal)s 枠が戻り、また使えるようになりました。理由：%(reason)s"),
}


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where an employer stands now. `remainder` is carried over; below zero it is owed after a reversal."""

    counted: int
    remainder: int
    threshold: int
    slots_total: int
    slots_available: int
    slots_on_hold: int
    slots_reserved: int
    slots_introduced: int
    slots_used: int
    next_usable_from: dt.datetime | None

    @property
    def missing(self) -> int:
        """How many more counts bring the next slot. At least one: a new policy alone grants nothing."""
        return max(1, self.threshold - self.remainder)

    @property
    def filled(self) -> int:
        """How many of the threshold's places are taken, for a picture of the way to the next slot."""
        return max(0, self.threshold - self.missing)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class SlotLine:
    """One slot as its employer sees it."""

    slot_id: uuid.UUID
    ordinal: int
    state: str
    text: str
    granted_on: dt.date
    usable_on: dt.date
    is_on_hold: bool


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class StatementLine:
    """One entry as its employer sees it: its number, the day, what it changed and why, and what was there after it."""

    number: int
    day: dt.date
    kind: str
    text: str
    explanation: str
    referral_change: int
    slot_change: int
    balance: int
    slots: int
    policy_version: int
    origin_number: int | None
    is_reversed: bool


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """A calendar month of the ledger in Japan; what it closes with is what the next one opens with."""

    month: dt.date
    opening: int
    opening_slots: int
    lines: tuple[StatementLine, ...]

    @property
    def closing(self) -> int:
        """The balance of referrals at the end of the month."""
        return self.lines[-1].balance if self.lines else self.opening

    @property
    def closing_slots(self) -> int:
        """The slots held at the end of the month."""
        return self.lines[-1].slots if self.lines else self.opening_slots


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """A figure that is kept otherwise than the postings say."""

    organization_id: uuid.UUID
    programme_id: uuid.UUID
    figure: str
    kept: int
    rebuilt: int


def standing(*, organization_id: uuid.UUID, programme_id: uuid.UUID, now: dt.datetime) -> Standing:
    """Return the employer's counters and slots under the policy in force; all zero before its first count."""
    holder = _holder(organization_id, programme_id) or Holder()
    is_open = Q(state=Slot.State.AVAILABLE)
    figures = Slot.objects.filter(organization_id=organization_id, holder_id=holder.pk).aggregate(
        available=Count("pk", filter=is_open & Q(usable_from__lte=now)),
        on_hold=Count("pk", filter=is_open & Q(usable_from__gt=now)),
        next=Min("usable_from", filter=is_open & Q(usable_from__gt=now)),
        reserved=Count("pk", filter=Q(state=Slot.State.RESERVED)),
        introduced=Count("pk", filter=Q(state=Slot.State.INTRODUCED)),
        used=Count("pk", filter=Q(state=Slot.State.USED)),
    )
    return Standing(
        counted=holder.counted,
        remainder=holder.balance,
        threshold=programmes.policy_at(programme_id, now).threshold,
        slots_total=holder.slots,
        slots_available=figures["available"],
        slots_on_hold=figures["on_hold"],
        slots_reserved=figures["reserved"],
        slots_introduced=figures["introduced"],
        slots_used=figures["used"],
        next_usable_from=figures["next"],
    )


def slots(*, organization_id: uuid.UUID, programme_id: uuid.UUID, now: dt.datetime) -> list[SlotLine]:
    """Return every slot ever granted to the employer, the first first."""
    granted = Slot.objects.filter(organization_id=organization_id, holder__programme_id=programme_id)
    return [_slot_line(slot, now) for slot in granted.order_by("ordinal")]


def statement(*, organization_id: uuid.UUID, programme_id: uuid.UUID, month: dt.date) -> Statement:
    """Return the ledger of the calendar month that `month` falls in, with opening, running and closing balance."""
    first = month.replace(day=1)
    begins = clock.start_of_day_in_japan(first)
    ends = clock.months_later(begins, 1)
    holder = _holder(organization_id, programme_id)
    ledger = Entry.objects.filter(organization_id=organization_id, holder=holder)
    opening = ledger.filter(occurred_at__lt=begins).aggregate(referrals=_REFERRALS, slots=_SLOTS)
    lines = _lines(ledger.filter(occurred_at__gte=begins, occurred_at__lt=ends), opening["referrals"], opening["slots"])
    return Statement(month=first, opening=opening["referrals"], opening_slots=opening["slots"], lines=tuple(lines))


def differences() -> list[Difference]:
    """Rebuild every counter of every holder from the postings and return those that are kept otherwise.

    For the operator's check of a deployment: it looks across all tenants through the gate and names nobody.
    """
    return [Difference(**found) for found in gate.rows("ledger_differences")]


def count_entry(holder: Holder, natural_key: str) -> Entry:
    """Return the entry that counted the business event."""
    return Entry.objects.get(
        organization_id=holder.organization_id, holder=holder, kind=_Kind.COUNT, natural_key=natural_key
    )


def counted_up_to(entry: Entry) -> int:
    """Return how many referrals were counted, net, when the entry had been made."""
    made = Posting.objects.filter(
        organization_id=entry.organization_id, entry__holder=entry.holder_id, entry__number__lte=entry.number
    )
    network = made.filter(account=_Account.NETWORK, unit=Posting.Unit.REFERRAL)
    return -int(network.aggregate(total=Coalesce(Sum("amount"), 0))["total"])


def slots_completed_by(entry: Entry) -> QuerySet[Slot]:
    """Return the slots that the count completed."""
    return Slot.objects.filter(organization_id=entry.organization_id, lot__origin=entry).order_by("ordinal")


def slot_moved(holder: Holder, kind: str, key: uuid.UUID) -> Slot | None:
    """Return the slot that an entry of this kind and key moved, as it is now; None when there is no such entry."""
    moved = Entry.objects.filter(organization_id=holder.organization_id, holder=holder, kind=kind, natural_key=str(key))
    return Slot.objects.filter(organization_id=holder.organization_id, lot__in=moved.values("origin")).first()


def was_used_by(organization_id: uuid.UUID, slot_id: uuid.UUID, key: uuid.UUID) -> bool:
    """Tell whether the slot was used by the placement of this key, though it may have been given back since."""
    lots = Slot.objects.filter(organization_id=organization_id, pk=slot_id).values("lot")
    return Entry.objects.filter(
        organization_id=organization_id, kind=_Kind.USE, natural_key=str(key), origin__in=lots
    ).exists()


def _holder(organization_id: uuid.UUID, programme_id: uuid.UUID) -> Holder | None:
    return Holder.objects.filter(organization_id=organization_id, programme_id=programme_id).first()


def _slot_line(slot: Slot, now: dt.datetime) -> SlotLine:
    is_on_hold = slot.state == Slot.State.AVAILABLE and slot.usable_from > now
    return SlotLine(
        slot_id=slot.pk,
        ordinal=slot.ordinal,
        state=slot.state,
        text=_("確認期間中") if is_on_hold else str(slot.get_state_display()),
        granted_on=clock.day_in_japan(slot.granted_at),
        usable_on=clock.day_in_japan(slot.usable_from),
        is_on_hold=is_on_hold,
    )


def _lines(entries: QuerySet[Entry], balance: int, held: int) -> typing.Iterator[StatementLine]:
    reversals = Entry.objects.filter(
        organization_id=OuterRef("organization_id"), origin=OuterRef("pk"), kind=_Kind.REVERSAL
    )
    told = entries.select_related("policy_version", "origin").annotate(
        referral_change=_REFERRALS, slot_change=_SLOTS, is_reversed=Exists(reversals)
    )
    for entry in sorted(told, key=lambda entry: (clock.day_in_japan(entry.occurred_at), entry.number)):
        balance += entry.referral_change
        held += entry.slot_change
        yield StatementLine(
            number=entry.number,
            day=clock.day_in_japan(entry.occurred_at),
            kind=entry.kind,
            text=str(entry.get_kind_display()),
            explanation=_explanation(entry, entry.referral_change),
            referral_change=entry.referral_change,
            slot_change=entry.slot_change,
            balance=balance,
            slots=held,
            policy_version=entry.policy_version.version,
            origin_number=entry.origin.number if entry.origin else None,
            is_reversed=entry.is_reversed,
        )


def _explanation(entry: Entry, change: int) -> str:
    if entry.origin is None:
        return _("リレーリンクからの登録、メールアドレスの確認、紹介への同意がそろったため、1 人と数えました。")
    if entry.kind == _Kind.CONVERSION:
        return _("No. %(number)d で残高が %(threshold)d 人に達したため、無料紹介枠 1 つと交換しました。") % {
            "number": entry.origin.number,
            "threshold": -change,
        }
    if entry.kind in _SLOT_MOVES:
        return _SLOT_MOVES[entry.kind] % {
            "ordinal": entry.origin.natural_key,
            "reason": rules.RETURNS.get(entry.reason, ""),
        }
    return _("No. %(number)d（%(day)s）の紹介を取り消しました。理由：%(reason)s") % {
        "number": entry.origin.number,
        "day": formats.date_format(clock.day_in_japan(entry.origin.occurred_at)),
        "reason": entry.reason,
    }
