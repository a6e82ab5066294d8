"""The forms by which an agency puts a person forward, and tells how it went on."""

from __future__ import annotations

import datetime as dt
import typing

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from career_relay.design.forms import DateInput
from career_relay.design.tags import content
from career_relay.domain.people.introductions import rules
from career_relay.domain.people.introductions.models import (
    LONGEST_FIT,
    LONGEST_MESSAGE,
    LONGEST_NOTE,
    LONGEST_OFFER,
    LONGEST_PLACE,
    MOST_TIMES,
    Side,
)
from career_relay.portals.agency.introductions import words

if typing.TYPE_CHECKING:
    import collections.abc

    from career_relay.domain.ground.organizations.models import Member
    from career_relay.domain.people.introductions import queries

MOMENT: typing.Final = "%Y-%m-%dT%H:%M"
NO_REASON: typing.Final = gettext_lazy("理由が選ばれていません。近いものを 1 つ選んでください。")


class NarrowForm(forms.Form):
    """What narrows the list, as the address says it; only the browser sends it, nothing is checked."""

    q = forms.CharField(
        label=gettext_lazy("検索"),
        required=False,
        widget=forms.TextInput({"placeholder": gettext_lazy("お名前、求人、会社")}),
    )
    stage = forms.ChoiceField(label=gettext_lazy("段階"), required=False)
    adviser = forms.ChoiceField(label=gettext_lazy("担当アドバイザー"), required=False)

    def __init__(
        self,
        *,
        shown: collections.abc.Mapping[str, str],
        stages: collections.abc.Iterable[tuple[str, typing.Any]],
        members: collections.abc.Iterable[Member],
    ) -> None:
        super().__init__(initial=dict(shown))
        people = [(str(one.pk), one.user.name) for one in members]
        for name, choices in (("stage", stages), ("adviser", people)):
            typing.cast("forms.ChoiceField", self.fields[name]).choices = [("", _("すべて")), *choices]


class BoardForm(forms.Form):
    """What narrows the board."""

    adviser = forms.ChoiceField(label=gettext_lazy("担当アドバイザー"), required=False)

    def __init__(self, *, adviser: str, members: collections.abc.Iterable[Member]) -> None:
        super().__init__(initial={"adviser": adviser})
        people = [(str(one.pk), one.user.name) for one in members]
        typing.cast("forms.ChoiceField", self.fields["adviser"]).choices = [("", _("すべて")), *people]


class ChoosePostingForm(forms.Form):
    """What narrows the postings to choose from."""

    q = forms.CharField(
        label=gettext_lazy("検索"),
        required=False,
        widget=forms.TextInput({"placeholder": gettext_lazy("求人名、会社名")}),
    )


class ProposalForm(forms.Form):
    """What is said to the person, and what the company reads once the person says yes."""

    message = forms.CharField(
        label=gettext_lazy("ご本人へのひとこと"),
        required=False,
        max_length=LONGEST_MESSAGE,
        help_text=gettext_lazy("この求人を勧める理由を、ご本人に伝わることばで書いてください。300 字までです。"),
        widget=forms.Textarea({"rows": 4}),
    )
    fit_note = forms.CharField(
        label=gettext_lazy("推薦の理由（会社に見せる文）"),
        required=False,
        max_length=LONGEST_FIT,
        help_text=gettext_lazy(
            "仕事に関わる経験と希望だけを書いてください。ご本人が「はい」と答えたあとに、会社が読みます。500 字までです。"
        ),
        widget=forms.Textarea({"rows": 6}),
        error_messages={
            "required": gettext_lazy(
                "推薦の理由が入力されていません。無料紹介枠の依頼では、どこが合うかを必ず書いてください。"
            )
        },
    )

    def __init__(self, data: typing.Any, *, uses_slot: bool) -> None:
        super().__init__(data)
        self.fields["fit_note"].required = uses_slot


class ActForm(forms.Form):
    """An act on one introduction that asks for nothing.

    The page sends `seen`, how the introduction stood when it was made; it is never typed, so it is no field. The flow
    goes on from there and from nowhere else.
    """

    def __init__(self, data: typing.Any, *, file: queries.File, now: dt.datetime) -> None:
        super().__init__(data)
        self.file, self.now = file, now

    @property
    def told(self) -> dict[str, typing.Any]:
        """What the flow wants to know."""
        return {"seen": self.data.get("seen", "")}


class AskingForm(ActForm):
    """An act that asks for something: whoever filled it in for a state that is no more is told so, and keeps the words."""

    def clean(self) -> dict[str, typing.Any]:
        """Refuse what was meant for another state of the introduction."""
        cleaned = super().clean() or self.cleaned_data
        if self.data.get("seen") != words.standing(self.file.line):
            raise forms.ValidationError(
                _("この推薦は、ほかの操作で先に進んでいます。いまの段階を確かめて、必要ならもう一度送信してください。")
            )
        return cleaned

    @property
    def told(self) -> dict[str, typing.Any]:
        """What was typed, as the flow wants it."""
        return self.cleaned_data


class RefuseForm(AskingForm):
    """Why a company outside the network says no; the person is told without the reason."""

    reason = forms.ChoiceField(
        label=gettext_lazy("会社の理由"),
        choices=rules.REASONS[Side.EMPLOYER].items(),
        widget=forms.RadioSelect,
        error_messages={"required": NO_REASON},
    )
    note = forms.CharField(
        label=gettext_lazy("補足"), required=False, max_length=LONGEST_NOTE, widget=forms.Textarea({"rows": 2})
    )


class WithdrawForm(AskingForm):
    """Why the agency takes an introduction back."""

    reason = forms.ChoiceField(
        label=gettext_lazy("取り下げる理由"),
        choices=rules.REASONS[Side.AGENCY].items(),
        widget=forms.RadioSelect,
        error_messages={"required": NO_REASON},
    )


class TimesForm(AskingForm):
    """Up to five times for an interview, and where it is."""

    place = forms.CharField(
        label=gettext_lazy("場所または参加の方法"),
        max_length=LONGEST_PLACE,
        help_text=gettext_lazy("例：本社 3 階、オンライン（前日までに URL を送ります）"),
        error_messages={"required": gettext_lazy("場所が入力されていません。住所か、参加の方法を入力してください。")},
    )

    def __init__(self, data: typing.Any, **how: typing.Any) -> None:
        super().__init__(data, **how)
        self.initial = {"place": self.file.interview.place} if self.file.interview else {}
        for place in range(1, MOST_TIMES + 1):
            self.fields[f"time_{place}"] = _moment(_("候補 %(n)d") % {"n": place}, is_required=place == 1)
        self.order_fields([*self.places, "place"])

    @property
    def places(self) -> list[str]:
        return [f"time_{place}" for place in range(1, MOST_TIMES + 1)]

    def clean(self) -> dict[str, typing.Any]:
        """Refuse times that have passed, and the same time twice."""
        cleaned, known = super().clean(), set[dt.datetime]()
        for name, at in [(name, cleaned[name]) for name in self.places if cleaned.get(name)]:
            if at <= self.now:
                self.add_error(name, _("過ぎた日時です。これからの日時を入力してください。"))
            elif at in known:
                self.add_error(name, _("同じ日時が 2 つあります。どちらかを消してください。"))
            known.add(at)
        return cleaned

    @property
    def told(self) -> dict[str, typing.Any]:
        """What was typed, as the flow wants it."""
        times = sorted(at for name in self.places if (at := self.cleaned_data[name]))
        return {"times": times, "place": self.cleaned_data["place"]}


class ChooseForm(AskingForm):
    """The time the person chose, on their word."""

    chosen = forms.ChoiceField(
        label=gettext_lazy("ご本人が選んだ日時"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("日時が選ばれていません。ご本人が選んだ日時を 1 つ選んでください。")},
    )

    def __init__(self, data: typing.Any, **how: typing.Any) -> None:
        super().__init__(data, **how)
        times = self.file.interview.times if self.file.interview else []
        field = typing.cast("forms.ChoiceField", self.fields["chosen"])
        field.choices = [(at.isoformat(), content.moment(at)) for at in times]

    @property
    def told(self) -> dict[str, typing.Any]:
        """What was chosen, as the flow wants it."""
        return {"chosen": dt.datetime.fromisoformat(self.cleaned_data["chosen"])}


class OfferForm(AskingForm):
    """What a company outside the network offers."""

    salary = forms.IntegerField(
        label=gettext_lazy("年収（円）"),
        min_value=1,
        max_value=rules.HIGHEST_SALARY,
        help_text=gettext_lazy("見込みの年収です。手数料の計算に使います。例：4800000"),
        widget=forms.NumberInput({"data-size": "m", "inputmode": "numeric"}),
    )
    start_on = forms.DateField(label=gettext_lazy("入社の予定日"), widget=DateInput)
    note = forms.CharField(
        label=gettext_lazy("ご本人に伝えること"),
        required=False,
        max_length=LONGEST_OFFER,
        help_text=gettext_lazy("配属、返事の期限など。ご本人のページに出ます。"),
        widget=forms.Textarea({"rows": 3}),
    )

    def __init__(self, data: typing.Any, **how: typing.Any) -> None:
        super().__init__(data, **how)
        one = self.file.introduction
        self.initial = {"salary": one.offer_salary, "start_on": one.offer_start_on, "note": one.offer_note}


class AcceptForm(AskingForm):
    """The person's acceptance, on their word."""

    is_said = forms.BooleanField(
        label=gettext_lazy("ご本人から、内定を承諾する返事を受け取りました"),
        error_messages={"required": gettext_lazy("印がありません。ご本人の返事を確かめてから、印を付けてください。")},
    )

    offer = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, data: typing.Any, **how: typing.Any) -> None:
        super().__init__(data, **how)
        self.initial = {"offer": rules.offer_seen(self.file.introduction.offered_at)}

    @property
    def told(self) -> dict[str, typing.Any]:
        """Which offer it was said of."""
        return {"seen": self.cleaned_data["offer"]}


def _moment(label: str, *, is_required: bool) -> forms.DateTimeField:
    return forms.DateTimeField(
        label=label,
        required=is_required,
        widget=forms.DateTimeInput({"type": "datetime-local", "data-size": "m"}, format=MOMENT),
        error_messages={"required": _("日時が入力されていません。候補を 1 つ以上入力してください。")},
    )
