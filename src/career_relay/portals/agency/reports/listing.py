"""The rows behind one figure of the yearly report, and the whole report as a file."""

from __future__ import annotations

import dataclasses
import typing

from django.core.paginator import Page, Paginator
from django.urls import reverse
from django.utils.translation import gettext as _

from career_relay.capabilities.runs import sheets
from career_relay.domain.ground.skills import occupations
from career_relay.domain.people.reports import queries
from career_relay.domain.people.reports.rules import year as rules
from career_relay.kernel import clock
from career_relay.portals.agency import addresses
from career_relay.portals.agency.reports import page, words

if typing.TYPE_CHECKING:
    import datetime as dt
    import uuid

    from django.http import QueryDict

PAGE_SIZE: typing.Final = 50
_PAGES: typing.Final = {
    "postings": "agency:posting",
    "seekers": "agency:person",
    "hires": "agency:placement",
    "money": "agency:placement",
}
_NAMELESS: typing.Final = {"seekers", "hires", "money"}


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A row with its page."""

    line: queries.Line

    @property
    def url(self) -> str:
        return reverse(_PAGES[self.line.book], args=[self.line.key])

    @property
    def label(self) -> str:
        """Who or what it is; somebody who is no longer visible has no name."""
        return self.line.name or (_("お名前のない方") if self.line.book in _NAMELESS else _("名前のない求人"))

    @property
    def occupation(self) -> str:
        return words.occupation(self.line.occupation)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class RowList:
    """The page's content. `total` is what all rows together weigh, in the unit of `unit`."""

    period: rules.Period
    named: words.Named
    occupation: str
    rows: list[Row]
    page: Page[typing.Any]
    total: int
    is_money: bool

    @property
    def has_company(self) -> bool:
        """Whether a company belongs to these rows: people who seek have none."""
        return any(row.line.company for row in self.rows)


def row_list(agency: uuid.UUID, year: int, figure: str, query: QueryDict, now: dt.datetime) -> RowList | None:
    """Return the rows of a figure, of one occupation where the address names one; None for a figure there is not."""
    code = query.get("occupation")
    if figure not in rules.FIGURES or code not in {None, "", *dict(occupations.OCCUPATIONS)}:
        return None
    period = rules.Period(year=year, today=clock.day_in_japan(now))
    found = rules.rows(queries.books(agency, period), figure, period, code)
    shown = Paginator(found, PAGE_SIZE).get_page(addresses.page_number(query))
    return RowList(
        period=period,
        named=words.FIGURES[figure],
        occupation=_("すべての職種") if code is None else words.occupation(code),
        rows=[Row(line=one) for one in queries.lines(rules.FIGURES[figure].book, list(shown.object_list))],
        page=shown,
        total=sum(weight for _row, weight in found),
        is_money=figure in words.MONEY,
    )


def file(agency: uuid.UUID, year: int, now: dt.datetime) -> tuple[str, bytes]:
    """Return the report as a file: a line for each occupation, and one for all of them; money in thousands of yen."""
    period = rules.Period(year=year, today=clock.day_in_japan(now))
    counted = rules.count(queries.books(agency, period), period)
    number = queries.particulars(agency, period).number
    header = [_("年度"), _("許可・届出番号"), _("職業分類"), *[str(one.label) for one in words.FIGURES.values()]]
    lines = [(words.occupation(code), figures) for code, figures in counted.items()]
    table: list[list[sheets.Cell]] = [
        [year, number, label, *[page.shown(name, figures[name]) for name in words.FIGURES]]
        for label, figures in [*lines, (_("合計"), rules.totals(counted))]
    ]
    return f"report_{year}_{now.astimezone(clock.TOKYO):%Y%m%d%H%M}.csv", sheets.sheet(header, table)
