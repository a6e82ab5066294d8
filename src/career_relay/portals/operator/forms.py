from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from career_relay.domain.ground.agencies.models import LONGEST_REASON
from career_relay.domain.people.complaints.models import LONGEST_ANSWER


class ReasonForm(forms.Form):
    """Why a licence is handed back, or an agency stopped. The agency reads it word by word."""

    reason = forms.CharField(
        label=_("理由"),
        max_length=LONGEST_REASON,
        widget=forms.Textarea({"rows": 4}),
        help_text=_("紹介会社の責任者にメールで届きます。何が問題で、何をすればよいかを書いてください。"),
        error_messages={"required": _("理由が入力されていません。紹介会社が読んで分かる理由を入力してください。")},
    )


class AnswerForm(forms.Form):
    """What the operator answers a complaint. The person reads it word by word, and it stays."""

    answer = forms.CharField(
        label=_("回答"),
        max_length=LONGEST_ANSWER,
        widget=forms.Textarea({"rows": 8}),
        help_text=_(
            "ご本人のページに、このまま表示されます。確かめたことと、これからどうするかを書いてください。あとから変えられません。"
        ),
        error_messages={
            "required": _("回答が入力されていません。確かめたことと、これからどうするかを入力してください。")
        },
    )
