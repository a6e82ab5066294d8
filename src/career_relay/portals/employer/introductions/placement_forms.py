"""The forms by which an employer tells how a hire went on: started, not started, left, still in post."""

from __future__ import annotations

import typing

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from career_relay.design.forms import DateInput
from career_relay.domain.people.placements import rules
from career_relay.domain.people.placements.models import EndReason

if typing.TYPE_CHECKING:
    from career_relay.domain.people.placements.models import Placement

IN_POST: typing.Final = "in_post"
LEFT: typing.Final = "left"
NO_REASON: typing.Final = gettext_lazy("理由が選ばれていません。近いものを 1 つ選んでください。")
NO_LAST_DAY: typing.Final = gettext_lazy("退職日が入力されていません。在籍した最後の日を入力してください。")


class StartForm(forms.Form):
    """The day on which somebody really started; for a contract that ends, also its last day."""

    started_on = forms.DateField(
        label=gettext_lazy("入社した日"),
        widget=DateInput,
        error_messages={
            "required": gettext_lazy("入社した日が入力されていません。実際に入社した日を入力してください。")
        },
    )
    contract_until = forms.DateField(
        label=gettext_lazy("契約の終わりの日"),
        required=False,
        widget=DateInput,
        help_text=gettext_lazy("期間の定めがある契約です。分かるときに入力してください。"),
    )

    def __init__(self, data: typing.Any, *, placement: Placement) -> None:
        super().__init__(data, initial={"started_on": placement.start_on})
        if placement.contract == rules.INDEFINITE:
            del self.fields["contract_until"]


class NotStartedForm(forms.Form):
    """By whose decision somebody never starts."""

    reason = forms.ChoiceField(
        label=gettext_lazy("入社に至らなかった理由"),
        choices=EndReason.choices,
        widget=forms.RadioSelect,
        error_messages={"required": NO_REASON},
    )


class LeavingForm(forms.Form):
    """The last day in post, and by whose decision; what is given back is counted from it."""

    left_on = forms.DateField(
        label=gettext_lazy("退職日"),
        help_text=gettext_lazy("在籍した最後の日です。返戻金は、この日までの日数で決まります。"),
        widget=DateInput,
        error_messages={"required": NO_LAST_DAY},
    )
    reason = forms.ChoiceField(
        label=gettext_lazy("退職の理由"),
        choices=EndReason.choices,
        widget=forms.RadioSelect,
        error_messages={"required": NO_REASON},
    )


class CheckForm(forms.Form):
    """Whether somebody is still in post; of who left, when and by whose decision."""

    answer = forms.ChoiceField(
        label=gettext_lazy("いまも在籍していますか"),
        choices=[(IN_POST, gettext_lazy("在籍している")), (LEFT, gettext_lazy("退職した"))],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("答えが選ばれていません。どちらかを選んでください。")},
    )
    left_on = forms.DateField(
        label=gettext_lazy("退職日（退職したとき）"),
        required=False,
        widget=DateInput,
        help_text=gettext_lazy("在籍した最後の日です。返戻金は、この日までの日数で決まります。"),
    )
    reason = forms.ChoiceField(
        label=gettext_lazy("退職の理由（退職したとき）"),
        choices=[("", gettext_lazy("選んでください")), *EndReason.choices],
        required=False,
        widget=forms.Select({"data-size": "m"}),
    )

    def clean(self) -> dict[str, typing.Any]:
        """Ask for day and reason of those who left, and of nobody else."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("answer") == LEFT:
            for name, words in (("left_on", NO_LAST_DAY), ("reason", NO_REASON)):
                if name not in self.errors and not cleaned.get(name):
                    self.add_error(name, str(words))
        elif cleaned.get("answer") == IN_POST and cleaned.get("left_on"):
            self.add_error("left_on", _("「在籍している」と退職日の両方があります。どちらかを直してください。"))
        return cleaned

    @property
    def told(self) -> dict[str, typing.Any]:
        """What was typed, as the flow wants it."""
        is_left = self.cleaned_data["answer"] == LEFT
        return {
            "in_post": not is_left,
            "left_on": self.cleaned_data["left_on"] if is_left else None,
            "reason": self.cleaned_data["reason"] if is_left else "",
        }
