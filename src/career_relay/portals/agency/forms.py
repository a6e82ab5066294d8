from __future__ import annotations

import datetime as dt
import typing
import uuid

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from career_relay.domain.people.routing.models import LONGEST_NOTE, LONGEST_SUMMARY, Assignment, Contact
from career_relay.portals.agency import barred

if typing.TYPE_CHECKING:
    import collections.abc

    from career_relay.domain.ground.organizations.models import Member
    from career_relay.domain.people.routing.queries import PersonLine

MINUTE: typing.Final = dt.timedelta(minutes=1)


class DeclineForm(forms.Form):
    """Why an offer is not taken. The network learns from it; the person is never told."""

    reason = forms.ChoiceField(
        label=gettext_lazy("見送る理由"),
        choices=Assignment.DeclineReason.choices,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("理由が選ばれていません。近いものを 1 つ選んでください。")},
    )
    note = forms.CharField(
        label=gettext_lazy("補足"), required=False, max_length=LONGEST_NOTE, widget=forms.Textarea({"rows": 2})
    )


class ContactForm(forms.Form):
    """What was said with a person, and when. Words that speak of what must not be kept are asked about once."""

    channel = forms.ChoiceField(label=gettext_lazy("連絡の方法"), choices=Contact.Channel.choices)
    purpose = forms.ChoiceField(label=gettext_lazy("目的"), choices=Contact.Purpose.choices)
    happened_at = forms.DateTimeField(
        label=gettext_lazy("連絡した日時"),
        widget=forms.DateTimeInput({"type": "datetime-local", "data-size": "m"}, format="%Y-%m-%dT%H:%M"),
        error_messages={"required": gettext_lazy("連絡した日時が入力されていません。日付と時刻を入力してください。")},
    )
    summary = forms.CharField(
        label=gettext_lazy("内容"),
        required=False,
        max_length=LONGEST_SUMMARY,
        widget=forms.Textarea({"rows": 4}),
        help_text=gettext_lazy(
            "紹介に必要なことだけを書いてください。本籍や出生地、家族の職業や収入、住まい、宗教、支持政党、労働組合、"
            "病歴や健康、容姿は、聞いても書いてもいけません（職業安定法の指針）。ご本人は、この記録の開示を求められます。"
        ),
    )
    is_checked = forms.BooleanField(
        label=gettext_lazy("読み返し、集めてはいけない情報ではないことを確かめました"), required=False
    )

    def __init__(self, data: typing.Any, *, line: PersonLine, now: dt.datetime) -> None:
        purpose = Contact.Purpose.FOLLOW_UP if line.contacted_at else Contact.Purpose.FIRST
        super().__init__(data, initial={"happened_at": now, "purpose": purpose})
        self.since = line.accepted_at
        self.asks_again = False

    def clean_happened_at(self) -> dt.datetime:
        """Return the moment; the minute in which the person was accepted is typed without its seconds."""
        typed: dt.datetime = self.cleaned_data["happened_at"]
        return self.since if self.since and typed < self.since < typed + MINUTE else typed

    def clean(self) -> dict[str, typing.Any]:
        """Ask once whether words of the summary speak of what must not be collected (職業安定法の指針)."""
        cleaned = super().clean() or self.cleaned_data
        found = barred.words_in(cleaned.get("summary", ""))
        if found:
            self.asks_again = self.fields["is_checked"].required = True
            if not cleaned.get("is_checked"):
                words = _(
                    "集めてはいけない情報かもしれません（%(words)s）。該当するなら消してください。該当しないときは、下の欄に印を付けて記録してください。"
                )
                self.add_error("summary", words % {"words": _("、").join(found)})
        return cleaned

    @property
    def contact(self) -> dict[str, typing.Any]:
        """What is to be recorded."""
        return {name: value for name, value in self.cleaned_data.items() if name != "is_checked"}


class AdviserForm(forms.Form):
    """Who of the agency looks after a person."""

    adviser = forms.ChoiceField(label=gettext_lazy("担当アドバイザー"))

    def __init__(
        self, data: typing.Any, *, members: collections.abc.Iterable[Member], adviser_id: uuid.UUID | None
    ) -> None:
        super().__init__(data, initial={"adviser": str(adviser_id or "")})
        people = [(str(one.pk), one.user.name) for one in members]
        typing.cast("forms.ChoiceField", self.fields["adviser"]).choices = people

    @property
    def member_id(self) -> uuid.UUID:
        """The member chosen."""
        return uuid.UUID(self.cleaned_data["adviser"])


class EndForm(forms.Form):
    """Why the agency ends its work for a person."""

    reason = forms.ChoiceField(
        label=gettext_lazy("終える理由"),
        widget=forms.RadioSelect,
        choices=[
            (one.value, one.label) for one in (Assignment.EndReason.AGENCY_UNABLE, Assignment.EndReason.UNREACHABLE)
        ],
        error_messages={"required": gettext_lazy("理由が選ばれていません。近いものを 1 つ選んでください。")},
    )


class FilterForm(forms.Form):
    """What narrows the list of people, as the address says it; only the browser sends it, nothing is checked."""

    q = forms.CharField(
        label=gettext_lazy("検索"), required=False, widget=forms.TextInput({"placeholder": gettext_lazy("お名前")})
    )
    adviser = forms.ChoiceField(label=gettext_lazy("担当アドバイザー"), required=False)

    def __init__(self, *, words: str, adviser: str, members: collections.abc.Iterable[Member]) -> None:
        super().__init__(initial={"q": words, "adviser": adviser})
        people = [(str(one.pk), one.user.name) for one in members]
        typing.cast("forms.ChoiceField", self.fields["adviser"]).choices = [("", _("すべて")), *people]
