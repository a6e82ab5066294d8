"""What the agency's page of today says: what is missing, who waits for an answer or a call, and how much room is left."""

from __future__ import annotations

import dataclasses
import typing

from django.utils.translation import gettext as _

from career_relay.domain.ground.agencies import queries as agencies
from career_relay.domain.ground.organizations import queries as organizations
from career_relay.domain.ground.organizations import rules
from career_relay.domain.people.routing import queries
from career_relay.kernel import clock
from career_relay.portals.agency import readiness, words

if typing.TYPE_CHECKING:
    import datetime as dt
    import uuid

    from career_relay.domain.ground.agencies.rules import Standing
    from career_relay.domain.ground.organizations.queries import Seat


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
        if not (self.offers or self.to_contact or self.late):
            return _("いま、待たせている方はいません。")
        waiting = len(self.to_contact) + len(self.late)
        return _("返事を待つ方 %(offers)d 名、最初の連絡を待つ方 %(waiting)d 名がいます。") % {
            "offers": len(self.offers),
            "waiting": waiting,
        }


def home(seat: Seat, now: dt.datetime) -> Home:
    """Return the page for a member of the agency."""
    agency, today = seat.organization_id, clock.day_in_japan(now)
    standing = agencies.standing(agency, today)
    found, desk = queries.today(agency, now), agencies.desk(agency)
    members = organizations.members(agency)
    return Home(
        standing=standing,
        steps=readiness.steps(seat, standing, today),
        offers=[_offer(one, now) for one in found.offers],
        to_contact=_waiting(found.to_contact, now),
        late=_waiting(found.late, now),
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


def _offer(one: queries.Offer, now: dt.datetime) -> OfferRow:
    return OfferRow(offer=one, time_left=words.time_left(one.answer_by, now))


def _waiting(lines: tuple[queries.PersonLine, ...], now: dt.datetime) -> list[WaitingRow]:
    return [WaitingRow(line=one, time_left=words.time_left(one.contact_by, now)) for one in lines]
