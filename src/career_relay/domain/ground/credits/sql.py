"""The two statements that every count waits for: lock the counters; post an entry, its postings and the counters at once.

In SQL because from the first on others wait, and the ORM would take most of that time.
"""

from __future__ import annotations

import functools
import typing

from django.db import connection

from career_relay.domain.ground.credits.models import Entry, Holder, Posting
from career_relay.kernel import ids

if typing.TYPE_CHECKING:
    import uuid

_LOCK = """
    SELECT id, counted, converted, slots, entries FROM credits_holder
    WHERE organization_id = %s AND programme_id = %s FOR NO KEY UPDATE
"""
# The function is in migration 0003.
_POST = "SELECT * FROM credits_post(%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, ARRAY[{ids}], {legs}, {moves})"


class Leg(typing.NamedTuple):
    """A posting before it is written."""

    account: Posting.Account
    unit: Posting.Unit
    amount: int


def lock(organization_id: uuid.UUID, programme_id: uuid.UUID) -> Holder | None:
    """Lock the employer's counters until the transaction ends; None when it has none yet."""
    with connection.cursor() as cursor:
        cursor.execute(_LOCK, [organization_id, programme_id])
        found = cursor.fetchone()
    if found is None:
        return None
    identifier, counted, converted, slots, entries = found
    return Holder(
        id=identifier,
        organization_id=organization_id,
        programme_id=programme_id,
        counted=counted,
        converted=converted,
        slots=slots,
        entries=entries,
    )


def post(holder: Holder, entry: Entry, legs: tuple[Leg, ...]) -> bool:
    """Write the entry with its legs and move the counters of the holder, which the caller has locked.

    Returns False, and changes nothing, when an entry of that kind and natural key is there already.
    """
    values: list[typing.Any] = [
        entry.pk,
        holder.organization_id,
        holder.pk,
        entry.kind,
        entry.natural_key,
        entry.origin_id,
        entry.policy_version_id,
        entry.reason,
        entry.actor,
        entry.second_actor,
        entry.occurred_at,
    ]
    with connection.cursor() as cursor:
        cursor.execute(_statement(legs), values + [ids.new() for _leg in legs])
        moved = cursor.fetchone()
    if moved[0] is None:
        return False
    entry.number, holder.counted, holder.converted, holder.slots = moved
    holder.entries = entry.number
    return True


@functools.lru_cache
def _statement(legs: tuple[Leg, ...]) -> str:
    columns = [",".join(map(str, column)) for column in zip(*legs, strict=True)]
    moves = (
        -_total(legs, Posting.Account.NETWORK, Posting.Unit.REFERRAL),
        _total(legs, Posting.Account.CONVERTED, Posting.Unit.REFERRAL),
        -_total(legs, Posting.Account.NETWORK, Posting.Unit.SLOT),
    )
    return _POST.format(
        ids=", ".join(["%s"] * len(legs)),
        legs=", ".join(f"'{{{column}}}'" for column in columns),
        moves=", ".join(map(str, moves)),
    )


def _total(legs: tuple[Leg, ...], account: Posting.Account, unit: Posting.Unit) -> int:
    return sum(leg.amount for leg in legs if (leg.account, leg.unit) == (account, unit))
