"""The copy of everything that is held of a person, for them to keep or to take elsewhere."""

from __future__ import annotations

import dataclasses
import typing

from career_relay.capabilities.facts import queries as facts
from career_relay.capabilities.messaging import queries as messaging
from career_relay.domain.circle.referrals import queries as referrals
from career_relay.domain.ground.postings import rules as postings
from career_relay.domain.people.candidates import queries as candidates
from career_relay.domain.people.consents import queries as consents
from career_relay.domain.people.introductions import queries as introductions
from career_relay.domain.people.placements import queries as placements
from career_relay.domain.people.routing import queries as routing
from career_relay.flows import report_agency
from career_relay.kernel import clock
from career_relay.portals.candidate import complaints

if typing.TYPE_CHECKING:
    import datetime as dt
    import uuid

FORMAT: typing.Final = "career-relay-person/1"


def everything(candidate_id: uuid.UUID, now: dt.datetime) -> dict[str, object]:
    """Return all rows about the person who asks, room by room. The caller acts as that person."""
    return {
        "format": FORMAT,
        "made_at": now,
        "receipt_number": consents.receipt_number(candidate_id),
        "person": dataclasses.asdict(candidates.held(candidate_id)),
        "registrations": [dataclasses.asdict(way) for way in referrals.ways_of(candidate_id)],
        "consents": [dataclasses.asdict(given) for given in consents.history(candidate_id)],
        "provisions": [dataclasses.asdict(provision) for provision in consents.provisions(candidate_id)],
        "agencies": [dataclasses.asdict(episode) for episode in routing.episodes(candidate_id)],
        "introductions": [
            _introduction(candidate_id, line.introduction_id, now)
            for line in introductions.of_person(candidate_id, now=now)
        ],
        "placements": [dataclasses.asdict(one) for one in placements.of_person(candidate_id)],
        "complaints": [dataclasses.asdict(one) for one in complaints.told(candidate_id)],
        "mails": [_mail(mail) for mail in messaging.of_candidate(candidate_id)],
        "events": [dataclasses.asdict(event) for event in facts.of_candidate(candidate_id)],
    }


def _introduction(candidate_id: uuid.UUID, introduction_id: uuid.UUID, now: dt.datetime) -> dict[str, object]:
    """Return one introduction as the person reads it: the job, what was written about them, and every move."""
    file = introductions.for_person(candidate_id, introduction_id, now=now)
    if file is None:
        return {}
    told = ("title", "employer_name", "message", "fit_note", "state", "proposed_at", "answered_at", "ended_at")
    offered = ("offer_salary", "offer_start_on", "offer_note", "offered_at", "accepted_at")
    asked = ("round", "times", "place", "chosen")
    return {
        "agency_name": file.line.agency_name,
        **{name: getattr(file.introduction, name) for name in (*told, *offered)},
        "terms": dict(postings.text_of(file.terms)),
        "steps": [dataclasses.asdict(step) for step in file.steps],
        "interviews": [{name: getattr(one, name) for name in asked} for one in file.interviews],
    }


def _mail(mail: messaging.Sent) -> dict[str, object]:
    """Return a mail; who at the operator read a report is not the person's to know."""
    return dataclasses.asdict(mail) | ({"to_address": ""} if mail.kind == report_agency.KIND else {})


def file_name(now: dt.datetime) -> str:
    """Return the name under which the copy is saved."""
    return f"career_relay_{now.astimezone(clock.TOKYO):%Y%m%d%H%M}.json"
