"""The form by which an agency publishes what it charges and gives back: so many rows, one error summary."""

from __future__ import annotations

import decimal
import typing

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from career_relay.design.forms import DateInput
from career_relay.domain.ground.agencies import rules
from career_relay.domain.ground.postings.models import EmploymentType
from career_relay.domain.ground.skills import occupations

if typing.TYPE_CHECKING:
    import collections.abc
    import datetime as dt

    from django.forms import BoundField

    from career_relay.domain.ground.agencies.queries import Published

SPARE: typing.Final = 3
FEWEST: typing.Final = 5
MOST: typing.Final = 40
RATE: typing.Final = ("occupation", "employment_type", "percent", "fixed")
REFUND: typing.Final = ("within_days", "share")


class FeesForm(forms.Form):
    """A whole fee table. A row without a price, and a refund without days, are left out."""

    effective_from = forms.DateField(
        label=gettext_lazy("適用を始める日"),
        help_text=gettext_lazy("この日から先の採用に使います。"),
        widget=DateInput,
    )
    average_rate = forms.DecimalField(
        label=gettext_lazy("手数料率の平均（%）"),
        help_text=gettext_lazy("前年度の実績です。公表しているときに入力してください。"),
        required=False,
        max_digits=4,
        decimal_places=1,
        widget=forms.NumberInput({"data-size": "s"}),
    )
    average_year = forms.IntegerField(
        label=gettext_lazy("平均の年度"), required=False, widget=forms.NumberInput({"data-size": "s"})
    )

    def __init__(self, data: typing.Any, *, fees: Published | None, today: dt.date) -> None:
        super().__init__(data, initial=_initial(fees, today))
        table = fees.table if fees else rules.Table(rates=())
        self._rates = _rows(data, "percent", len(table.rates))
        self._refunds = _rows(data, "within_days", len(table.refunds))
        for place in range(self._rates):
            self.fields |= _rate_fields(place)
        for place in range(self._refunds):
            self.fields |= _refund_fields(place)

    @property
    def head(self) -> list[BoundField]:
        """The fields that stand outside the two tables."""
        return [self[name] for name in ("effective_from", "average_rate", "average_year")]

    @property
    def rate_rows(self) -> list[list[BoundField]]:
        return [[self[f"{name}_{place}"] for name in RATE] for place in range(self._rates)]

    @property
    def refund_rows(self) -> list[list[BoundField]]:
        return [[self[f"{name}_{place}"] for name in REFUND] for place in range(self._refunds)]

    def clean(self) -> dict[str, typing.Any]:
        """Ask for the price of a row that names somebody, and for both parts of a refund."""
        cleaned = super().clean() or self.cleaned_data
        for place in range(self._rates):
            if self._named(place) and not self._has(f"percent_{place}", f"fixed_{place}"):
                self.add_error(f"percent_{place}", _("この行の割合か定額を入力してください。"))
        for place in range(self._refunds):
            if self._has(f"within_days_{place}") != self._has(f"share_{place}"):
                self.add_error(f"within_days_{place}", _("日数と割合の両方を入力してください。"))
        return cleaned

    @property
    def published(self) -> dict[str, typing.Any]:
        """What is to be published."""
        return {
            "table": rules.Table(rates=tuple(self._priced()), refunds=tuple(self._given_back())),
            **{bound.name: self.cleaned_data[bound.name] for bound in self.head},
        }

    def _priced(self) -> collections.abc.Iterator[rules.Rate]:
        for place in range(self._rates):
            if self._has(f"percent_{place}", f"fixed_{place}"):
                yield rules.Rate(**{name: self.cleaned_data[f"{name}_{place}"] for name in RATE})

    def _given_back(self) -> collections.abc.Iterator[rules.Refund]:
        for place in range(self._refunds):
            if self._has(f"within_days_{place}"):
                days, share = (self.cleaned_data[f"{name}_{place}"] for name in REFUND)
                yield rules.Refund(within_days=days, percent=share)

    def _named(self, place: int) -> bool:
        return bool(self.cleaned_data.get(f"occupation_{place}") or self.cleaned_data.get(f"employment_type_{place}"))

    def _has(self, *names: str) -> bool:
        """Tell whether one of the fields has a value, or something that is none and was refused already."""
        return any(name in self.errors or self.cleaned_data.get(name) is not None for name in names)


def _initial(fees: Published | None, today: dt.date) -> dict[str, typing.Any]:
    """Return what the form shows first: the present table, to be changed."""
    found: dict[str, typing.Any] = {"effective_from": today}
    if fees is None:
        return found
    found |= {"average_rate": fees.average_rate, "average_year": fees.average_year}
    for place, rate in enumerate(fees.table.rates):
        found |= {f"{name}_{place}": getattr(rate, name) for name in RATE}
    for place, refund in enumerate(fees.table.refunds):
        found |= {f"within_days_{place}": refund.within_days, f"share_{place}": refund.percent}
    return found


def _rows(data: typing.Any, name: str, present: int) -> int:
    """Return how many rows there are: as many as were sent, else those there are and some to fill in."""
    if data is None:
        return min(max(present + SPARE, FEWEST), MOST)
    return next((place for place in range(MOST) if f"{name}_{place}" not in data), MOST)


def _rate_fields(place: int) -> dict[str, forms.Field]:
    line = {"n": place + 1}
    every_occupation, every_type = ("", _("すべての職種")), ("", _("すべての種類"))
    narrow = {"data-size": "s"}
    return {
        f"occupation_{place}": forms.ChoiceField(
            label=_("%(n)d 行目の職種") % line, choices=[every_occupation, *occupations.OCCUPATIONS], required=False
        ),
        f"employment_type_{place}": forms.ChoiceField(
            label=_("%(n)d 行目の採用の種類") % line, choices=[every_type, *EmploymentType.choices], required=False
        ),
        f"percent_{place}": forms.DecimalField(
            label=_("%(n)d 行目の割合（年収の %%）") % line,
            required=False,
            min_value=decimal.Decimal(0),
            max_value=rules.HIGHEST_PERCENT,
            decimal_places=1,
            error_messages={"max_value": _("手数料は年収の 50 %% までです。届け出た割合を確かめてください。")},
            widget=forms.NumberInput(narrow | {"step": "0.1"}),
        ),
        f"fixed_{place}": forms.IntegerField(
            label=_("%(n)d 行目の定額（円）") % line,
            required=False,
            min_value=0,
            widget=forms.NumberInput(narrow),
        ),
    }


def _refund_fields(place: int) -> dict[str, forms.Field]:
    line, narrow = {"n": place + 1}, forms.NumberInput({"data-size": "s"})
    return {
        f"within_days_{place}": forms.IntegerField(
            label=_("返戻金 %(n)d 行目の日数") % line, required=False, min_value=1, widget=narrow
        ),
        f"share_{place}": forms.IntegerField(
            label=_("返戻金 %(n)d 行目の割合（%%）") % line, required=False, min_value=1, max_value=100, widget=narrow
        ),
    }
