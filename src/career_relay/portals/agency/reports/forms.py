from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy

from career_relay.design.forms import DateInput


class FiledForm(forms.Form):
    """The day on which the report was handed in."""

    filed_on = forms.DateField(
        label=gettext_lazy("提出した日"),
        widget=DateInput,
        error_messages={"required": gettext_lazy("日付が入力されていません。報告書を提出した日を入力してください。")},
    )
