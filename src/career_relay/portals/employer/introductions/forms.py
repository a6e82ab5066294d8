"""The forms by which an employer goes on with somebody who was introduced, or lets them go."""

from __future__ import annotations

import datetime as dt
import typing

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from career_relay.design.forms import DateInput
from career_relay.domain.people.introductions import rules
from career_relay.domain.people.introductions.models import LONGEST_NOTE, LONGEST_OFFER, LONGEST_PLACE, MOST_TIMES
from career_relay.portals.employer.introductions import words

if typing.TYPE_CHECKING:
    from career_relay.domain.ground.postings.rules import Terms

MOMENT: typing.Final = "%Y-%m-%dT%H:%M"
LOWEST_SALARY: typing.Final = 500_000
SOON_DAYS: typing.Final = 7


class AdvanceForm(forms.Form):
    """One step on. `seen` is how the introduction stood on the page, so that a second click does not go a step too far."""

    to = forms.CharField()
    seen = forms.CharField()


class TimesForm(forms.Form):
    """Up to five times for an interview, and where it is."""

    place = forms.CharField(
        label=gettext_lazy("場所または参加の方法"),
        max_length=LONGEST_PLACE,
        help_text=gettext_lazy("例：本社 3 階、オンライン（前日までに URL を送ります）"),
        error_messages={"required": gettext_lazy("場所が入力されていません。住所か、参加の方法を入力してください。")},
    )

    def __init__(self, data: typing.Any, *, now: dt.datetime) -> None:
        super().__init__(data)
        self.now = now
        for number in range(1, MOST_TIMES + 1):
            self.fields[f"time_{number}"] = _moment(_("候補 %(n)d") % {"n": number}, is_required=number == 1)
        self.names = [f"time_{number}" for number in range(1, MOST_TIMES + 1)]
        self.order_fields([*self.names, "place"])

    def clean(self) -> dict[str, typing.Any]:
        """Refuse times that have passed, and the same time twice."""
        cleaned, known = super().clean() or self.cleaned_data, set[dt.datetime]()
        for name in self.names:
            at = cleaned.get(name)
            if at and at <= self.now:
                self.add_error(name, _("過ぎた日時です。これからの日時を入力してください。"))
            elif at and at in known:
                self.add_error(name, _("同じ日時が 2 つあります。どちらかを消してください。"))
            known |= {at} if at else set()
        return cleaned

    @property
    def told(self) -> dict[str, typing.Any]:
        """What was typed, as the flow wants it."""
        times = sorted(at for name in self.names if (at := self.cleaned_data[name]))
        return {"times": times, "place": self.cleaned_data["place"]}


class OfferForm(forms.Form):
    """What the employer offers; it stands on the person's page as it is typed here."""

    salary = forms.IntegerField(
        label=gettext_lazy("年収の見込み（円）"),
        min_value=LOWEST_SALARY,
        max_value=rules.HIGHEST_SALARY,
        help_text=gettext_lazy("賞与と固定の手当を含めた 1 年分です。例：4800000"),
        widget=forms.NumberInput({"data-size": "m", "inputmode": "numeric"}),
        error_messages={
            "required": gettext_lazy("年収が入力されていません。見込みの金額を円で入力してください。"),
            "invalid": gettext_lazy("数字ではありません。カンマや「万」を付けず、円で入力してください。"),
            "min_value": gettext_lazy("年収が低すぎます。万円ではなく円で、50 万円以上を入力してください。"),
        },
    )
    start_on = forms.DateField(
        label=gettext_lazy("入社予定日"),
        widget=DateInput,
        error_messages={"required": gettext_lazy("入社予定日が入力されていません。予定の日を入力してください。")},
    )
    note = forms.CharField(
        label=gettext_lazy("ご本人に伝えること"),
        required=False,
        max_length=LONGEST_OFFER,
        help_text=gettext_lazy("配属先、返事がほしい日など。ご本人と紹介会社の画面に出ます。"),
        widget=forms.Textarea({"rows": 4}),
    )

    def __init__(self, data: typing.Any, *, today: dt.date, **options: typing.Any) -> None:
        super().__init__(data, **options)
        self.today = today

    def clean_start_on(self) -> dt.date:
        """Refuse a day that has passed."""
        day: dt.date = self.cleaned_data["start_on"]
        if day < self.today:
            raise forms.ValidationError(_("過ぎた日です。今日からあとの日を入力してください。"))
        return day

    def doubts(self, terms: Terms) -> list[str]:
        """Return what of a valid offer is worth a second look, beside what the person was told of the job."""
        salary, least, most = self.cleaned_data["salary"], terms.salary_min, terms.salary_max
        found = []
        if least and salary < least:
            found.append(_("年収が、求人票の下限（%(n)s）より低くなっています。") % {"n": words.ten_thousands(least)})
        if most and salary > most:
            found.append(_("年収が、求人票の上限（%(n)s）より高くなっています。") % {"n": words.ten_thousands(most)})
        if self.cleaned_data["start_on"] < self.today + dt.timedelta(days=SOON_DAYS):
            found.append(_("入社予定日まで、1 週間ありません。"))
        return found


class RefuseForm(forms.Form):
    """Why it goes no further. The agency reads it; the person is told without the reason."""

    reason = forms.ChoiceField(
        label=gettext_lazy("理由"),
        choices=rules.REASONS["employer"].items,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("理由が選ばれていません。近いものを 1 つ選んでください。")},
    )
    note = forms.CharField(
        label=gettext_lazy("紹介会社への補足"),
        required=False,
        max_length=LONGEST_NOTE,
        help_text=gettext_lazy("次の紹介に役立つことがあれば書いてください。ご本人には伝わりません。"),
        widget=forms.Textarea({"rows": 3}),
    )


def _moment(label: str, *, is_required: bool) -> forms.DateTimeField:
    return forms.DateTimeField(
        label=label,
        required=is_required,
        widget=forms.DateTimeInput({"type": "datetime-local", "data-size": "m"}, format=MOMENT),
        error_messages={
            "required": _("日時が入力されていません。候補を 1 つ以上入力してください。"),
            "invalid": _("日時として読めません。年月日と時刻の両方を入力してください。"),
        },
    )
