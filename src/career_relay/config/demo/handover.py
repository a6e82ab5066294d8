"""What became of the people who registered in the demo: which agency took them, whom it spoke with, whom it did not."""

from __future__ import annotations

import dataclasses
import datetime as dt
import typing

from career_relay.config.demo import hiring, past
from career_relay.domain.people.complaints.models import Topic
from career_relay.domain.people.consents import queries as consents
from career_relay.domain.people.consents.models import Consent
from career_relay.domain.people.routing import operations as routing
from career_relay.domain.people.routing import rules
from career_relay.domain.people.routing.models import Assignment, Contact
from career_relay.flows import answer_assignment, end_assignment, report_agency, route_candidate
from career_relay.kernel import actors, clock
from career_relay.kernel.japanese import working_days
from career_relay.kernel.tenancy.context import acting_as

if typing.TYPE_CHECKING:
    import collections.abc
    import uuid

    from career_relay.config.demo.agencies import House
    from career_relay.domain.ground.programmes.models import PolicyVersion

SOON: typing.Final = dt.timedelta(minutes=2)
ANSWER_HOUR, CONTACT_HOUR = dt.time(10, 30), dt.time(15)
EVERY_DECLINED, EVERY_LEFT = 9, 8
FORTNIGHT: typing.Final = dt.timedelta(days=14)
COMPLAINT: typing.Final = "約束の日を過ぎても、まだ連絡がありません。いつ連絡があるのか、知りたいです。"
WORDS: typing.Final = (
    "希望の働き方と時期を確認。来週、求人を 2 件ご案内する。",
    "これまでの経験を伺う。職務経歴書を作り直してから応募したいとのこと。",
    "在宅勤務の可否を確認したいとのこと。候補の求人を調べて連絡する。",
)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Network:
    """The agencies by their id, which of them keeps people waiting, the rules of then, and the present moment."""

    houses: collections.abc.Mapping[uuid.UUID, House]
    silent: uuid.UUID
    policy: PolicyVersion
    now: dt.datetime


def follow(network: Network, candidate_id: uuid.UUID, registered_at: dt.datetime, number: int) -> None:
    """Let the network look after the `number`th person from their registration until now, unless they agreed to nothing."""
    moment = registered_at + SOON
    with acting_as(candidate=candidate_id):
        if not consents.is_live(candidate_id, Consent.Purpose.AGENCY_INTRODUCTION, moment):
            return
        if _would_wait(network, moment):
            routing.choose(
                candidate_id=candidate_id,
                agencies=[network.silent],
                actor=actors.candidate(candidate_id),
                now=moment,
            )
    is_declined, leaves = number % EVERY_DECLINED == 1, number % EVERY_LEFT == EVERY_LEFT - 1
    while (offer := _offered(candidate_id, moment)) is not None:
        answered_at = _next_working_day(moment, ANSWER_HOUR)
        if answered_at >= network.now:
            return
        if is_declined:
            _decline(network, offer, answered_at)
            is_declined, moment = False, answered_at
            continue
        spoken_at = _take_over(network, offer, answered_at, number)
        if not leaves or spoken_at is None or spoken_at + FORTNIGHT >= network.now:
            return
        leaves, moment = False, spoken_at + FORTNIGHT
        end_assignment.end_by_person(candidate_id=candidate_id, assignment_id=offer.pk, excludes=False, now=moment)


def send_waiting(network: Network) -> None:
    """Have the mails to the agencies sent when they were due."""
    for organization_id in network.houses:
        with acting_as(organization=organization_id):
            past.send_waiting()


def _would_wait(network: Network, moment: dt.datetime) -> bool:
    """Tell whether whoever is accepted after `moment`, and not spoken with, is overdue now but not yet given away."""
    contact_by = rules.contact_by(_next_working_day(moment, ANSWER_HOUR), network.policy.agency_contact_days)
    return contact_by <= network.now < rules.late_at(contact_by, network.policy.agency_late_days)


def _offered(candidate_id: uuid.UUID, moment: dt.datetime) -> Assignment | None:
    route_candidate.route_candidate(candidate_id=candidate_id, now=moment)
    with acting_as(candidate=candidate_id):
        return Assignment.objects.filter(candidate_id=candidate_id, state=Assignment.State.OFFERED).first()


def _decline(network: Network, offer: Assignment, now: dt.datetime) -> None:
    answer_assignment.decline_assignment(
        organization_id=offer.organization_id,
        assignment_id=offer.pk,
        reason=Assignment.DeclineReason.CAPACITY,
        note="",
        actor=actors.user(network.houses[offer.organization_id].manager_id),
        now=now,
    )


def _take_over(network: Network, offer: Assignment, now: dt.datetime, number: int) -> dt.datetime | None:
    """Take the person on; return when the agency spoke with them first, or None if it has not."""
    house = network.houses[offer.organization_id]
    adviser = actors.user(house.adviser_id if number % 2 else house.manager_id)
    accepted = answer_assignment.accept_assignment(
        organization_id=house.organization_id, assignment_id=offer.pk, actor=adviser, now=now
    )
    spoken_at = _next_working_day(now, CONTACT_HOUR)
    late_at = rules.late_at(accepted.contact_by, network.policy.agency_late_days)
    is_silent = spoken_at >= network.now or (house.organization_id == network.silent and late_at > network.now)
    if not is_silent:
        _speak(house, offer, adviser, spoken_at, number)
    elif accepted.contact_by + SOON < network.now:
        _complain(offer, accepted.contact_by + SOON)
    with acting_as(candidate=offer.candidate_id):
        past.send_waiting()
    return None if is_silent else spoken_at


def _speak(house: House, offer: Assignment, adviser: actors.Actor, now: dt.datetime, number: int) -> None:
    with acting_as(organization=house.organization_id):
        routing.record_contact(
            organization_id=house.organization_id,
            assignment_id=offer.pk,
            channel=Contact.Channel.PHONE if number % 3 else Contact.Channel.ONLINE,
            purpose=Contact.Purpose.FIRST,
            summary=WORDS[number % len(WORDS)],
            happened_at=now,
            actor=adviser,
            now=now,
        )


def _complain(offer: Assignment, now: dt.datetime) -> None:
    """Let whoever was not called in time tell the operator, without a name."""
    report_agency.report_agency(
        candidate_id=offer.candidate_id,
        assignment_id=offer.pk,
        topic=Topic.SILENT,
        words=COMPLAINT,
        wants_answer=False,
        now=now,
    )


def _next_working_day(moment: dt.datetime, hour: dt.time) -> dt.datetime:
    return hiring.at(working_days.next_working_day(clock.day_in_japan(moment)), hour)
