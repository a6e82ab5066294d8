from __future__ import annotations

import typing

from django import forms
from django.utils.translation import gettext_lazy as _

from career_relay.design.forms import DateInput
from career_relay.domain.hiring.applications.filters import NOT_RECORDED, TOLD, UNTOLD, Filters
from career_relay.domain.hiring.applications.models import OUTCOMES, STAGES, Applicant, Application, Correction

if typing.TYPE_CHECKING:
    import collections.abc

    Choices: typing.TypeAlias = collections.abc.Iterable[tuple[str, typing.Any]]

ANY: typing.Final = [("", _("すべて"))]
TELLING: typing.Final = [*ANY, (UNTOLD, _("未通知")), (TOLD, _("連絡済み"))]
OF_THE_PERSON: typing.Final = ("name", "kana", "email", "phone")
OF_THE_APPLICATION: typing.Final = (
    "outcome", "stage", "decided_at", "told_at", "reason", "recruiter", "joined_on", "left_on",
)  # fmt: skip


def _length(model: type[Applicant | Application | Correction], field: str) -> int | None:
    return model._meta.get_field(field).max_length  # type: ignore[union-attr]


class FilterForm(forms.Form):
    """What narrows the list of applications, as the address says it; only the browser sends it, nothing is checked."""

    q = forms.CharField(
        label=_("検索"), required=False, widget=forms.TextInput({"placeholder": _("氏名、フリガナ、メール、ID")})
    )
    stage = forms.ChoiceField(label=_("選考段階"), choices=[*ANY, *STAGES], required=False)
    posting = forms.ChoiceField(label=_("求人"), required=False)
    told = forms.ChoiceField(label=_("不採用の連絡"), choices=TELLING, required=False)
    medium = forms.ChoiceField(label=_("応募経路"), required=False)
    recruiter = forms.ChoiceField(label=_("担当者"), required=False)
    applied_from = forms.DateField(label=_("応募日（この日から）"), required=False, widget=DateInput)
    applied_to = forms.DateField(label=_("応募日（この日まで）"), required=False, widget=DateInput)

    def __init__(self, filters: Filters, *, postings: Choices, media: Choices, recruiters: Choices) -> None:
        super().__init__(initial={name: getattr(filters, name) for name in self.base_fields})
        for name, choices in (("posting", postings), ("medium", media), ("recruiter", recruiters)):
            offered = [*ANY, *choices, (NOT_RECORDED, _("（記録なし）"))]
            typing.cast("forms.ChoiceField", self.fields[name]).choices = offered


class CorrectionForm(forms.Form):
    """Values of an application and its person as they are. What the browser sends unchanged is not a correction.

    The values it was opened with travel along, so that a page left open takes nobody else's correction back.
    """

    outcome = forms.ChoiceField(label=_("結果"), choices=OUTCOMES)
    stage = forms.ChoiceField(label=_("到達した選考段階"), choices=STAGES)
    decided_at = forms.DateField(label=_("決定日"), required=False, widget=DateInput)
    told_at = forms.DateField(label=_("連絡日"), required=False, widget=DateInput)
    reason = forms.CharField(label=_("結果の理由"), required=False, max_length=_length(Application, "reason"))
    recruiter = forms.CharField(label=_("担当者"), required=False, max_length=_length(Application, "recruiter"))
    joined_on = forms.DateField(label=_("入社日"), required=False, widget=DateInput)
    left_on = forms.DateField(label=_("退職日"), required=False, widget=DateInput)
    name = forms.CharField(label=_("氏名"), max_length=_length(Applicant, "name"))
    kana = forms.CharField(label=_("フリガナ"), required=False, max_length=_length(Applicant, "kana"))
    email = forms.EmailField(label=_("メールアドレス"), required=False, max_length=_length(Applicant, "email"))
    phone = forms.CharField(label=_("電話番号"), required=False, max_length=_length(Applicant, "phone"))
    why = forms.CharField(
        label=_("修正の理由"),
        max_length=_length(Correction, "reason"),
        help_text=_("例：本人からの連絡でメールアドレスがわかったため。あとから見る人のための記録です。"),
        error_messages={"required": _("修正できません。理由が入力されていません。修正の理由を入力してください。")},
    )

    def __init__(self, data: typing.Any, *, initial: collections.abc.Mapping[str, typing.Any]) -> None:
        super().__init__(data, initial=dict(initial))
        for name in (*OF_THE_APPLICATION, *OF_THE_PERSON):
            self.fields[name].show_hidden_initial = True

    @property
    def changes(self) -> dict[str, typing.Any]:
        """The values that differ from those the form was opened with."""
        return {name: self.cleaned_data[name] for name in self.changed_data if name != "why"}

    def clean(self) -> dict[str, typing.Any]:
        cleaned = super().clean() or self.cleaned_data
        if not self.errors and not self.changes:
            raise forms.ValidationError(
                _("修正するところがありません。値がどれも変わっていません。直す値を入力してください。")
            )
        return cleaned
