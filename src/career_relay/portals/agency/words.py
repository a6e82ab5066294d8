"""What an agency's pages say in words: how much time is left, which number is dialled."""

from __future__ import annotations

import datetime as dt
import typing

from django.utils.translation import gettext as _

HOUR: typing.Final = dt.timedelta(hours=1)
DAY: typing.Final = dt.timedelta(days=1)
HOME: typing.Final = "+81"


def time_left(until: dt.datetime | None, now: dt.datetime) -> str:
    """Return how long it is until a moment, in whole hours or days; nothing when it has passed."""
    if until is None or until <= now:
        return ""
    left = until - now
    if left < HOUR:
        return _("あと 1 時間以内")
    if left < DAY:
        return _("あと %(n)d 時間") % {"n": left // HOUR}
    return _("あと %(n)d 日") % {"n": left // DAY}


def overdue(on: dt.date, today: dt.date) -> str:
    """Return by how many days a day for doing something has passed; nothing on the day itself and before."""
    return _("期限を %(n)d 日過ぎています") % {"n": (today - on).days} if on < today else ""


def phone(number: str) -> str:
    """Write a kept number as it is dialled in Japan; numbers of other countries stay as they are."""
    return f"0{number.removeprefix(HOME)}" if number.startswith(HOME) else number
