"""What a person types. The rules of the room decide; these forms only ask, and give typed words back with what is wrong."""

from __future__ import annotations

import contextlib
import dataclasses
import re
import typing
import unicodedata

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from career_relay.design.forms import CodeInput
from career_relay.design.shapes import ConsentTerms
from career_relay.domain.circle.referrals.models import Registration
from career_relay.domain.ground.organizations import vocabulary
from career_relay.domain.ground.postings.models import EmploymentType
from career_relay.domain.people.candidates import rules
from career_relay.domain.people.complaints.models import LONGEST_WORDS, Topic
from career_relay.kernel import japanese
from career_relay.kernel.errors import DomainError

if typing.TYPE_CHECKING:
    import collections.abc

    from career_relay.domain.people.consents.wording import Wording

    Rule = collections.abc.Callable[[str], str]

SIX_DIGITS: typing.Final = re.compile(r"[0-9]{6}")


class RuleField(forms.CharField):
    """Text that a rule of the room reads; its refusal stands at the field, with what was typed."""

    def __init__(self, rule: Rule, **options: typing.Any) -> None:
        super().__init__(**options)
        self.rule = rule

    def clean(self, value: typing.Any) -> str:
        """Return the text in the form in which it is kept."""
        typed = super().clean(value)
        if not typed:
            return ""
        try:
            return self.rule(typed)
        except rules.UnableToUseDetail as error:
            raise ValidationError(str(error.message)) from error


class WrittenField(RuleField):
    """Words that others will read: characters that only this device can show are refused, not silently lost."""

    def to_python(self, value: typing.Any) -> str:
        """Return the text if every character of it can be shown elsewhere."""
        text = str(super().to_python(value) or "")
        for character in text:
            if unicodedata.category(character) in rules.UNREADABLE:
                words = _("「%(character)s」は、ほかの端末で表示できない文字です。近い文字に置き換えてください。")
                raise ValidationError(words % {"character": character})
        return text


class AddressField(RuleField):
    """An e-mail address, also when it was typed with a Japanese keyboard's wide letters."""

    def __init__(self, **options: typing.Any) -> None:
        words = gettext_lazy("メールアドレスが入力されていません。確認コードを受け取るアドレスを入力してください。")
        attributes = {"autocomplete": "email", "autocapitalize": "none", "spellcheck": "false"}
        super().__init__(
            rules.clean_email,
            label=gettext_lazy("メールアドレス"),
            error_messages={"required": words},
            widget=forms.EmailInput(attrs=attributes),
            **options,
        )


class Form(forms.Form):
    """A form that can also say what an operation said no to: that is its `refusal`."""

    refusal: DomainError | None = None

    @contextlib.contextmanager
    def telling(self, field: str | None = None) -> collections.abc.Iterator[None]:
        """Undo what the block wrote if a rule refuses it, and say so at the field or above the form."""
        try:
            with transaction.atomic():
                yield
        except DomainError as error:
            self.add_error(field, str(error.message))
            self.refusal = error


class PersonForm(Form):
    """What we ask of a person, and no more."""

    name = WrittenField(
        rules.clean_name,
        label=gettext_lazy("お名前"),
        error_messages={"required": gettext_lazy("お名前が入力されていません。お名前を入力してください。")},
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    phone = RuleField(
        rules.clean_phone,
        label=gettext_lazy("電話番号"),
        required=False,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel", "data-size": "m"}),
    )
    prefecture = forms.ChoiceField(
        label=gettext_lazy("働きたい地域"),
        choices=[("", gettext_lazy("選んでください")), *vocabulary.PREFECTURES],
        error_messages={"required": gettext_lazy("働きたい地域が選ばれていません。都道府県を 1 つ選んでください。")},
        help_text=gettext_lazy("決まっていないときは、いまお住まいの都道府県を選んでください。"),
        widget=forms.Select(attrs={"autocomplete": "address-level1", "data-size": "m"}),
    )
    occupation = WrittenField(
        rules.clean_occupation,
        label=gettext_lazy("希望の仕事"),
        required=False,
        help_text=gettext_lazy("例：経理、介護、まだ決めていない"),
    )


class OwnDetailsForm(PersonForm):
    """What a registered person may correct: the same, and a wish that the first form spares them."""

    employment_type = forms.ChoiceField(
        label=gettext_lazy("希望の働き方"),
        choices=[("", gettext_lazy("こだわらない")), *EmploymentType.choices],
        required=False,
        help_text=gettext_lazy("紹介会社を探すときに使います。担当の会社にも伝わります。"),
        widget=forms.Select(attrs={"data-size": "m"}),
    )


class DetailsForm(PersonForm):
    """The first page of a registration: six questions, two of them free to skip, one answered already."""

    email = AddressField(help_text=gettext_lazy("確認コードをお送りします。"))
    source_type = forms.ChoiceField(
        label=gettext_lazy("この会社との関係"),
        choices=[
            (Registration.Source.REJECTED, gettext_lazy("お見送りの連絡を受けた")),
            (Registration.Source.WITHDREW, gettext_lazy("自分から辞退した")),
            (Registration.Source.LEAVER, gettext_lazy("この会社を退職したばかり、または退職する予定")),
            (Registration.Source.ALUMNI, gettext_lazy("以前この会社で働いていた")),
        ],
        initial=Registration.Source.REJECTED,
        required=False,
        widget=forms.RadioSelect,
    )
    field_order = ("name", "email", "phone", "prefecture", "occupation", "source_type")

    def clean_source_type(self) -> str:
        """Return what was chosen; nothing chosen means the usual."""
        return self.cleaned_data["source_type"] or str(Registration.Source.REJECTED)

    @property
    def details(self) -> rules.Details:
        """What was typed, in the form in which it is kept."""
        return rules.Details(**self.cleaned_data)


@dataclasses.dataclass(frozen=True, slots=True)
class ConsentCard:
    """An unticked box and what it means."""

    field: forms.BoundField
    terms: ConsentTerms


class ConsentsForm(Form):
    """One box for each purpose, none ticked by us."""

    def __init__(self, *args: typing.Any, offered: collections.abc.Sequence[Wording], **options: typing.Any) -> None:
        super().__init__(*args, **options)
        self.offered = offered
        for wording in offered:
            self.fields[wording.purpose] = forms.BooleanField(label=wording.title, required=False)

    @property
    def cards(self) -> list[ConsentCard]:
        """The boxes with their words, in the order in which they are put."""
        return [ConsentCard(self[wording.purpose], _terms(wording)) for wording in self.offered]

    @property
    def purposes(self) -> list[str]:
        """What was ticked."""
        return [purpose for purpose, is_ticked in self.cleaned_data.items() if is_ticked]


class AddressForm(Form):
    """An address that wants a code, or no more mail."""

    email = AddressField()


class NewAddressForm(AddressForm):
    """The address somebody wants to be known by from now on."""

    def __init__(self, *args: typing.Any, **options: typing.Any) -> None:
        super().__init__(*args, **options)
        self.fields["email"].label = _("新しいメールアドレス")


class CodeForm(Form):
    """The six digits from a mail."""

    code = forms.CharField(
        label=gettext_lazy("確認コード（6 桁の数字）"),
        error_messages={
            "required": gettext_lazy("確認コードが入力されていません。メールに届いた 6 桁の数字を入力してください。")
        },
        widget=CodeInput,
    )

    def clean_code(self) -> str:
        """Return six ASCII digits, however they were typed."""
        typed = str(self.cleaned_data["code"])
        digits = "".join(japanese.normalise(typed).replace("-", "").split())
        if not SIX_DIGITS.fullmatch(digits):
            words = _("「%(typed)s」は 6 桁の数字ではありません。メールの確認コードを、数字だけで入力してください。")
            raise ValidationError(words % {"typed": typed[:20]})
        return digits


class SearchForm(forms.Form):
    """Which agencies are shown, as the address says it; only the browser sends it, nothing is checked."""

    prefecture = forms.ChoiceField(
        label=gettext_lazy("地域"), choices=[("all", gettext_lazy("すべて")), *vocabulary.PREFECTURES], required=False
    )
    q = forms.CharField(label=gettext_lazy("会社名"), required=False)


class EndForm(Form):
    """Leaving an agency. No reason is asked for."""

    excludes = forms.BooleanField(
        label=gettext_lazy("この会社には、これからも担当してほしくない"),
        required=False,
        help_text=gettext_lazy(
            "選ぶと、あなたがまた希望に入れないかぎり、この会社には頼みません。この会社に理由は伝わりません。"
        ),
    )


class ReportForm(Form):
    """What is wrong with an agency, for the operator's eyes."""

    topic = forms.ChoiceField(
        label=gettext_lazy("困っていること"),
        choices=Topic.choices,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("困っていることが選ばれていません。近いものを 1 つ選んでください。")},
    )
    words = forms.CharField(
        label=gettext_lazy("くわしい内容"),
        max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=gettext_lazy(
            "いつ、何があったかを、わかる範囲で書いてください。健康や家族のことは書かなくてかまいません。"
        ),
        error_messages={
            "required": gettext_lazy("くわしい内容が入力されていません。いつ、何があったかを書いてください。")
        },
    )
    wants_answer = forms.BooleanField(
        label=gettext_lazy("名前と連絡先も、運営に伝える"),
        required=False,
        help_text=gettext_lazy(
            "選ぶと、運営がメールで直接たずねられます。選ばなくても、回答はあなたのページに届きます。"
        ),
    )


def _terms(wording: Wording) -> ConsentTerms:
    return ConsentTerms(
        purpose=wording.text,
        receivers=wording.receiver,
        contents=wording.items,
        until=wording.until,
        withdrawal=wording.withdraw,
    )
