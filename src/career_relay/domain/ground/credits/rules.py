"""What an entry moves, and when a slot is due. Pure: numbers in, numbers out.

Counting knows of no hires: whether a referred person is hired elsewhere can't be an input.
"""

from __future__ import annotations

import datetime as dt
import typing

from django.utils.translation import gettext_lazy as _

from career_relay.domain.ground.credits.models import Posting, Slot
from career_relay.domain.ground.credits.sql import Leg

if typing.TYPE_CHECKING:
    import collections.abc

    from django.utils.functional import _StrPromise

_A, _U = Posting.Account, Posting.Unit

COUNT: typing.Final = (Leg(_A.NETWORK, _U.REFERRAL, -1), Leg(_A.BALANCE, _U.REFERRAL, 1))

RESERVATION: typing.Final = (Leg(_A.AVAILABLE, _U.SLOT, -1), Leg(_A.RESERVED, _U.SLOT, 1))
USE: typing.Final = (Leg(_A.RESERVED, _U.SLOT, -1), Leg(_A.USED, _U.SLOT, 1))
_FROM_RESERVED: typing.Final = (Leg(_A.RESERVED, _U.SLOT, -1), Leg(_A.AVAILABLE, _U.SLOT, 1))
_FROM_USED: typing.Final = (Leg(_A.USED, _U.SLOT, -1), Leg(_A.AVAILABLE, _U.SLOT, 1))
RETURN_FROM: typing.Final[dict[str, tuple[Leg, ...]]] = {
    Slot.State.RESERVED: _FROM_RESERVED,
    Slot.State.INTRODUCED: _FROM_RESERVED,
    Slot.State.USED: _FROM_USED,
}
RETURNS: typing.Final[dict[str, _StrPromise]] = {
    "nobody": _("合う方がいなかった"),
    "withdrawn": _("依頼を取り下げた"),
    "not_started": _("入社に至らなかった"),
    "left_early": _("早期に退職した"),
}


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
