from __future__ import annotations

import typing

import pytest
from django.db import connection

from career_relay.capabilities.messaging import delivery, rules
from tests.capabilities.messaging import letters
from tests.capabilities.messaging.sink import Sink


def test_claim_holds_no_transaction_while_the_server_is_spoken_to(
    mail_server: Sink, fresh_database: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[tuple[bool, str]] = []
    hand_over = delivery.hand_over

    def watched(envelope: typing.Any) -> rules.Answer:
        seen.append((connection.in_atomic_block, letters.reread(message).state))
        return hand_over(envelope)

    monkeypatch.setattr(delivery, "hand_over", watched)
    message = letters.queue()
    letters.send(message)
    assert seen == [(False, "sending")]
