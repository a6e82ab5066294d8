"""Who was put before whom in the demo, what they said, and who was hired; some left early."""

from __future__ import annotations

import dataclasses
import datetime as dt
import typing

from career_relay.config.demo import hiring, past
from career_relay.domain.ground.postings import queries as postings
from career_relay.domain.people.candidates import queries as candidates
from career_relay.domain.people.introductions.models import Interview
from career_relay.domain.people.placements.models import Placement
from career_relay.domain.people.routing.models import Assignment
from career_relay.flows import advance_introduction, introduce_candidate, record_placement
from career_relay.kernel import actors, clock
from career_relay.kernel.japanese import working_days
from career_relay.kernel.tenancy.context import acting_as
from career_relay.portals.public import demo_roles

if typing.TYPE_CHECKING:
    import collections.abc
    import uuid

    from career_relay.config.demo.agencies import House
    from career_relay.config.demo.jobs import Opening
    from career_relay.domain.people.introductions.models import Introduction

HOUR: typing.Final = dt.time(11)
BETWEEN, NOTICE, TO_ANSWER = dt.timedelta(days=2), dt.timedelta(days=14), dt.timedelta(days=7)
A_DAY: typing.Final = dt.timedelta(days=1)
MOST_AT_AN_AGENCY, ASKED_LATELY = 14, 3
MESSAGES: typing.Final = {
    True: "ご希望の仕事に近い求人です。気になる点があれば、お気軽にお聞きください。",
    False: "ご希望とは少し違う仕事ですが、面談で伺ったお話から、興味をお持ちかもしれないと思いご案内します。",
}
FIT_NOTES: typing.Final = {
    True: "希望の仕事とこれまでの経験が、求人の内容に近い方です。",
    False: "経験した仕事とは違いますが、面談で意欲を確かめました。新しい仕事への準備を始めています。",
}

HIRED: typing.Final = ("yes", "screening", "interview", "times", "choose", "offer", "accept", "start")
STORIES: typing.Final[tuple[tuple[str, ...], ...]] = (
    HIRED,
    HIRED[:6],
    ("yes", "screening", "refuse"),
    (*HIRED, "leave"),
    ("no",),
    HIRED[:4],
    HIRED,
    ("yes", "screening", "withdraw"),
    ("yes",),
)
LEAVES_AFTER: typing.Final = dt.timedelta(days=16)


@dataclasses.dataclass(slots=True, kw_only=True)
class Case:
    """One introduction with those who act in it; `at` is when the next thing happens."""

    introduction: Introduction
    adviser: actors.Actor
    opening: Opening
    at: dt.datetime

    @property
    def decider(self) -> dict[str, typing.Any]:
        """Who decides for the employer: its owner, or the agency for one outside the network."""
        if self.opening.employer_id and self.opening.owner_id:
            return {"organization_id": self.opening.employer_id, "actor": actors.user(self.opening.owner_id)}
        return {"organization_id": self.opening.agency_id, "actor": self.adviser}

    @property
    def which(self) -> dict[str, typing.Any]:
        return {"introduction_id": self.introduction.pk, "now": self.at}

    @property
    def person(self) -> dict[str, typing.Any]:
        return {"candidate_id": self.introduction.candidate_id, **self.which}


def play(openings: list[Opening], bureaus: collections.abc.Iterable[House], now: dt.datetime) -> None:
    """Let every agency put postings before those it has spoken with, and let time go on until now."""
    for bureau in bureaus:
        theirs = [one for one in openings if one.agency_id == bureau.organization_id]
        if theirs:
            _work(bureau, theirs, now)


def _work(bureau: House, openings: list[Opening], now: dt.datetime) -> None:
    with acting_as(organization=bureau.organization_id):
        known = list(
            Assignment.objects.filter(
                organization_id=bureau.organization_id, state=Assignment.State.ACTIVE, contacted_at__isnull=False
            ).order_by("contacted_at", "pk")
        )
    by_slot = [one for one in openings if one.uses_slot]
    signing_in = [one for one in known if one.candidate_id in _signing_in()]
    told: list[Assignment] = []
    for assignment in [one for one in known if one not in signing_in][:MOST_AT_AN_AGENCY]:
        moment = _next(max(typing.cast("dt.datetime", assignment.contacted_at), openings[0].since))
        free = [one for one in by_slot if _is_open(one, moment)]
        others = _by_fee(openings, moment, assignment)
        if moment >= now or not (free or others):
            continue
        if free:
            by_slot.remove(free[0])
        opening = free[0] if free else others[len(told) % len(others)]
        _tell(bureau, assignment, opening, moment, HIRED if free else STORIES[len(told) % len(STORIES)], now)
        told.append(assignment)
    asked = [*signing_in, *[one for one in known if one not in (*told, *signing_in)][-ASKED_LATELY:]]
    for number, assignment in enumerate(asked):
        latest = _by_fee(openings, now, assignment)
        _tell(
            bureau, assignment, latest[number % len(latest)], hiring.at(clock.day_in_japan(now - A_DAY), HOUR), (), now
        )


def _tell(
    bureau: House,
    assignment: Assignment,
    opening: Opening,
    moment: dt.datetime,
    story: tuple[str, ...],
    now: dt.datetime,
) -> None:
    """Propose the posting, and go through the story as far as time allows."""
    adviser, fits = actors.user(bureau.adviser_id), opening.occupation in assignment.occupations
    made = introduce_candidate.propose(
        organization_id=bureau.organization_id,
        assignment_id=assignment.pk,
        posting_id=opening.posting_id,
        message=MESSAGES[fits],
        fit_note=FIT_NOTES[fits],
        actor=adviser,
        now=moment,
    )
    case = Case(introduction=made, adviser=adviser, opening=opening, at=moment)
    for step in story:
        case.at = _next(case.at) + _wait(step)
        if case.at >= now:
            break
        STEPS[step](case)
    with acting_as(candidate=made.candidate_id):
        past.send_waiting()


def _yes(case: Case) -> None:
    introduce_candidate.say_yes(terms_hash=case.introduction.terms_hash, lifts_exclusion=True, **case.person)


def _no(case: Case) -> None:
    introduce_candidate.say_no(reason="place", **case.person)


def _advance(to: str) -> collections.abc.Callable[[Case], None]:
    def move(case: Case) -> None:
        advance_introduction.advance(to=to, **case.decider, **case.which)

    return move


def _times(case: Case) -> None:
    times = [
        hiring.at(working_days.add_working_days(clock.day_in_japan(case.at), days), dt.time(14)) for days in (2, 3)
    ]
    advance_introduction.propose_times(
        times=times, place="オンライン（後日お知らせします）", **case.decider, **case.which
    )


def _choose(case: Case) -> None:
    with acting_as(organization=case.opening.agency_id):
        interview = Interview.objects.get(introduction=case.introduction)
    advance_introduction.choose_time(chosen=interview.times[0], **case.person)


def _offer(case: Case) -> None:
    starts = clock.day_in_japan(case.at + NOTICE)
    advance_introduction.offer(salary=case.opening.salary, start_on=starts, note="", **case.decider, **case.which)


def _accept(case: Case) -> None:
    advance_introduction.accept_offer(**case.person)


def _refuse(case: Case) -> None:
    advance_introduction.refuse(reason="experience", note="", **case.decider, **case.which)


def _withdraw(case: Case) -> None:
    advance_introduction.withdraw(reason="other_job", **case.person)


def _start(case: Case) -> None:
    placement_id = _placement(case)
    record_placement.confirm_start(
        placement_id=placement_id, started_on=clock.day_in_japan(case.at), now=case.at, **case.decider
    )


def _leave(case: Case) -> None:
    record_placement.record_leaving(
        placement_id=_placement(case),
        left_on=clock.day_in_japan(case.at),
        reason="person",
        now=case.at,
        **case.decider,
    )


def _placement(case: Case) -> uuid.UUID:
    with acting_as(organization=case.opening.agency_id):
        return Placement.objects.get(introduction=case.introduction).pk


STEPS: typing.Final[dict[str, collections.abc.Callable[[Case], None]]] = {
    "yes": _yes,
    "no": _no,
    "screening": _advance("screening"),
    "interview": _advance("interview"),
    "times": _times,
    "choose": _choose,
    "offer": _offer,
    "accept": _accept,
    "refuse": _refuse,
    "withdraw": _withdraw,
    "start": _start,
    "leave": _leave,
}


def _signing_in() -> set[uuid.UUID | None]:
    """Return the people whom a visitor of the demo can be: what they are asked waits for the visitor."""
    return {candidates.by_address(one.email) for one in demo_roles.PEOPLE}


def _by_fee(openings: list[Opening], moment: dt.datetime, assignment: Assignment) -> list[Opening]:
    """Return what is open then without a slot: first employers of the network, which can be looked at from their side."""
    day = clock.day_in_japan(moment + TO_ANSWER)
    with acting_as(organization=openings[0].agency_id):
        unfilled = {one.pk for one in postings.proposable(openings[0].agency_id, day)}
    wished = set(assignment.occupations)
    with acting_as(candidate=assignment.candidate_id):
        kept_away = {one.organization_id for one in candidates.held(assignment.candidate_id).kept_from}
    found = [
        one
        for one in sorted(openings, key=lambda one: one.occupation not in wished)
        if one.since < moment and one.posting_id in unfilled and not one.uses_slot and one.employer_id not in kept_away
    ]
    fitting = [one for one in found if one.occupation in wished]
    return fitting or [one for one in found if one.employer_id] or found


def _is_open(opening: Opening, moment: dt.datetime) -> bool:
    return opening.since < moment and clock.day_in_japan(moment + TO_ANSWER) <= opening.until


def _next(moment: dt.datetime) -> dt.datetime:
    """Return the next morning of work at which something happens."""
    return hiring.at(working_days.next_working_day(clock.day_in_japan(moment)), HOUR)


def _wait(step: str) -> dt.timedelta:
    return {"start": NOTICE, "leave": LEAVES_AFTER}.get(step, BETWEEN - dt.timedelta(days=1))
