"""How often a stranger may try. Counted for both web processes together, and kept when a request is rolled back."""

from __future__ import annotations

import contextlib
import datetime as dt
import typing

from django.utils.translation import gettext as _

from career_relay.capabilities.limits import operations as limits
from career_relay.kernel import japanese
from career_relay.kernel.errors import DomainError

if typing.TYPE_CHECKING:
    import collections.abc
    import uuid

    from career_relay.domain.ground.organizations.access import Request

HOUR: typing.Final = dt.timedelta(hours=1)
TRIES_PER_CODE: typing.Final = 5
CODES_PER_ADDRESS: typing.Final = 10
VISITS_PER_NETWORK: typing.Final = 60
REPORTS_PER_PERSON: typing.Final = 5
PER_NETWORK: typing.Final = 100  # a university or an office shares one network; single codes are guarded above


class UnableToTryCodeAgain(DomainError):
    """The code was tried too often, or has opened its door already. A new one mends both."""

    code = "CODE_USED_UP"
    status = 429

    def __init__(self) -> None:
        super().__init__(
            _(
                "この確認コードはもう使えません。何度も間違えたか、すでに使われたためです。新しいコードを受け取ってください。"
            )
        )


def want_code(request: Request, address: str, now: dt.datetime) -> None:
    """Count a code that is asked for, known address or not. Raises TooManyTries."""
    subject = japanese.normalise_email(address)
    limits.take(action="candidate-code", subject=subject, limit=CODES_PER_ADDRESS, per=HOUR, now=now)
    _by_network("candidate-code", request, now)


@contextlib.contextmanager
def trying_code(request: Request, challenge: uuid.UUID, now: dt.datetime) -> collections.abc.Iterator[None]:
    """Count a code that is typed in before the block looks at it, and give the try back if the block found it right.

    A right code is no guess: whoever clicks twice should not use it up. Raises UnableToTryCodeAgain, TooManyTries.
    """
    _once_more("candidate-try", challenge, TRIES_PER_CODE, now)
    _by_network("candidate-try", request, now)
    yield
    limits.give_back(action="candidate-try", subject=str(challenge), per=HOUR, now=now)
    limits.give_back(action="candidate-try-network", subject=request.network, per=HOUR, now=now)


def use_up_code(challenge: uuid.UUID, now: dt.datetime) -> None:
    """Let a right code open once, in whichever process it is typed. Raises UnableToTryCodeAgain."""
    _once_more("candidate-used", challenge, 1, now)


def begin_sign_up(request: Request, now: dt.datetime) -> None:
    """Count a registration that is begun. Raises TooManyTries."""
    _by_network("sign-up", request, now)


def counts_as_visit(request: Request, now: dt.datetime) -> bool:
    """Count a door that is pressed; tell whether it may still be a visit, so that one network cannot make up many."""
    try:
        limits.take(action="visit-network", subject=request.network, limit=VISITS_PER_NETWORK, per=HOUR, now=now)
    except limits.TooManyTries:
        return False
    return True


def stop_mail(request: Request, now: dt.datetime) -> None:
    """Count an address that wants no more mail. Raises TooManyTries."""
    _by_network("stop-mail", request, now)


def report_agency(request: Request, candidate_id: uuid.UUID, now: dt.datetime) -> None:
    """Count a complaint: each one is a mail to the operator's people. Raises TooManyTries."""
    limits.take(action="report-agency", subject=str(candidate_id), limit=REPORTS_PER_PERSON, per=HOUR, now=now)
    _by_network("report-agency", request, now)


def _once_more(action: str, challenge: uuid.UUID, limit: int, now: dt.datetime) -> None:
    try:
        limits.take(action=action, subject=str(challenge), limit=limit, per=HOUR, now=now)
    except limits.TooManyTries as error:
        raise UnableToTryCodeAgain from error


def _by_network(action: str, request: Request, now: dt.datetime) -> None:
    limits.take(action=f"{action}-network", subject=request.network, limit=PER_NETWORK, per=HOUR, now=now)
