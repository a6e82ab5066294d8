"""The demo's network: a year in the life of six employers and their partners, made by the same flows that people use.

Everything is told relative to the present day, so that the demo looks the same whenever it is made; on the same day
it is the same wherever it is made.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import typing

from django.db import transaction

from career_relay.config.demo import (
    agencies,
    arrivals,
    employers,
    handover,
    hiring,
    introducing,
    jobs,
    partners,
    past,
    year,
)
from career_relay.domain.ground.accounts import queries as accounts
from career_relay.domain.ground.organizations import operations as organizations
from career_relay.domain.ground.organizations import queries as organization_queries
from career_relay.domain.ground.organizations.models import Organization
from career_relay.domain.ground.postings import operations as postings
from career_relay.domain.ground.postings import queries as posting_queries
from career_relay.domain.ground.programmes import operations as programmes
from career_relay.domain.ground.programmes import queries as programme_queries
from career_relay.domain.ground.programmes import rules as programme_rules
from career_relay.domain.ground.programmes import terms
from career_relay.domain.ground.programmes.models import DEFAULT_PROGRAMME_ID
from career_relay.domain.hiring.links import operations as links
from career_relay.domain.hiring.notices import operations as notices
from career_relay.domain.people.candidates.rules import Details
from career_relay.flows import receive_applications, route_candidate, sign_up_organization
from career_relay.kernel import actors, clock, ids
from career_relay.kernel.tenancy.context import acting_as

if typing.TYPE_CHECKING:
    import uuid

    from career_relay.config.demo.arrivals import Arrival
    from career_relay.config.demo.employers import Employer
    from career_relay.config.demo.hiring import House
    from career_relay.config.demo.partners import Partner
    from career_relay.config.demo.year import Applied
    from career_relay.domain.ground.accounts.models import User

TENTH_HOUR: typing.Final = dt.time(10)
A_DAY, A_YEAR = dt.timedelta(days=1), dt.timedelta(days=365)
SINCE_THE_AGREEMENT: typing.Final = dt.timedelta(days=250)
EVERY_NTH: typing.Final = 40
EVENING: typing.Final = dt.time(20, 15)
ARRIVING: typing.Final = {
    employers.MAIN.name: arrivals.AT_MAIN,
    employers.SOFTWARE.name: arrivals.AT_SOFTWARE,
}


class _Acting(typing.TypedDict):
    organization_id: uuid.UUID
    actor: actors.Actor
    user_id: uuid.UUID
    now: dt.datetime


@transaction.atomic
def make(*, now: dt.datetime) -> bool:
    """Make the network whole, unless it is there; return whether it was made. The hurried policy is published anyway."""
    is_new = accounts.by_address(employers.MAIN.address(employers.MAIN.seats[0])) is None
    if is_new:
        with past.without_worker():
            _make(clock.day_in_japan(now), now)
    programmes.publish_policy(
        programme_id=DEFAULT_PROGRAMME_ID,
        actor=actors.SYSTEM,
        now=now,
        effective_from=now,
        **programme_rules.DEMO_SETTINGS,
    )
    return is_new


def _make(today: dt.date, now: dt.datetime) -> None:
    begun = hiring.at(today - A_YEAR, TENTH_HOUR)
    network = _admit([_found(partner, begun) for partner in partners.PARTNERS], today, now)
    houses = [_open(employer, today) for employer in employers.EMPLOYERS]
    coming = []
    for house in houses:
        coming += hiring.live(house, today)
        coming += _by_own_mail(house, today)
        coming += _arriving(house, ARRIVING.get(house.employer.name, ()))
    ends = hiring.at(today, dt.time())
    for number, wish in enumerate(sorted(coming, key=lambda one: (one.at, one.details.email))):
        if wish.at < ends:
            handover.follow(network, past.register(wish), wish.at, number)
    route_candidate.route_waiting(now=now)
    openings = jobs.open_all(houses, {house.domain: house for house in network.houses.values()}, now)
    introducing.play(openings, network.houses.values(), now)
    handover.send_waiting(network)
    for house in houses:
        with acting_as(organization=house.organization_id):
            past.send_waiting()
        _assign(house, now)
    receive_applications.forget_imports(now=now)


@dataclasses.dataclass(frozen=True, slots=True)
class _Founded:
    """A partner that was founded, and those who work for it in the order of its seats."""

    partner: Partner
    organization_id: uuid.UUID
    members: tuple[User, ...]


def _admit(founded: list[_Founded], today: dt.date, now: dt.datetime) -> handover.Network:
    """Let the agencies hand in their licences and the operator confirm them, all but one that waits today."""
    [operator] = [one for one in founded if one.partner.kind == Organization.Kind.OPERATOR]
    houses = {}
    for one in founded:
        agency = agencies.AGENCIES.get(one.partner.domain)
        if agency is None:
            continue
        house = agencies.House(
            organization_id=one.organization_id,
            domain=one.partner.domain,
            manager_id=one.members[0].pk,
            manager_name=one.members[0].name,
            adviser_id=one.members[-1].pk,
        )
        opened = hiring.at(today - (SINCE_THE_AGREEMENT if agency.is_checked else A_DAY), EVENING)
        licence_id = agencies.equip(house, agency, today, opened)
        houses[house.organization_id] = house
        if agency.is_checked:
            agencies.admit(house, licence_id, operator.organization_id, operator.members[0].pk, opened + A_DAY)
            agencies.hand_in(house, today)
    with acting_as(organization=operator.organization_id):
        past.send_waiting()
    return handover.Network(
        houses=houses,
        silent=next(one.organization_id for one in founded if one.partner.domain == agencies.SILENT),
        policy=programme_queries.policy_at(DEFAULT_PROGRAMME_ID, now),
        now=now,
    )


def _found(partner: Partner, now: dt.datetime) -> _Founded:
    first, *others = [(seat, past.user(partner.address(seat), seat, now)) for seat in partner.seats]
    organization_id, owner = ids.new(), first[1]
    with acting_as(organization=organization_id, user=owner.pk):
        organizations.found(
            kind=partner.kind,
            name=partner.name,
            industry=partner.industry,
            prefecture=partner.prefecture,
            mail_domain=partner.domain,
            owner_id=owner.pk,
            actor=actors.user(owner.pk),
            now=now,
        )
    for seat, member in others:
        past.take_seat(organization_id, owner, seat.role, member, now)
    with acting_as(organization=organization_id):
        past.send_waiting()
    return _Founded(partner, organization_id, (owner, *(member for _seat, member in others)))


def _open(employer: Employer, today: dt.date) -> House:
    """Let the employer sign up, take its seats, accept the terms, and make its links and templates."""
    opening = hiring.at(today - dt.timedelta(days=employer.plan.relay_days), TENTH_HOUR)
    first, *others = [(seat, past.user(employer.address(seat), seat, opening)) for seat in employer.seats]
    owner = first[1]
    made = sign_up_organization.sign_up_organization(
        user_id=owner.pk,
        kind=Organization.Kind.EMPLOYER,
        name=employer.name,
        industry=employer.industry,
        prefecture=employer.prefecture,
        mail_domain=employer.domain,
        now=opening,
    )
    with acting_as(organization=made.organization_id, user=owner.pk):
        link_ids = _start(made.organization_id, employer, owner, opening)
    for seat, member in others:
        past.take_seat(made.organization_id, owner, seat.role, member, opening)
    return hiring.House(
        employer=employer,
        organization_id=made.organization_id,
        owner_id=owner.pk,
        links=link_ids,
        applications=year.lives(employer.plan, first=today - A_YEAR, until=today),
    )


def _start(organization_id: uuid.UUID, employer: Employer, owner: User, now: dt.datetime) -> dict[str, uuid.UUID]:
    acting: _Acting = {
        "organization_id": organization_id,
        "actor": actors.user(owner.pk),
        "user_id": owner.pk,
        "now": now,
    }
    programmes.join(programme_id=DEFAULT_PROGRAMME_ID, terms_version=terms.CURRENT.version, **acting)
    kind, note = employer.basis
    links.record_basis(kind=kind, note=note, **acting)
    notices.templates.start(organization_id=organization_id, user_id=owner.pk, now=now)
    made = {}
    for key, (employment_type, stage, label) in employer.links.items():
        link = links.create_static(
            programme_id=DEFAULT_PROGRAMME_ID, label=label, employment_type=employment_type, stage=stage, **acting
        )
        made[key] = link.pk
    return made


def _by_own_mail(house: House, today: dt.date) -> list[past.Registering]:
    """Return who registers by the link in the employer's own mail: some of those it told by itself since it joined."""
    if house.employer is employers.MAIN:
        return []  # whoever comes there has a name in `arrivals`
    opened = today - dt.timedelta(days=house.employer.plan.relay_days)
    told = [one for one in house.applications if one.told_on is not None and opened < one.told_on < today]
    link_id = next(iter(house.links.values()))
    return [_answering(house, link_id, one, one.told_on) for one in told[::EVERY_NTH] if one.told_on is not None]


def _answering(house: House, link_id: uuid.UUID, one: Applied, told_on: dt.date) -> past.Registering:
    return past.Registering(
        at=hiring.at(told_on + dt.timedelta(days=1), EVENING),
        organization_id=house.organization_id,
        link_id=link_id,
        details=Details(name=one.person.name, email=one.person.email, **arrivals.wish(len(one.person.email))),
        language="ja",
        purposes=arrivals.INTRODUCTION,
    )


def _arriving(house: House, people: tuple[Arrival, ...]) -> list[past.Registering]:
    opening = hiring.at(clock.day_in_japan(_opened_at(house)), TENTH_HOUR)
    return [
        past.Registering(
            at=opening + arrivals.FIRST + place * arrivals.BETWEEN,
            organization_id=house.organization_id,
            link_id=house.links[arrival.link],
            details=Details(
                name=arrival.name,
                email=arrival.email,
                phone=arrival.phone,
                source_type=arrival.source_type,
                **arrivals.wish(place),
            ),
            language=arrival.language,
            purposes=arrival.purposes,
        )
        for place, arrival in enumerate(people)
    ]


def _opened_at(house: House) -> dt.datetime:
    with acting_as(organization=house.organization_id):
        return organization_queries.profile(house.organization_id).founded_at


def _assign(house: House, now: dt.datetime) -> None:
    """Name the hiring manager for the posting they are responsible for."""
    if not house.employer.managed:
        return
    organization_id, owner = house.organization_id, house.owner_id
    with acting_as(organization=organization_id, user=owner):
        members = organization_queries.members(organization_id).filter(role=employers.MANAGER)
        found = posting_queries.of_organization(organization_id)
        postings.assign_manager(
            organization_id=organization_id,
            posting_id=next(one.id for one in found if one.external_id == house.employer.managed),
            member_id=members[0].pk,
            actor=actors.user(owner),
            now=now,
        )
