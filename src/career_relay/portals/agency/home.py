"""What the agency's page of today says: what is missing, who waits for an answer, a call or a move, and the room left."""

from __future__ import annotations

import dataclasses
import typing

from django.utils.translation import gettext as _

from career_relay.domain.ground.agencies import queries as agencies
from career_relay.domain.ground.organizations import queries as organizations
from career_relay.domain.ground.organizations import rules
from career_relay.domain.people.reports import queries as reports
from career_relay.domain.people.routing import queries
from career_relay.kernel import clock
from career_relay.portals.agency import readiness, words
from career_relay.portals.agency.ahead import Ahead, ahead
from career_relay.portals.agency.first import First, first

if typing.TYPE_CHECKING:
    import datetime as dt
    import uuid

    from career_relay.domain.ground.agencies.rules import Standing
    from career_relay.domain.ground.organizations.queries import Seat
    from career_relay.domain.people.reports.rules.year import Period


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class OfferRow:
    """Somebody without a name: what they look for, and how long there is to answer."""

    offer: queries.Offer
    time_left: str

    @property
    def occupations(self) -> str:
        return _("、").join(self.offer.occupation_names)

    @property
    def words(self) -> str:
        """The offer in one line, for buttons that have no other way of saying whom they are about."""
        known = filter(None, [self.occupations, self.offer.prefecture_name, self.offer.employment_type_name])
        return _("・").join(known) or _("希望の指定なし")


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class WaitingRow:
    """Somebody who waits for the first word of the agency."""

    line: queries.PersonLine
    time_left: str


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Home:
    """The page's content."""

    standing: Standing
    steps: list[readiness.Step]
    offers: list[OfferRow]
    to_contact: list[WaitingRow]
    late: list[WaitingRow]
    ahead: Ahead
    first: First | None
    report: Period | None
    people_open: int
    capacity: int
    is_taking: bool
    managers: list[str]
    may_manage: bool
    may_answer: bool

    @property
    def next_step(self) -> readiness.Step | None:
        """The first thing that is missing and up to this member."""
        return next((step for step in self.steps if step.is_ours and step.url), None)

    @property
    def steps_done(self) -> int:
        return sum(step.is_done for step in self.steps)

    @property
    def room(self) -> int:
        """How many more people may be put before the agency; those it has yet to answer take a place."""
        return max(0, self.capacity - self.people_open - len(self.offers))

    @property
    def lead(self) -> str:
        """What waits today, in one sentence."""
        counts = [
            (len(self.offers), _("引き受けの返事を待つ方 %(n)d 名")),
            (len(self.to_contact) + len(self.late), _("最初の連絡を待つ方 %(n)d 名")),
            (self.ahead.calls, _("返事を待つ紹介の依頼 %(n)d 件")),
            (self.ahead.ours_total, _("この紹介会社の番の推薦 %(n)d 件")),
            (len(self.ahead.due) - self.ahead.overdue, _("入社と在籍の確認 %(n)d 件")),
            (self.ahead.overdue, _("期限を過ぎた入社と在籍の確認 %(n)d 件")),
        ]
        waiting = _("、").join(words % {"n": count} for count, words in counts if count)
        return _("%(waiting)sがあります。") % {"waiting": waiting} if waiting else _("いま、待たせている方はいません。")


def home(seat: Seat, now: dt.datetime) -> Home:
    """Return the page for a member of the agency."""
    agency, today = seat.organization_id, clock.day_in_japan(now)
    standing = agencies.standing(agency, today)
    found, desk, to_do = queries.today(agency, now), agencies.desk(agency), ahead(agency, now)
    members = organizations.members(agency)
    may_act = standing.may_act and rules.may(seat.role, "take_people")
    return Home(
        standing=standing,
        steps=readiness.steps(seat, standing, today),
        offers=[_offer(one, now) for one in found.offers],
        to_contact=_waiting(found.to_contact, now),
        late=_waiting(found.late, now),
        ahead=to_do,
        first=_first(agency, found, to_do) if may_act else None,
        report=reports.report_to_hand_in(agency, today),
        people_open=found.people_open,
        capacity=found.capacity,
        is_taking=desk is not None and desk.is_taking,
        managers=[one.user.name for one in members if one.role == rules.leading_role(seat.kind)],
        may_manage=rules.may(seat.role, "manage_agency"),
        may_answer=standing.may_act,
    )


def offer(seat: Seat, assignment_id: uuid.UUID, now: dt.datetime) -> OfferRow | None:
    """Return one offer that waits for an answer; None for any other."""
    offers = queries.today(seat.organization_id, now).offers
    return next((_offer(one, now) for one in offers if one.assignment_id == assignment_id), None)


def _first(agency: uuid.UUID, found: queries.Today, to_do: Ahead) -> First | None:
    return first(agency, offers=found.offers, to_contact=(*found.to_contact, *found.late), due=to_do.due)


def _offer(one: queries.Offer, now: dt.datetime) -> OfferRow:
    return OfferRow(offer=one, time_left=words.time_left(one.answer_by, now))


def _waiting(lines: tuple[queries.PersonLine, ...], now: dt.datetime) -> list[WaitingRow]:
    return [WaitingRow(line=one, time_left=words.time_left(one.contact_by, now)) for one in lines]
