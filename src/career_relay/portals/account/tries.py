"""How often the doors of an account may be tried, by address and by network. Counted in the database for all processes."""

from __future__ import annotations

import dataclasses
import datetime as dt
import typing

from career_relay.capabilities.limits import operations as limits
from career_relay.kernel import clock, japanese

HOUR: typing.Final = dt.timedelta(hours=1)
QUARTER: typing.Final = dt.timedelta(minutes=15)
CODE_LIFE: typing.Final = dt.timedelta(minutes=2)
TRIES_PER_CODE: typing.Final = 5
SECOND_FACTOR_TRIES: typing.Final = 10


@dataclasses.dataclass(frozen=True, slots=True)
class Door:
    """What may be tried, and how often in an hour by one address and from one network."""

    action: str
    per_address: int
    per_network: int


SIGN_IN: typing.Final = Door("sign-in", per_address=10, per_network=50)
SIGN_UP: typing.Final = Door("sign-up", per_address=5, per_network=20)
PASSWORD_RESET: typing.Final = Door("password-reset", per_address=5, per_network=20)
ADDED_ADDRESS: typing.Final = Door("added-address", per_address=5, per_network=20)


def take(door: Door, *, address: str, network: str) -> None:
    """Count one try at a door. Raises TooManyTries."""
    now = clock.now()
    limits.take(action=f"{door.action}:network", subject=network, limit=door.per_network, per=HOUR, now=now)
    subject = japanese.normalise_email(address)
    limits.take(action=f"{door.action}:address", subject=subject, limit=door.per_address, per=HOUR, now=now)


def give_back(door: Door, *, address: str, network: str) -> None:
    """Uncount the try at a door that opened: a large office signs in from one network every morning."""
    now = clock.now()
    limits.give_back(action=f"{door.action}:network", subject=network, per=HOUR, now=now)
    subject = japanese.normalise_email(address)
    limits.give_back(action=f"{door.action}:address", subject=subject, per=HOUR, now=now)


def take_code(challenge: str) -> None:
    """Count one try at a mailed code, whatever session it comes from. Raises TooManyTries."""
    limits.take(action="code", subject=challenge, limit=TRIES_PER_CODE, per=QUARTER, now=clock.now())


def take_second_factor(user_id: object) -> None:
    """Count one try at somebody's authenticator or recovery codes. Raises TooManyTries."""
    limits.take(action="second-factor", subject=str(user_id), limit=SECOND_FACTOR_TRIES, per=QUARTER, now=clock.now())


def use_up(user_id: object, code: str) -> None:
    """Let an authenticator's code open once, in whichever process it is typed. Raises TooManyTries."""
    limits.take(action="second-factor-code", subject=f"{user_id}:{code}", limit=1, per=CODE_LIFE, now=clock.now())
