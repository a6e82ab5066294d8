"""What a person answers while they are introduced: yes, no, a time, an end, still in post. Reasons are never asked for."""

from __future__ import annotations

import datetime as dt
import typing

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from career_relay.design.forms import DateInput
from career_relay.design.tags import content
from career_relay.domain.people.introductions import rules
from career_relay.portals.candidate.forms import Form

if typing.TYPE_CHECKING:
    import collections.abc

IN_POST: typing.Final = "in_post"
LEFT: typing.Final = "left"


class YesForm(Form):
    """The yes to one proposal, as it was read: `terms_hash` travels with the page."""

    terms_hash = forms.CharField(widget=forms.HiddenInput)
    lifts_exclusion = forms.BooleanField(
        label=gettext_lazy("この会社に情報を見せてよい（「情報を渡さない会社」から外します）"),
        error_messages={
            "required": gettext_lazy(
                "この会社には情報を見せない設定です。見せてよいときは、印を付けてから「はい」を押してください。"
            )
        },
    )

    def __init__(self, *args: typing.Any, is_excluded: bool, **options: typing.Any) -> None:
        super().__init__(*args, **options)
        if not is_excluded:
            del self.fields["lifts_exclusion"]

    @property
    def told(self) -> dict[str, typing.Any]:
        """What was agreed to, as the flow wants it."""
        return {"lifts_exclusion": False, **self.cleaned_data}


class ReasonForm(Form):
    """Why not, if the person likes to say so."""

    reason = forms.ChoiceField(
        label=gettext_lazy("理由"),
        required=False,
        widget=forms.RadioSelect,
        help_text=gettext_lazy("選ばなくてかまいません。選ぶと、次の案内を選ぶ手がかりになります。"),
    )

    def __init__(self, *args: typing.Any, **options: typing.Any) -> None:
        super().__init__(*args, **options)
        field = typing.cast("forms.ChoiceField", self.fields["reason"])
        field.choices = [("", _("答えない")), *rules.REASONS["person"].items()]
        field.initial = ""


class TimeForm(Form):
    """One of the times that were offered for an interview."""

    chosen = forms.ChoiceField(
        label=gettext_lazy("都合のよい日時"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("日時が選ばれていません。都合のよい日時を 1 つ選んでください。")},
    )

    def __init__(self, *args: typing.Any, times: collections.abc.Iterable[dt.datetime], **options: typing.Any) -> None:
        super().__init__(*args, **options)
        field = typing.cast("forms.ChoiceField", self.fields["chosen"])
        field.choices = [(at.isoformat(), content.moment(at)) for at in times]

    @property
    def time(self) -> dt.datetime:
        """The time that was chosen."""
        return dt.datetime.fromisoformat(self.cleaned_data["chosen"])


class AcceptForm(Form):
    """The acceptance of an offer, as it was read: `seen` travels with the page, and what refuses it is told here."""

    seen = forms.CharField(widget=forms.HiddenInput)


class CheckForm(Form):
    """Whether the person still works where they were introduced to."""

    answer = forms.ChoiceField(
        label=gettext_lazy("いまも、この会社で働いていますか"),
        choices=[(IN_POST, gettext_lazy("働いています")), (LEFT, gettext_lazy("退職しました"))],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("答えが選ばれていません。どちらかを選んでください。")},
    )
    left_on = forms.DateField(
        label=gettext_lazy("退職した日"),
        required=False,
        widget=DateInput,
        help_text=gettext_lazy("退職したときだけ入力してください。"),
    )

    def clean(self) -> dict[str, typing.Any]:
        """Ask for the day from those who left, and from nobody else."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("answer") != LEFT:
            cleaned["left_on"] = None
        elif not cleaned.get("left_on") and "left_on" not in self.errors:
            self.add_error("left_on", _("退職した日が入力されていません。退職した日を入力してください。"))
        return cleaned

    @property
    def told(self) -> dict[str, typing.Any]:
        """What was answered, as the flow wants it."""
        return {"in_post": self.cleaned_data["answer"] == IN_POST, "left_on": self.cleaned_data["left_on"]}
