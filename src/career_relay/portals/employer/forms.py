from __future__ import annotations

import typing

from django import forms
from django.utils.translation import gettext_lazy as _

from career_relay.domain.hiring.links.models import LegalBasis, RelayLink

NOTE_LENGTH: typing.Final = LegalBasis._meta.get_field("note").max_length
LABEL_LENGTH: typing.Final = RelayLink._meta.get_field("label").max_length
REASON_LENGTH: typing.Final = RelayLink._meta.get_field("revoked_reason").max_length


class TermsForm(forms.Form):
    """The version travels with the form: what is accepted is what was read."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    accepts = forms.BooleanField(
        label=_("規約の全文を読み、組織を代表して同意します"),
        error_messages={
            "required": _(
                "参加できません。規約に同意する欄が選ばれていません。全文を読み、同意できるときに選んでください。"
            )
        },
    )


class BasisForm(forms.Form):
    kind = forms.ChoiceField(label=_("リンクを載せる根拠"), choices=LegalBasis.Kind.choices, widget=forms.RadioSelect)
    note = forms.CharField(
        label=_("確認した内容"),
        max_length=NOTE_LENGTH,
        required=False,
        widget=forms.Textarea({"rows": 3}),
        help_text=_(
            "いつ、だれの見解を、どの資料で確認したか。あとから見る人のための記録です。人の名前の代わりに役職を書けます。"
        ),
    )

    def clean(self) -> dict[str, typing.Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("kind") == LegalBasis.Kind.LEGAL_VIEW and not cleaned.get("note", "").strip():
            self.add_error(
                "note", _("法務・顧問の見解は、内容の記録が要ります。いつ、だれの見解かを入力してください。")
            )
        return cleaned


class LinkForm(forms.Form):
    employment_type = forms.ChoiceField(
        label=_("採用の種類"), choices=RelayLink.EmploymentType.choices, widget=forms.RadioSelect
    )
    stage = forms.ChoiceField(
        label=_("お見送りになる選考の段階"), choices=RelayLink.Stage.choices, widget=forms.RadioSelect
    )
    label = forms.CharField(
        label=_("リンクの名前"),
        max_length=LABEL_LENGTH,
        required=False,
        help_text=_(
            "社内で見分けるための名前です。候補者には見えません。空のときは「新卒・書類選考」のようになります。"
        ),
    )


class RevokeForm(forms.Form):
    reason = forms.CharField(
        label=_("止める理由"),
        max_length=REASON_LENGTH,
        help_text=_("例：2027 年の新卒採用が終わったため"),
        error_messages={
            "required": _(
                "リンクを停止できません。理由が入力されていません。あとで確かめられるよう、理由を入力してください。"
            )
        },
    )
