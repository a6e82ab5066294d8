from __future__ import annotations

import math
import typing

from django.db.models import F
from django.utils.translation import gettext as _

from career_relay.capabilities.crypto import keys
from career_relay.capabilities.limits import models, sql
from career_relay.kernel.errors import DomainError

if typing.TYPE_CHECKING:
    import datetime as dt


class TooManyTries(DomainError):
    """The same thing was tried too often; `retry_after` says in how many seconds it may be tried again."""

    code = "TOO_MANY_TRIES"
    status = 429
    permanent = False

    def __init__(self, *, retry_after: int) -> None:
        minutes = math.ceil(retry_after / 60)
        words = _(
            "短い時間に何度も操作されたため、いったん受け付けを止めています。約%(minutes)d分後にもう一度お試しください。"
        )
        super().__init__(words % {"minutes": minutes}, retry_after=retry_after)
        self.retry_after = retry_after


def take(*, action: str, subject: str, limit: int, per: dt.timedelta, now: dt.datetime) -> None:
    """Count one try of `action` by `subject` (an address, a network, a session), so that guessing does not pay.

    The window opens with the first try and lasts `per`. Of the subject only a keyed hash is kept. The count is
    committed on a connection of its own: a request that is rolled back has still tried.
    Raises TooManyTries for every try after the first `limit` of a window.
    """
    tries, ends_at = sql.count(_key(action, subject, per), now=now, ends_at=now + per)
    if tries > limit:
        raise TooManyTries(retry_after=max(1, math.ceil((ends_at - now).total_seconds())))


def give_back(*, action: str, subject: str, per: dt.timedelta, now: dt.datetime) -> None:
    """Take one try out of the count, because it turned out to be no guess: a sign-in that succeeded.

    Only the one: what was tried before it stays counted, so knowing one password buys no tries at others.
    """
    window = models.Window.objects.using(sql.CONNECTION).filter(key=_key(action, subject, per), ends_at__gt=now)
    window.filter(count__gt=0).update(count=F("count") - 1)


def forget_ended(*, now: dt.datetime) -> int:
    """Delete the windows that are over, since nothing asks for them any more, and return how many there were."""
    deleted, _per_model = models.Window.objects.using(sql.CONNECTION).filter(ends_at__lte=now).delete()
    return deleted


def _key(action: str, subject: str, per: dt.timedelta) -> bytes:
    return keys.keyed_hash(f"limit:{action}:{per.total_seconds():.0f}", subject)
