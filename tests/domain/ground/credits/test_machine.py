"""The ledger on PostgreSQL against a model of a few lines: whatever is done, in whatever order, both say the same."""

from __future__ import annotations

import dataclasses
import datetime as dt
import typing

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    initialize,
    invariant,
    multiple,
    rule,
    run_state_machine_as_test,
)

from career_relay.domain.ground.credits import operations, queries
from career_relay.domain.ground.credits.models import Slot
from career_relay.domain.ground.organizations.models import Organization
from career_relay.domain.ground.programmes import operations as programmes
from career_relay.domain.ground.programmes.models import PolicyVersion, Programme
from career_relay.kernel import actors, ids
from career_relay.kernel.clock import TOKYO
from career_relay.kernel.tenancy.context import acting_as
from tests.domain.ground.credits import book
from tests.examples import examples

if typing.TYPE_CHECKING:
    import uuid

BEGINNING = dt.datetime(2026, 11, 20, 9, tzinfo=TOKYO)


@dataclasses.dataclass
class Line:
    """A line of the model's statement."""

    kind: str
    at: dt.datetime
    referrals: int
    slots: int
    version: int


@dataclasses.dataclass
class Book:
    """The model: what one employer's ledger must say."""

    counted: int = 0
    balance: int = 0
    results: dict[str, tuple[int, list[int]]] = dataclasses.field(default_factory=dict)
    granted: list[dt.datetime] = dataclasses.field(default_factory=list)
    reversed: set[str] = dataclasses.field(default_factory=set)
    lines: list[Line] = dataclasses.field(default_factory=list)

    def count(self, key: str, at: dt.datetime, threshold: int, version: int) -> tuple[int, list[int]]:
        if key not in self.results:
            self.counted, self.balance = self.counted + 1, self.balance + 1
            self.lines.append(Line("count", at, 1, 0, version))
            ordinals = []
            while self.balance >= threshold:
                self.balance -= threshold
                self.granted.append(at)
                self.lines.append(Line("conversion", at, -threshold, 1, version))
                ordinals.append(len(self.granted))
            self.results[key] = (self.counted, ordinals)
        return self.results[key]

    def reverse(self, key: str, at: dt.datetime, version: int) -> int:
        self.reversed.add(key)
        self.counted, self.balance = self.counted - 1, self.balance - 1
        self.lines.append(Line("reversal", at, -1, 0, version))
        return self.balance


class Ledger(RuleBasedStateMachine):
    employers: Bundle[uuid.UUID] = Bundle("employers")
    counted: Bundle[tuple[uuid.UUID, str, uuid.UUID, int]] = Bundle("counted")

    @initialize(target=employers, threshold=st.integers(1, 4))
    def found(self, threshold: int) -> typing.Any:
        self.now, self.serial = BEGINNING, 0
        self.programme = Programme.objects.create(slug=ids.new().hex, name="試験")
        self.policy = PolicyVersion.objects.create(
            programme=self.programme,
            version=1,
            effective_from=self.now,
            published_by="system",
            published_at=self.now,
            threshold=threshold,
        )
        self.books = {self._employer(): Book() for _ in range(2)}
        return multiple(*self.books)

    def _employer(self) -> uuid.UUID:
        identifier = ids.new()
        with acting_as(organization=identifier):
            about = {"name": "試験株式会社", "industry": "manufacturing", "prefecture": "13", "founded_at": self.now}
            Organization.objects.create(id=identifier, kind=Organization.Kind.EMPLOYER, **about)
        return identifier

    def _count(self, employer: uuid.UUID, key: str) -> operations.Counted:
        counted = book.count(employer, key, now=self.now, programme=self.programme.pk)
        wanted = self.books[employer].count(key, self.now, self.policy.threshold, self.policy.version)
        assert (counted.number, [slot.ordinal for slot in counted.slots]) == wanted
        return counted

    @rule(target=counted, employer=employers)
    def count(self, employer: uuid.UUID) -> tuple[uuid.UUID, str, uuid.UUID, int]:
        self.serial += 1
        key = f"referral-{self.serial}"
        counted = self._count(employer, key)
        return employer, key, counted.entry_id, self.policy.version

    @rule(told=counted)
    def count_again(self, told: tuple[uuid.UUID, str, uuid.UUID, int]) -> None:
        employer, key, entry, _version = told
        assert self._count(employer, key).entry_id == entry

    @rule(target=counted, told=counted, employer=employers)
    def count_the_same_key_for_another_employer(self, told: typing.Any, employer: uuid.UUID) -> typing.Any:
        if told[1] in self.books[employer].results:
            return multiple()
        return employer, told[1], self._count(employer, told[1]).entry_id, self.policy.version

    @rule(told=counted)
    def reverse(self, told: tuple[uuid.UUID, str, uuid.UUID, int]) -> None:
        employer, key, entry, version = told
        if key in self.books[employer].reversed:
            with pytest.raises(operations.UnableToReverseTwice):
                book.reverse(employer, entry, now=self.now, programme=self.programme.pk)
        else:
            taken = book.reverse(employer, entry, now=self.now, programme=self.programme.pk)
            assert taken.balance == self.books[employer].reverse(key, self.now, version)

    @rule(told=counted, employer=employers)
    def reverse_what_is_another_employer_s(self, told: typing.Any, employer: uuid.UUID) -> None:
        if employer != told[0]:
            with pytest.raises(operations.UnableToReverseEntry):
                book.reverse(employer, told[2], now=self.now, programme=self.programme.pk)

    @rule(hours=st.sampled_from([1, 5, 24, 24 * 9, 24 * 31]))
    def time_passes(self, hours: int) -> None:
        self.now += dt.timedelta(hours=hours)

    @rule(threshold=st.integers(1, 6))
    def change_the_threshold(self, threshold: int) -> None:
        self.now += dt.timedelta(minutes=1)
        self.policy = programmes.publish_policy(
            programme_id=self.programme.pk,
            actor=actors.SYSTEM,
            now=self.now,
            effective_from=self.now,
            threshold=threshold,
        )

    @invariant()
    def standing_is_the_model_s(self) -> None:
        for employer, model in getattr(self, "books", {}).items():
            held = [at for at in model.granted if at + dt.timedelta(days=7) > self.now]
            assert book.standing(employer, now=self.now, programme=self.programme.pk) == queries.Standing(
                counted=model.counted,
                remainder=model.balance,
                threshold=self.policy.threshold,
                slots_total=len(model.granted),
                slots_available=len(model.granted) - len(held),
                slots_on_hold=len(held),
                slots_reserved=0,
                slots_introduced=0,
                slots_used=0,
                next_usable_from=min(held) + dt.timedelta(days=7) if held else None,
            )

    def teardown(self) -> None:
        for employer, model in getattr(self, "books", {}).items():
            self._compare_statements(employer, model)
            with acting_as(organization=employer):
                slots = Slot.objects.filter(organization_id=employer).order_by("ordinal")
                assert [(slot.ordinal, slot.granted_at) for slot in slots] == list(enumerate(model.granted, start=1))
        assert queries.differences() == []

    def _compare_statements(self, employer: uuid.UUID, model: Book) -> None:
        balance, slots, month, told = 0, 0, BEGINNING.date().replace(day=1), 0
        while month <= self.now.date():
            statement = book.statement(employer, month, programme=self.programme.pk)
            assert (statement.opening, statement.opening_slots) == (balance, slots)
            wanted = [line for line in model.lines if line.at.date().replace(day=1) == month]
            for line, expected in zip(statement.lines, wanted, strict=True):
                balance, slots, told = balance + expected.referrals, slots + expected.slots, told + 1
                assert (line.number, line.kind, line.day) == (told, expected.kind, expected.at.date())
                assert (line.referral_change, line.slot_change) == (expected.referrals, expected.slots)
                assert (line.balance, line.slots, line.policy_version) == (balance, slots, expected.version)
            assert (statement.closing, statement.closing_slots) == (balance, slots)
            month = (month + dt.timedelta(days=31)).replace(day=1)
        assert (balance, slots, told) == (model.balance, len(model.granted), len(model.lines))


@pytest.mark.timeout(300)
def test_ledger_and_model_say_the_same(db: None) -> None:
    run_state_machine_as_test(
        Ledger,
        settings=settings(
            max_examples=examples(10, in_ci=40),
            stateful_step_count=30,
            deadline=None,
            phases=[Phase.reuse, Phase.generate],  # a failing story is short enough to read; shrinking takes minutes
            suppress_health_check=[HealthCheck.too_slow],
        ),
    )
