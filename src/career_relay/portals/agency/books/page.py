"""A book by law as its page shows it: every item of every line, by year."""

from __future__ import annotations

import dataclasses
import typing

from django.core.paginator import Page, Paginator
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from career_relay.design.shapes import NavItem
from career_relay.domain.people.books import queries, rules
from career_relay.domain.people.placements.rules import fiscal_year
from career_relay.kernel import clock
from career_relay.portals.agency import addresses

if typing.TYPE_CHECKING:
    import datetime as dt
    import uuid

    from django.http import QueryDict
    from django.utils.functional import _StrPromise

PAGE_SIZE: typing.Final = 25
YEARS_BACK: typing.Final = 3


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What a book is called, what it holds, and what the agency has to know of it. `head` names its lines."""

    title: _StrPromise
    lead: _StrPromise
    note: _StrPromise
    head: tuple[str, ...]


BOOKS: typing.Final[dict[str, Words]] = {
    "postings": Words(
        title=gettext_lazy("求人管理簿"),
        lead=gettext_lazy("受け付けた求人と、その求人への紹介です。紹介 1 件が 1 行になります。"),
        note=gettext_lazy(
            "所在地、連絡先、就業の場所、賃金は、求人票に書いたものです。「記録なし」のときは、求人票に書き足してください。"
        ),
        head=("company", "seeker"),
    ),
    "seekers": Words(
        title=gettext_lazy("求職管理簿"),
        lead=gettext_lazy("担当した方と、その方への紹介です。紹介 1 件が 1 行になります。"),
        note=gettext_lazy(
            "住所と生年月日は、登録では尋ねていません。ご本人から聞いて書き足してください。担当が終わった方や登録を消去した方の記録も、有効期間の終わりから 2 年間（採用された方は入社から 2 年 6 か月が過ぎるまで）、この管理簿にだけ残ります。"
        ),
        head=("name", "company"),
    ),
    "fees": Words(
        title=gettext_lazy("手数料管理簿"),
        lead=gettext_lazy("記録した手数料と返戻金です。"),
        note=gettext_lazy(
            "入金の日は、キャリアリレーでは記録していません。保存したファイルの「徴収年月日」に、入金を確かめて書き足してください。"
        ),
        head=("company", "kind"),
    ),
}


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A line with its items in words, and the page on which something is added to it."""

    title: str
    items: list[tuple[str, str | int]]
    url: str


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class BookPage:
    """The page's content."""

    book: str
    words: Words
    books: list[NavItem]
    years: list[NavItem]
    year: int | None
    rows: list[Row]
    page: Page[typing.Any]


def book_page(agency: uuid.UUID, book: str, query: QueryDict, now: dt.datetime) -> BookPage | None:
    """Return the lines of a book, of the year the address names; None for a book there is not."""
    if book not in BOOKS:
        return None
    today = clock.day_in_japan(now)
    year = next((one for one in _offered(today) if str(one) == query.get("year")), None)
    shown = Paginator(queries.lines(agency, book, year, today), PAGE_SIZE).get_page(addresses.page_number(query))
    return BookPage(
        book=book,
        words=BOOKS[book],
        books=[_book(code, year, current=code == book) for code in BOOKS],
        years=[_year(book, one, current=one == year) for one in (None, *_offered(today))],
        year=year,
        rows=[_row(book, one) for one in shown.object_list],
        page=shown,
    )


def is_year(year: int | None, today: dt.date) -> bool:
    """Tell whether a book can be asked for by this year, or for all years."""
    return year is None or year in _offered(today)


def _offered(today: dt.date) -> list[int]:
    running = fiscal_year(today)
    return list(range(running, running - YEARS_BACK - 1, -1))


def _row(book: str, one: queries.Told) -> Row:
    return Row(
        title=" / ".join(str(one.line[code]) for code in BOOKS[book].head),
        items=[(str(label), one.line[code]) for code, label in rules.COLUMNS[book].items()],
        url=reverse("agency:book_entry", args=[one.entry_id]) if one.entry_id else "",
    )


def _book(code: str, year: int | None, *, current: bool) -> NavItem:
    return NavItem(label=str(BOOKS[code].title), url=_address(code, year), current=current)


def _year(book: str, year: int | None, *, current: bool) -> NavItem:
    label = _("すべて") if year is None else _("%(year)d 年度") % {"year": year}
    return NavItem(label=label, url=_address(book, year), current=current)


def _address(book: str, year: int | None) -> str:
    query = f"?{urlencode({'year': year})}" if year else ""
    return f"{reverse('agency:book', args=[book])}{query}"
