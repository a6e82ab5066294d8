from __future__ import annotations

import dataclasses
import typing

from career_relay.capabilities.facts import operations as facts
from career_relay.domain.ground.credits import queries, rules, sql
from career_relay.domain.ground.credits.models import LONGEST_REASON, Entry, Holder, Slot
from career_relay.domain.ground.credits.operations import errors
from career_relay.kernel import actors, clock

if typing.TYPE_CHECKING:
    import datetime as dt
    import uuid

    from career_relay.domain.ground.programmes.models import PolicyVersion


@dataclasses.dataclass(frozen=True, slots=True)
class Counted:
    """A referral in the ledger: how many are counted with it, and the slots it completed.

    A count completes more than one slot only when a newer policy has lowered the threshold.
    """

    number: int
    entry_id: uuid.UUID
    slots: tuple[Slot, ...]

    @property
    def slot(self) -> Slot | None:
        """The slot that came of it, the first of several, or None."""
        return self.slots[0] if self.slots else None


@dataclasses.dataclass(frozen=True, slots=True)
class Reversed:
    """A count taken back, and the balance it left, which may be negative."""

    entry_id: uuid.UUID
    balance: int


def lock_holder(*, organization_id: uuid.UUID, programme_id: uuid.UUID) -> Holder:
    """Lock the employer's counters until the transaction ends, making them at first use.

    Whoever may post calls this before anything else, the check for duplicates included: only then do counts of one
    employer stand in a queue, and slots get their ordinals without gap or double.
    """
    holder = sql.lock(organization_id, programme_id)
    while holder is None:
        Holder.objects.bulk_create(
            [Holder(organization_id=organization_id, programme_id=programme_id)], ignore_conflicts=True
        )
        holder = sql.lock(organization_id, programme_id)
    return holder


def count(*, holder: Holder, policy: PolicyVersion, natural_key: str, actor: actors.Actor, now: dt.datetime) -> Counted:
    """Count one referral, and grant what it completes in the same transaction.

    `natural_key` names the business event (the referral's id). Counting it again, even after a reversal, returns the
    first result and changes nothing. `holder` comes from `lock_holder` in this transaction.
    """
    entry = Entry(
        kind=Entry.Kind.COUNT,
        natural_key=natural_key,
        policy_version_id=policy.pk,
        actor=str(unnamed(actor=actor)),
        occurred_at=now,
    )
    if not sql.post(holder, entry, rules.COUNT):
        return _counted_before(holder, natural_key)
    number = holder.counted
    due = rules.slots_due(holder.balance, policy.threshold)
    slots = tuple(_grant(holder, policy, entry, now) for _slot in range(due))
    return Counted(number=number, entry_id=entry.pk, slots=slots)


def reverse(
    *,
    holder: Holder,
    entry_id: uuid.UUID,
    reason: str,
    actor: actors.Actor,
    second_actor: actors.Actor,
    now: dt.datetime,
) -> Reversed:
    """Take a count back because it was fraud or a proven duplicate; two people answer for it.

    The balance may fall below zero, and no slot is granted until it has recovered. Slots stay as they are, a used one
    above all. The reversal keeps the policy of the count it takes back. `holder` comes from `lock_holder`.
    Raises UnableToReverseWithoutReason, UnableToReverseAlone, UnableToReverseEntry, UnableToReverseTwice.
    """
    reason = reason.strip()
    if not 0 < len(reason) <= LONGEST_REASON:
        raise errors.UnableToReverseWithoutReason
    if actor == second_actor or {actor.kind, second_actor.kind} != {"user"}:
        raise errors.UnableToReverseAlone
    counted = Entry.objects.filter(organization_id=holder.organization_id, holder=holder, pk=entry_id).first()
    if counted is None or counted.kind != Entry.Kind.COUNT:
        raise errors.UnableToReverseEntry
    entry = Entry(
        kind=Entry.Kind.REVERSAL,
        natural_key=str(counted.pk),
        origin_id=counted.pk,
        policy_version_id=counted.policy_version_id,
        reason=reason,
        actor=str(actor),
        second_actor=str(second_actor),
        occurred_at=now,
    )
    if not sql.post(holder, entry, rules.reversal(rules.COUNT)):
        raise errors.UnableToReverseTwice(number=counted.number)
    facts.record(
        "credit.reversed",
        actor=actor,
        occurred_at=now,
        organization=holder.organization_id,
        subject=entry.pk,
        day=clock.day_in_japan(now).isoformat(),
    )
    return Reversed(entry_id=entry.pk, balance=holder.balance)


def unnamed(*, actor: actors.Actor) -> actors.Actor:
    """Name staff, but of a candidate only that it was one: the employer's ledger never tells who registered."""
    return actors.Actor("candidate") if actor.kind == "candidate" else actor


def _grant(holder: Holder, policy: PolicyVersion, counted: Entry, now: dt.datetime) -> Slot:
    ordinal = holder.slots + 1
    lot = Entry(
        kind=Entry.Kind.CONVERSION,
        natural_key=str(ordinal),
        origin_id=counted.pk,
        policy_version_id=policy.pk,
        actor=str(actors.SYSTEM),
        occurred_at=now,
    )
    sql.post(holder, lot, rules.conversion(policy.threshold))
    slot = Slot.objects.create(
        organization_id=holder.organization_id,
        holder=holder,
        lot_id=lot.pk,
        ordinal=ordinal,
        granted_at=now,
        usable_from=rules.usable_from(now, policy.slot_hold_days),
    )
    facts.record(
        "slot.granted",
        actor=actors.SYSTEM,
        occurred_at=clock.start_of_day_in_japan(clock.day_in_japan(now)),  # the hour would point to the tenth person
        organization=holder.organization_id,
        subject=slot.pk,
        ordinal=ordinal,
        usable_from=clock.day_in_japan(slot.usable_from).isoformat(),
    )
    return slot


def _counted_before(holder: Holder, natural_key: str) -> Counted:
    entry = queries.count_entry(holder, natural_key)
    return Counted(
        number=queries.counted_up_to(entry), entry_id=entry.pk, slots=tuple(queries.slots_completed_by(entry))
    )
