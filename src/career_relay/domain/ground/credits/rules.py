"""What an entry moves, and when a slot is due. Pure: numbers in, numbers out.

Nothing here knows of hires: whether a referred person is hired elsewhere can't be an input.
"""

from __future__ import annotations

import datetime as dt
import typing

from career_relay.domain.ground.credits.models import Posting
from career_relay.domain.ground.credits.sql import Leg

if typing.TYPE_CHECKING:
    import collections.abc

_A, _U = Posting.Account, Posting.Unit

COUNT: typing.Final = (Leg(_A.NETWORK, _U.REFERRAL, -1), Leg(_A.BALANCE, _U.REFERRAL, 1))


def conversion(threshold: int) -> tuple[Leg, ...]:
    """Return the legs that turn `threshold` referrals into one slot."""
    return (
        Leg(_A.BALANCE, _U.REFERRAL, -threshold),
        Leg(_A.CONVERTED, _U.REFERRAL, threshold),
        Leg(_A.NETWORK, _U.SLOT, -1),
        Leg(_A.AVAILABLE, _U.SLOT, 1),
    )


def reversal(legs: collections.abc.Iterable[Leg]) -> tuple[Leg, ...]:
    """Return the legs that take the given ones back."""
    return tuple(leg._replace(amount=-leg.amount) for leg in legs)


def slots_due(balance: int, threshold: int) -> int:
    """Return how many slots the balance pays for: none while it is owed (negative), several after a lower threshold."""
    return max(0, balance // threshold)


def usable_from(granted_at: dt.datetime, hold_days: int) -> dt.datetime:
    """Return when a slot granted then may be used: the days between are the window in which fraud shows."""
    return granted_at + dt.timedelta(days=hold_days)
