"""The reaper's second path: /readyz looks after the mails even when no worker is there."""

from __future__ import annotations

import datetime as dt

from django.test import Client

from career_relay.capabilities.messaging import operations
from career_relay.kernel import clock
from career_relay.kernel.tenancy.context import acting_as
from tests.capabilities.messaging import letters


def test_readyz_is_red_while_a_mail_waits_too_long(db: None) -> None:
    letters.queue(now=clock.now() - dt.timedelta(minutes=6))
    response = Client().get("/readyz")
    assert (response.status_code, response.json()) == (503, {"ready": False, "faults": ["queue"]})
    assert response["Retry-After"] == "5"


def test_readyz_closes_a_claim_that_was_left_behind(db: None) -> None:
    long_ago = clock.now() - dt.timedelta(minutes=3)
    message = letters.queue(now=long_ago)
    with acting_as(organization=letters.OWNER):
        operations.claim(message_id=message.pk, now=long_ago)
    assert Client().get("/readyz").status_code == 200
    assert letters.reread(message).state == "uncertain"
