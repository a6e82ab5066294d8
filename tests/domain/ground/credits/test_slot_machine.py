"""Slots on PostgreSQL against a model of a few lines: whatever is done, none is lost, and none is used twice."""

from __future__ import annotations

import dataclasses
import typing

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from career_relay.domain.ground.credits import operations, queries
from career_relay.domain.ground.credits.models import Slot
from career_relay.domain.ground.programmes.models import DEFAULT_PROGRAMME_ID
from career_relay.kernel import actors, ids
from career_relay.kernel.tenancy.context import acting_as
from tests.domain.ground.credits import book
from tests.domain.ground.credits.test_slots import USABLE
from tests.examples import examples
from tests.world import make_tenant

if typing.TYPE_CHECKING:
    import uuid

ORDINALS = st.integers(1, 3)
KEYS = st.integers(0, 5)
NEXT = {
    "introduce": ({"reserved"}, "introduced"),
    "release": ({"introduced"}, "reserved"),
    "use": ({"introduced"}, "used"),
    "give_back": ({"reserved", "introduced", "used"}, "available"),
}


@dataclasses.dataclass
class Model:
    """What the three slots must be, and which keys were told of which move."""

    states: dict[int, str] = dataclasses.field(default_factory=lambda: dict.fromkeys((1, 2, 3), "available"))
    reserved: dict[int, int] = dataclasses.field(default_factory=dict)
    told: set[tuple[str, int]] = dataclasses.field(default_factory=set)

    def reserve(self, key: int) -> int | None:
        if key not in self.reserved:
            free = [ordinal for ordinal, state in self.states.items() if state == "available"]
            if not free:
                return None
            self.reserved[key], self.states[free[0]] = free[0], "reserved"
        return self.reserved[key]

    def move(self, move: str, ordinal: int, key: int) -> bool:
        """Return False when the move must be refused."""
        before, after = NEXT[move]
        is_told = move in {"use", "give_back"} and (move, key) in self.told
        is_there = move in {"introduce", "release"} and self.states[ordinal] == after
        if is_told or is_there:
            return True
        if self.states[ordinal] not in before:
            return False
        self.states[ordinal] = after
        self.told.add((move, key))
        return True


class Slots(RuleBasedStateMachine):
    @initialize()
    def found(self) -> None:
        self.employer = make_tenant("employer", "枠株式会社", f"slots{ids.new().hex}").id
        book.count_many(self.employer, 30)
        self.model, self.keys = Model(), [ids.new() for _ in range(6)]
        with acting_as(organization=self.employer):
            self.slots: dict[int, uuid.UUID] = dict(Slot.objects.values_list("ordinal", "pk"))

    @rule(key=KEYS)
    def reserve(self, key: int) -> None:
        ordinal = self.model.reserve(key)
        with acting_as(organization=self.employer):
            try:
                slot = operations.reserve(
                    organization_id=self.employer,
                    programme_id=DEFAULT_PROGRAMME_ID,
                    key=self.keys[key],
                    actor=actors.SYSTEM,
                    now=USABLE,
                )
            except operations.UnableToReserveSlot:
                assert ordinal is None
            else:
                assert slot.ordinal == ordinal

    @rule(move=st.sampled_from(sorted(NEXT)), ordinal=ORDINALS, key=KEYS)
    def move(self, move: str, ordinal: int, key: int) -> None:
        told: dict[str, typing.Any] = {"organization_id": self.employer, "slot_id": self.slots[ordinal], "now": USABLE}
        if move in {"use", "give_back"}:
            told |= {"key": self.keys[key], "actor": actors.SYSTEM}
        if move == "give_back":
            told |= {"reason": "withdrawn"}
        is_allowed = self.model.move(move, ordinal, key)
        with acting_as(organization=self.employer):
            if is_allowed:
                getattr(operations, move)(**told)
            else:
                with pytest.raises(operations.UnableToMoveSlot):
                    getattr(operations, move)(**told)

    @invariant()
    def slots_are_the_model_s(self) -> None:
        if hasattr(self, "model"):
            with acting_as(organization=self.employer):
                assert dict(Slot.objects.values_list("ordinal", "state")) == self.model.states

    def teardown(self) -> None:
        assert queries.differences() == []


@pytest.mark.timeout(300)
def test_slots_and_model_say_the_same(db: None) -> None:
    run_state_machine_as_test(
        Slots,
        settings=settings(
            max_examples=examples(8, in_ci=40),
            stateful_step_count=30,
            deadline=None,
            phases=[Phase.reuse, Phase.generate],
            suppress_health_check=[HealthCheck.too_slow],
        ),
    )
