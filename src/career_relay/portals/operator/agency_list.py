"""The agencies of the network as the operator lists them: where each stands, and how it keeps up with people."""

from __future__ import annotations

import dataclasses
import typing

from django.core.paginator import Page, Paginator
from django.urls import reverse
from django.utils.translation import gettext as _

from career_relay.design.shapes import NavItem
from career_relay.domain.ground.agencies import queries, words
from career_relay.domain.people.routing import queries as routing
from career_relay.kernel import clock

if typing.TYPE_CHECKING:
    import collections.abc
    import datetime as dt

    from django.http import QueryDict

    from career_relay.design.shapes import Tone

PAGE_SIZE: typing.Final = 50
SOON: typing.Final = 90
TONES: typing.Final[dict[str, Tone]] = {
    "licensed": "positive",
    "waiting": "info",
    "incomplete": "neutral",
    "refused": "caution",
    "expired": "negative",
    "stopped": "negative",
}


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """An agency with its figures; None for one that was never asked to look after anybody."""

    line: queries.AgencyLine
    figures: routing.Figures | None

    @property
    def tone(self) -> Tone:
        return TONES[self.line.standing.state]

    @property
    def missing(self) -> str:
        return _("、").join(words.missing(self.line.standing))

    @property
    def also_missing(self) -> str:
        """What the agency lacks beside the licence that is looked at."""
        named = str(words.MISSING["licence"])
        return _("、").join(one for one in words.missing(self.line.standing) if one != named)

    @property
    def ends_soon(self) -> bool:
        left = self.line.standing.days_left
        return left is not None and left <= SOON

    @property
    def has_lost_licence(self) -> bool:
        """Whether the licence has ended while people are still looked after: what becomes of them is to be decided."""
        standing = self.line.standing
        had_one = standing.valid_until is not None and standing.days_left is None
        return had_one and self.figures is not None and self.figures.active > 0

    @property
    def is_late(self) -> bool:
        return self.figures is not None and self.figures.overdue > 0


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class AgencyList:
    """The list in one of its views."""

    tabs: list[NavItem]
    page: Page[Row]
    is_empty: bool


def rows(now: dt.datetime) -> list[Row]:
    """Return every agency, by name. The caller acts as the operator."""
    figures = {one.organization_id: one for one in routing.overview(now)}
    return [
        Row(line=line, figures=figures.get(line.organization_id)) for line in queries.overview(clock.day_in_japan(now))
    ]


def agency_list(query: QueryDict, now: dt.datetime) -> AgencyList:
    """Return the agencies that the address asks for: all, those that wait for a check, or those that stand so."""
    found, chosen = rows(now), query.get("standing", "")
    views = _views()
    shown = [row for row in found if chosen not in views or views[chosen][1](row)]
    return AgencyList(
        tabs=[_tab(code, label, [row for row in found if test(row)], chosen) for code, (label, test) in views.items()],
        page=Paginator(shown, PAGE_SIZE).get_page(query.get("page")),
        is_empty=not found,
    )


def _views() -> dict[str, tuple[str, collections.abc.Callable[[Row], bool]]]:
    return {
        "": (_("すべて"), lambda _row: True),
        "checks": (_("確認待ち"), lambda row: row.line.waiting_since is not None),
        "licensed": (_("受け付け中"), lambda row: row.line.standing.may_act),
        "late": (_("連絡の遅れ"), lambda row: row.is_late),
        "ending": (_("期限が近い"), lambda row: row.ends_soon),
        "closed": (_("受け付けできない"), lambda row: not row.line.standing.may_act),
    }


def _tab(code: str, label: str, holds: list[Row], chosen: str) -> NavItem:
    address = reverse("operator:agencies")
    url = f"{address}?standing={code}" if code else address
    return NavItem(label=label, url=url, count=len(holds), current=code == chosen)
