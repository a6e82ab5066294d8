"""Fees and refunds as tables: rates by occupation and kind of employment, refunds by days in post."""

from __future__ import annotations

import dataclasses
import decimal
import itertools
import typing

from django.utils.translation import gettext as _

if typing.TYPE_CHECKING:
    import collections.abc

HIGHEST_PERCENT: typing.Final = decimal.Decimal(50)
HIGHEST_FIXED: typing.Final = 100_000_000
LONGEST_REFUND_DAYS: typing.Final = 3650
_TENTH: typing.Final = decimal.Decimal("0.1")


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """A row of the fee table. An empty occupation or kind stands for all; either a share of the salary or a fixed sum."""

    occupation: str = ""
    employment_type: str = ""
    percent: decimal.Decimal | None = None
    fixed: int | None = None

    @classmethod
    def of(cls, row: collections.abc.Mapping[str, typing.Any]) -> Rate:
        """Read a row as it is stored."""
        percent = row.get("percent")
        return cls(
            occupation=row["occupation"],
            employment_type=row["employment_type"],
            percent=None if percent is None else decimal.Decimal(percent),
            fixed=row.get("fixed"),
        )

    def as_json(self) -> dict[str, str | int]:
        """Return the row as it is stored: shares as text, so that no tenth is lost."""
        price: dict[str, str | int] = (
            {"fixed": self.fixed} if self.fixed is not None else {"percent": str(decimal.Decimal(self.percent or 0))}
        )
        return {"occupation": self.occupation, "employment_type": self.employment_type, **price}


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Refund:
    """A row of the refund table: who leaves within so many days of starting gives the employer that share back."""

    within_days: int
    percent: int

    @classmethod
    def of(cls, row: collections.abc.Mapping[str, typing.Any]) -> Refund:
        """Read a row as it is stored."""
        return cls(within_days=row["within_days"], percent=row["percent"])

    def as_json(self) -> dict[str, int]:
        """Return the row as it is stored."""
        return {"within_days": self.within_days, "percent": self.percent}


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """What an agency charges and gives back."""

    rates: tuple[Rate, ...]
    refunds: tuple[Refund, ...] = ()


def rate(table: Table, occupation: str, employment_type: str) -> Rate:
    """Return the row that is meant for a hire: the most specific one. Raises ValueError when there is none."""
    meant = [row for row in table.rates if _is_meant(row, occupation, employment_type)]
    if not meant:
        msg = "the fee table has no row for this hire"
        raise ValueError(msg)
    return max(meant, key=_precision)


def fee(table: Table, salary_yen: int, occupation: str, employment_type: str) -> int:
    """Return the fee for a hire at this yearly salary, by the most specific row; yen below one are dropped.

    Raises ValueError when no row is meant for it, or the fee would be more than half the salary.
    """
    row = rate(table, occupation, employment_type)
    due = row.fixed if row.fixed is not None else _share(salary_yen, row.percent or decimal.Decimal(0))
    if due * 100 > salary_yen * HIGHEST_PERCENT:
        msg = f"a fee of {due} yen is more than {HIGHEST_PERCENT} % of {salary_yen} yen"
        raise ValueError(msg)
    return due


def refund(table: Table, fee_yen: int, days_in_post: int) -> int:
    """Return what the employer gets back of a fee when the person leaves after so many days; yen below one are dropped.

    The first row that reaches that far counts; beyond the last there is none. Raises ValueError for fewer than 0 days.
    """
    if days_in_post < 0:
        msg = "nobody leaves before they start"
        raise ValueError(msg)
    rows = sorted(table.refunds, key=lambda row: row.within_days)
    reached = next((row.percent for row in rows if days_in_post <= row.within_days), 0)
    return _share(fee_yen, decimal.Decimal(reached))


def charges(rates: collections.abc.Iterable[Rate]) -> bool:
    """Tell whether a table takes any money at all."""
    return any(row.fixed or row.percent for row in rates)


def fee_faults(rates: collections.abc.Sequence[Rate], *, may_charge: bool = True) -> list[str]:
    """Return in words what speaks against publishing these rates; empty when nothing does."""
    faults = [fault for row in rates for fault in _faults_of(row)]
    if len({(row.occupation, row.employment_type) for row in rates}) < len(rates):
        faults.append(_("同じ職種と採用の種類の行が 2 つあります。どちらかを消してください。"))
    if not any(not row.occupation and not row.employment_type for row in rates):
        faults.append(_("「すべての職種・すべての種類」の行がありません。当てはまる行がない採用のために必要です。"))
    if not may_charge and charges(rates):
        faults.append(_("無料の職業紹介（ム・特・地）では手数料を受け取れません。すべて 0 % にしてください。"))
    return faults


def refund_faults(refunds: collections.abc.Sequence[Refund]) -> list[str]:
    """Return in words what speaks against these refunds; empty when nothing does."""
    faults = []
    if any(not 0 < row.percent <= 100 for row in refunds):
        faults.append(_("返戻金の割合は 1 % から 100 % までで入力してください。"))
    if any(not 0 < row.within_days <= LONGEST_REFUND_DAYS for row in refunds):
        faults.append(_("返戻金の日数は 1 日から %(most)d 日までで入力してください。") % {"most": LONGEST_REFUND_DAYS})
    pairs = list(itertools.pairwise(refunds))
    if any(after.within_days <= before.within_days for before, after in pairs):
        faults.append(_("返戻金は、日数の短い行から順に、同じ日数が重ならないように入力してください。"))
    if any(after.percent > before.percent for before, after in pairs):
        faults.append(_("返戻金の割合は、日数が長くなるほど下がるか同じになるように入力してください。"))
    return faults


def _faults_of(row: Rate) -> list[str]:
    if (row.percent is None) == (row.fixed is None):
        return [_("割合と定額のどちらか一方を入力してください。")]
    if row.fixed is not None:
        fits = 0 <= row.fixed <= HIGHEST_FIXED
        return [] if fits else [_("定額は 0 円から 1 億円までで入力してください。")]
    percent = typing.cast("decimal.Decimal", row.percent)
    if not 0 <= percent <= HIGHEST_PERCENT:
        words = _("手数料は年収の 50 %% までです。%(percent)s %% は届け出の上限を超えています。")
        return [words % {"percent": percent}]
    return [] if percent == percent.quantize(_TENTH) else [_("割合は小数第 1 位までで入力してください。")]


def _is_meant(row: Rate, occupation: str, employment_type: str) -> bool:
    return row.occupation in {"", occupation} and row.employment_type in {"", employment_type}


def _precision(row: Rate) -> tuple[bool, bool]:
    return bool(row.occupation), bool(row.employment_type)


def _share(yen: int, percent: decimal.Decimal) -> int:
    return int((yen * percent / 100).to_integral_value(decimal.ROUND_FLOOR))
