"""The forms of a partnership agreement: whom it is with, what it says, who signs, why it stops."""

from __future__ import annotations

import re
import typing

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from career_relay.design.forms import DateInput
from career_relay.domain.ground.agreements import rules, wording
from career_relay.domain.ground.agreements.models import LONGEST_NAME, LONGEST_REASON
from career_relay.domain.ground.agreements.rules import Refund, Terms
from career_relay.kernel import japanese

MONEY: typing.Final = (
    "fee",
    "fee_percent",
    "fee_yen",
    "refunds",
    "slot",
    "penalty_amount",
    "penalty_trigger",
    "penalty_ending",
)
DEADLINES: typing.Final = ("accept_days", "contact_days")
_AREA: typing.Final = {"rows": 3}


class PartnerForm(forms.Form):
    """The number that the partner reads out from its own page; names alone would let anybody look for anybody."""

    partner = forms.UUIDField(
        label=_("相手の番号"),
        widget=forms.TextInput({"autocomplete": "off", "spellcheck": "false"}),
        help_text=_("相手の「連携協定」のページに表示されている番号です。相手から受け取って入力してください。"),
        error_messages={"invalid": _("番号の形ではありません。相手のページの番号を、そのまま貼り付けてください。")},
    )


class TermsForm(forms.Form):
    purpose = forms.ChoiceField(label=_("目的"), choices=list(rules.PURPOSES.items()))
    data_categories = forms.MultipleChoiceField(
        label=_("扱う情報"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_(
            "個人の情報は、ご本人の登録と同意があるときだけ渡ります。ここで選んでも、同意なしに渡ることはありません。"
        ),
    )
    fee = forms.ChoiceField(label=_("手数料の決め方"), widget=forms.RadioSelect, choices=list(rules.FEES.items()))
    fee_percent = forms.DecimalField(
        label=_("手数料の割合（％）"), required=False, help_text=_("割合で決めるときに入力します。50 以下。")
    )
    fee_yen = forms.IntegerField(
        label=_("手数料の金額（円）"), required=False, help_text=_("金額で決めるときに入力します。")
    )
    refunds = forms.CharField(
        label=_("返戻金"),
        required=False,
        widget=forms.Textarea({"rows": 4}),
        help_text=_("入社からの日数と、返す割合を、1 行に 1 つ入力します。例：30 日以内 50％"),
    )
    slot = forms.ChoiceField(label=_("無料紹介枠"), widget=forms.RadioSelect, choices=list(rules.SLOTS.items()))
    penalty_amount = forms.CharField(
        label=_("違約金の金額"),
        required=False,
        help_text=_("違約金を決めないときは、3 つの欄をすべて空にしてください。"),
    )
    penalty_trigger = forms.CharField(label=_("違約金を支払う場合"), required=False, widget=forms.Textarea(_AREA))
    penalty_ending = forms.CharField(label=_("違約金を免除する場合"), required=False, widget=forms.Textarea(_AREA))
    accept_days = forms.IntegerField(label=_("担当の依頼に答えるまでの営業日数"), min_value=1, max_value=10)
    contact_days = forms.IntegerField(label=_("最初に連絡するまでの営業日数"), min_value=1, max_value=10)
    review_months = forms.IntegerField(label=_("見直すまでの月数"), min_value=1, max_value=36)
    country = forms.ChoiceField(
        label=_("相手が情報を扱う国"),
        help_text=_("日本の外で扱うときは、ご本人に国と制度を示し、別の同意を得ることが文面に加わります。"),
    )
    notes = forms.CharField(
        label=_("そのほかの取り決め"),
        required=False,
        max_length=rules.LONGEST_TEXT,
        widget=forms.Textarea({"rows": 4}),
        help_text=_("ここに書いた文は、訳さずにそのまま文面に入ります。"),
    )

    def __init__(self, data: typing.Any = None, *, terms: Terms, kind: str, other: str) -> None:
        super().__init__(data, initial=_as_typed(terms))
        self.began_with, self.kind, self.other = terms, kind, other
        _choose(self, "data_categories", rules.data_choices(kind, other))
        _choose(self, "country", wording.countries(get_language() or "ja"))
        for name in () if rules.is_paid(kind, other) else MONEY:
            del self.fields[name]
        for name in () if rules.has_deadlines(kind, other) else DEADLINES:
            del self.fields[name]

    def clean_refunds(self) -> tuple[Refund, ...]:
        lines = [line for line in self.cleaned_data["refunds"].splitlines() if line.strip()]
        numbers = [re.findall(r"\d+", japanese.normalise(line)) for line in lines]
        if any(len(row) != 2 or max(map(len, row)) > 4 for row in numbers):
            raise forms.ValidationError(_("1 行に、日数と割合の 2 つの数を入力してください。例：30 日以内 50％"))
        return tuple(Refund(within_days=int(days), percent=int(percent)) for days, percent in numbers)

    def clean(self) -> None:
        """Find what is wrong with the terms as a whole, once each field is right for itself."""
        if self.errors:
            return
        for field, fault in rules.faults(self.terms, self.kind, self.other).items():
            self.add_error(field if field in self.fields else None, str(fault))

    @property
    def terms(self) -> Terms:
        """What was typed. Of the fee, the fields of the way that was chosen count."""
        values = {**self.began_with.stored(), **self.cleaned_data}
        fee = values["fee"]
        values["fee_percent"] = values["fee_percent"] if fee == "percent" else None
        values["fee_yen"] = values["fee_yen"] if fee == "fixed" else None
        values["data_categories"] = tuple(values["data_categories"])
        values["refunds"] = values["refunds"] if fee != "none" else ()
        return Terms(**values)


class SignForm(forms.Form):
    """Who signs the text that is shown."""

    name = forms.CharField(
        label=_("署名する方のお名前"),
        max_length=LONGEST_NAME,
        widget=forms.TextInput({"autocomplete": "off"}),
        help_text=_("ご自分の姓と名を入力してください。相手にも表示されます。"),
    )
    has_read = forms.BooleanField(label=_("全文を読みました。組織を代表して、この文面で手続きします。"))


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=_("理由"),
        max_length=LONGEST_REASON,
        widget=forms.Textarea(_AREA),
        help_text=_("相手が読みます。ご登録者の名前など、個人の情報は書かないでください。"),
    )


class ReviewForm(forms.Form):
    review_on = forms.DateField(label=_("次に見直す日"), widget=DateInput)
    note = forms.CharField(
        label=_("確かめたこと"),
        required=False,
        max_length=LONGEST_REASON,
        widget=forms.Textarea(_AREA),
        help_text=_("相手にも表示されます。空でもかまいません。"),
    )


def _as_typed(terms: Terms) -> dict[str, typing.Any]:
    rows = [
        _("%(days)d 日以内 %(percent)d％") % {"days": row.within_days, "percent": row.percent} for row in terms.refunds
    ]
    values = {name: getattr(terms, name) for name in Terms.__dataclass_fields__}
    return values | {"data_categories": list(terms.data_categories), "refunds": "\n".join(rows)}


def _choose(form: forms.Form, name: str, choices: typing.Any) -> None:
    field = typing.cast("forms.ChoiceField", form.fields[name])
    field.choices = choices
