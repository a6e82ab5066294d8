"""Licence numbers, how long a licence may run, and where an agency stands."""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
import typing

from django.utils.translation import gettext_lazy as _

from career_relay.kernel import japanese

if typing.TYPE_CHECKING:
    import collections.abc

    from django.utils.functional import _StrPromise

State: typing.TypeAlias = typing.Literal["incomplete", "waiting", "refused", "licensed", "expired", "stopped"]

FEE_CHARGING: typing.Final = "ユ"
STAGES: typing.Final = (90, 30, 7, 0)
FIRST_YEARS: typing.Final = 3
RENEWED_YEARS: typing.Final = 5
TRAINING_YEARS: typing.Final = 5

_NUMBER: typing.Final = re.compile(r"(\d\d)-?([ユム特地])-?(\d{6})")
_DASHES: typing.Final = str.maketrans(dict.fromkeys("‐‑‒–—―−ー－~〜", "-"))  # noqa: RUF001 -- the marks people type
_LABELS: typing.Final[dict[State, _StrPromise]] = {
    "incomplete": _("登録の途中"),
    "waiting": _("許可の確認待ち"),
    "refused": _("許可の差し戻し"),
    "licensed": _("受け付けできます"),
    "expired": _("許可の期限切れ"),
    "stopped": _("受け付け停止中"),
}


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class LicenceTerm:
    """A licence as far as standing goes: its number, its days, what was decided and when."""

    number: str
    state: str
    valid_from: dt.date
    valid_until: dt.date
    decided_at: dt.datetime | None = None
    reason: str = ""

    def covers(self, day: dt.date) -> bool:
        """Tell whether this licence was confirmed and holds on that day."""
        return self.state == "confirmed" and self.valid_from <= day <= self.valid_until


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """All that decides an agency's standing. `stop_reason` is None while no stop is open."""

    licences: collections.abc.Sequence[LicenceTerm] = ()
    stop_reason: str | None = None
    has_desk: bool = False
    has_office: bool = False
    fees_from: dt.date | None = None


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Whether an agency may act in the network today, and what is in the way.

    `number` and `valid_until` are those of the licence that holds, else of the last one that did. `missing` names what
    the agency still has to give: licence, desk, office, fees.
    """

    state: State
    number: str = ""
    valid_until: dt.date | None = None
    days_left: int | None = None
    missing: tuple[str, ...] = ()
    reason: str = ""

    @property
    def may_take_people(self) -> bool:
        return self.state == "licensed"

    @property
    def may_act(self) -> bool:
        return self.state == "licensed"

    @property
    def text(self) -> str:
        return str(_LABELS[self.state])


def number(text: str) -> str:
    """Return a licence number as `NN-ユ-NNNNNN` however it was typed; an empty string for anything that is none.

    Kinds: ユ charges fees; ム, 特 and 地 place people free of charge.
    """
    found = _NUMBER.fullmatch(japanese.normalise(text).translate(_DASHES).replace(" ", ""))
    return "-".join(found.groups()) if found else ""


def may_charge(licence_number: str) -> bool:
    """Tell whether this kind of licence allows fees."""
    return f"-{FEE_CHARGING}-" in licence_number


def latest_end(valid_from: dt.date, *, is_renewal: bool) -> dt.date:
    """Return the last day a licence that begins then can hold: three years, five when renewed."""
    return _years_later(valid_from, RENEWED_YEARS if is_renewal else FIRST_YEARS)


def trained_until(trained_on: dt.date) -> dt.date:
    """Return the last day on which the training of an office's responsible person counts."""
    return _years_later(trained_on, TRAINING_YEARS)


def is_trained(trained_on: dt.date, today: dt.date) -> bool:
    """Tell whether the training lies in the past, and counts still."""
    return trained_on <= today <= trained_until(trained_on)


def covered_until(licences: collections.abc.Iterable[LicenceTerm], today: dt.date) -> dt.date | None:
    """Return the last day covered without a gap from today on, renewals that were confirmed included."""
    end: dt.date | None = None
    for one in sorted(licences, key=lambda one: one.valid_from):
        follows = end is not None and one.state == "confirmed" and one.valid_from <= end + dt.timedelta(days=1)
        if one.covers(today) or follows:
            end = max(end or one.valid_until, one.valid_until)
    return end


def due_stage(valid_until: dt.date, today: dt.date) -> int | None:
    """Return which reminder of a licence's end is due: the last of 90, 30 and 7 days to be reached, 0 after the end."""
    left = (valid_until - today).days
    if left < 0:
        return 0
    return min((days for days in STAGES if days and left <= days), default=None)


def standing(parts: Parts, today: dt.date) -> Standing:
    """Say where an agency stands today: a stop before all, then the licence, then what else is missing."""
    until = covered_until(parts.licences, today)
    missing = _missing(parts, until, today)
    known = _known(parts.licences, today)
    state, reason = _state(parts, missing, today)
    return Standing(
        state=state,
        number=known.number if known else "",
        valid_until=until or (known.valid_until if known else None),
        days_left=(until - today).days if until else None,
        missing=missing,
        reason=reason,
    )


def _state(parts: Parts, missing: tuple[str, ...], today: dt.date) -> tuple[State, str]:
    if parts.stop_reason is not None:
        return "stopped", parts.stop_reason
    if "licence" not in missing:
        return ("incomplete" if missing else "licensed"), ""
    if any(_is_on_its_way(one, today) for one in parts.licences):
        return "waiting", ""
    decided = {one.decided_at: one for one in parts.licences if one.decided_at is not None}
    if not decided:
        return "incomplete", ""
    latest = decided[max(decided)]
    return ("refused", latest.reason) if latest.state == "refused" else ("expired", "")


def _is_on_its_way(licence: LicenceTerm, today: dt.date) -> bool:
    """Tell whether a licence waits for the operator, or was confirmed and has yet to begin."""
    return licence.state == "submitted" or (licence.state == "confirmed" and licence.valid_from > today)


def _missing(parts: Parts, until: dt.date | None, today: dt.date) -> tuple[str, ...]:
    has = {
        "licence": until is not None,
        "desk": parts.has_desk,
        "office": parts.has_office,
        "fees": parts.fees_from is not None and parts.fees_from <= today,
    }
    return tuple(name for name, is_there in has.items() if not is_there)


def _known(licences: collections.abc.Iterable[LicenceTerm], today: dt.date) -> LicenceTerm | None:
    """Return the licence that holds today, or the one confirmed last."""
    confirmed = [one for one in licences if one.state == "confirmed"]
    return max(confirmed, key=lambda one: (one.covers(today), one.valid_until), default=None)


def _years_later(day: dt.date, years: int) -> dt.date:
    """Return the last day of a term of so many years: the eve of its anniversary, or 28 February where there is none."""
    try:
        return day.replace(year=day.year + years) - dt.timedelta(days=1)
    except ValueError:
        return dt.date(day.year + years, 2, 28)
