"""How a stage of an introduction or of a placement is shown to an employer."""

from __future__ import annotations

import typing

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from career_relay.domain.people.introductions.models import ENDED, Introduction
from career_relay.domain.people.placements.models import Placement

if typing.TYPE_CHECKING:
    import datetime as dt

    from django.utils.functional import _StrPromise

    from career_relay.design.shapes import Tone
    from career_relay.domain.people.introductions import queries

HOME: typing.Final = "+81"
_GOOD: typing.Final = (Introduction.State.OFFERED, Introduction.State.ACCEPTED, Introduction.State.JOINED)
PLACEMENTS: typing.Final[dict[str, Tone]] = {
    Placement.State.AGREED: "info",
    Placement.State.JOINED: "positive",
    Placement.State.NOT_STARTED: "neutral",
    Placement.State.LEFT: "neutral",
}
WAITS: typing.Final[dict[str, _StrPromise]] = {
    "person": gettext_lazy("ご本人の返事待ち"),
    "employer": gettext_lazy("貴社の対応待ち"),
    "agency": gettext_lazy("紹介会社の対応待ち"),
}


def tone(state: str) -> Tone:
    """Return the colour of a stage."""
    if state in _GOOD:
        return "positive"
    return "neutral" if state in ENDED else "info"


def waits(line: queries.Line) -> str:
    """Return what it waits for: an interview to come, or whose turn it is; nothing when it is nobody's."""
    if line.interview_at:
        return interview(line.interview_at)
    return str(WAITS.get(line.waits_for, ""))


def interview(at: dt.datetime) -> str:
    """Say when the interview is."""
    local = timezone.localtime(at)
    return _("面接の予定：%(at)s") % {"at": f"{local.month}/{local.day} {local:%H:%M}"}


def yen(amount: int | None) -> str:
    """Write an amount of money; a missing one as a dash."""
    return "―" if amount is None else _("%(n)s 円") % {"n": f"{amount:,}".replace("-", "−")}


def ten_thousands(amount: int) -> str:
    """Write a yearly salary as people say it, to the yen."""
    whole, rest = divmod(amount, 10_000)
    if not rest:
        return _("%(n)s 万円") % {"n": f"{whole:,}"}
    return _("%(n)s 万 %(rest)s 円") % {"n": f"{whole:,}", "rest": f"{rest:,}"}


def phone(number: str) -> str:
    """Write a kept number as it is dialled in Japan; numbers of other countries stay as they are."""
    return f"0{number.removeprefix(HOME)}" if number.startswith(HOME) else number
