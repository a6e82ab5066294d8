"""What a list of applications is narrowed to, as it stands in the address of the page. Pure: no database."""

from __future__ import annotations

import dataclasses
import datetime as dt
import typing
import unicodedata
import urllib.parse
import uuid

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from career_relay.domain.hiring.intake.vocabulary import Outcome, Stage

if typing.TYPE_CHECKING:
    import collections.abc

    from django.utils.functional import Promise

NOT_RECORDED: typing.Final = "-"
LONGEST_TEXT: typing.Final = 1000
UNTOLD: typing.Final = "untold"
TOLD: typing.Final = "told"
DECIDED: typing.Final = "decided"


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Chip:
    """One filter in words, and the query string of the list without it."""

    field: str
    name: str
    value: str
    without: str


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """Which applications to show. Empty means any; `-` in posting, medium, recruiter or reason means "not recorded".

    `stage` is where an application stands now; `reached` is a stage it stands at or has been beyond; `dated` is a stage
    it has a day of, or `decided` for the day of the decision. `postings` is no filter but a restriction, which the
    address can't lift: the only postings somebody may see.
    """

    q: str = ""
    outcome: str = ""
    stage: str = ""
    reached: str = ""
    posting: str = ""
    medium: str = ""
    recruiter: str = ""
    reason: str = ""
    applied_from: dt.date | None = None
    applied_to: dt.date | None = None
    dated: str = ""
    told: str = ""
    batch: str = ""
    postings: tuple[uuid.UUID, ...] | None = None

    def query(self) -> str:
        """Return the query string that `read` makes these filters of again."""
        given = ((name, getattr(self, name)) for name in _READERS)
        return urllib.parse.urlencode([(name, str(value)) for name, value in given if value])

    def without(self, *names: str) -> Filters:
        """Return the filters with these left open."""
        opened: dict[str, typing.Any] = {name: None if name in _DAYS else "" for name in names}
        return dataclasses.replace(self, **opened)

    def chips(
        self, *, posting_titles: collections.abc.Mapping[str, str], batch_names: collections.abc.Mapping[str, str]
    ) -> list[Chip]:
        """Return each filter in words. What only the database knows is passed in: titles and file names by id."""
        known = {"posting": posting_titles, "batch": batch_names}
        chips = [self._chip(name, known.get(name, {})) for name in _NAMES if getattr(self, name)]
        days = self._days()
        return (
            [*chips, Chip(field="applied", name=_("応募日"), value=days, without=self._query_without(*_DAYS))]
            if days
            else chips
        )

    def _chip(self, name: str, known: collections.abc.Mapping[str, str]) -> Chip:
        value = getattr(self, name)
        words = _("（記録なし）") if value == NOT_RECORDED else str(_WORDS.get(name, known).get(value, value))
        return Chip(field=name, name=str(_NAMES[name]), value=words, without=self._query_without(name))

    def _query_without(self, *names: str) -> str:
        return self.without(*names).query()

    def _days(self) -> str:
        first, last = (
            formats.date_format(day, "SHORT_DATE_FORMAT") if day else "" for day in (self.applied_from, self.applied_to)
        )
        return _("%(first)s〜%(last)s") % {"first": first, "last": last} if first or last else ""


def read(
    given: collections.abc.Mapping[str, str], *, postings: collections.abc.Iterable[uuid.UUID] | None = None
) -> Filters:
    """Return the filters that an address names. What is unknown or broken counts as not named."""
    values = {name: reader(given.get(name, "").strip()) for name, reader in _READERS.items()}
    return Filters(**values, postings=None if postings is None else tuple(postings))


def _text(value: str) -> str:
    """Return text that could stand in a row: neither long nor with characters that the database can't hold."""
    is_storable = len(value) <= LONGEST_TEXT and all(unicodedata.category(one) not in {"Cc", "Cs"} for one in value)
    return value if is_storable else ""


def _id(value: str) -> str:
    try:
        return str(uuid.UUID(value)) if value.isascii() else ""
    except ValueError:
        return ""


def _id_or_none(value: str) -> str:
    return NOT_RECORDED if value == NOT_RECORDED else _id(value)


def _day(value: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(value)
    except ValueError:
        return None


def _one_of(choices: collections.abc.Iterable[str]) -> collections.abc.Callable[[str], str]:
    known = frozenset(choices)
    return lambda value: value if value in known else ""


_DAYS: typing.Final = frozenset({"applied_from", "applied_to"})
_READERS: typing.Final[dict[str, collections.abc.Callable[[str], typing.Any]]] = {
    "q": _text,
    "outcome": _one_of(one.value for one in Outcome),
    "stage": _one_of(one.value for one in Stage),
    "reached": _one_of(one.value for one in Stage if one != Stage.ON_HOLD),
    "posting": _id_or_none,
    "medium": _text,
    "recruiter": _text,
    "reason": _text,
    "applied_from": _day,
    "applied_to": _day,
    "dated": _one_of([DECIDED, *(one.value for one in Stage)]),
    "told": _one_of([TOLD, UNTOLD]),
    "batch": _id,
}
_STAGES: typing.Final = {one.value: one.label for one in Stage}
_WORDS: typing.Final[dict[str, collections.abc.Mapping[str, Promise]]] = {
    "outcome": {one.value: one.label for one in Outcome},
    "stage": _STAGES,
    "reached": _STAGES,
    "dated": {**_STAGES, DECIDED: gettext_lazy("結果の決定")},
    "told": {TOLD: gettext_lazy("連絡済み"), UNTOLD: gettext_lazy("未通知の不採用")},
}
_NAMES: typing.Final[dict[str, Promise]] = {
    "q": gettext_lazy("検索"),
    "outcome": gettext_lazy("結果"),
    "stage": gettext_lazy("選考段階"),
    "reached": gettext_lazy("到達した段階"),
    "posting": gettext_lazy("求人"),
    "medium": gettext_lazy("応募経路"),
    "recruiter": gettext_lazy("担当者"),
    "reason": gettext_lazy("理由"),
    "dated": gettext_lazy("日付の記録がある段階"),
    "told": gettext_lazy("連絡"),
    "batch": gettext_lazy("取り込み"),
}
