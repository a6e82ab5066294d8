"""People and agencies on PostgreSQL against a small model: whatever happens, in whatever order, nobody sees who must not."""

from __future__ import annotations

import collections.abc
import contextlib
import dataclasses
import datetime as dt
import typing

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from career_relay.domain.ground.programmes import operations as programmes
from career_relay.domain.ground.programmes.models import DEFAULT_PROGRAMME_ID
from career_relay.domain.people.candidates.operations import UnableToFindCandidate
from career_relay.domain.people.routing import operations as routing
from career_relay.domain.people.routing import queries
from career_relay.flows import answer_assignment, end_assignment
from career_relay.flows.erase_candidate import erase_candidate
from career_relay.flows.keep_deadlines import keep_deadlines
from career_relay.flows.route_candidate import route_candidate, route_waiting
from career_relay.flows.withdraw_consent import withdraw_consent
from career_relay.kernel import actors
from career_relay.kernel.tenancy.context import acting_as
from tests.examples import examples
from tests.flows import caring
from tests.world import NOW, make_candidate, make_tenant

if typing.TYPE_CHECKING:
    import uuid

    from career_relay.domain.people.routing.models import Assignment

AGENCIES, PEOPLE, CAPACITY = range(2), range(4), 2
WEEK, MONTH = dt.timedelta(days=7), dt.timedelta(days=30)
WHICH_AGENCY, WHICH_PERSON = st.sampled_from(AGENCIES), st.sampled_from(PEOPLE)


@dataclasses.dataclass
class Office:
    """An agency in the model."""

    desk: caring.Desk
    lacks: set[str] = dataclasses.field(default_factory=set)


@dataclasses.dataclass
class Person:
    """A person in the model: what they said, which agencies know them, and until when which are not to be asked again."""

    id: uuid.UUID
    has_agreed: bool = False
    is_erased: bool = False
    wished: list[int] = dataclasses.field(default_factory=list)
    excluded: set[int] = dataclasses.field(default_factory=set)
    open: dict[int, Assignment] = dataclasses.field(default_factory=dict)
    tried: dict[int, dt.datetime | None] = dataclasses.field(default_factory=dict)


Rule = collections.abc.Callable[..., None]


def some(state: str) -> collections.abc.Callable[[Rule], Rule]:
    """Let a rule be tried only while an assignment is in this state."""
    return precondition(lambda network: bool(network.those(state)))


class Network(RuleBasedStateMachine):
    @initialize(at_once=st.integers(1, 2))
    def begin(self, at_once: int) -> None:
        self.savepoint, self.now, self.at_once = transaction.savepoint(), NOW, at_once
        programmes.publish_policy(
            programme_id=DEFAULT_PROGRAMME_ID,
            actor=actors.SYSTEM,
            now=NOW,
            effective_from=NOW,
            agencies_at_once=at_once,
        )
        operator = make_tenant("operator", "運営", "machine-operator")
        self.offices = [
            Office(caring.new_desk(operator, f"machine-{number}", capacity=CAPACITY)) for number in AGENCIES
        ]
        self.people = [Person(make_candidate("山田 空", f"machine-{number}@people.example").pk) for number in PEOPLE]

        for which in PEOPLE[1:]:
            self.agree(which)
        self.route_everybody()

    def those(self, state: str) -> list[tuple[Person, int]]:
        return [
            (person, office)
            for person in getattr(self, "people", [])
            for office, assignment in person.open.items()
            if assignment.state == state
        ]

    def teardown(self) -> None:
        if hasattr(self, "savepoint"):
            transaction.savepoint_rollback(self.savepoint)

    # --- what people do

    @rule(which=WHICH_PERSON)
    def agree(self, which: int) -> None:
        person = self.people[which]
        self.now += dt.timedelta(minutes=1)  # what was tried is told from what comes after a yes by the clock
        with pytest.raises(UnableToFindCandidate) if person.is_erased else contextlib.nullcontext():
            caring.agree_to_introduction(person.id, self.now)
        if not person.is_erased and not person.has_agreed:
            person.has_agreed, person.tried = True, {}

    @rule(which=WHICH_PERSON)
    def withdraw(self, which: int) -> None:
        person = self.people[which]
        if not person.is_erased:
            withdraw_consent(candidate_id=person.id, now=self.now)
            person.has_agreed, person.open = False, {}

    @rule(which=WHICH_PERSON)
    def erase(self, which: int) -> None:
        person = self.people[which]
        erase_candidate(candidate_id=person.id, now=self.now)
        person.has_agreed, person.is_erased, person.open, person.wished = False, True, {}, []

    @some("active")
    @rule(data=st.data(), excludes=st.booleans())
    def leave(self, data: typing.Any, excludes: bool) -> None:  # noqa: FBT001 -- Hypothesis calls by name
        person, office = data.draw(st.sampled_from(self.those("active")))
        leaving = person.open.pop(office)
        end_assignment.end_by_person(candidate_id=person.id, assignment_id=leaving.pk, excludes=excludes, now=self.now)
        person.tried[office] = None
        person.wished = [one for one in person.wished if one != office]
        person.excluded |= {office} if excludes else set()

    @rule(which=WHICH_PERSON, offices=st.lists(WHICH_AGENCY, unique=True))
    def choose(self, which: int, offices: list[int]) -> None:
        person = self.people[which]
        if person.is_erased:
            return
        self.now += dt.timedelta(minutes=1)  # as with a yes
        added = [office for office in offices if office not in person.wished]
        is_refused = any(self.offices[office].lacks for office in added)
        refusal = pytest.raises(routing.UnableToChooseAgencies) if is_refused else contextlib.nullcontext()
        with acting_as(candidate=person.id), refusal:
            routing.choose(
                candidate_id=person.id,
                agencies=[self.offices[office].desk.id for office in offices],
                actor=actors.candidate(person.id),
                now=self.now,
            )
        if not is_refused:
            person.wished = offices
            for office in added:
                person.excluded.discard(office)
                person.tried.pop(office, None)

    # --- what agencies do

    @some("offered")
    @rule(data=st.data())
    def accept(self, data: typing.Any) -> None:
        self._accept(*data.draw(st.sampled_from(self.those("offered"))))

    @some("offered")
    @rule()
    def accept_everybody(self) -> None:
        for person, office in self.those("offered"):
            self._accept(person, office)

    def _accept(self, person: Person, office: int) -> None:
        agency, offer = self.offices[office], person.open[office]
        try:
            caring.accept(agency.desk, offer.pk, self.now)
        except routing.UnableToAnswerAssignment:
            assert offer.answer_by <= self.now
        except routing.UnableToTakePeople:
            assert agency.lacks
        else:
            assert person.has_agreed
            assert not agency.lacks
            assert office not in person.excluded
            person.open[office] = self._really(person)[office]

    @some("offered")
    @rule(data=st.data(), reason=st.sampled_from(["other", "capacity"]))
    def decline(self, data: typing.Any, reason: str) -> None:
        person, office = data.draw(st.sampled_from(self.those("offered")))
        desk, offer = self.offices[office].desk, person.open[office]
        if offer.answer_by <= self.now:
            return
        answer_assignment.decline_assignment(
            organization_id=desk.id, assignment_id=offer.pk, reason=reason, note="", actor=desk.manager, now=self.now
        )
        del person.open[office]
        self._try(person, office, MONTH if reason == "capacity" else None)

    @some("active")
    @rule(data=st.data())
    def contact(self, data: typing.Any) -> None:
        person, office = data.draw(st.sampled_from(self.those("active")))
        agency, assignment = self.offices[office], person.open[office]
        desk = agency.desk
        is_refused = agency.lacks & {"licence", "stop"}
        refusal = pytest.raises(routing.UnableToWriteOnFile) if is_refused else contextlib.nullcontext()
        with acting_as(organization=desk.id), refusal:
            routing.record_contact(
                organization_id=desk.id,
                assignment_id=assignment.pk,
                channel="phone",
                purpose="first",
                summary="",
                happened_at=self.now,
                actor=desk.adviser,
                now=self.now,
            )
        person.open[office] = self._really(person)[office]

    @some("active")
    @rule(data=st.data(), reason=st.sampled_from(["unreachable", "agency_unable"]))
    def give_back(self, data: typing.Any, reason: str) -> None:
        person, office = data.draw(st.sampled_from(self.those("active")))
        desk, assignment = self.offices[office].desk, person.open[office]
        end_assignment.end_by_agency(
            organization_id=desk.id,
            assignment_id=assignment.pk,
            reason=reason,
            actor=desk.manager,
            now=self.now,
        )
        del person.open[office]
        self._try(person, office, MONTH if reason == "agency_unable" else None)

    def _try(self, person: Person, office: int, rest: dt.timedelta | None) -> None:
        """Remember when the agency may be asked again: never, once there was a reason that does not pass."""
        ends = [self.now + rest if rest else None, *([person.tried[office]] if office in person.tried else [])]
        person.tried[office] = None if None in ends else max(end for end in ends if end)

    # --- what the operator and the clock do

    @rule(office=WHICH_AGENCY, leg=st.sampled_from(["stop", "agreement", "licence"]))
    def lose_or_mend(self, office: int, leg: str) -> None:
        agency = self.offices[office]
        ways: dict[str, tuple[Rule, Rule]] = {
            "stop": (caring.stop, caring.go_on),
            "agreement": (caring.suspend, caring.resume),
            "licence": (caring.let_expire, self._license_again),
        }
        ways[leg][leg in agency.lacks](agency.desk, self.now)
        agency.lacks ^= {leg}

    def _license_again(self, desk: caring.Desk, now: dt.datetime) -> None:
        caring.license_(desk.tenant, desk.operator, now=now)

    @rule(hours=st.sampled_from([1, 20, 50]))
    def time_passes(self, hours: int) -> None:
        self.now += dt.timedelta(hours=hours)

    @rule(hours=st.sampled_from([1, 50, 24 * 3 + 8, 24 * 8, 24 * 30]))
    def time_passes_and_deadlines_are_kept(self, hours: int) -> None:
        self.time_passes(hours)
        self.keep()

    @rule()
    def route_everybody(self) -> None:
        route_waiting(now=self.now)
        self._compare_offers(self.people)

    @rule(which=WHICH_PERSON)
    def route_one(self, which: int) -> None:
        route_candidate(candidate_id=self.people[which].id, now=self.now)
        self._compare_offers([self.people[which]])

    def _compare_offers(self, people: list[Person]) -> None:
        """Take over what was offered, if it was right; and see that nobody was passed over."""
        for person in people:
            had_one = bool(person.open)
            new = {office: one for office, one in self._really(person).items() if office not in person.open}
            assert sum(office not in person.wished for office in new) <= (not had_one)
            for office, found in new.items():
                assert person.has_agreed
                assert self._may_ask(person, office)
                person.open[office] = found
        for person in people:
            if person.has_agreed and len(person.open) < self.at_once:
                may = person.wished if person.open else AGENCIES
                assert not [one for one in may if one not in person.open and self._may_ask(person, one, free=True)]

    def _may_ask(self, person: Person, office: int, *, free: bool = False) -> bool:
        tried = office in person.tried
        again = person.tried.get(office)
        is_tried = tried and (again is None or self.now < again)
        load = sum(office in other.open for other in self.people)
        has_place = load < CAPACITY if free else load <= CAPACITY
        return has_place and not self.offices[office].lacks and office not in person.excluded and not is_tried

    @rule()
    def keep(self) -> None:
        keep_deadlines(now=self.now)
        for person in self.people:
            for office, assignment in list(person.open.items()):
                if self.offices[office].lacks - (set() if assignment.state == "offered" else {"licence"}):
                    del person.open[office]
                elif assignment.state == "offered" and assignment.answer_by <= self.now:
                    del person.open[office]
                    self._try(person, office, WEEK)
                elif self._is_late(assignment):
                    del person.open[office]
                    self._try(person, office, MONTH)

    def _is_late(self, assignment: Assignment) -> bool:
        return bool(assignment.late_at and assignment.late_at <= self.now and assignment.contacted_at is None)

    def _really(self, person: Person) -> dict[int, Assignment]:
        office_of = {agency.desk.id: office for office, agency in enumerate(self.offices)}
        found = caring.assignments(person.id)
        return {office_of[one.organization_id]: one for one in found if one.state in {"offered", "active"}}

    # --- what must hold at any moment

    @invariant()
    def an_agency_reads_whom_it_looks_after_and_nobody_else(self) -> None:
        for person in getattr(self, "people", []):
            for office, agency in enumerate(self.offices):
                assignment = person.open.get(office)
                may_read = assignment is not None and assignment.state == "active"
                assert caring.name_seen(agency.desk.id, person.id) == ("山田 空" if may_read else "")
                assert person.has_agreed or not may_read

    @invariant()
    def open_assignments_are_the_model_s_and_no_more_than_the_policy_allows(self) -> None:
        for person in getattr(self, "people", []):
            really = self._really(person)
            assert {office: one.state for office, one in really.items()} == {
                office: one.state for office, one in person.open.items()
            }
            assert len(really) <= self.at_once

    @invariant()
    def nobody_is_lost(self) -> None:
        if hasattr(self, "people"):
            with acting_as(organization=self.offices[0].desk.operator.id):
                unplaced = queries.unplaced(self.now)
            assert unplaced.people == sum(person.has_agreed and not person.open for person in self.people)


@pytest.mark.timeout(300)
def test_network_and_model_say_the_same(db: None) -> None:
    run_state_machine_as_test(
        Network,
        settings=settings(
            max_examples=examples(4, in_ci=15),
            stateful_step_count=50,
            deadline=None,
            phases=[Phase.reuse, Phase.generate],  # a failing story is short enough to read; shrinking takes minutes
            suppress_health_check=[HealthCheck.too_slow],
        ),
    )
