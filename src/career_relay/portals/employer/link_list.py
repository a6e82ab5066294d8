"""The employer's links as the list shows them, with the number of registrations where it may be shown."""

from __future__ import annotations

import dataclasses
import typing

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from career_relay.design.shapes import NavItem
from career_relay.domain.circle.referrals import queries as referrals
from career_relay.domain.ground.organizations import rules
from career_relay.domain.ground.programmes import queries as programmes
from career_relay.domain.ground.programmes.models import DEFAULT_PROGRAMME_ID
from career_relay.domain.hiring.links import queries as links
from career_relay.domain.hiring.links import rules as link_rules

if typing.TYPE_CHECKING:
    import datetime as dt

    from career_relay.domain.ground.organizations.queries import Seat
    from career_relay.domain.hiring.links.models import LegalBasis

ENDED: typing.Final = "ended"


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A link and how many registered through it; None while that is too few to show."""

    line: links.LinkLine
    people: int | None


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class LinkList:
    """The list in one of its two views, and what stands around it."""

    rows: list[Row]
    tabs: list[NavItem]
    basis: LegalBasis | None
    is_empty: bool
    allows_link: bool
    may_manage: bool
    least: int


def link_list(seat: Seat, state: str, now: dt.datetime) -> LinkList:
    """Return the links that work, or those that ended."""
    people = referrals.per_link(seat.organization_id)
    rows = [
        Row(line=line, people=people.get(line.link_id)) for line in links.of_organization(seat.organization_id, now)
    ]
    live, ended = [row for row in rows if row.line.is_live], [row for row in rows if not row.line.is_live]
    basis = links.latest_basis(seat.organization_id)
    shows_ended = state == ENDED
    return LinkList(
        rows=ended if shows_ended else live,
        tabs=[
            NavItem(label=_("稼働中"), url="?", count=len(live), current=not shows_ended),
            NavItem(label=pgettext("state", "停止"), url=f"?state={ENDED}", count=len(ended), current=shows_ended),
        ],
        basis=basis,
        is_empty=not rows,
        allows_link=basis is not None and link_rules.allows_link(basis.kind),
        may_manage=rules.may(seat.role, "manage_links"),
        least=programmes.policy_at(DEFAULT_PROGRAMME_ID, now).small_group,
    )
