"""The words of a file that nobody has explained yet, by what they speak of; each is asked once with its number of rows."""

from __future__ import annotations

import dataclasses
import itertools
import typing

from django.utils.translation import gettext_lazy

from career_relay.domain.hiring.intake.models import SourceValue
from career_relay.portals.employer.imports.forms import ValuesForm

if typing.TYPE_CHECKING:
    import collections.abc

    from django.forms import BoundField
    from django.utils.functional import Promise

    from career_relay.domain.hiring.intake.queries import UnknownValue

AT_ONCE: typing.Final = 60
Kind = SourceValue.Kind
_STATUS: typing.Final = gettext_lazy(
    "段階か結果、または両方を選んでください。「最終面接で不合格」なら両方です。"
    "お見送りの連絡の対象になるのは、「不採用（会社判断）」を選んだ言葉だけです。"
)
_TEXTS: typing.Final[dict[str, Promise]] = {
    Kind.STATUS: _STATUS,
    Kind.STAGE: _STATUS,
    Kind.OUTCOME: _STATUS,
    Kind.EMPLOYMENT_TYPE: gettext_lazy("どの採用を表す言葉かを選んでください。"),
}


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One word and the selects that explain it."""

    value: UnknownValue
    selects: list[BoundField]

    @property
    def tone(self) -> str:
        """The mark beside a row that was not answered."""
        return "negative" if any(select.errors for select in self.selects) else ""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """The words of one kind."""

    title: str
    text: Promise
    lines: list[Line]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """The page around the form; `left` words are asked on the next one."""

    groups: list[Group]
    total: int
    left: int


def page(form: ValuesForm, unknown: collections.abc.Sequence[UnknownValue]) -> Page:
    """Return the words asked for now, by kind, in the order they came."""
    lines = [Line(value=value, selects=form.selects(name)) for name, value in form.words.items()]
    lines.sort(key=lambda line: list(_TEXTS).index(line.value.kind))
    return Page(
        groups=[
            Group(title=str(Kind(kind).label), text=_TEXTS[kind], lines=list(of_kind))
            for kind, of_kind in itertools.groupby(lines, key=lambda line: line.value.kind)
        ],
        total=len(unknown),
        left=len(unknown) - len(lines),
    )
