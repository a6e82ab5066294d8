"""The list of applications as its page shows it: tabs, filters, chips, columns, rows, and what may be chosen."""

from __future__ import annotations

import dataclasses
import typing
import uuid

from django.core.paginator import Page, Paginator
from django.urls import reverse
from django.utils.translation import gettext as _

from career_relay.design.shapes import NavItem
from career_relay.domain.ground.organizations import rules
from career_relay.domain.ground.postings import queries as posting_queries
from career_relay.domain.hiring.applications import filters as application_filters
from career_relay.domain.hiring.applications import queries
from career_relay.domain.hiring.applications.queries import exporting
from career_relay.domain.hiring.intake import queries as intake
from career_relay.domain.hiring.intake.vocabulary import Outcome
from career_relay.portals.employer.applications import addresses, scope, telling
from career_relay.portals.employer.applications import selection as application_selection
from career_relay.portals.employer.applications import words as application_words
from career_relay.portals.employer.applications.forms import FilterForm

if typing.TYPE_CHECKING:
    from django.http import QueryDict

    from career_relay.design.shapes import Words
    from career_relay.domain.ground.organizations.queries import Seat
    from career_relay.domain.hiring.applications.filters import Filters

    Postings: typing.TypeAlias = tuple[uuid.UUID, ...] | None

KEPT: typing.Final = ("outcome", "sort", "batch", "reached", "dated", "reason")
FOLDED: typing.Final = ("medium", "recruiter", "applied_from", "applied_to")


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column that the reader may show or leave out: a value of the line, as text, a day, or a sign of its own.

    `sort` is empty where the list is not sorted by it.
    """

    key: str
    value: str
    shows: typing.Literal["text", "day", "outcome", "told"] = "text"
    sort: str = ""
    is_usual: bool = True

    @property
    def label(self) -> Words:
        """The heading, the same as in the file."""
        return exporting.COLUMNS[self.key]


COLUMNS: typing.Final = (
    Column(key="posting", value="posting_title"),
    Column(key="stage", value="stage_name", sort="stage"),
    Column(key="outcome", value="outcome", shows="outcome"),
    Column(key="applied", value="applied_at", shows="day", sort="applied"),
    Column(key="decided", value="decided_at", shows="day", sort="decided", is_usual=False),
    Column(key="told", value="told_at", shows="told"),
    Column(key="medium", value="medium", is_usual=False),
    Column(key="recruiter", value="recruiter", is_usual=False),
)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One application of the page, with what its columns show and how."""

    line: queries.ApplicationLine
    cells: list[tuple[str, typing.Any]]
    sign: application_words.Sign
    is_on_its_way: bool


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ApplicationList:
    """The page's content."""

    form: FilterForm
    tabs: list[NavItem]
    chips: list[NavItem]
    columns: list[Column]
    page: Page[int]
    rows: list[Row]
    total: int
    is_empty: bool
    is_narrowed: bool
    selection: application_selection.Selection
    kept: list[tuple[str, str]]
    has_more_filters: bool
    is_field_manager: bool
    may_choose: bool
    may_import: bool
    may_export: bool
    address: str

    @property
    def all_columns(self) -> tuple[Column, ...]:
        return COLUMNS

    @property
    def clear_url(self) -> str:
        return reverse("employer:applications")


def application_list(seat: Seat, query: QueryDict, postings: Postings) -> ApplicationList:
    """Return the list that the address asks for, of the postings the member may see."""
    filters = application_filters.read(query, postings=postings)
    found = queries.find(
        seat.organization_id, filters, sort=query.get("sort", queries.Sort.NEWEST), page=addresses.page_number(query)
    )
    titles = posting_titles(seat.organization_id, postings)
    columns = columns_shown(query)
    return ApplicationList(
        form=_form(seat, filters, titles),
        tabs=_tabs(query, filters.outcome, found),
        chips=_chips(query, filters, titles),
        columns=columns,
        page=Paginator(range(found.total), queries.PAGE_SIZE).page(found.page),
        rows=_rows(seat, found.lines, columns),
        total=found.total,
        is_empty=not found.total and not filters.query(),
        is_narrowed=bool(filters.query()),
        selection=application_selection.selection(
            query, on_page=len(found.lines), total=found.total, filter_query=filters.query()
        ),
        kept=[(name, query.get(name, "")) for name in KEPT if query.get(name)],
        has_more_filters=any(query.get(name) for name in FOLDED),
        is_field_manager=scope.is_field_manager(seat.role),
        may_choose=rules.may(seat.role, "send_notices"),
        may_import=rules.may(seat.role, "import_applications"),
        may_export=may_export(seat),
        address=query.urlencode(),
    )


def may_export(seat: Seat) -> bool:
    """Tell whether a member may take the list away as a file: whoever sees every applicant, and the files made of them."""
    return rules.may(seat.role, "see_runs") and not scope.is_field_manager(seat.role)


def posting_titles(organization_id: uuid.UUID, postings: Postings) -> dict[str, str]:
    """Return the titles of the postings somebody may see, by id as an address writes it."""
    found = posting_queries.titles(organization_id)
    return {str(posting): title for posting, title in found.items() if postings is None or posting in postings}


def _form(seat: Seat, filters: Filters, titles: dict[str, str]) -> FilterForm:
    words = queries.choices(seat.organization_id, filters.postings)
    return FilterForm(filters, postings=titles.items(), media=_same(words.media), recruiters=_same(words.recruiters))


def _chips(query: QueryDict, filters: Filters, titles: dict[str, str]) -> list[NavItem]:
    """Return the filters in force, each leading to the list without it. The outcome has its tab."""
    batch = intake.batch(uuid.UUID(filters.batch)) if filters.batch else None
    names = {filters.batch: batch.file_name if batch else _("見つからない取り込み")}
    known = {filters.posting: _("見つからない求人")} | titles
    return [
        NavItem(
            label=f"{chip.name}：{chip.value}", url=addresses.changed(query, **dict.fromkeys(_parts(chip.field), ""))
        )
        for chip in filters.without("outcome").chips(posting_titles=known, batch_names=names)
    ]


def _parts(chip: str) -> tuple[str, ...]:
    """Return the parts of the address that a chip stands for."""
    return ("applied_from", "applied_to") if chip == "applied" else (chip,)


def _tabs(query: QueryDict, now: str, found: queries.Found) -> list[NavItem]:
    tabs: list[tuple[str, Words, int]] = [
        ("", _("すべて"), found.all_outcomes),
        *((one.value, str(one.label), found.counts[one.value]) for one in Outcome),
    ]
    return [
        NavItem(label=label, url=addresses.changed(query, outcome=outcome), count=count, current=outcome == now)
        for outcome, label, count in tabs
    ]


def columns_shown(query: QueryDict) -> list[Column]:
    """Return the columns that the address names, else the usual ones."""
    asked = query.getlist("column")
    chosen = [column for column in COLUMNS if column.key in asked]
    return chosen or [column for column in COLUMNS if column.is_usual]


def _rows(seat: Seat, lines: list[queries.ApplicationLine], columns: list[Column]) -> list[Row]:
    on_their_way = telling.on_their_way(seat, [line.id for line in lines])
    return [
        Row(
            line=line,
            cells=[(column.shows, getattr(line, column.value)) for column in columns],
            sign=application_words.outcome(line.outcome),
            is_on_its_way=line.id in on_their_way,
        )
        for line in lines
    ]


def _same(words: list[str]) -> list[tuple[str, str]]:
    return [(word, word) for word in words]
