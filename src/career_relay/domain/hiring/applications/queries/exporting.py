"""The rows of a list as a table for a file: the columns that were chosen, in the list's own order."""

from __future__ import annotations

import typing

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from career_relay.domain.hiring.applications.queries import listing, selecting
from career_relay.domain.hiring.intake.vocabulary import Outcome, Stage
from career_relay.kernel import clock

if typing.TYPE_CHECKING:
    import collections.abc
    import datetime as dt
    import uuid

    from django.utils.functional import _StrPromise

    from career_relay.domain.hiring.applications.filters import Filters

COLUMNS: typing.Final[dict[str, _StrPromise]] = {
    "posting": gettext_lazy("求人"),
    "stage": gettext_lazy("選考段階"),
    "outcome": gettext_lazy("結果"),
    "applied": gettext_lazy("応募日"),
    "decided": gettext_lazy("決定日"),
    "told": gettext_lazy("連絡"),
    "medium": gettext_lazy("応募経路"),
    "recruiter": gettext_lazy("担当者"),
}
ROWS_AT_ONCE: typing.Final = 2000


def header(columns: collections.abc.Iterable[str]) -> list[str]:
    """Return the headings; the person and the application's id always stand first."""
    return [_("氏名"), _("フリガナ"), _("応募 ID"), *(str(COLUMNS[one]) for one in columns)]


def count(organization_id: uuid.UUID, filters: Filters) -> int:
    """Return how many applications the filters leave."""
    return selecting.rows(organization_id, filters).count()


def rows(
    organization_id: uuid.UUID, filters: Filters, *, sort: str, columns: collections.abc.Collection[str]
) -> collections.abc.Iterator[list[str]]:
    """Yield a row of words for each application that the filters leave, read some at a time."""
    found = selecting.rows(organization_id, filters).order_by(*listing.orders(sort))
    lines = found.values_list("applicant__name", "applicant__kana", "external_id", *_FIELDS)
    for name, kana, external_id, *values in lines.iterator(ROWS_AT_ONCE):
        words = _words(*values)
        yield [name, kana, external_id, *(words[one] for one in columns)]


def _words(
    posting: str | None,
    stage: str,
    outcome: str,
    applied_at: dt.datetime,
    decided_at: dt.datetime | None,
    told_at: dt.datetime | None,
    medium: str,
    recruiter: str,
) -> dict[str, str]:
    is_untold = outcome == Outcome.REJECTED and told_at is None
    return {
        "posting": posting or "",
        "stage": str(Stage(stage).label),
        "outcome": str(Outcome(outcome).label),
        "applied": _day(applied_at),
        "decided": _day(decided_at),
        "told": _("未通知") if is_untold else _day(told_at),
        "medium": medium,
        "recruiter": recruiter,
    }


def _day(moment: dt.datetime | None) -> str:
    return f"{moment.astimezone(clock.TOKYO):%Y/%m/%d}" if moment else ""


_FIELDS: typing.Final = (
    "posting__title",
    "stage",
    "outcome",
    "applied_at",
    "decided_at",
    "told_at",
    "medium",
    "recruiter",
)
