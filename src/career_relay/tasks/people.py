"""What follows later from what a person did."""

from __future__ import annotations

import uuid

from procrastinate.contrib.django import app

from career_relay.capabilities.messaging import operations as messaging
from career_relay.flows import reconsider_referrals as flow
from career_relay.kernel import clock
from career_relay.kernel.tenancy.context import acting_as


@app.task(name="reconsider_referrals")
def reconsider_referrals(candidate: str) -> None:
    """Count what a consent given after the registration completes."""
    flow.reconsider_referrals(candidate_id=uuid.UUID(candidate), now=clock.now())


@app.task(name="forget_last_mail")
def forget_last_mail(candidate: str) -> None:
    """Delete the mail that confirmed an erasure, the last thing that held the person's address."""
    person = uuid.UUID(candidate)
    with acting_as(candidate=person):
        messaging.erase(candidate=person)
