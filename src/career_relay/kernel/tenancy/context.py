"""Principals: on whose behalf the present transaction reads and writes.

The three settings `app.organization`, `app.user` and `app.candidate` live in the transaction only, so a pooled
connection can never carry one person's sight into another's request.
"""

from __future__ import annotations

import contextlib
import contextvars
import dataclasses
import typing

from django.db import connection, transaction

if typing.TYPE_CHECKING:
    import collections.abc
    import uuid


@dataclasses.dataclass(frozen=True, slots=True)
class Principal:
    """Who is acting. Empty means nobody: such a transaction sees no row that belongs to anyone."""

    organization: uuid.UUID | None = None
    user: uuid.UUID | None = None
    candidate: uuid.UUID | None = None


NOBODY = Principal()
# One message to the server, because every request and every step of a flow pays for it.
_SWITCH = (
    "SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED; SELECT set_config('app.organization', %s, true),"
    " set_config('app.user', %s, true), set_config('app.candidate', %s, true)"
)
_current: contextvars.ContextVar[Principal] = contextvars.ContextVar("principal", default=NOBODY)


def current() -> Principal:
    """Return the principal of the present transaction."""
    return _current.get()


def acting_as(
    *,
    organization: uuid.UUID | None = None,
    user: uuid.UUID | None = None,
    candidate: uuid.UUID | None = None,
) -> contextlib.AbstractContextManager[Principal]:
    """Read and write as this principal until the block ends, inside a transaction (opened here if there is none).

    What is not named is nobody: contexts replace each other and never add up. Entering and leaving first runs all
    deferred checks, because a check that ran under the next principal would see nothing and pass. A block that opened
    the transaction leaves them to its commit, which runs them as this principal.
    """
    return _acting(Principal(organization, user, candidate), savepoint=True)


def acting_throughout(
    *, organization: uuid.UUID | None, user: uuid.UUID | None
) -> contextlib.AbstractContextManager[Principal]:
    """Do what `acting_as` does in a transaction that was opened for this block and ends soon after it.

    It saves the savepoint, so an exception that leaves the block takes the whole transaction with it.
    """
    return _acting(Principal(organization, user), savepoint=False)


@contextlib.contextmanager
def _acting(principal: Principal, *, savepoint: bool) -> collections.abc.Iterator[Principal]:
    outer = _current.get()
    is_outermost = not connection.in_atomic_block
    with transaction.atomic(savepoint=savepoint):
        _switch_to(principal)
        token = _current.set(principal)
        try:
            yield principal
        finally:
            _current.reset(token)
        if not is_outermost and not connection.needs_rollback:
            _switch_to(outer)


def _switch_to(principal: Principal) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            _SWITCH, [str(value or "") for value in (principal.organization, principal.user, principal.candidate)]
        )
