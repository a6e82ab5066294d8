"""The agency's yearly report: the figures by occupation, each leading to its rows, and whether it was handed in."""

from __future__ import annotations

import dataclasses
import typing

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from career_relay.design.shapes import NavItem
from career_relay.domain.ground.organizations import rules as seats
from career_relay.domain.people.reports import queries
from career_relay.domain.people.reports.rules import year as rules
from career_relay.kernel import clock
from career_relay.portals.agency import published
from career_relay.portals.agency.reports import words

if typing.TYPE_CHECKING:
    import collections.abc
    import datetime as dt

    from career_relay.domain.ground.organizations.queries import Seat
    from career_relay.domain.people.reports.models import YearlyReport


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A figure, with the address of its rows; none where it counts nothing."""

    value: int
    url: str


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """The figures of an occupation, or of all of them."""

    label: str
    cells: list[Cell]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A part of the report. Only occupations that have a figure in it have a line."""

    title: str
    figures: list[words.Named]
    lines: list[Line]
    total: Line


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ReportPage:
    """The page's content."""

    period: rules.Period
    years: list[NavItem]
    particulars: queries.Particulars
    sections: list[Section]
    unnamed: dict[str, int]
    filed: YearlyReport | None
    may_file: bool
    fees_url: str

    @property
    def facts(self) -> list[tuple[str, str]]:
        """What the report says of the agency itself."""
        one = self.particulars
        gives_back = {None: _("手数料表が公表されていません"), True: _("あり"), False: _("なし")}
        return [
            (_("許可・届出番号"), one.number or _("確認済みの許可がありません")),
            (_("事業所"), _("%(n)d か所") % {"n": one.offices}),
            (_("職業紹介責任者"), _("%(n)d 名") % {"n": one.responsible}),
            (_("返戻金の制度"), gives_back[one.gives_back]),
        ]

    @property
    def is_overdue(self) -> bool:
        """Whether the day to hand it in has passed without a word that it was."""
        return self.filed is None and self.period.today > self.period.due_on


def report_page(seat: Seat, year: int, now: dt.datetime) -> ReportPage:
    """Return the report of a year."""
    agency, period = seat.organization_id, rules.Period(year=year, today=clock.day_in_japan(now))
    counted = rules.count(queries.books(agency, period), period)
    return ReportPage(
        period=period,
        years=years(period),
        particulars=queries.particulars(agency, period),
        sections=[_section(part, counted, year) for part in words.PARTS],
        unnamed=counted.get("", {}),
        filed=queries.filed(agency, year),
        may_file=seats.may(seat.role, "manage_agency"),
        fees_url=published.address(agency, period.today),
    )


def shown(figure: str, value: int) -> int:
    """Return a figure in the unit of the form: money in thousands of yen."""
    return rules.thousands(value) if figure in words.MONEY else value


def years(period: rules.Period) -> list[NavItem]:
    """Return the years to choose from, the running one first; the one shown is among them, however old."""
    running = rules.year_to_report(period.today) + 1
    offered = sorted({*range(running - rules.YEARS_BACK, running + 1), period.year}, reverse=True)
    return [
        NavItem(
            label=_("%(year)d 年度") % {"year": one},
            url=reverse("agency:report", args=[one]),
            current=one == period.year,
        )
        for one in offered
    ]


def _section(part: words.Part, counted: dict[str, dict[str, int]], year: int) -> Section:
    here = {code: figures for code, figures in counted.items() if any(figures[name] for name in part.figures)}
    return Section(
        title=str(part.title),
        figures=[words.FIGURES[name] for name in part.figures],
        lines=[_line(words.occupation(code), part, figures, year, code) for code, figures in here.items()],
        total=_line(_("合計"), part, rules.totals(here), year, None),
    )


def _line(
    label: str, part: words.Part, figures: collections.abc.Mapping[str, int], year: int, code: str | None
) -> Line:
    query = "" if code is None else f"?{urlencode({'occupation': code})}"
    return Line(
        label=label,
        cells=[
            Cell(
                value=shown(name, figures[name]),
                url=f"{reverse('agency:report_rows', args=[year, name])}{query}" if figures[name] else "",
            )
            for name in part.figures
        ],
    )
