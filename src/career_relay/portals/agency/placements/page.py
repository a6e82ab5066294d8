"""One hire as the agency sees it: where it stands, what it costs and gives back, whether the person is still there."""

from __future__ import annotations

import dataclasses
import typing

from django.urls import reverse
from django.utils.translation import gettext as _

from career_relay.domain.ground.agencies import queries as agencies
from career_relay.domain.ground.agencies import rules as fees
from career_relay.domain.ground.agencies import words as fee_words
from career_relay.domain.ground.organizations import rules as seats
from career_relay.domain.people.placements import queries
from career_relay.kernel import clock
from career_relay.portals.agency.placements import acts, words
from career_relay.portals.agency.words import overdue

if typing.TYPE_CHECKING:
    import datetime as dt
    import uuid

    from career_relay.design.shapes import Tone
    from career_relay.domain.ground.agencies.rules import Standing
    from career_relay.domain.ground.organizations.queries import Seat
    from career_relay.domain.people.placements.models import Placement


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class CheckRow:
    """One question whether the person is still there; with an address where the agency may answer it now."""

    line: queries.CheckLine
    tone: Tone | str
    is_due: bool
    overdue: str
    url: str


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class PlacementPage:
    """The page's content. Without access to the person nothing on it says who they are."""

    file: queries.File
    standing: Standing
    today: dt.date
    tone: Tone
    now: words.Now | None
    fee: list[tuple[str, str]]
    refunds: list[fee_words.RefundWords]
    checks: list[CheckRow]
    acts: list[str]

    @property
    def placement(self) -> Placement:
        return self.file.placement

    @property
    def title(self) -> str:
        """What the page is called."""
        identity = self.file.identity
        return _("%(name)s さんの成約") % {"name": identity.name} if identity else _("お名前のない成約")

    @property
    def lead(self) -> str:
        """What stands below the title: which company, which posting."""
        one = self.placement
        return _("%(employer)s「%(title)s」") % {"employer": one.employer_name, "title": one.title}

    @property
    def is_start_due(self) -> bool:
        """Whether the day to start has come, so that confirming it is the next thing to do."""
        return self.placement.start_on <= self.today

    @property
    def answers(self) -> bool:
        """Whether the agency may answer one of the checks now."""
        return any(row.url for row in self.checks)

    @property
    def start_url(self) -> str:
        """Where the start is confirmed; empty when it can't be now."""
        return self._url("start") if "start" in self.acts else ""

    @property
    def others(self) -> list[tuple[str, str]]:
        """What else may be told, with where."""
        return [(str(acts.ACTS[code].label), self._url(code)) for code in self.acts if code != "start"]

    def _url(self, code: str) -> str:
        return reverse(f"agency:placement_{code}", args=[self.placement.pk])


def placement_page(seat: Seat, placement_id: uuid.UUID, now: dt.datetime) -> PlacementPage | None:
    """Return one of the agency's hires; None for anybody else's."""
    found = queries.placement(seat.organization_id, placement_id)
    if found is None:
        return None
    today = clock.day_in_japan(now)
    standing = agencies.standing(seat.organization_id, today)
    may_write = seats.may(seat.role, "take_people") and standing.may_act
    return PlacementPage(
        file=found,
        standing=standing,
        today=today,
        tone=words.TONES[found.placement.state],
        now=words.now(found, today),
        fee=words.fee(found.fee),
        refunds=fee_words.refunds(fees.Table(rates=(), refunds=found.refunds)),
        checks=_checks(found, today, may_write=may_write),
        acts=[code for code, act in acts.ACTS.items() if may_write and act.rule in found.may],
    )


def _checks(found: queries.File, today: dt.date, *, may_write: bool) -> list[CheckRow]:
    """Return the checks; those of a company in the network are answered by it, others by the agency."""
    due = found.open_checks(today) if "record_leaving" in found.may else []
    is_ours = may_write and found.placement.is_outside
    return [
        CheckRow(
            line=one,
            tone=words.ANSWERS.get(one.answer, ""),
            is_due=one in due,
            overdue=overdue(one.due_on, today) if one in due else "",
            url=reverse("agency:placement_check", args=[found.placement.pk, one.check_id])
            if is_ours and one in due
            else "",
        )
        for one in found.checks
    ]
