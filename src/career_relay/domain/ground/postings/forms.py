"""The sheet of a job (求人票) as somebody writes it.

It stands in this room and in no portal: employers and agencies write the same sheet by law, and portals know no sibling.
"""

from __future__ import annotations

import dataclasses
import typing

from django import forms
from django.utils.translation import gettext_lazy

from career_relay.design.forms import DateInput
from career_relay.domain.ground.organizations import vocabulary
from career_relay.domain.ground.postings import rules
from career_relay.domain.ground.postings.models import EmploymentType, JobPosting
from career_relay.domain.ground.postings.rules.sheet import MOST_OPENINGS
from career_relay.domain.ground.skills import occupations

if typing.TYPE_CHECKING:
    from django.forms import BoundField
    from django.utils.functional import _StrPromise

DRAFT: typing.Final = "draft"
_CHOOSE: typing.Final = ("", gettext_lazy("選択してください"))
_EMPTY: typing.Final = gettext_lazy("空のままです。入力するか、一覧から選んでください。")
_BY_LAW: typing.Final = gettext_lazy(
    "労働条件の明示に必要です。入力してください。決まっていないときは、途中で保存できます。"
)
_HEAD: typing.Final = ("title", "employment_type", "occupation", "job_family", "prefecture", "openings", "valid_until")


@dataclasses.dataclass(frozen=True, slots=True)
class Group:
    """Fields that belong together, as the page shows them."""

    title: _StrPromise
    fields: list[BoundField]


def _text(name: str, hint: _StrPromise | str = "", rows: int = 2) -> forms.CharField:
    return forms.CharField(
        label=rules.LABELS[name],
        help_text=hint,
        required=False,
        max_length=rules.LONGEST[name],
        widget=forms.Textarea({"rows": rows}),
    )


def _line(name: str, hint: _StrPromise | str = "") -> forms.CharField:
    return forms.CharField(label=rules.LABELS[name], help_text=hint, required=False, max_length=rules.LONGEST[name])


class SheetForm(forms.Form):
    """What a job is and on which terms. What the law wants is asked for, unless the sheet is to be kept as a draft."""

    title = forms.CharField(
        label=gettext_lazy("求人名"), max_length=200, help_text=gettext_lazy("例：経理（連結決算の担当）")
    )
    employment_type = forms.ChoiceField(label=gettext_lazy("採用の種類"), choices=[_CHOOSE, *EmploymentType.choices])
    occupation = forms.ChoiceField(
        label=gettext_lazy("職種"),
        choices=[_CHOOSE, *occupations.OCCUPATIONS],
        help_text=gettext_lazy("厚生労働省の職業分類から、いちばん近いものを選んでください。"),
    )
    job_family = forms.CharField(
        label=gettext_lazy("社内での職種名"), max_length=100, required=False, help_text=gettext_lazy("例：財務経理部")
    )
    prefecture = forms.ChoiceField(label=gettext_lazy("勤務地の都道府県"), choices=[_CHOOSE, *vocabulary.PREFECTURES])
    openings = forms.IntegerField(
        label=gettext_lazy("採用人数"),
        initial=1,
        min_value=1,
        max_value=MOST_OPENINGS,
        widget=forms.NumberInput({"data-size": "s"}),
    )
    valid_until = forms.DateField(
        label=gettext_lazy("求人の有効期限"),
        required=False,
        widget=DateInput,
        help_text=gettext_lazy("過ぎると、新しい紹介には使えなくなります。決めないときは空のままにします。"),
    )

    duties = _text("duties", gettext_lazy("入社してすぐに行う仕事を、具体的に書いてください。"), rows=4)
    duties_change = _text(
        "duties_change", gettext_lazy("将来の配置で変わりうる仕事。変わらないときは「変更なし」と書きます。")
    )
    requirements = _text("requirements", gettext_lazy("経験、資格など。年齢や性別の条件は書けません。"))
    contract = forms.ChoiceField(
        label=rules.LABELS["contract"], choices=list(rules.CONTRACTS.items()), required=False, widget=forms.RadioSelect
    )
    contract_detail = _text(
        "contract_detail",
        gettext_lazy("期間の定めがあるときに、期間、更新の有無と基準、更新の上限を書いてください。"),
    )
    trial = _text("trial", gettext_lazy("期間と、その間の条件。ないときは「なし」と書きます。"))
    is_dispatch = forms.BooleanField(label=gettext_lazy("派遣労働者としての雇用です"), required=False)

    place = _text("place", gettext_lazy("入社してすぐに働く場所の住所。在宅で働けるときは、その日数も。"))
    place_change = _text(
        "place_change", gettext_lazy("転勤などで変わりうる場所。変わらないときは「変更なし」と書きます。")
    )
    smoking = _line("smoking", gettext_lazy("例：屋内禁煙（喫煙室あり）"))

    hours = _line("hours", gettext_lazy("始業と終業の時刻。例：9:00〜18:00。裁量労働制のときは、みなし時間も。"))
    breaks = _line("breaks", gettext_lazy("例：60 分（12:00〜13:00）"))
    overtime = _line("overtime", gettext_lazy("例：月平均 20 時間。ないときは「なし」と書きます。"))
    holidays = _line("holidays", gettext_lazy("例：土日祝、夏季、年末年始。年間休日 122 日"))

    salary_min = forms.IntegerField(
        label=rules.LABELS["salary_min"],
        required=False,
        min_value=0,
        help_text=gettext_lazy("円で入力してください。例：4500000"),
        widget=forms.NumberInput({"data-size": "m", "step": "10000"}),
    )
    salary_max = forms.IntegerField(
        label=rules.LABELS["salary_max"],
        required=False,
        min_value=0,
        help_text=gettext_lazy("円で入力してください。例：6500000"),
        widget=forms.NumberInput({"data-size": "m", "step": "10000"}),
    )
    pay = _text("pay", gettext_lazy("基本給、手当、賞与、支払日、昇給。例：基本給 28 万〜40 万円、賞与 年 2 回"))
    fixed_overtime = _text(
        "fixed_overtime", gettext_lazy("金額、何時間分か、超えた分を別に払うこと。ないときは空のままにします。")
    )
    insurance = forms.MultipleChoiceField(
        label=rules.LABELS["insurance"],
        choices=list(rules.INSURANCE.items()),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    employer_address = _line("employer_address", gettext_lazy("雇用する会社の所在地"))
    employer_contact = _line("employer_contact", gettext_lazy("雇用する会社の採用の窓口。例：人事部 03-1234-5678"))

    even_of_a_draft: typing.ClassVar[tuple[str, ...]] = ("title",)
    groups_of: typing.ClassVar[dict[_StrPromise, tuple[str, ...]]] = {
        gettext_lazy("求人"): _HEAD,
        gettext_lazy("仕事"): ("duties", "duties_change", "requirements"),
        gettext_lazy("契約"): ("contract", "contract_detail", "trial", "is_dispatch"),
        gettext_lazy("働く場所"): ("place", "place_change", "smoking"),
        gettext_lazy("働く時間と休み"): ("hours", "breaks", "overtime", "holidays"),
        gettext_lazy("賃金と保険"): ("salary_min", "salary_max", "pay", "fixed_overtime", "insurance"),
        gettext_lazy("雇用する会社"): ("employer_address", "employer_contact"),
    }

    def __init__(self, data: typing.Any = None, *, posting: JobPosting | None = None, **kwargs: typing.Any) -> None:
        super().__init__(data, initial=_initial(posting), use_required_attribute=False, **kwargs)
        self.is_draft = bool(data) and DRAFT in data
        self.posting = posting
        for name in rules.missing(rules.Terms(), is_outside=False):
            self.fields[name].required = True
        for name, field in self.fields.items():
            field.error_messages["required"] = _BY_LAW if name in rules.LABELS else _EMPTY

    @property
    def is_outside(self) -> bool:
        """Whether the job is of an employer who is not in the network, so that the sheet says where to find it."""
        return False

    @property
    def groups(self) -> list[Group]:
        """The fields in the order in which a sheet is read."""
        known = [(title, [name for name in names if name in self.fields]) for title, names in self.groups_of.items()]
        return [Group(title, [self[name] for name in names]) for title, names in known if names]

    @property
    def terms(self) -> rules.Terms:
        """The terms as they were typed."""
        names = [field.name for field in dataclasses.fields(rules.Terms)]
        typed = {name: self.cleaned_data[name] for name in names if name in self.cleaned_data}
        return rules.Terms(**typed | {"insurance": tuple(typed.get("insurance", ()))})

    @property
    def sheet(self) -> rules.Sheet:
        """The whole sheet as it is kept."""
        head = {name: value for name in _HEAD if (value := self.cleaned_data.get(name)) is not None}
        return rules.Sheet(**{"title": ""} | head | self.more, terms=self.terms)

    @property
    def more(self) -> dict[str, typing.Any]:
        """What the sheet says besides the form's own fields."""
        return {"received_on": self.posting.received_on} if self.posting else {}

    def full_clean(self) -> None:
        """Ask little of a draft; the marks beside the fields stay, for they say what is wanted at last."""
        later = {name: field for name, field in self.fields.items() if name not in self.even_of_a_draft}
        wanted = [field for field in later.values() if self.is_draft and field.required]
        for field in wanted:
            field.required = False
        super().full_clean()
        for field in wanted:
            field.required = True

    def clean(self) -> dict[str, typing.Any]:
        """Find what is wrong with the sheet, and what the law still wants of it unless this is a draft."""
        cleaned = super().clean() or self.cleaned_data
        for field, fault in rules.sheet_faults(self.sheet, is_agency=False).items():
            self.say(field, fault)
        for field in () if self.is_draft else rules.missing(self.terms, is_outside=self.is_outside):
            self.say(field, str(_BY_LAW))
        return cleaned

    def say(self, field: str, words: str) -> None:
        """Say what is wrong at a field that nothing is said of yet."""
        if field not in self.errors:
            self.add_error(field if field in self.fields else None, words)


def _initial(posting: JobPosting | None) -> dict[str, typing.Any]:
    """Return what the form shows first: the sheet as it stands."""
    if posting is None:
        return {}
    return {name: getattr(posting, name) for name in _HEAD} | dataclasses.asdict(rules.Terms.of(posting.terms))
