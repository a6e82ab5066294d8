"""What the employer's home page says: where the relay stands and the one thing to do next."""

from __future__ import annotations

import dataclasses
import typing

from django.urls import reverse
from django.utils.translation import gettext as _

from career_relay.domain.circle.referrals import queries as referrals
from career_relay.domain.ground.agreements import queries as agreements
from career_relay.domain.ground.credits import queries as ledger
from career_relay.domain.ground.organizations import queries as organizations
from career_relay.domain.ground.organizations import rules
from career_relay.domain.ground.programmes import queries as programmes
from career_relay.domain.ground.programmes.models import DEFAULT_PROGRAMME_ID
from career_relay.domain.hiring.applications import queries as applications
from career_relay.domain.hiring.applications.queries import counting
from career_relay.domain.hiring.notices import queries as notices
from career_relay.domain.hiring.stakeholders import queries as stakeholders
from career_relay.domain.people.introductions import queries as introductions
from career_relay.kernel import clock
from career_relay.portals.employer import activation, five_steps
from career_relay.portals.employer.link_list import Row

if typing.TYPE_CHECKING:
    import datetime as dt
    import uuid

    from career_relay.design.shapes import Step
    from career_relay.domain.ground.organizations.queries import Seat

MORNING_ENDS, DAY_ENDS = 11, 18
LINKS_SHOWN = ENTRIES_SHOWN = 5
SHOWN_BY_RIGHT: typing.Final[tuple[rules.Right, ...]] = ("see_links", "see_ledger", "accept_terms")


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Home:
    """The page's content. `people` are counts per link, None where fewer than `least`; `untold` is None for nobody.

    `introduced` are the people introduced to the employer who wait for it.
    """

    greeting: str
    lead: str
    action_label: str
    action_url: str
    activation: activation.Activation
    month: referrals.Month
    steps: list[Step]
    untold: applications.UntoldCounts | None
    introduced: int
    people: dict[uuid.UUID, int | None]
    entries: list[ledger.StatementLine]
    owners: list[str]
    rights: frozenset[rules.Right]
    least: int

    @property
    def standing(self) -> ledger.Standing:
        return self.activation.standing

    @property
    def links(self) -> list[Row]:
        """The newest links that work, with their count."""
        return [Row(line=line, people=self.people.get(line.link_id)) for line in self.activation.live[:LINKS_SHOWN]]


def home(seat: Seat, name: str, now: dt.datetime) -> Home:
    """Return the page for a member; what their role may not see stays empty."""
    way = activation.activation(seat, now)
    members = list(organizations.members(seat.organization_id))
    label, url = _action(way, seat)
    rights = frozenset(right for right in SHOWN_BY_RIGHT if rules.may(seat.role, right))
    return Home(
        greeting=_greeting(name, now),
        lead=_lead(way, may_see_texts="see_links" in rights),
        action_label=label,
        action_url=url,
        activation=way,
        month=referrals.month(seat.organization_id, now),
        steps=five_steps.five_steps(way, _partners(seat.organization_id), counting.totals(seat.organization_id)),
        untold=_untold(seat, now),
        introduced=_introduced(seat, now),
        people=referrals.per_link(seat.organization_id) if "see_links" in rights else {},
        entries=_entries(seat, now) if "see_ledger" in rights else [],
        owners=[member.user.name for member in members if member.role == rules.leading_role(seat.kind)],
        rights=rights,
        least=programmes.policy_at(DEFAULT_PROGRAMME_ID, now).small_group,
    )


def _partners(organization_id: uuid.UUID) -> five_steps.Partners:
    return five_steps.Partners(
        stakeholders=stakeholders.present(organization_id).count(),
        agreements=len(agreements.live_partners(organization_id)),
    )


def _untold(seat: Seat, now: dt.datetime) -> applications.UntoldCounts | None:
    """Return how many wait for an answer; None when nobody does, or for those whom it is not shown to."""
    if not rules.may(seat.role, "see_notices"):
        return None
    employer = seat.organization_id
    counts = applications.untold_counts(employer, now, on_its_way=notices.on_its_way(employer))
    return counts if counts.waiting else None


def _introduced(seat: Seat, now: dt.datetime) -> int:
    """Return how many introduced people wait for the employer; nobody, for those whom they are not shown to."""
    if not rules.may(seat.role, "see_introductions"):
        return 0
    return introductions.inbox(seat.organization_id, now=now).total


def _greeting(name: str, now: dt.datetime) -> str:
    hour = now.astimezone(clock.TOKYO).hour
    words = _("こんばんは、%(name)sさん")
    if 4 <= hour < MORNING_ENDS:
        words = _("おはようございます、%(name)sさん")
    elif MORNING_ENDS <= hour < DAY_ENDS:
        words = _("こんにちは、%(name)sさん")
    return words % {"name": name.partition(" ")[0]}


def _lead(way: activation.Activation, *, may_see_texts: bool) -> str:
    if way.next:
        left = sum(not step.is_done for step in way.steps)
        return _("リレーを始めるまで、あと %(n)d ステップです。次は「%(title)s」です。") % {
            "n": left,
            "title": way.next.title,
        }
    words = _("リンク %(n)d 本が稼働中です。")
    if may_see_texts:
        words = _("リンク %(n)d 本が稼働中です。お見送りのメールに、文面が入っているか確かめましょう。")
    return words % {"n": len(way.live)}


def _action(way: activation.Activation, seat: Seat) -> tuple[str, str]:
    """Return the words and the address of the one next action; empty when it is somebody else's to take."""
    if way.next:
        return (way.next.action, way.next.url) if way.may_take_next else ("", "")
    if rules.may(seat.role, "see_links"):
        return _("文面をコピー"), reverse("employer:texts")
    return "", ""


def _entries(seat: Seat, now: dt.datetime) -> list[ledger.StatementLine]:
    """Return the latest ledger entries of the month, newest first."""
    statement = ledger.statement(
        organization_id=seat.organization_id, programme_id=DEFAULT_PROGRAMME_ID, month=clock.day_in_japan(now)
    )
    return list(reversed(statement.lines[-ENTRIES_SHOWN:]))
