from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from career_relay.domain.ground.requests.models import LONGEST_NOTE, Call


class CallDeclineForm(forms.Form):
    """Why an agency does not look for somebody. The employer reads it."""

    reason = forms.ChoiceField(
        label=_("見送る理由"),
        choices=Call.DeclineReason.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("理由が選ばれていません。近いものを 1 つ選んでください。")},
    )
    note = forms.CharField(
        label=_("補足"),
        required=False,
        max_length=LONGEST_NOTE,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("依頼した企業が読みます。ご登録者の名前など、個人の情報は書かないでください。"),
    )
