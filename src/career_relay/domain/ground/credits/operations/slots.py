"""What becomes of a slot: reserved for a request, introduced by, used by a hire, or given back.

The caller acts as the employer. Each holds the holder first, as everything that posts; each is done once for its key.
"""

from __future__ import annotations

import typing

from career_relay.capabilities.facts import operations as facts
from career_relay.domain.ground.credits import queries, rules, sql
from career_relay.domain.ground.credits.models import Entry, Holder, Slot
from career_relay.domain.ground.credits.operations import counting, errors
from career_relay.domain.ground.programmes import queries as programmes

if typing.TYPE_CHECKING:
    import datetime as dt
    import uuid

    from career_relay.kernel import actors

_FACTS: typing.Final[dict[str, str]] = {
    Entry.Kind.RESERVATION: "slot.reserved",
    Entry.Kind.USE: "slot.used",
    Entry.Kind.RETURN: "slot.returned",
}
_State: typing.TypeAlias = Slot.State


def reserve(
    *, organization_id: uuid.UUID, programme_id: uuid.UUID, key: uuid.UUID, actor: actors.Actor, now: dt.datetime
) -> Slot:
    """Keep the oldest usable slot for a request, whose id is the key. Raises UnableToReserveSlot."""
    holder = counting.lock_holder(organization_id=organization_id, programme_id=programme_id)
    before = queries.slot_moved(holder, Entry.Kind.RESERVATION, key)
    if before is not None:
        return before
    free = Slot.objects.filter(organization_id=organization_id, holder=holder, state=_State.AVAILABLE)
    slot = free.filter(usable_from__lte=now).order_by("ordinal").first()
    if slot is None:
        raise errors.UnableToReserveSlot
    _post(holder, slot, _entry(Entry.Kind.RESERVATION, key, actor, now), rules.RESERVATION, actor)
    return _move(slot, _State.RESERVED)


def introduce(*, organization_id: uuid.UUID, slot_id: uuid.UUID, now: dt.datetime) -> Slot:
    """Mark a reserved slot as the one that somebody was introduced by. Raises UnableToFindSlot, UnableToMoveSlot."""
    return _shift(organization_id, slot_id, _State.RESERVED, _State.INTRODUCED)


def release(*, organization_id: uuid.UUID, slot_id: uuid.UUID, now: dt.datetime) -> Slot:
    """Keep the slot for the next, because it came to nothing with this one. Raises UnableToFindSlot, UnableToMoveSlot."""
    return _shift(organization_id, slot_id, _State.INTRODUCED, _State.RESERVED)


def use(
    *, organization_id: uuid.UUID, slot_id: uuid.UUID, key: uuid.UUID, actor: actors.Actor, now: dt.datetime
) -> Slot:
    """Pay with the slot for who was introduced by it and hired; the key is their placement.

    Raises UnableToFindSlot, UnableToMoveSlot.
    """
    holder, slot = _held(organization_id, slot_id)
    if queries.slot_moved(holder, Entry.Kind.USE, key) is not None:
        return slot
    if slot.state != _State.INTRODUCED:
        raise _elsewhere(slot)
    _post(holder, slot, _entry(Entry.Kind.USE, key, actor, now), rules.USE, actor)
    return _move(slot, _State.USED)


def give_back(
    *,
    organization_id: uuid.UUID,
    slot_id: uuid.UUID,
    key: uuid.UUID,
    reason: str,
    actor: actors.Actor,
    now: dt.datetime,
) -> Slot:
    """Make a slot available again, for one of `rules.RETURNS`; the key is the request or the placement that ended.

    Raises UnableToFindSlot, UnableToMoveSlot.
    """
    holder, slot = _held(organization_id, slot_id)
    if queries.slot_moved(holder, Entry.Kind.RETURN, key) is not None:
        return slot
    if slot.state not in rules.RETURN_FROM:
        raise _elsewhere(slot)
    entry = _entry(Entry.Kind.RETURN, key, actor, now)
    entry.reason = reason
    _post(holder, slot, entry, rules.RETURN_FROM[slot.state], actor)
    return _move(slot, _State.AVAILABLE)


def _shift(organization_id: uuid.UUID, slot_id: uuid.UUID, before: Slot.State, after: Slot.State) -> Slot:
    """Change the state where the ledger has nothing to tell: to its accounts both are the same."""
    _holder, slot = _held(organization_id, slot_id)
    if slot.state == after:
        return slot
    if slot.state != before:
        raise _elsewhere(slot)
    return _move(slot, after)


def _held(organization_id: uuid.UUID, slot_id: uuid.UUID) -> tuple[Holder, Slot]:
    """Return the slot and its holder, who is locked before the slot is read."""
    granted = Slot.objects.filter(organization_id=organization_id, pk=slot_id)
    programme_id = granted.values_list("holder__programme_id", flat=True).first()
    if programme_id is None:
        raise errors.UnableToFindSlot
    holder = counting.lock_holder(organization_id=organization_id, programme_id=programme_id)
    return holder, granted.get()


def _entry(kind: Entry.Kind, key: uuid.UUID, actor: actors.Actor, now: dt.datetime) -> Entry:
    return Entry(kind=kind, natural_key=str(key), actor=str(counting.unnamed(actor=actor)), occurred_at=now)


def _post(holder: Holder, slot: Slot, entry: Entry, legs: tuple[sql.Leg, ...], actor: actors.Actor) -> None:
    entry.origin_id = slot.lot_id
    entry.policy_version_id = programmes.policy_at(holder.programme_id, entry.occurred_at).pk
    sql.post(holder, entry, legs)
    told: dict[str, typing.Any] = {"reason": entry.reason} if entry.kind == Entry.Kind.RETURN else {}
    facts.record(
        _FACTS[entry.kind],
        actor=counting.unnamed(actor=actor),
        occurred_at=entry.occurred_at,
        organization=holder.organization_id,
        subject=slot.pk,
        ordinal=slot.ordinal,
        **told,
    )


def _move(slot: Slot, state: Slot.State) -> Slot:
    slot.state = state
    slot.save(update_fields=["state"])
    return slot


def _elsewhere(slot: Slot) -> errors.UnableToMoveSlot:
    return errors.UnableToMoveSlot(ordinal=slot.ordinal, state=str(slot.get_state_display()))
