"""The forms of a mailing and of a template."""

from __future__ import annotations

import datetime as dt
import typing

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from career_relay.design.forms import DateInput
from career_relay.design.tags.figures import number
from career_relay.domain.ground.postings.models import EmploymentType
from career_relay.domain.hiring.notices import rules
from career_relay.domain.hiring.notices.models import Template, TemplateVersion
from career_relay.kernel import clock
from career_relay.portals.employer.notices import words as notice_words

if typing.TYPE_CHECKING:
    from django.utils.functional import _StrPromise

WITH, WITHOUT = "1", "0"
USUAL, CHOSEN = "usual", "chosen"
A_PAGE_LEFT_OPEN: typing.Final = dt.timedelta(hours=1)
NAME_LENGTH: typing.Final = Template._meta.get_field("name").max_length
LABELS: typing.Final = {field.name: field.verbose_name for field in TemplateVersion._meta.fields}
HELP: typing.Final[dict[str, _StrPromise]] = {
    "subject": gettext_lazy("受信箱で最初に読まれる 1 行です。会社名を入れると、だれからの連絡か分かります。"),
    "thanks": gettext_lazy("宛名と、応募へのお礼。"),
    "result": gettext_lazy("結果を、はっきりと、短く。"),
    "encouragement": gettext_lazy("ねぎらいのことば。なくてもかまいません。"),
    "invitation": gettext_lazy(
        "リンクを載せるメールだけに入ります。このあとに、その方だけのリンクが続きます。登録は自由だと分かる書き方に。"
    ),
    "farewell": gettext_lazy("リンクを載せないメールだけに入ります。なくてもかまいません。"),
    "sender": gettext_lazy(
        "会社名、部署、会社の住所、問い合わせ先。リンクを載せるメールには、法律に合わせて住所も書いてください。"
        "返信先のアドレスは {{返信先}} で差し込めます。"
    ),
}


class LinkChoice(forms.RadioSelect):
    """With or without link; the first can't be chosen while there is no basis, and the page says why."""

    may_link = True

    def create_option(self, *args: typing.Any, **kwargs: typing.Any) -> dict[str, typing.Any]:
        """Return one option."""
        option = super().create_option(*args, **kwargs)
        if option["value"] == WITH and not self.may_link:
            option["attrs"]["disabled"] = True
        return option


class WriteForm(forms.Form):
    """What a mailing says: its template is chosen by address and travels with the form."""

    template = forms.UUIDField(widget=forms.HiddenInput)
    link = forms.ChoiceField(
        label=gettext_lazy("リレーリンク"),
        choices=[
            (WITH, gettext_lazy("載せる（次の機会を案内します）")),
            (WITHOUT, gettext_lazy("載せない（結果だけを知らせます）")),
        ],
        widget=LinkChoice,
        error_messages={"required": gettext_lazy("リンクを載せるかどうかを選んでください。")},
    )
    reply_to = forms.CharField(
        label=gettext_lazy("返信先のメールアドレス"),
        widget=forms.EmailInput({"autocomplete": "email", "data-size": "m"}),
        max_length=254,
        help_text=gettext_lazy("受け取った方の返信が届くアドレスです。採用担当の共有アドレスをおすすめします。"),
        error_messages={
            "required": gettext_lazy("返信先が空です。受け取った方が問い合わせできるアドレスを入力してください。")
        },
    )

    def __init__(self, *args: typing.Any, may_link: bool, **kwargs: typing.Any) -> None:
        super().__init__(*args, **kwargs)
        typing.cast("LinkChoice", self.fields["link"].widget).may_link = may_link

    @property
    def has_link(self) -> bool:
        """Whether the link was chosen."""
        return bool(self.cleaned_data["link"] == WITH)


class ConfirmForm(forms.Form):
    """How many, and from when: both as the page showed them, so that nothing else is confirmed than was read."""

    expected = forms.IntegerField(widget=forms.HiddenInput)
    shown = forms.DateTimeField(widget=forms.HiddenInput)
    when = forms.ChoiceField(label=gettext_lazy("送信を始める日時"), widget=forms.RadioSelect)
    day = forms.DateField(
        label=gettext_lazy("日付"),
        required=False,
        widget=DateInput,
        help_text=gettext_lazy("60 日先まで。夜間など、送信を休む時間帯は選べません。"),
    )
    time = forms.TimeField(
        label=gettext_lazy("時刻（日本時間）"),
        required=False,
        widget=forms.TimeInput({"type": "time", "data-size": "s"}, format="%H:%M"),
    )

    def __init__(self, *args: typing.Any, usual: dt.datetime, words: str, misfits: int, **kwargs: typing.Any) -> None:
        super().__init__(*args, **kwargs)
        self.usual = usual
        if misfits:
            self.fields["sends_misfits"] = _misfits_field(misfits)
        choices = [(USUAL, words), (CHOSEN, _("別の日時を選ぶ"))]
        typing.cast("forms.ChoiceField", self.fields["when"]).choices = choices

    def clean(self) -> dict[str, typing.Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("when") == CHOSEN and not (cleaned.get("day") and cleaned.get("time")):
            self.add_error("day", _("日付と時刻の両方を入力してください。"))
        if cleaned.get("when") == USUAL and "shown" in cleaned and self.usual - cleaned["shown"] > A_PAGE_LEFT_OPEN:
            self.add_error(
                "when", _("このページを開いている間に、開始の日時が変わりました。新しい日時を確認してください。")
            )
        return cleaned

    @property
    def due_at(self) -> dt.datetime | None:
        """The moment that was wished, in Japan; None for the usual one."""
        if self.cleaned_data["when"] == USUAL:
            return None
        return dt.datetime.combine(self.cleaned_data["day"], self.cleaned_data["time"], tzinfo=clock.TOKYO)


class ResolveForm(forms.Form):
    """What became of a mail whose answer was lost, as a person found out."""

    answer = forms.ChoiceField(
        label=gettext_lazy("確認の結果"),
        choices=[
            ("arrived", gettext_lazy("届いていた（連絡済みにします）")),
            ("lost", gettext_lazy("届いていなかった（未通知に戻します）")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("確認の結果を選んでください。")},
    )


class TextsForm(forms.Form):
    """The words of a template, block by block in the order in which they are read."""

    def __init__(self, *args: typing.Any, **kwargs: typing.Any) -> None:
        super().__init__(*args, **kwargs)
        for block in rules.BLOCKS:
            self.fields[block] = _block_field(block)

    @property
    def texts(self) -> rules.Texts:
        """The words as they were typed; also those that have a fault."""
        return rules.Texts(**{block: self.data.get(block, "") for block in rules.BLOCKS})

    def clean(self) -> dict[str, typing.Any]:
        cleaned = super().clean() or self.cleaned_data
        for block, words in rules.faults(rules.tidied(self.texts)).items():
            if block not in self.errors:
                self.add_error(block, words)
        return cleaned


class TemplateForm(TextsForm):
    """A new template: what it is for, and its first words."""

    name = forms.CharField(
        label=gettext_lazy("テンプレートの名前"),
        max_length=NAME_LENGTH,
        help_text=gettext_lazy("社内で見分けるための名前です。応募した方には見えません。例：新卒・面接（夏）"),
        error_messages={"required": gettext_lazy("名前を入力してください。")},
    )
    employment_type = forms.ChoiceField(label=gettext_lazy("採用の種類"), choices=EmploymentType.choices)
    stage = forms.ChoiceField(label=gettext_lazy("お見送りになる選考の段階"), choices=Template.Stage.choices)
    language = forms.ChoiceField(label=gettext_lazy("言語"), choices=list(notice_words.LANGUAGES.items()))


def initial_of(version: TemplateVersion) -> dict[str, str]:
    """Return the words of a version as a form shows them at first."""
    return {block: getattr(version, block) for block in rules.BLOCKS}


def _misfits_field(misfits: int) -> forms.BooleanField:
    words = ngettext(
        "採用の種類・段階がこの文面と合わない %(n)s 名にも、このまま送ります",
        "採用の種類・段階がこの文面と合わない %(n)s 名にも、このまま送ります",
        misfits,
    )
    return forms.BooleanField(
        label=words % {"n": number(misfits)},
        error_messages={
            "required": _("文面と合わない方がいます。外すか、このまま送ることを確かめて、チェックを入れてください。")
        },
    )


def _block_field(block: str) -> forms.CharField:
    is_subject = block == "subject"
    widget = forms.TextInput({"data-block": ""}) if is_subject else forms.Textarea({"rows": 4, "data-block": ""})
    return forms.CharField(
        label=LABELS[block],
        required=block not in rules.MAY_BE_EMPTY,
        widget=widget,
        help_text=HELP[block],
        error_messages={"required": _("入力してください。お見送りのご連絡に欠かせない部分です。")},
    )
