"""The forms by which an agency says what it is: its licence, its desk, its offices."""

from __future__ import annotations

import typing

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from career_relay.design.forms import DateInput
from career_relay.domain.ground.agencies import operations, rules
from career_relay.domain.ground.agencies.models import LONGEST_MESSAGE, USUAL_CAPACITY
from career_relay.domain.ground.organizations import vocabulary
from career_relay.domain.ground.postings.models import EmploymentType
from career_relay.domain.ground.skills import occupations

if typing.TYPE_CHECKING:
    from career_relay.domain.ground.agencies.models import Desk, Office

FIRST: typing.Final = "first"
RENEWED: typing.Final = "renewed"


def _codes(label: typing.Any, choices: typing.Any, help_text: typing.Any) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label, choices=choices, help_text=help_text, required=False, widget=forms.CheckboxSelectMultiple
    )


class LicenceForm(forms.Form):
    """A licence with what proves it. `is_too_large`: there is no file in the form because it was refused on its way."""

    too_large = _("ファイルが上限の 5 MB を超えています。画像を小さくするか、必要なページだけにしてください。")

    number = forms.CharField(
        label=_("許可・届出番号"),
        max_length=40,
        help_text=_("許可証にある番号です。例：13-ユ-123456（2 桁・種類・6 桁）"),
        widget=forms.TextInput({"data-size": "m", "autocomplete": "off"}),
    )
    kind = forms.ChoiceField(
        label=_("許可の種類"),
        choices=[(FIRST, _("新規（有効期間は 3 年まで）")), (RENEWED, _("更新（有効期間は 5 年まで）"))],
        widget=forms.RadioSelect,
        initial=FIRST,
    )
    valid_from = forms.DateField(label=_("有効期間の始まり"), widget=DateInput)
    valid_until = forms.DateField(label=_("有効期間の終わり"), help_text=_("この日まで有効です。"), widget=DateInput)
    evidence = forms.FileField(
        label=_("許可証の写し"),
        help_text=_(
            "PDF、PNG、JPEG。5 MB まで。番号と有効期間が読めるものを選んでください。運営だけが確認に使います。"
        ),
        widget=forms.FileInput({"accept": ".pdf,.png,.jpg,.jpeg,application/pdf,image/png,image/jpeg"}),
        error_messages={
            "required": _("ファイルが選ばれていません。許可証を撮影または保存したファイルを選んでください。"),
            "empty": _("ファイルに中身がありません。許可証を撮影または保存し直して、もう一度選んでください。"),
        },
    )

    def __init__(self, *args: typing.Any, is_too_large: bool = False, **kwargs: typing.Any) -> None:
        super().__init__(*args, **kwargs)
        if is_too_large:
            self.fields["evidence"].error_messages["required"] = self.too_large

    @classmethod
    def initial_of(cls, standing: rules.Standing) -> dict[str, str]:
        """Return what the form shows first: whoever has a licence comes with its renewal, of the same number."""
        return {"number": standing.number, "kind": RENEWED} if standing.number else {}

    def clean_evidence(self) -> typing.Any:
        """Refuse what is too large before it is read."""
        if self.cleaned_data["evidence"].size > rules.MOST_EVIDENCE_BYTES:
            raise forms.ValidationError(self.too_large)
        return self.cleaned_data["evidence"]

    @property
    def licence(self) -> dict[str, typing.Any]:
        """What is to be submitted."""
        file = self.cleaned_data["evidence"]
        return {
            "number": self.cleaned_data["number"],
            "is_renewal": self.cleaned_data["kind"] == RENEWED,
            "valid_from": self.cleaned_data["valid_from"],
            "valid_until": self.cleaned_data["valid_until"],
            "evidence": operations.Upload(file.name, file.read()),
        }


class DeskForm(forms.Form):
    """How the agency is reached, and whom it takes."""

    phone = forms.CharField(
        label=_("電話番号"),
        max_length=20,
        help_text=_("担当が決まった方に伝えます。例：03-1234-5678"),
        widget=forms.TextInput({"type": "tel", "data-size": "m", "autocomplete": "tel"}),
    )
    email = forms.EmailField(
        label=_("メールアドレス"), max_length=254, help_text=_("担当が決まった方に伝えます。共用のアドレスを勧めます。")
    )
    message = forms.CharField(
        label=_("ご登録者へのひとこと"),
        max_length=LONGEST_MESSAGE,
        required=False,
        help_text=format_lazy(_("どんな支援をするか、連絡しやすい時間など。{most} 字までです。"), most=LONGEST_MESSAGE),
        widget=forms.Textarea({"rows": 3}),
    )
    capacity = forms.IntegerField(
        label=_("同時に担当できる人数"),
        initial=USUAL_CAPACITY,
        min_value=1,
        max_value=operations.MOST_PEOPLE,
        help_text=_("この人数に達すると、新しい方は届きません。"),
        widget=forms.NumberInput({"data-size": "s"}),
    )
    is_taking = forms.BooleanField(
        label=_("新しい方を受け付ける"),
        required=False,
        initial=True,
        help_text=_("休業や繁忙のときは外してください。担当中の方はそのままです。"),
    )
    employment_types = _codes(_("採用の種類"), EmploymentType.choices, _("1 つも選ばないと、すべてになります。"))
    occupations = _codes(
        _("職種"),
        occupations.OCCUPATIONS,
        _("1 つも選ばないと、すべての職種になります。港湾運送の業務と、建設の作業をする業務は紹介できません。"),
    )
    prefectures = _codes(_("地域"), vocabulary.PREFECTURES, _("1 つも選ばないと、全国になります。"))

    @classmethod
    def initial_of(cls, desk: Desk | None) -> dict[str, typing.Any]:
        """Return what the form shows first."""
        return {name: getattr(desk, name) for name in cls.base_fields} if desk else {}

    @property
    def details(self) -> operations.DeskDetails:
        """What is to be kept."""
        return operations.DeskDetails(**self.cleaned_data)


class OfficeForm(forms.Form):
    """A place of business and its responsible person."""

    name = forms.CharField(label=_("事業所名"), max_length=120)
    prefecture = forms.ChoiceField(label=_("都道府県"), choices=[("", _("選択してください")), *vocabulary.PREFECTURES])
    address = forms.CharField(label=_("市区町村から先の住所"), max_length=200)
    phone = forms.CharField(
        label=_("電話番号"), max_length=20, widget=forms.TextInput({"type": "tel", "data-size": "m"})
    )
    responsible_name = forms.CharField(
        label=_("職業紹介責任者の氏名"), max_length=120, help_text=_("事業所ごとに 1 名以上の選任が必要です。")
    )
    trained_on = forms.DateField(
        label=_("職業紹介責任者講習の受講日"),
        help_text=_("受けてから 5 年以内の講習が必要です。"),
        widget=DateInput,
    )

    @classmethod
    def initial_of(cls, office: Office) -> dict[str, typing.Any]:
        """Return what the form shows first."""
        return {name: getattr(office, name) for name in cls.base_fields}

    @property
    def details(self) -> operations.OfficeDetails:
        """What is to be kept."""
        return operations.OfficeDetails(**self.cleaned_data)
