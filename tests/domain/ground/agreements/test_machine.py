"""Two sides' acts on PostgreSQL against a model of a few lines: whatever they do, in whatever order, both say the same."""

from __future__ import annotations

import dataclasses
import datetime as dt
import typing

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from career_relay.domain.ground.agreements import queries
from career_relay.domain.ground.agreements.operations import errors
from career_relay.kernel import ids
from career_relay.kernel.tenancy.context import acting_as
from tests.domain.ground.agreements import deal
from tests.examples import examples
from tests.world import NOW, Tenant, make_tenant

if typing.TYPE_CHECKING:
    import collections.abc

    from career_relay.domain.ground.agreements.models import Agreement

SIDES = st.sampled_from([0, 1])
OPEN = {"proposed", "live", "suspended"}


@dataclasses.dataclass
class Model:
    """What the agreement of the two must be."""

    state: str = "none"
    version: int = 0
    written: int = 0
    on_table: int = 0
    by: int | None = None
    suspended_by: int | None = None
    acts: int = 0

    def propose(self, side: int) -> None:
        if self.state not in OPEN:
            self.__init__(state="proposed")  # type: ignore[misc]  # a new agreement begins
        self.written += 1
        self.on_table, self.by = self.written, side
        self.acts += 1

    def may_answer(self, side: int) -> bool:
        return self.state in OPEN and self.by is not None and self.by != side

    def accept(self) -> None:
        self.version, self.on_table, self.by = self.on_table, 0, None
        self.state = "live" if self.state == "proposed" else self.state
        self.acts += 1

    def decline(self) -> None:
        self.on_table, self.by = 0, None
        self.state = "declined" if self.state == "proposed" else self.state
        self.acts += 1

    def may_end(self, side: int) -> bool:
        return self.state in {"live", "suspended"} or (self.state == "proposed" and self.by == side)

    def end(self) -> None:
        self.state, self.on_table, self.by, self.suspended_by = "ended", 0, None, None
        self.acts += 1


class Negotiation(RuleBasedStateMachine):
    pair: tuple[Tenant, Tenant]
    agreement: Agreement | None

    @initialize(kinds=st.sampled_from([("employer", "agency"), ("operator", "agency"), ("school", "employer")]))
    def meet(self, kinds: tuple[str, str]) -> None:
        one, other = (make_tenant(kind, f"試験{kind}", ids.new().hex[-12:]) for kind in kinds)
        self.pair, self.agreement, self.model, self.now = (one, other), None, Model(), NOW

    def _try(self, *, may: bool, call: collections.abc.Callable[..., Agreement], side: int) -> bool:
        """Do as the side wants, or see that it is refused; return whether it was done."""
        if self.agreement is None:
            return False
        if not may:
            with pytest.raises(errors.UnableToActNow):
                call(self.pair[side], self.agreement, now=self.now)
            return False
        self.agreement = call(self.pair[side], self.agreement, now=self.now)
        return True

    @rule(side=SIDES, notes=st.sampled_from(["", "一つ目", "二つ目"]))
    def propose(self, side: int, notes: str) -> None:
        self.agreement = deal.propose(self.pair[side], self.pair[1 - side], now=self.now, notes=notes)
        self.model.propose(side)

    @rule(side=SIDES)
    def accept(self, side: int) -> None:
        if self.model.on_table and self._try(may=self.model.may_answer(side), call=deal.accept, side=side):
            self.model.accept()

    @rule(side=SIDES)
    def accept_another_text(self, side: int) -> None:
        if self.agreement is not None and self.model.may_answer(side):
            with pytest.raises(errors.UnableToSignOtherText):
                deal.accept(self.pair[side], self.agreement, text_hash="0" * 64, now=self.now)

    @rule(side=SIDES)
    def decline(self, side: int) -> None:
        if self.model.on_table and self._try(may=self.model.may_answer(side), call=deal.decline, side=side):
            self.model.decline()

    @rule(side=SIDES)
    def suspend(self, side: int) -> None:
        if self._try(may=self.model.state == "live", call=deal.suspend, side=side):
            self.model.state, self.model.suspended_by = "suspended", side
            self.model.acts += 1

    @rule(side=SIDES)
    def resume(self, side: int) -> None:
        may = self.model.state == "suspended" and self.model.suspended_by == side
        if self._try(may=may, call=deal.resume, side=side):
            self.model.state, self.model.suspended_by = "live", None
            self.model.acts += 1

    @rule(side=SIDES)
    def end(self, side: int) -> None:
        if self._try(may=self.model.may_end(side), call=deal.end, side=side):
            self.model.end()

    @rule()
    def time_passes(self) -> None:
        self.now += dt.timedelta(days=1)

    @invariant()
    def both_sides_see_the_model(self) -> None:
        if getattr(self, "agreement", None) is None:
            return
        model = self.model
        for side, tenant in enumerate(self.pair):
            with acting_as(organization=tenant.id):
                detail = queries.detail(tenant.id, typing.cast("Agreement", self.agreement).pk)
                assert queries.is_live(tenant.id, self.pair[1 - side].id) is (model.state == "live")
                in_force = queries.live_between(tenant.id, self.pair[1 - side].id)
            assert detail is not None
            seen = detail.line.agreement
            assert (seen.state, seen.version, seen.offered) == (model.state, model.version, model.on_table)
            assert len(detail.history) == model.acts
            assert detail.line.waits_for_us is model.may_answer(side)
            assert (in_force.number if in_force else 0) == (model.version if model.state == "live" else 0)
            assert detail.latest.number == model.written


@pytest.mark.timeout(300)
def test_agreement_and_model_say_the_same(db: None) -> None:
    run_state_machine_as_test(
        Negotiation,
        settings=settings(
            max_examples=examples(10, in_ci=40),
            stateful_step_count=25,
            deadline=None,
            phases=[Phase.reuse, Phase.generate],  # a failing story is short enough to read; shrinking takes minutes
            suppress_health_check=[HealthCheck.too_slow],
        ),
    )
