"""A mailing in whatever order things happen: everybody ends in a named state, nobody is told twice, stopped is stopped."""

from __future__ import annotations

import collections
import datetime as dt
import typing
import uuid

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from career_relay.capabilities.messaging import operations as messaging
from career_relay.capabilities.messaging import unsubscribing
from career_relay.capabilities.messaging.models import Message
from career_relay.domain.hiring.notices import operations, queries
from career_relay.domain.hiring.notices.models import Mailing, Notice, Told
from career_relay.flows import correct_application, notify_rejections
from career_relay.kernel.tenancy.context import acting_as
from tests.examples import examples
from tests.flows import mailings
from tests.flows.mailings import Outcome
from tests.world import NOW, make_tenant

if typing.TYPE_CHECKING:
    from hypothesis.strategies import DataObject

PEOPLE = 5
NAMED = {*Message.State.values, "left_out", "unprepared", "chosen"}
REACHED = ("sent", "uncertain")


class MailingMachine(RuleBasedStateMachine):
    """Several mailings to the same few people."""

    def __init__(self) -> None:
        super().__init__()
        self.undo = transaction.atomic()
        self.undo.__enter__()
        self.now = NOW
        self.claims: list[tuple[Mailing, messaging.Claimed]] = []
        self.excused: set[uuid.UUID] = set()
        self.stopped: set[uuid.UUID] = set()

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.undo.__exit__(None, None, None)

    @initialize()
    def begin(self) -> None:
        self.at = mailings.desk(make_tenant("employer", "ガンマ工業株式会社", "gamma"))
        mailings.hurry()
        self.applications = mailings.crowd(self.at, PEOPLE)

    @property
    def made(self) -> list[Mailing]:
        with acting_as(organization=self.at.tenant.id):
            return list(Mailing.objects.order_by("pk"))

    @rule(data=st.data())
    def choose_and_confirm(self, data: DataObject) -> None:
        chosen = data.draw(st.sets(st.sampled_from(self.applications), min_size=1))
        mailing = mailings.write(self.at, mailings.draft(self.at, chosen), has_link=data.draw(st.booleans()))
        try:
            mailings.confirm(self.at, mailing, now=self.now)
        except operations.UnableToConfirmNobody:
            assert "" not in mailings.left_out(self.at, mailing).values()

    @precondition(lambda self: self.made)
    @rule(data=st.data())
    def prepare(self, data: DataObject) -> None:
        mailings.prepare(self.at, data.draw(st.sampled_from(self.made)), self.now)

    @precondition(lambda self: self.made)
    @rule(data=st.data())
    def claim(self, data: DataObject) -> None:
        mailing = data.draw(st.sampled_from(self.made))
        claimed = mailings.claim(self.at, mailing, self.now)
        if claimed:
            assert claimed.message_id not in self.stopped
        if claimed and claimed.envelope:
            self.claims.append((mailing, claimed))

    @precondition(lambda self: self.claims)
    @rule(data=st.data(), outcome=st.sampled_from([Outcome.SENT, Outcome.REFUSED, Outcome.LOST, Outcome.RETRY]))
    def settle(self, data: DataObject, outcome: Outcome) -> None:
        one = data.draw(st.sampled_from(self.claims))
        self.claims.remove(one)
        mailings.settle(self.at, one[1], outcome, self.now)

    @precondition(lambda self: self.made)
    @rule(data=st.data())
    def stop_all(self, data: DataObject) -> None:
        mailing = data.draw(st.sampled_from(self.made))
        try:
            mailings.stop(self.at, mailing, self.now)
        except operations.UnableToStopMailing:
            return
        self._note_stopped()

    @rule(data=st.data())
    def stop_somebody(self, data: DataObject) -> None:
        with acting_as(organization=self.at.tenant.id):
            notices = list(Notice.objects.order_by("pk").values_list("pk", flat=True))
        if not notices:
            return
        try:
            mailings.stop_one(self.at, data.draw(st.sampled_from(notices)), self.now)
        except operations.UnableToStopNotice:
            return
        self._note_stopped()

    @rule(data=st.data(), outcome=st.sampled_from(["rejected", "in_progress", "withdrew"]))
    def correct(self, data: DataObject, outcome: str) -> None:
        application = data.draw(st.sampled_from(self.applications))
        with acting_as(organization=self.at.tenant.id):
            corrected = correct_application.correct_application(
                organization_id=self.at.tenant.id,
                application_id=application,
                changes={"outcome": outcome},
                reason="",
                user_id=self.at.tenant.owner.pk,
                now=self.now,
            )
            if corrected.corrections:
                tells = Told.objects.filter(application_id=application, notice__message__isnull=False)
                self.excused |= set(tells.values_list("notice__message_id", flat=True))
        self._note_stopped()

    @rule(number=st.integers(0, PEOPLE - 1))
    def unsubscribe(self, number: int) -> None:
        token = unsubscribing.unsubscribe_token("relay", f"person-{number}@people.example")
        messaging.suppress(token=token, now=self.now)

    @rule(hours=st.sampled_from([0, 1, 7]))
    def recover_after_a_while(self, hours: int) -> None:
        self.now += dt.timedelta(hours=hours, minutes=3)
        messaging.recover(now=self.now)

    @precondition(lambda self: self.made)
    @rule(data=st.data())
    def worker_comes_back(self, data: DataObject) -> None:
        mailing = data.draw(st.sampled_from(self.made))
        with acting_as(organization=self.at.tenant.id):
            notify_rejections.go_on_sending(
                organization_id=self.at.tenant.id, mailing_id=mailing.pk, now=self.now, not_before=None
            )

    @invariant()
    def nobody_is_told_twice_and_everybody_is_in_a_named_state(self) -> None:
        if not hasattr(self, "at"):
            return
        with acting_as(organization=self.at.tenant.id):
            for mailing in Mailing.objects.all():
                counts = queries.counts(mailing)
                assert set(counts.states) <= NAMED
                assert sum(counts.states.values()) == counts.chosen
                if mailing.state == Mailing.State.FINISHED:
                    assert counts.is_over
            reached = Told.objects.filter(notice__message__state__in=REACHED)
            each = collections.Counter(
                reached.exclude(notice__message_id__in=self.excused).values_list("application_id", flat=True)
            )
            assert max(each.values(), default=0) <= 1
            sent = Told.objects.filter(notice__message__state="sent", is_open=True)
            assert not sent.filter(application__told_at=None).exists()
            stopped = set(Message.objects.filter(state="stopped").values_list("pk", flat=True))
            assert self.stopped <= stopped

    def _note_stopped(self) -> None:
        with acting_as(organization=self.at.tenant.id):
            self.stopped |= set(Message.objects.filter(state="stopped").values_list("pk", flat=True))


@pytest.mark.usefixtures("db")
def test_mailing_holds_its_promises_in_any_order() -> None:
    run_state_machine_as_test(
        MailingMachine,
        settings=settings(
            max_examples=examples(6, in_ci=30),
            stateful_step_count=20,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            print_blob=False,
        ),
    )
