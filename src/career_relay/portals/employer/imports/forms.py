"""The forms of an import: the file, what its columns are, what its words mean."""

from __future__ import annotations

import hashlib
import typing

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from career_relay.domain.ground.postings.models import EmploymentType
from career_relay.domain.hiring.intake import decoding, meanings
from career_relay.domain.hiring.intake.models import Source, SourceValue
from career_relay.domain.hiring.intake.vocabulary import Field, Outcome, Stage

if typing.TYPE_CHECKING:
    import collections.abc

    from django.forms import BoundField

    from career_relay.domain.hiring.intake.queries import ColumnView, UnknownValue

    Choices: typing.TypeAlias = list[tuple[str, typing.Any]]

SOURCE_LENGTH: typing.Final = Source._meta.get_field("name").max_length

GROUPS: typing.Final = {
    gettext_lazy("応募した人"): (
        Field.NAME, Field.FAMILY_NAME, Field.GIVEN_NAME, Field.KANA, Field.FAMILY_KANA, Field.GIVEN_KANA,
        Field.EMAIL, Field.PHONE, Field.PREFECTURE, Field.APPLICANT_ID,
    ),
    gettext_lazy("応募"): (
        Field.APPLICATION_ID, Field.APPLIED_AT, Field.APPLIED_TIME, Field.SOURCE, Field.POSTING_ID,
        Field.POSTING_TITLE, Field.EMPLOYMENT_TYPE, Field.JOB_FAMILY,
    ),
    gettext_lazy("選考の状況"): (
        Field.STATUS, Field.STAGE, Field.OUTCOME, Field.REASON, Field.DECIDED_AT, Field.TOLD_AT, Field.REJECTED_ON,
        Field.WITHDREW_ON, Field.RECRUITER, Field.NOTE,
    ),
    gettext_lazy("段階ごとの日付"): (
        Field.STAGE_DATE_CASUAL, Field.STAGE_DATE_DOCUMENTS, Field.STAGE_DATE_APTITUDE, Field.STAGE_DATE_FIRST,
        Field.STAGE_DATE_SECOND, Field.STAGE_DATE_THIRD, Field.STAGE_DATE_FINAL, Field.STAGE_DATE_ON_HOLD,
        Field.OFFERED_AT, Field.ACCEPTED_AT, Field.JOINED_ON, Field.LEFT_ON,
    ),
}  # fmt: skip


class AboutSource(typing.TypedDict):
    """What is remembered about where a file came from, beside its columns."""

    source_name: str
    blank_clears: bool


class UploadForm(forms.Form):
    """The file itself, and how its bytes are to be read when recognition went wrong.

    `is_too_large`: there is no file in the form because it was refused on its way.
    """

    too_large = gettext_lazy("ファイルが上限の 50 MB を超えています。期間を分けて書き出してください。")

    file = forms.FileField(
        label=gettext_lazy("ファイル"),
        help_text=gettext_lazy("CSV か TSV。50 MB、20 万行まで。列の並びと名前は、書き出したままでかまいません。"),
        widget=forms.FileInput({"accept": ".csv,.tsv,.txt,text/csv,text/tab-separated-values,text/plain"}),
        error_messages={
            "required": gettext_lazy("ファイルが選ばれていません。書き出した CSV を選んでください。"),
            "empty": gettext_lazy(
                "ファイルに中身がありません。書き出し元で件数を確かめて、もう一度書き出してください。"
            ),
        },
    )
    encoding = forms.ChoiceField(
        label=gettext_lazy("文字コード"),
        choices=[("", gettext_lazy("自動で見分ける")), *decoding.ENCODINGS.items()],
        required=False,
        widget=forms.Select({"data-size": "m"}),
        help_text=gettext_lazy("文字が正しく出なかったときだけ、選び直してください。"),
    )

    def __init__(self, *args: typing.Any, is_too_large: bool = False, **kwargs: typing.Any) -> None:
        super().__init__(*args, **kwargs)
        self.is_too_large = is_too_large
        if is_too_large:
            self.fields["file"].error_messages["required"] = self.too_large


class ColumnsForm(forms.Form):
    """One choice a column; columns that may not be taken have none."""

    source_name = forms.CharField(
        label=gettext_lazy("取り込み元の名前"),
        max_length=SOURCE_LENGTH,
        help_text=gettext_lazy(
            "例：HRハッカー、採用サイト。次に同じ形のファイルを選ぶと、ここで決めた列と値をそのまま使います。"
        ),
        widget=forms.TextInput({"list": "sources", "data-size": "m", "autocomplete": "off"}),
        error_messages={
            "required": gettext_lazy("取り込み元の名前がありません。採用管理システムや媒体の名前を入力してください。")
        },
    )
    blank_clears = forms.BooleanField(
        label=gettext_lazy("空欄のとき、登録済みの値を消す"),
        required=False,
        help_text=gettext_lazy("選ばないときは、空欄の項目は登録済みの値のまま残ります。"),
    )

    def __init__(self, *args: typing.Any, columns: collections.abc.Sequence[ColumnView], **kwargs: typing.Any) -> None:
        super().__init__(*args, **kwargs)
        self.columns = {column_name(column.index): column for column in columns}
        choices = _field_choices()
        for name, column in self.columns.items():
            self.fields[name] = forms.ChoiceField(
                label=column.header or _("%(n)d 列目（名前なし）") % {"n": column.index + 1},
                choices=choices,
                required=False,
                initial=column.field.value if column.field else "",
            )

    def clean(self) -> dict[str, typing.Any]:
        cleaned = super().clean() or self.cleaned_data
        first: dict[str, str] = {}
        for name in self.columns:
            chosen = cleaned.get(name, "")
            if chosen and chosen in first:
                words = _("「%(field)s」が「%(other)s」の列でも選ばれています。どちらかを「使わない」にしてください。")
                other = self.fields[first[chosen]].label
                self.add_error(name, words % {"field": Field(chosen).label, "other": other})
            first.setdefault(chosen, name)
        return cleaned

    @property
    def about_source(self) -> AboutSource:
        """What is remembered for the next file of the same kind."""
        return {
            "source_name": self.cleaned_data["source_name"],
            "blank_clears": self.cleaned_data["blank_clears"],
        }

    @property
    def chosen(self) -> dict[int, Field | None]:
        """The field each column stands for, None for a column that is not used."""
        return {
            column.index: Field(chosen) if (chosen := self.cleaned_data[name]) else None
            for name, column in self.columns.items()
        }


class UndoForm(forms.Form):
    """Nothing to fill in: it holds what speaks against taking a file back."""


class ValuesForm(forms.Form):
    """Answers for each word: a stage, an outcome or both; or a kind of hiring."""

    def __init__(
        self, *args: typing.Any, unknown: collections.abc.Sequence[UnknownValue], **kwargs: typing.Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.words = {word_name(value): value for value in unknown}
        for name, value in self.words.items():
            for part, (label, choices) in enumerate(_questions(value)):
                self.fields[f"{name}_{part}"] = forms.ChoiceField(label=label, choices=choices, required=False)

    def clean(self) -> dict[str, typing.Any]:
        cleaned = super().clean() or self.cleaned_data
        for name, value in self.words.items():
            selects = self.selects(name)
            if not any(select.errors or cleaned.get(select.name) for select in selects):
                self.add_error(selects[0].name, _undecided(value))
        return cleaned

    def selects(self, name: str) -> list[BoundField]:
        """Return the selects that explain a word."""
        return [self[field] for field in self.fields if field.startswith(f"{name}_")]

    @property
    def answers(self) -> dict[tuple[str, str], str]:
        """What each word means, in the form in which it is remembered."""
        return {
            (value.kind, value.word): "/".join(
                chosen for select in self.selects(name) if (chosen := self.cleaned_data[select.name])
            )
            for name, value in self.words.items()
        }


def column_name(index: int) -> str:
    """Return the name of the select for a column."""
    return f"column_{index}"


def word_name(value: UnknownValue) -> str:
    """Return the name of the selects for a word: by the word, so that it means the same when the list has changed."""
    return f"word_{hashlib.sha256(f'{value.kind}:{value.word}'.encode()).hexdigest()[:16]}"


def _field_choices() -> Choices:
    groups = [(str(title), [(field.value, str(field.label)) for field in fields]) for title, fields in GROUPS.items()]
    return [("", _("使わない")), *groups]


def _questions(value: UnknownValue) -> list[tuple[str, Choices]]:
    """Return what is asked about a word; of each suggestion the part that answers the question is put first."""
    likely = [meanings.read(value.kind, text) for text in value.suggestions]
    if value.kind == SourceValue.Kind.EMPLOYMENT_TYPE:
        return [(_("採用の種類"), _choices(EmploymentType, likely))]
    statuses = [status for status in likely if isinstance(status, tuple)]
    return [
        (_("段階"), _choices(Stage, [stage for stage, _outcome in statuses])),
        (_("結果"), _choices(Outcome, [outcome for _stage, outcome in statuses])),
    ]


def _choices(
    all_of_them: type[Stage | Outcome | EmploymentType], likely: collections.abc.Iterable[typing.Any]
) -> Choices:
    first = [one for one in dict.fromkeys(likely) if one is not None]
    near = [(one.value, str(one.label)) for one in first]
    rest = [(one.value, str(one.label)) for one in all_of_them if one not in first]
    if not near:
        return [("", "―"), *rest]
    return [("", "―"), (_("近い候補"), near), (_("そのほか"), rest)]


def _undecided(value: UnknownValue) -> str:
    words = ngettext(
        "「%(word)s」（%(n)d 件）の意味が選ばれていません。当てはまるものを選んでください。",
        "「%(word)s」（%(n)d 件）の意味が選ばれていません。当てはまるものを選んでください。",
        value.count,
    )
    return words % {"word": value.word, "n": value.count}
