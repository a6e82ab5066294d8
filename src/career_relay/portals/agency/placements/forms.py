"""The forms by which an agency tells how a hire went on, and chooses the month of a file."""

from __future__ import annotations

import datetime as dt
import typing

from django import forms
from django.utils.translation import gettext_lazy

from career_relay.design.forms import DateInput
from career_relay.domain.people.placements.models import Check, EndReason

if typing.TYPE_CHECKING:
    import collections.abc

    from career_relay.domain.people.placements.models import Placement

MONTHS: typing.Final = 24
FIXED: typing.Final = "fixed"
NO_REASON: typing.Final = gettext_lazy("理由が選ばれていません。近いものを 1 つ選んでください。")
NO_DAY: typing.Final = gettext_lazy("日付が入力されていません。日付を入力してください。")
LAST_DAY: typing.Final = gettext_lazy("在籍した最後の日です。返戻金は、この日までの日数で決まります。")


class TellForm(forms.Form):
    """Something told about a hire."""

    def __init__(self, data: typing.Any, *, placement: Placement) -> None:
        super().__init__(data)
        self.placement = placement

    @property
    def told(self) -> dict[str, typing.Any]:
        """What was typed, as the flow wants it."""
        return self.cleaned_data


class StartForm(TellForm):
    """The day on which somebody really started; for a contract that ends, its last day."""

    started_on = forms.DateField(
        label=gettext_lazy("入社した日"), widget=DateInput, error_messages={"required": NO_DAY}
    )
    contract_until = forms.DateField(
        label=gettext_lazy("契約の終わり"),
        required=False,
        help_text=gettext_lazy("期間の定めのある契約です。わかるときに入力してください。"),
        widget=DateInput,
    )

    def __init__(self, data: typing.Any, *, placement: Placement) -> None:
        super().__init__(data, placement=placement)
        self.initial = {"started_on": placement.start_on}
        if placement.contract != FIXED:
            del self.fields["contract_until"]


class NotStartedForm(TellForm):
    """By whose decision somebody did not start."""

    reason = forms.ChoiceField(
        label=gettext_lazy("入社に至らなかった理由"),
        choices=EndReason.choices,
        widget=forms.RadioSelect,
        error_messages={"required": NO_REASON},
    )


class LeavingForm(TellForm):
    """When and by whose decision somebody left; the refund is counted from it."""

    left_on = forms.DateField(
        label=gettext_lazy("退職した日"), help_text=LAST_DAY, widget=DateInput, error_messages={"required": NO_DAY}
    )
    reason = forms.ChoiceField(
        label=gettext_lazy("退職の理由"),
        choices=EndReason.choices,
        widget=forms.RadioSelect,
        error_messages={"required": NO_REASON},
    )


class CheckForm(TellForm):
    """Whether somebody is still there; for who left, when and by whose decision."""

    answer = forms.ChoiceField(
        label=gettext_lazy("在籍の状況"),
        choices=Check.Answer.choices,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("答えが選ばれていません。どちらかを選んでください。")},
    )
    left_on = forms.DateField(
        label=gettext_lazy("退職した日（退職のとき）"), required=False, help_text=LAST_DAY, widget=DateInput
    )
    reason = forms.ChoiceField(
        label=gettext_lazy("退職の理由（退職のとき）"),
        choices=[("", gettext_lazy("選択してください")), *EndReason.choices],
        required=False,
    )

    def clean(self) -> dict[str, typing.Any]:
        """Ask for day and reason of who left."""
        cleaned = super().clean() or self.cleaned_data
        if self._is_left:
            for name, words in (("left_on", NO_DAY), ("reason", NO_REASON)):
                if name not in self.errors and not cleaned.get(name):
                    self.add_error(name, str(words))
        return cleaned

    @property
    def told(self) -> dict[str, typing.Any]:
        """What was typed, as the flow wants it; day and reason count for who left alone."""
        return {
            "in_post": not self._is_left,
            "left_on": self.cleaned_data["left_on"] if self._is_left else None,
            "reason": self.cleaned_data["reason"] if self._is_left else "",
        }

    @property
    def _is_left(self) -> bool:
        return bool(self.cleaned_data.get("answer") == Check.Answer.LEFT)


class MonthForm(forms.Form):
    """The month whose fees and refunds are taken along."""

    month = forms.ChoiceField(label=gettext_lazy("月"))

    def __init__(self, data: typing.Any, *, today: dt.date) -> None:
        super().__init__(data)
        months = [(f"{first:%Y-%m}", f"{first:%Y/%m}") for first in _months(today)]
        typing.cast("forms.ChoiceField", self.fields["month"]).choices = months

    @property
    def first(self) -> dt.date:
        """The first day of the month chosen."""
        return dt.date.fromisoformat(f"{self.cleaned_data['month']}-01")


def _months(today: dt.date) -> collections.abc.Iterator[dt.date]:
    """Yield the first days of the present month and of those before it."""
    first = today.replace(day=1)
    for _place in range(MONTHS):
        yield first
        first = (first - dt.timedelta(days=1)).replace(day=1)
