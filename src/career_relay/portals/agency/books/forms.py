from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy

from career_relay.design.forms import DateInput
from career_relay.domain.people.books.models import LONGEST_ADDRESS
from career_relay.flows.export_book import FORMATS


class EntryForm(forms.Form):
    """What the law asks for and the person did not tell us: the agency heard it from them."""

    address = forms.CharField(label=gettext_lazy("住所"), max_length=LONGEST_ADDRESS, required=False)
    born_on = forms.DateField(
        label=gettext_lazy("生年月日"),
        required=False,
        widget=DateInput,
        error_messages={"invalid": gettext_lazy("日付として読めません。年月日を入力してください。")},
    )


class FileForm(forms.Form):
    """Which file to make of a book: its kind, and the year; all years when there is none."""

    format = forms.ChoiceField(choices=[(one, one) for one in FORMATS])
    year = forms.IntegerField(required=False)
