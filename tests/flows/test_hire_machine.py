"""Requests, introductions and hires on PostgreSQL against a small model: no slot is lost, none pays twice, money is as agreed."""

from __future__ import annotations

import collections
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

from career_relay.domain.ground.credits import queries as ledger
from career_relay.domain.ground.requests import operations as requests
from career_relay.domain.people.introductions import operations as introductions
from career_relay.domain.people.placements.models import FeeEntry
from career_relay.domain.people.routing import operations as routing
from career_relay.flows import advance_introduction, introduce_candidate, record_placement, request_people
from career_relay.flows.end_introductions import keep_introductions
from career_relay.flows.erase_candidate import erase_candidate
from career_relay.flows.withdraw_consent import withdraw_consent
from career_relay.kernel import actors, clock
from career_relay.kernel.tenancy.context import acting_as
from tests.examples import examples
from tests.flows import caring, introducing, placing, requesting
from tests.world import NOW, make_tenant

if typing.TYPE_CHECKING:
    import collections.abc

    from career_relay.domain.ground.postings.models import JobPosting
    from career_relay.domain.ground.requests.models import Call
    from career_relay.domain.people.candidates.models import Candidate
    from career_relay.domain.people.introductions.models import Introduction
    from career_relay.domain.people.placements.models import Placement
    from career_relay.domain.people.routing.models import Assignment

SLOTS, PEOPLE, REPLACED = 2, range(3), 90
FEE = placing.SALARY * 35 // 100
HALF_A_YEAR = dt.timedelta(days=180)
ON_THE_WAY = ("introduced", "offered", "accepted")


@dataclasses.dataclass(eq=False)
class Person:
    """Somebody in the model; `agrees` until they take their consent back, `is_there` until they erase themselves."""

    row: Candidate
    assignment: Assignment
    agrees: bool = True
    is_there: bool = True


@dataclasses.dataclass(eq=False)
class Wanted:
    """A request in the model: asked, accepted, filled or over."""

    call: Call
    uses_slot: bool
    search_until: dt.date
    posting: JobPosting | None = None
    state: str = "asked"
    slot_is_back: bool = False


@dataclasses.dataclass(eq=False)
class Told:
    """An introduction in the model, and the money of its hire."""

    row: Introduction
    person: Person
    wanted: Wanted
    state: str = "proposed"
    placement: Placement | None = None
    joined_on: dt.date | None = None
    entries: list[tuple[str, int]] = dataclasses.field(default_factory=list)


def refund(days: int) -> int:
    """Return what the usual agreement gives back for somebody who left so many days after the start."""
    percents = [percent for within, percent in ((30, 50), (90, 30), (180, 10)) if days <= within]
    return FEE * percents[0] // 100 if percents else 0


def some(*states: str) -> collections.abc.Callable[..., typing.Any]:
    """Let a rule be tried only while an introduction is in one of these states."""
    return precondition(lambda network: bool(network.those(*states)))


def wanting(*states: str) -> collections.abc.Callable[..., typing.Any]:
    """Let a rule be tried only while a request is in one of these states."""
    return precondition(lambda network: bool(network.requested(*states)))


class Network(RuleBasedStateMachine):
    @initialize()
    def begin(self) -> None:
        self.savepoint, self.now = transaction.savepoint(), NOW
        operator = make_tenant("operator", "運営", "hiring-operator")
        self.employer = make_tenant("employer", "採用する会社", "hiring-employer")
        self.agency = requesting.bound(self.employer, operator, "hiring", slot="one_replacement")
        requesting.earn(self.employer, SLOTS)
        self.all: list[Told] = []
        self.wanted: list[Wanted] = []
        self.people = [self._person(number) for number in PEOPLE]
        for uses_slot in (True, False):
            self.ask(uses_slot)
            self._take_on(self.wanted[-1])
            self._propose(self.wanted[-1], self.people[len(self.all)])
            self._answer(self.all[-1], says_yes=True)
            for _step in range(2):  # a story begins where most can happen: with two offers accepted
                self._go_on(self.all[-1])

    def teardown(self) -> None:
        if hasattr(self, "savepoint"):
            transaction.savepoint_rollback(self.savepoint)

    def _person(self, number: int) -> Person:
        row = caring.person(f"hiring-{number}@people.example")
        with acting_as(candidate=row.pk):
            routing.choose(candidate_id=row.pk, agencies=[self.agency.id], actor=actors.candidate(row.pk), now=self.now)
        return Person(row, caring.take(self.agency, row))

    def those(self, *states: str) -> list[Told]:
        return [one for one in getattr(self, "all", []) if one.state in states]

    def requested(self, *states: str) -> list[Wanted]:
        return [one for one in getattr(self, "wanted", []) if one.state in states]

    def on_the_way(self, wanted: Wanted) -> bool:
        return any(one.wanted is wanted for one in self.those(*ON_THE_WAY))

    @property
    def today(self) -> dt.date:
        return clock.day_in_japan(self.now)

    @property
    def by_employer(self) -> dict[str, typing.Any]:
        recruiter = actors.user(self.employer.users["recruiter"].pk)
        return {"organization_id": self.employer.id, "actor": recruiter, "now": self.now}

    @property
    def by_agency(self) -> dict[str, typing.Any]:
        return {"organization_id": self.agency.id, "actor": self.agency.adviser, "now": self.now}

    # --- the request

    @rule(uses_slot=st.booleans())
    def ask(self, uses_slot: bool) -> None:  # noqa: FBT001 -- Hypothesis calls by name
        if len(self.wanted) == len(PEOPLE) * 2 or (uses_slot and not self._expected()["available"]):
            return
        posting = requesting.posting(self.employer)
        made = requesting.ask(self.employer, posting.pk, self.agency, uses_slot=uses_slot, now=self.now)
        [call] = requesting.calls(self.employer, made.request_id)
        until = requesting.request(self.employer, made.request_id).search_until
        self.wanted.append(Wanted(call, uses_slot, until))

    @wanting("asked")
    @rule(data=st.data())
    def take_on(self, data: typing.Any) -> None:
        self._take_on(data.draw(st.sampled_from(self.requested("asked"))))

    def _take_on(self, wanted: Wanted) -> None:
        wanted.posting, wanted.state = requesting.accept(self.agency, wanted.call, self.now), "accepted"

    @wanting("asked", "accepted")
    @rule(data=st.data())
    def give_up(self, data: typing.Any) -> None:
        wanted = data.draw(st.sampled_from(self.requested("asked", "accepted")))
        if self.on_the_way(wanted):
            with pytest.raises(requests.UnableToAnswerCall):
                requesting.decline(self.agency, wanted.call, now=self.now)
            return
        requesting.decline(self.agency, wanted.call, now=self.now)
        wanted.state = "over"

    @wanting("asked", "accepted")
    @rule(data=st.data())
    def take_back(self, data: typing.Any) -> None:
        wanted = data.draw(st.sampled_from(self.requested("asked", "accepted")))
        if self.on_the_way(wanted):
            with pytest.raises(requests.UnableToWithdrawRequest):
                requesting.withdraw(self.employer, wanted.call.request_id, self.now)
            return
        requesting.withdraw(self.employer, wanted.call.request_id, self.now)
        wanted.state = "over"

    # --- the introduction

    @wanting("accepted")
    @rule(data=st.data(), which=st.sampled_from(PEOPLE))
    def propose(self, data: typing.Any, which: int) -> None:
        self._propose(data.draw(st.sampled_from(self.requested("accepted"))), self.people[which])

    def _propose(self, wanted: Wanted, person: Person) -> None:
        taken = [one for one in self.those("proposed", *ON_THE_WAY, "joined", "left") if one.wanted is wanted]
        is_placed = any(one.person is person for one in self.those("joined", "left"))
        is_known = any(one.person is person for one in taken)
        if is_placed or is_known or not person.agrees or self.today > wanted.search_until:
            return
        told: dict[str, typing.Any] = {
            "assignment_id": person.assignment.pk,
            "posting_id": typing.cast("JobPosting", wanted.posting).pk,
            "message": "",
            "fit_note": "合います",
        }
        if wanted.uses_slot and taken:
            with pytest.raises(introductions.UnableToPropose):
                introduce_candidate.propose(**told, **self.by_agency)
            return
        self.all.append(Told(introduce_candidate.propose(**told, **self.by_agency), person, wanted))

    @some("proposed")
    @rule(data=st.data(), says_yes=st.booleans())
    def answer(self, data: typing.Any, says_yes: bool) -> None:  # noqa: FBT001 -- Hypothesis calls by name
        self._answer(data.draw(st.sampled_from(self.those("proposed"))), says_yes=says_yes)

    def _answer(self, one: Told, *, says_yes: bool) -> None:
        if not says_yes:
            introduce_candidate.say_no(
                candidate_id=one.person.row.pk, introduction_id=one.row.pk, reason="", now=self.now
            )
            one.state = "ended"
        elif one.wanted.state != "accepted":
            with pytest.raises(introductions.UnableToIntroduceNow):
                introducing.agree(one.row, self.now)
        else:
            introducing.agree(one.row, self.now)
            one.state = "introduced"

    @some("introduced", "offered")
    @rule(data=st.data())
    def go_on(self, data: typing.Any) -> None:
        self._go_on(data.draw(st.sampled_from(self.those("introduced", "offered"))))

    def _go_on(self, one: Told) -> None:
        if one.state == "introduced":
            advance_introduction.advance(introduction_id=one.row.pk, to="interview", **self.by_employer)
            offer: dict[str, typing.Any] = {"salary": placing.SALARY, "start_on": self.today, "note": ""}
            advance_introduction.offer(introduction_id=one.row.pk, **offer, **self.by_employer)
            one.state = "offered"
        else:
            advance_introduction.accept_offer(introduction_id=one.row.pk, candidate_id=one.person.row.pk, now=self.now)
            one.state, one.placement = "accepted", placing.of(self.agency, one.row)

    @some("introduced", "offered")
    @rule(data=st.data())
    def refuse(self, data: typing.Any) -> None:
        one = data.draw(st.sampled_from(self.those("introduced", "offered")))
        advance_introduction.refuse(introduction_id=one.row.pk, reason="skills", note="", **self.by_employer)
        one.state = "ended"

    @some("proposed", *ON_THE_WAY)
    @rule(data=st.data(), by_person=st.booleans())
    def step_back(self, data: typing.Any, by_person: bool) -> None:  # noqa: FBT001 -- Hypothesis calls by name
        one = data.draw(st.sampled_from(self.those("proposed", *ON_THE_WAY)))
        if by_person and (one.state == "proposed" or not one.person.is_there):
            return
        who = {"candidate_id": one.person.row.pk, "now": self.now} if by_person else self.by_agency
        advance_introduction.withdraw(introduction_id=one.row.pk, reason="other", **who)
        self._comes_to_nothing(one)

    @rule(which=st.sampled_from(PEOPLE), erases=st.booleans())
    def leave_the_network(self, which: int, erases: bool) -> None:  # noqa: FBT001 -- Hypothesis calls by name
        person = self.people[which]
        if not person.is_there:
            return
        (erase_candidate if erases else withdraw_consent)(candidate_id=person.row.pk, now=self.now)
        person.agrees, person.is_there = False, not erases
        for one in self.those("proposed", "introduced", "offered"):
            if one.person is person:
                one.state = "ended"

    # --- the hire

    @some("accepted")
    @rule(data=st.data())
    def start(self, data: typing.Any) -> None:
        one = data.draw(st.sampled_from(self.those("accepted")))
        record_placement.confirm_start(placement_id=self._hire(one), started_on=self.today, **self.by_employer)
        one.state, one.joined_on, one.wanted.state = "joined", self.today, "filled"
        one.entries.append(("waived", 0) if one.wanted.uses_slot else ("invoice", FEE))

    @some("accepted")
    @rule(data=st.data())
    def stay_away(self, data: typing.Any) -> None:
        one = data.draw(st.sampled_from(self.those("accepted")))
        record_placement.not_started(placement_id=self._hire(one), reason="other", **self.by_employer)
        self._comes_to_nothing(one)

    @some("joined")
    @rule(data=st.data())
    def leave(self, data: typing.Any) -> None:
        one = data.draw(st.sampled_from(self.those("joined")))
        record_placement.record_leaving(
            placement_id=self._hire(one), left_on=self.today, reason="person", **self.by_employer
        )
        one.state, days = "left", (self.today - typing.cast("dt.date", one.joined_on)).days
        if one.wanted.uses_slot:
            one.wanted.slot_is_back = days <= REPLACED
        elif refund(days):
            one.entries.append(("refund", -refund(days)))

    def _hire(self, one: Told) -> typing.Any:
        return typing.cast("Placement", one.placement).pk

    def _comes_to_nothing(self, one: Told) -> None:
        if one.state == "accepted" and one.wanted.uses_slot:
            one.wanted.state = "over"
        one.state = "ended"

    # --- the clock

    @precondition(lambda network: getattr(network, "now", NOW) < NOW + HALF_A_YEAR)
    @rule(days=st.sampled_from([1, 4, 9, 40]))
    def time_passes(self, days: int) -> None:
        self.now += dt.timedelta(days=days)
        request_people.keep_requests(now=self.now)
        keep_introductions(now=self.now)
        for wanted in self.requested("asked", "accepted"):
            is_late = wanted.state == "asked" and wanted.call.answer_by <= self.now
            if is_late or (wanted.search_until < self.today and not self.on_the_way(wanted)):
                wanted.state = "over"
        for one in self.those("proposed"):
            if one.row.answer_by <= self.now or one.wanted.state != "accepted":
                one.state = "ended"

    # --- what must hold at any moment

    def _expected(self) -> collections.Counter[str]:
        found: collections.Counter[str] = collections.Counter()
        for wanted in self.wanted:
            if wanted.uses_slot and wanted.state in {"asked", "accepted"}:
                found["introduced" if self.on_the_way(wanted) else "reserved"] += 1
            elif wanted.uses_slot and wanted.state == "filled" and not wanted.slot_is_back:
                found["used"] += 1
        found["available"] = SLOTS - found.total()
        return +found

    @invariant()
    def every_slot_is_where_the_model_has_it(self) -> None:
        if hasattr(self, "wanted"):
            assert collections.Counter(requesting.slots(self.employer)) == self._expected()
            assert ledger.differences() == []

    @invariant()
    def requests_and_introductions_stand_as_in_the_model(self) -> None:
        states = {"filled": "filled", "over": "closed"}
        for wanted in getattr(self, "wanted", []):
            request = requesting.request(self.employer, wanted.call.request_id)
            assert request.state == states.get(wanted.state, "open")
        for one in self.those("proposed", *ON_THE_WAY, "joined"):
            assert introducing.state(one.row) == one.state

    @invariant()
    def money_is_what_was_agreed(self) -> None:
        for one in self.those("joined", "left"):
            with acting_as(organization=self.agency.id):
                found = FeeEntry.objects.filter(placement=self._hire(one)).order_by("recorded_at", "pk")
                assert list(found.values_list("kind", "amount_yen")) == one.entries


@pytest.mark.timeout(300)
def test_network_and_model_say_the_same(db: None) -> None:
    run_state_machine_as_test(
        Network,
        settings=settings(
            max_examples=examples(2, in_ci=10),
            stateful_step_count=30,
            deadline=None,
            phases=[Phase.reuse, Phase.generate],  # a failing story is short enough to read; shrinking takes minutes
            suppress_health_check=[HealthCheck.too_slow],
        ),
    )
