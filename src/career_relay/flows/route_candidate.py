"""People who agreed to introduction are put before agencies: by wishes and turn, without a name."""

from __future__ import annotations

import collections
import dataclasses
import typing

from django.db import transaction

from career_relay.domain.ground.programmes import queries as programmes
from career_relay.domain.ground.programmes.models import DEFAULT_PROGRAMME_ID
from career_relay.domain.people.routing import letters, rules, sql
from career_relay.domain.people.routing import operations as routing
from career_relay.domain.people.routing import queries as routing_queries
from career_relay.kernel import actors
from career_relay.kernel.tenancy.context import acting_as

if typing.TYPE_CHECKING:
    import datetime as dt
    import uuid

MOST_AT_ONCE: typing.Final = 2_500
"""So many people are routed in one transaction: whoever withdraws meanwhile waits for no more than these."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Routed:
    """How many offers were made to which agencies, and how many people were left without one."""

    offered: int
    unplaced: int
    agencies: tuple[uuid.UUID, ...] = dataclasses.field(default=(), compare=False)


def route_waiting(*, now: dt.datetime, most: int = MOST_AT_ONCE) -> Routed:
    """Put everybody who waits before an agency, and tell each agency once how many wait for its answer.

    Each `most` people in a transaction of their own. People nobody can take stay on the list and are tried again in
    every run. Raises ExceptionGroup after all others, when some agencies could not be told.
    """
    offered = unplaced = 0
    after: tuple[dt.datetime, uuid.UUID] | None = None
    while True:
        with transaction.atomic():
            sql.route_alone()
            at_once = programmes.policy_at(DEFAULT_PROGRAMME_ID, now).agencies_at_once
            waiting = routing_queries.wanting(now, at_once, most, after=after)
            routed = _offer(waiting.people, now)
        offered, unplaced, after = offered + routed.offered, unplaced + routed.unplaced, waiting.after
        if after is None:
            break
    _tell_all(routing_queries.untold(now), now)
    return Routed(offered=offered, unplaced=unplaced)


@transaction.atomic
def route_candidate(*, candidate_id: uuid.UUID, now: dt.datetime) -> Routed:
    """Put one person before an agency at once, if they wait. Whoever has an agency, or agreed to nothing, is left alone."""
    sql.route_alone()
    at_once = programmes.policy_at(DEFAULT_PROGRAMME_ID, now).agencies_at_once
    waiting = routing_queries.wanting(now, at_once, at_once, only=candidate_id)
    routed = _offer(waiting.people, now)
    for organization_id in routed.agencies:
        _tell(organization_id, now)
    return routed


def _offer(people: tuple[rules.Wanting, ...], now: dt.datetime) -> Routed:
    if not people:
        return Routed(offered=0, unplaced=0)
    policy = programmes.policy_at(DEFAULT_PROGRAMME_ID, now)
    by_agency: dict[uuid.UUID, list[rules.Wanting]] = collections.defaultdict(list)
    for proposal in rules.allot(people, routing_queries.serving(now)):
        by_agency[proposal.organization_id].append(proposal.person)
    for organization_id, put_before in by_agency.items():
        with acting_as(organization=organization_id):
            routing.offer(
                organization_id=organization_id, people=put_before, policy=policy, actor=actors.SYSTEM, now=now
            )
    placed = {person.candidate_id for put_before in by_agency.values() for person in put_before}
    return Routed(
        offered=sum(map(len, by_agency.values())),
        unplaced=sum(not person.has_agency and person.candidate_id not in placed for person in people),
        agencies=tuple(by_agency),
    )


def _tell_all(agencies: collections.abc.Iterable[uuid.UUID], now: dt.datetime) -> None:
    failures = []
    for organization_id in agencies:
        try:
            _tell(organization_id, now)
        except Exception as error:  # noqa: BLE001 -- one that fails must not keep the others from knowing; raised below
            failures.append(error)
    if failures:
        raise ExceptionGroup("Some agencies could not be told of their offers.", failures)


def _tell(organization_id: uuid.UUID, now: dt.datetime) -> None:
    with acting_as(organization=organization_id):
        offers = routing.mark_told(organization_id=organization_id, now=now)
        letters.tell_of_offers(organization_id=organization_id, offers=offers, now=now)
