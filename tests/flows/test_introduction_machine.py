"""Introductions on PostgreSQL against a small model: an employer knows somebody by their live yes, or not at all."""

from __future__ import annotations

import contextlib
import dataclasses
import datetime as dt
import typing

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from hypothesis.stateful import run_state_machine_as_test as run

from career_relay.domain.ground.agreements import queries as agreements
from career_relay.domain.ground.programmes import operations as programmes
from career_relay.domain.ground.programmes.models import DEFAULT_PROGRAMME_ID
from career_relay.domain.people.candidates import operations as candidates
from career_relay.domain.people.candidates.models import Exclusion
from career_relay.domain.people.introductions import operations as introductions
from career_relay.domain.people.introductions.models import RUNNING, SEEN, Introduction
from career_relay.domain.people.routing import operations as routing
from career_relay.flows import advance_introduction, end_assignment, introduce_candidate
from career_relay.flows.end_introductions import keep_introductions
from career_relay.flows.route_candidate import route_waiting
from career_relay.flows.withdraw_consent import withdraw_consent
from career_relay.kernel import actors, clock
from career_relay.kernel.tenancy.context import acting_as
from tests.domain.ground.agreements import deal
from tests.examples import examples
from tests.flows import caring, introducing
from tests.world import NOW, make_tenant

if typing.TYPE_CHECKING:
    import collections.abc
    import uuid

    from career_relay.domain.ground.postings.models import JobPosting
    from tests.flows.caring import Desk
    from tests.world import Tenant

TWO = range(2)
WHICH = st.sampled_from(TWO)
NAME = "山田 空"
OWNED_MONTHS = 6
A_YEAR = dt.timedelta(days=365)


@dataclasses.dataclass
class Person:
    """A person in the model: whether they agree, whom they keep away, who looks after them, and who sees them."""

    id: uuid.UUID
    agrees: bool = True
    excluded: set[int] = dataclasses.field(default_factory=set)
    cared_by: set[int] = dataclasses.field(default_factory=set)
    seen_by: set[int] = dataclasses.field(default_factory=set)


@dataclasses.dataclass
class Told:
    """An introduction in the model."""

    row: Introduction
    person: Person
    agency: int
    employer: int
    state: str = "proposed"
    said_yes_at: dt.datetime | None = None


def some(*states: str) -> collections.abc.Callable[..., typing.Any]:
    """Let a rule be tried only while an introduction is in one of these states."""
    return precondition(lambda network: bool(network.those(*states)))


class Network(RuleBasedStateMachine):
    @initialize()
    def begin(self) -> None:
        self.savepoint, self.now = transaction.savepoint(), NOW
        programmes.publish_policy(
            programme_id=DEFAULT_PROGRAMME_ID,
            actor=actors.SYSTEM,
            now=NOW,
            effective_from=NOW,
            agencies_at_once=2,
        )
        self.operator = make_tenant("operator", "運営", "introducing-operator")
        self.desks: list[Desk] = [caring.new_desk(self.operator, f"introducing-{number}") for number in TWO]
        self.employers: list[Tenant] = [make_tenant("employer", f"会社 {n}", f"employing-{n}") for n in TWO]
        self.postings: dict[tuple[int, int], JobPosting] = {}
        for agency, desk in enumerate(self.desks):
            for employer, tenant in enumerate(self.employers):
                deal.live(desk.tenant, tenant)
                self.postings[agency, employer] = introducing.post(desk, tenant)
        self.stopped: set[int] = set()
        self.suspended: set[tuple[int, int]] = set()
        self.all: list[Told] = []
        self.people = [Person(caring.person(f"introducing-{n}@people.example", name=NAME).pk) for n in TWO]
        for person in self.people:
            self._find_agencies(person)
        for number in TWO:
            self.propose(number, number, number)
            self._say_yes(self.all[-1], lifts=False)
            self.propose(number, 1 - number, 1 - number)

    def teardown(self) -> None:
        if hasattr(self, "savepoint"):
            transaction.savepoint_rollback(self.savepoint)

    def those(self, *states: str) -> list[Told]:
        return [one for one in getattr(self, "all", []) if one.state in states]

    def _find_agencies(self, person: Person) -> None:
        """Have the person choose every agency that may take people, and be taken."""
        wished = [desk.id for number, desk in enumerate(self.desks) if number not in self.stopped]
        with acting_as(candidate=person.id):
            routing.choose(candidate_id=person.id, agencies=[], actor=actors.candidate(person.id), now=self.now)
            routing.choose(candidate_id=person.id, agencies=wished, actor=actors.candidate(person.id), now=self.now)
        route_waiting(now=self.now)
        for offer in caring.assignments(person.id):
            agency = [desk.id for desk in self.desks].index(offer.organization_id)
            if offer.state == "offered" and agency not in self.stopped:
                caring.accept(self.desks[agency], offer.pk, self.now)
        active = {one.organization_id for one in caring.assignments(person.id) if one.state == "active"}
        person.cared_by = {number for number, desk in enumerate(self.desks) if desk.id in active}

    def _assignment(self, person: Person, agency: int) -> uuid.UUID:
        theirs = [one for one in caring.assignments(person.id) if one.organization_id == self.desks[agency].id]
        return max(theirs, key=lambda one: (one.state == "active", one.pk)).pk

    # --- the agency

    @rule(which=WHICH, agency=WHICH, employer=WHICH)
    def propose(self, which: int, agency: int, employer: int) -> None:
        person, desk = self.people[which], self.desks[agency]
        if not [one for one in caring.assignments(person.id) if one.organization_id == desk.id]:
            return
        same = [
            one for one in self.those(*RUNNING) if (one.person, one.agency, one.employer) == (person, agency, employer)
        ]
        refusal: contextlib.AbstractContextManager[typing.Any] = contextlib.nullcontext()
        if agency in self.stopped:
            refusal = pytest.raises(routing.UnableToWriteOnFile)
        elif agency not in person.cared_by or (agency, employer) in self.suspended or same:
            refusal = pytest.raises(introductions.UnableToPropose)
        with refusal:
            row = introduce_candidate.propose(
                organization_id=desk.id,
                assignment_id=self._assignment(person, agency),
                posting_id=self.postings[agency, employer].pk,
                message="",
                fit_note="",
                actor=desk.adviser,
                now=self.now,
            )
            self.all.append(Told(row, person, agency, employer))

    @some("proposed")
    @rule(data=st.data())
    def take_back(self, data: typing.Any) -> None:
        one = data.draw(st.sampled_from(self.those("proposed")))
        if one.agency not in self.stopped:
            desk = self.desks[one.agency]
            advance_introduction.withdraw(
                introduction_id=one.row.pk,
                reason="other",
                organization_id=desk.id,
                actor=desk.adviser,
                now=self.now,
            )
            self._end(one, "withdrawn")

    # --- the person

    @some("proposed")
    @rule(data=st.data(), lifts=st.booleans())
    def say_yes(self, data: typing.Any, lifts: bool) -> None:  # noqa: FBT001 -- Hypothesis calls by name
        self._say_yes(data.draw(st.sampled_from(self.those("proposed"))), lifts=lifts)

    def _say_yes(self, one: Told, *, lifts: bool) -> None:
        try:
            introducing.agree(one.row, self.now, lifts_exclusion=lifts)
        except introductions.UnableToAnswerIntroduction:
            assert one.row.answer_by <= self.now
        except introductions.UnableToAnswerWithExclusion:
            assert one.employer in one.person.excluded
            assert not lifts
        except introductions.UnableToIntroduceTwice:
            assert self._is_owned_by_another(one)
            one.state = "declined"
        except introductions.UnableToIntroduceNow:
            assert one.agency in self.stopped or (one.agency, one.employer) in self.suspended
        else:
            assert one.person.agrees
            assert one.agency not in self.stopped
            assert (one.agency, one.employer) not in self.suspended
            assert lifts or one.employer not in one.person.excluded
            assert not self._is_owned_by_another(one)
            one.state, one.said_yes_at = "introduced", self.now
            one.person.excluded.discard(one.employer)
            one.person.seen_by.add(one.employer)

    def _is_owned_by_another(self, one: Told) -> bool:
        return any(
            other.said_yes_at and self.now < clock.months_later(other.said_yes_at, OWNED_MONTHS)
            for other in self.all
            if (other.person, other.employer) == (one.person, one.employer) and other.agency != one.agency
        )

    @some("proposed")
    @rule(data=st.data())
    def say_no(self, data: typing.Any) -> None:
        one = data.draw(st.sampled_from(self.those("proposed")))
        if one.row.answer_by > self.now:
            introduce_candidate.say_no(candidate_id=one.person.id, introduction_id=one.row.pk, reason="", now=self.now)
            self._end(one, "declined")

    @some("introduced", "screening", "offered")
    @rule(data=st.data())
    def step_back(self, data: typing.Any) -> None:
        one = data.draw(st.sampled_from(self.those("introduced", "screening", "offered")))
        advance_introduction.withdraw(introduction_id=one.row.pk, reason="", candidate_id=one.person.id, now=self.now)
        self._end(one, "withdrawn")

    @some("offered")
    @rule(data=st.data())
    def accept(self, data: typing.Any) -> None:
        one = data.draw(st.sampled_from(self.those("offered")))
        advance_introduction.accept_offer(introduction_id=one.row.pk, candidate_id=one.person.id, now=self.now)
        one.state = "accepted"

    @rule(which=WHICH, employer=WHICH)
    def keep_away(self, which: int, employer: int) -> None:
        person = self.people[which]
        with acting_as(candidate=person.id):
            candidates.exclude(
                candidate_id=person.id,
                organization_id=self.employers[employer].id,
                reason=Exclusion.Reason.NAMED,
                now=self.now,
            )
        person.excluded.add(employer)

    @rule(which=WHICH)
    def withdraw_consent(self, which: int) -> None:
        person = self.people[which]
        withdraw_consent(candidate_id=person.id, now=self.now)
        person.agrees, person.cared_by = False, set()
        self._end_all(person)
        person.seen_by = set()

    @rule(which=WHICH)
    def agree_again(self, which: int) -> None:
        self.now += dt.timedelta(minutes=1)
        caring.agree_to_introduction(self.people[which].id, self.now)
        self.people[which].agrees = True
        self._find_agencies(self.people[which])

    @precondition(lambda network: any(person.cared_by for person in getattr(network, "people", [])))
    @rule(data=st.data())
    def leave(self, data: typing.Any) -> None:
        person = data.draw(st.sampled_from([one for one in self.people if one.cared_by]))
        agency = data.draw(st.sampled_from(sorted(person.cared_by)))
        end_assignment.end_by_person(
            candidate_id=person.id, assignment_id=self._assignment(person, agency), excludes=False, now=self.now
        )
        person.cared_by.discard(agency)
        self._end_all(person, agency)

    # --- the employer

    @some("introduced", "screening")
    @rule(data=st.data())
    def go_on(self, data: typing.Any) -> None:
        one = data.draw(st.sampled_from(self.those("introduced", "screening")))
        scene = self._scene(one)
        if one.state == "introduced":
            introducing.advance(scene, one.row, "screening", self.now)
            one.state = "screening"
            return
        advance_introduction.offer(
            organization_id=scene.employer.id,
            introduction_id=one.row.pk,
            salary=4_000_000,
            start_on=clock.day_in_japan(self.now),
            note="",
            actor=scene.recruiter,
            now=self.now,
        )
        one.state = "offered"

    @some("introduced", "screening", "offered")
    @rule(data=st.data())
    def refuse(self, data: typing.Any) -> None:
        one = data.draw(st.sampled_from(self.those("introduced", "screening", "offered")))
        introducing.refuse(self._scene(one), one.row, self.now)
        self._end(one, "refused")

    def _scene(self, one: Told) -> introducing.Scene:
        posting = self.postings[one.agency, one.employer]
        unused = typing.cast("typing.Any", None)
        return introducing.Scene(self.desks[one.agency], self.employers[one.employer], unused, unused, posting)

    # --- what the ground and the clock do

    @rule(agency=WHICH)
    def stop_or_go_on(self, agency: int) -> None:
        (caring.go_on if agency in self.stopped else caring.stop)(self.desks[agency], self.now)
        self.stopped ^= {agency}

    @rule(agency=WHICH, employer=WHICH)
    def suspend_or_resume(self, agency: int, employer: int) -> None:
        tenant = self.employers[employer]
        with acting_as(organization=tenant.id):
            between = agreements.open_between(tenant.id, self.desks[agency].id)
        assert between is not None
        act = deal.resume if (agency, employer) in self.suspended else deal.suspend
        act(tenant, between, now=self.now)
        self.suspended ^= {(agency, employer)}

    @precondition(lambda network: getattr(network, "now", NOW) < NOW + A_YEAR)  # the first yes lasts two
    @rule(hours=st.sampled_from([1, 24 * 9, 24 * 190]))
    def time_passes(self, hours: int) -> None:
        self.now += dt.timedelta(hours=hours)
        keep_introductions(now=self.now)
        for one in self.those("proposed"):
            if one.row.answer_by <= self.now:
                self._end(one, "lapsed")

    def _end(self, one: Told, state: str) -> None:
        one.state = state
        others = [other for other in self.those(*SEEN) if (other.person, other.employer) == (one.person, one.employer)]
        if one.said_yes_at and not others:
            one.person.seen_by.discard(one.employer)

    def _end_all(self, person: Person, agency: int | None = None) -> None:
        for one in self.those(*RUNNING):
            if one.person is person and one.state != "accepted" and agency in {None, one.agency}:
                self._end(one, "withdrawn")

    # --- what must hold at any moment

    @invariant()
    def an_employer_sees_by_a_live_yes_and_not_otherwise(self) -> None:
        for person in getattr(self, "people", []):
            for employer, tenant in enumerate(self.employers):
                is_seen = employer in person.seen_by
                assert caring.name_seen(tenant.id, person.id) == (NAME if is_seen else "")
                if is_seen:
                    assert person.agrees
                    assert [one for one in self.those(*SEEN) if one.person is person and one.employer == employer]

    @invariant()
    def each_party_has_the_model_s_introductions(self) -> None:
        for employer, tenant in enumerate(getattr(self, "employers", [])):
            with acting_as(organization=tenant.id):
                theirs = dict(Introduction.objects.values_list("pk", "state"))
            told = {one.row.pk: one.state for one in self.all if one.employer == employer and one.said_yes_at}
            assert theirs == told
        for person in getattr(self, "people", []):
            with acting_as(candidate=person.id):
                theirs = dict(Introduction.objects.values_list("pk", "state"))
            assert theirs == {one.row.pk: one.state for one in self.all if one.person is person}


@pytest.mark.timeout(300)
def test_network_and_model_say_the_same(db: None) -> None:
    run(
        Network,
        settings=settings(
            max_examples=examples(3, in_ci=10),
            stateful_step_count=40,
            deadline=None,
            phases=[Phase.reuse, Phase.generate],  # a failing story is short enough to read; shrinking takes minutes
            suppress_health_check=[HealthCheck.too_slow],
        ),
    )
