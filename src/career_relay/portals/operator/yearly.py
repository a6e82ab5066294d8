"""The operator's yearly figures as of 1 June (law L4), as a page and as a file."""

from __future__ import annotations

import dataclasses
import typing

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from career_relay.capabilities.runs import sheets
from career_relay.design.shapes import NavItem
from career_relay.design.tags import figures
from career_relay.domain.people.reports import queries
from career_relay.domain.people.reports.rules import network as rules
from career_relay.kernel import clock

if typing.TYPE_CHECKING:
    import datetime as dt


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A figure in words; `value` is None where it is hidden."""

    label: str
    value: int | None
    unit: str
    definition: str


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class YearlyPage:
    """The page's content."""

    year: int
    years: list[NavItem]
    day: dt.date
    on: dt.date
    due_on: dt.date
    number: str
    least: int
    rows: list[Row]

    @property
    def is_early(self) -> bool:
        """Whether the day is still to come, so that the figures are today's."""
        return self.on < self.day


def page(year: int, now: dt.datetime) -> YearlyPage | None:
    """Return the figures of a year; None for one that can not be asked for. The caller acts as the operator."""
    today = clock.day_in_japan(now)
    offered = rules.years(today)
    found = queries.network(rules.as_of(year, today), now) if year in offered else None
    if found is None:
        return None
    return YearlyPage(
        year=year,
        years=[
            NavItem(
                label=_("%(year)d 年") % {"year": one},
                url=reverse("operator:yearly_figures", args=[one]),
                current=one == year,
            )
            for one in offered
        ],
        day=rules.day(year),
        on=found.on,
        due_on=rules.due_on(year),
        number=settings.NOTIFICATION_NUMBER,
        least=found.least,
        rows=[*_postings(found), *_people(found), *_parties(found)],
    )


def file(shown: YearlyPage, now: dt.datetime) -> tuple[str, bytes]:
    """Return the figures as a file; a hidden one says so."""
    hidden = _("%(n)d 名未満のため非表示") % {"n": shown.least}
    header = [_("届出受理番号"), _("基準日"), _("項目"), _("数"), _("単位"), _("数え方")]
    table = [
        [
            shown.number,
            shown.on.isoformat(),
            row.label,
            hidden if row.value is None else row.value,
            row.unit,
            row.definition,
        ]
        for row in shown.rows
    ]
    return f"yearly_{shown.year}_{now.astimezone(clock.TOKYO):%Y%m%d%H%M}.csv", sheets.sheet(header, table)


def _postings(found: queries.Network) -> list[Row]:
    return [
        Row(
            label=_("求人情報の件数"),
            value=found.postings,
            unit=figures.unit(found.postings, "items"),
            definition=_("この日に募集中で、有効期限の来ていない求人"),
        ),
        Row(
            label=_("うち企業が書いた求人"),
            value=found.postings_of_employers,
            unit=figures.unit(found.postings_of_employers, "items"),
            definition=_("企業が取り込んだか、書いた求人"),
        ),
        Row(
            label=_("うち紹介会社が書いた求人"),
            value=found.postings_of_agencies,
            unit=figures.unit(found.postings_of_agencies, "items"),
            definition=_("紹介会社が受け付けた求人。企業の依頼から作ったものを含みます"),
        ),
        Row(
            label=_("求人情報の提供件数"),
            value=found.postings_provided,
            unit=figures.unit(found.postings_provided, "items"),
            definition=_("企業が紹介会社に紹介を依頼していて、この日に終わっていない求人"),
        ),
    ]


def _people(found: queries.Network) -> list[Row]:
    return [
        Row(
            label=_("求職者情報の登録者数"),
            value=found.registered,
            unit=figures.unit(found.registered or 0, "persons"),
            definition=_("この日までに自分で登録し、登録を消去していない方"),
        ),
        Row(
            label=_("求職者情報の提供人数"),
            value=found.provided,
            unit=figures.unit(found.provided or 0, "persons"),
            definition=_("登録者のうち、本人の同意により、この日に紹介会社が担当していた方"),
        ),
    ]


def _parties(found: queries.Network) -> list[Row]:
    return [
        Row(
            label=_("提供先の紹介会社"),
            value=found.agencies,
            unit=_("社"),
            definition=_("この日に、確認した許可が有効だった紹介会社"),
        ),
        Row(
            label=_("提供先の事業所"),
            value=found.offices,
            unit=_("か所"),
            definition=_("その紹介会社が、この日に置いていた事業所"),
        ),
        Row(
            label=_("参加する企業"),
            value=found.employers,
            unit=_("社"),
            definition=_("この日までに登録した企業"),
        ),
    ]
