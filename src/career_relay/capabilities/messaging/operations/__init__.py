"""Writes about mails: `mails` one by one, `batches` those that go out together, `recovery` after a crash."""

from __future__ import annotations

from career_relay.capabilities.messaging.operations.batches import (
    Claimed,
    Letter,
    claim_next,
    go_on,
    mails_in_a_turn,
    queue_batch,
    rewrite,
    stop_batch,
)
from career_relay.capabilities.messaging.operations.mails import (
    UnableToStop,
    UnableToUnsubscribe,
    UnableToWrite,
    call_off,
    checked,
    claim,
    erase,
    forget,
    queue,
    settle,
    stop,
    stop_some,
    suppress,
)
from career_relay.capabilities.messaging.operations.recovery import Recovery, recover

__all__ = [
    "Claimed",
    "Letter",
    "Recovery",
    "UnableToStop",
    "UnableToUnsubscribe",
    "UnableToWrite",
    "call_off",
    "checked",
    "claim",
    "claim_next",
    "erase",
    "forget",
    "go_on",
    "mails_in_a_turn",
    "queue",
    "queue_batch",
    "recover",
    "rewrite",
    "settle",
    "stop",
    "stop_batch",
    "stop_some",
    "suppress",
]
