"""The people an employer hired by introduction as their list shows them, and what each agency brought."""

from __future__ import annotations

import dataclasses
import typing

from django.core.paginator import Page, Paginator
from django.utils.translation import gettext as _

from career_relay.design.shapes import NavItem
from career_relay.domain.ground.organizations import queries as organizations
from career_relay.domain.people.introductions.queries import cooperation as introductions
from career_relay.domain.people.placements import queries
from career_relay.domain.people.placements.models import Placement
from career_relay.domain.people.placements.queries import parties
from career_relay.kernel import clock
from career_relay.portals.employer.applications import addresses
from career_relay.portals.employer.introductions import words

if typing.TYPE_CHECKING:
    import datetime as dt
    import uuid

    from django.http import QueryDict

    from career_relay.design.shapes import Tone
    from career_relay.domain.ground.organizations.queries import Seat


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A hire in the list."""

    line: queries.Line
    today: dt.date

    @property
    def name(self) -> str:
        """Who it is; a stand-in once the employer sees them no longer."""
        return self.line.person_name or _("（お名前は表示できません）")

    @property
    def state_tone(self) -> Tone:
        return words.PLACEMENTS[self.line.state]

    @property
    def is_due(self) -> bool:
        """Whether the start or a check waits to be told."""
        if self.line.state == Placement.State.AGREED:
            return self.line.start_on <= self.today
        next_check_on = self.line.next_check_on
        return next_check_on is not None and next_check_on <= self.today

    @property
    def next_check_on(self) -> dt.date | None:
        return self.line.next_check_on if self.line.state == Placement.State.JOINED else None

    @property
    def tone(self) -> Tone | str:
        """The colour at the row's edge."""
        return "caution" if self.is_due else ""

    @property
    def fee(self) -> str:
        """What it costs; nothing falls due for who never starts."""
        return words.yen(None if self.line.state == Placement.State.NOT_STARTED else self.line.fee_yen)

    @property
    def refund(self) -> str:
        return words.yen(self.line.refund_yen or None)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Partner:
    """What one agency brought."""

    name: str
    introduced: int
    hired: int
    by_slot: int
    left: int
    fees: str
    refunds: str


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class PlacementList:
    """The page's content."""

    tabs: list[NavItem]
    rows: list[Row]
    page: Page[int]
    partners: list[Partner]


def placement_list(seat: Seat, query: QueryDict, now: dt.datetime) -> PlacementList:
    """Return the hires the address asks for: all at first."""
    state = query.get("state", "")
    state = state if state in Placement.State.values else ""
    found = queries.placements(seat.organization_id, state=state, page=addresses.page_number(query))
    today = clock.day_in_japan(now)
    return PlacementList(
        tabs=_tabs(found.counts, state),
        rows=[Row(line=line, today=today) for line in found.lines],
        page=Paginator(range(found.total), parties.PAGE_SIZE).page(found.page),
        partners=_partners(seat.organization_id),
    )


def _tabs(counts: dict[str, int], now: str) -> list[NavItem]:
    states = [(one.value, str(one.label), counts[one]) for one in Placement.State]
    tabs = [("", _("すべて"), sum(counts.values())), *states]
    return [
        NavItem(label=label, url=f"?state={state}" if state else "?", count=count, current=state == now)
        for state, label, count in tabs
    ]


def _partners(organization_id: uuid.UUID) -> list[Partner]:
    """Return all agencies that introduced somebody, by name."""
    introduced = introductions.introduced_by(organization_id)
    hired = {one.organization_id: one for one in queries.cooperation(organization_id)}
    names = organizations.names_of(introduced) if introduced else {}
    return sorted(
        (_partner(names[one].name, count, hired.get(one)) for one, count in introduced.items()),
        key=lambda partner: partner.name,
    )


def _partner(name: str, introduced: int, hired: queries.Cooperation | None) -> Partner:
    return Partner(
        name=name,
        introduced=introduced,
        hired=hired.hired if hired else 0,
        by_slot=hired.by_slot if hired else 0,
        left=hired.left if hired else 0,
        fees=words.yen(hired.fees_yen if hired else 0),
        refunds=words.yen(hired.refunds_yen if hired else 0),
    )
