"""What a placement costs, what leaving gives back, and when the employer is asked whether somebody is still there. Pure."""

from __future__ import annotations

import dataclasses
import datetime as dt
import decimal
import typing

from career_relay.domain.ground.agencies import rules as agencies
from career_relay.domain.people.introductions.models import Side
from career_relay.domain.people.placements.models import Check, EndReason, FeeTerms, Placement
from career_relay.kernel import clock

if typing.TYPE_CHECKING:
    import collections.abc
    import uuid

    from career_relay.domain.ground.agreements import rules as agreements

CHECK_DAYS: typing.Final = (30, 90, 180, 365)
REPLACEMENT_DAYS: typing.Final = 90
"""So long the usual agreement replaces somebody whom a slot paid for."""
REGULAR_MONTHS: typing.Final = 4
ONE_REPLACEMENT: typing.Final = "one_replacement"
INDEFINITE: typing.Final = "indefinite"
TAX_PERCENT: typing.Final = 10

_DECISIONS: typing.Final = {
    "person_unreachable": EndReason.PERSON,
    "person_declined_orally": EndReason.PERSON,
    "posting_changed": EndReason.EMPLOYER,
}
_STATE: typing.TypeAlias = Placement.State
NEXT: typing.Final[dict[str, frozenset[str]]] = {
    _STATE.AGREED: frozenset({_STATE.JOINED, _STATE.NOT_STARTED}),
    _STATE.JOINED: frozenset({_STATE.LEFT}),
    _STATE.NOT_STARTED: frozenset(),
    _STATE.LEFT: frozenset(),
}


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Fee:
    """What a placement costs and gives back, and where that is written."""

    basis: str
    version: int
    fee_yen: int
    percent: decimal.Decimal | None = None
    fixed: int | None = None
    slot: str = ""
    refunds: tuple[agencies.Refund, ...] = ()


def end_reason(side: str, reason: str) -> str:
    """Return whose decision it was that somebody steps back from an accepted offer, by the side and its reason."""
    return EndReason.PERSON.value if side == Side.PERSON else _DECISIONS.get(reason, EndReason.OTHER).value


def slot_fee(terms: agreements.Terms, version: int) -> Fee:
    """Return what a hire by a slot costs: nothing, so that nothing is given back either."""
    return Fee(basis=FeeTerms.Basis.SLOT, version=version, fee_yen=0, slot=terms.slot)


def agreed_fee(terms: agreements.Terms, version: int, salary_yen: int) -> Fee:
    """Return what a hire at this yearly salary costs by an agreement.

    Raises ValueError when it would be more than half the salary (law L14).
    """
    refunds = tuple(agencies.Refund(within_days=row.within_days, percent=row.percent) for row in terms.refunds)
    rate = agencies.Rate(percent=terms.fee_percent, fixed=terms.fee_yen)
    return _fee(FeeTerms.Basis.AGREEMENT, version, agencies.Table(rates=(rate,), refunds=refunds), salary_yen)


def table_fee(table: agencies.Table, version: int, salary_yen: int, occupation: str, employment_type: str) -> Fee:
    """Return what a hire costs by the agency's own fee table, for an employer outside the network.

    Raises ValueError when no row is meant for it, or it would be more than half the salary.
    """
    return _fee(FeeTerms.Basis.TABLE, version, table, salary_yen, occupation, employment_type)


def fee_of(terms: FeeTerms) -> Fee:
    """Return the fee as it was agreed and kept."""
    return Fee(
        basis=terms.basis,
        version=terms.version,
        fee_yen=terms.fee_yen,
        percent=terms.percent,
        fixed=terms.fixed,
        slot=terms.slot,
        refunds=tuple(agencies.Refund.of(row) for row in terms.refunds),
    )


def refund(
    refunds: collections.abc.Sequence[agencies.Refund], fee_yen: int, start_on: dt.date, left_on: dt.date
) -> int:
    """Return what the employer gets back when somebody leaves on this day; the day of the start does not count (民法 140条)."""
    return agencies.refund(agencies.Table(rates=(), refunds=tuple(refunds)), fee_yen, (left_on - start_on).days)


def consumption_tax(amount_yen: int) -> int:
    """Return the tax on a fee, or less than none on a refund: a part of a yen is left out of either, towards zero."""
    tax = abs(amount_yen) * TAX_PERCENT // 100
    return tax if amount_yen >= 0 else -tax


def reference(placement_id: uuid.UUID) -> str:
    """Return the short number by which both organizations call a placement on paper; it says nothing and never changes."""
    return placement_id.hex[-8:].upper()


def guarantee_until(fee: Fee, start_on: dt.date, *, returns_slot: bool) -> dt.date | None:
    """Return the last day on which leaving gives something back: a share of the fee, or the slot that paid for it.

    A slot comes back where the agreement promises one replacement, or `returns_slot` says so for all.
    """
    if fee.basis == FeeTerms.Basis.SLOT:
        days = REPLACEMENT_DAYS if returns_slot or fee.slot == ONE_REPLACEMENT else 0
    else:
        days = max((row.within_days for row in fee.refunds), default=0) if fee.fee_yen else 0
    return start_on + dt.timedelta(days=days) if days else None


def checks(start_on: dt.date) -> list[tuple[int, dt.date]]:
    """Return after how many days, and so on which day, it is asked whether somebody is still in post."""
    return [(days, start_on + dt.timedelta(days=days)) for days in CHECK_DAYS]


def is_spared(answer: str, due_on: dt.date, answered_at: dt.datetime | None) -> bool:
    """Tell whether a check was never asked, because it was known before its day that the person had left."""
    return answer == Check.Answer.LEFT and answered_at is not None and due_on > clock.day_in_japan(answered_at)


def is_regular(contract: str, start_on: dt.date, contract_until: dt.date | None) -> bool:
    """Tell whether a hire is 常用就職 (law L12): without an end, or known to last four months or more."""
    if contract == INDEFINITE:
        return True
    if contract_until is None:
        return False
    four_months = clock.months_later(clock.start_of_day_in_japan(start_on), REGULAR_MONTHS)
    return contract_until >= clock.day_in_japan(four_months) - dt.timedelta(days=1)


def may_become(state: str, following: str) -> bool:
    """Tell whether a placement in one state can reach the other in one step."""
    return following in NEXT[_STATE(state)]


def fiscal_year(day: dt.date) -> int:
    """Return the year of reports that a day falls in: it begins on 1 April."""
    return day.year if day.month >= 4 else day.year - 1


def days_of_year(year: int) -> tuple[dt.date, dt.date]:
    """Return the first and the last day of a year of reports."""
    return dt.date(year, 4, 1), dt.date(year + 1, 3, 31)


def rate(fees_yen: int, salaries_yen: int) -> decimal.Decimal:
    """Return fees as a share of expected salaries in percent, to one decimal (law L12)."""
    share = decimal.Decimal(fees_yen) * 100 / decimal.Decimal(salaries_yen)
    return share.quantize(decimal.Decimal("0.1"), decimal.ROUND_HALF_UP)


def _fee(
    basis: str, version: int, table: agencies.Table, salary_yen: int, occupation: str = "", employment_type: str = ""
) -> Fee:
    row = agencies.rate(table, occupation, employment_type)
    return Fee(
        basis=basis,
        version=version,
        fee_yen=agencies.fee(table, salary_yen, occupation, employment_type),
        percent=row.percent,
        fixed=row.fixed,
        refunds=table.refunds,
    )
