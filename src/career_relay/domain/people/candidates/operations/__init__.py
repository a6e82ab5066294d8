"""Writes about people: `sign_ups` until the code was right, `people` from then on, `addresses` when one changes."""

from __future__ import annotations

from career_relay.domain.people.candidates.operations.addresses import (
    UnableToChangeAddress,
    change_address,
    send_address_code,
)
from career_relay.domain.people.candidates.operations.people import (
    UnableToCreateTwice,
    UnableToFindCandidate,
    confirm_again,
    correct,
    create,
    end_sessions,
    erase,
    exclude,
    hold,
    lift_exclusion,
    lock,
)
from career_relay.domain.people.candidates.operations.sign_ups import (
    UnableToConfirmCode,
    UnableToFindSignUp,
    change_sign_up,
    close_sign_up,
    confirmed_sign_up,
    drop_expired_sign_ups,
    drop_sign_up,
    send_sign_in_code,
    send_sign_up_code,
    set_sign_up_consents,
    sign_in,
    start_sign_up,
)

__all__ = [
    "UnableToChangeAddress",
    "UnableToConfirmCode",
    "UnableToCreateTwice",
    "UnableToFindCandidate",
    "UnableToFindSignUp",
    "change_address",
    "change_sign_up",
    "close_sign_up",
    "confirm_again",
    "confirmed_sign_up",
    "correct",
    "create",
    "drop_expired_sign_ups",
    "drop_sign_up",
    "end_sessions",
    "erase",
    "exclude",
    "hold",
    "lift_exclusion",
    "lock",
    "send_address_code",
    "send_sign_in_code",
    "send_sign_up_code",
    "set_sign_up_consents",
    "sign_in",
    "start_sign_up",
]
