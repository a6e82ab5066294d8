"""Somebody else who writes at the worst moment, by a connection of their own."""

from __future__ import annotations

import concurrent.futures
import contextlib
import typing

import psycopg
from django.db import OperationalError, connection, connections

from career_relay.kernel import locks

if typing.TYPE_CHECKING:
    import collections.abc

    Act = collections.abc.Callable[[], typing.Any]
    Future = concurrent.futures.Future[typing.Any]


@contextlib.contextmanager
def coming_before(statement: str, act: Act) -> collections.abc.Iterator[list[Future]]:
    """Let a rival begin just before the first statement that begins so, and get as far as our locks allow.

    What came of the rival is in the list when the block is over.
    """
    rivals: list[Future] = []
    with concurrent.futures.ThreadPoolExecutor(1) as pool:

        def watch(execute: collections.abc.Callable[..., typing.Any], sql: typing.Any, *rest: typing.Any) -> typing.Any:
            if not rivals and str(sql).lstrip().startswith(statement):
                rivals.append(pool.submit(_by_own_connection, act))
                _let_through(rivals[0])
            return execute(sql, *rest)

        with connection.execute_wrapper(watch):
            yield rivals
    assert len(rivals) == 1, f"{statement} was never said"


@contextlib.contextmanager
def holding(table: str, address: str) -> collections.abc.Iterator[None]:
    """Have somebody else hold all rows of a table, for longer than we wait for them."""
    with psycopg.connect(address) as other, connection.cursor() as cursor:
        other.execute(f"SELECT FROM {table} FOR NO KEY UPDATE")
        cursor.execute("SET lock_timeout = '100ms'")
        yield
        other.rollback()


def again(act: Act) -> Act:
    """Return what acts again whenever it gave way, as jobs do."""

    def persist() -> typing.Any:
        while True:
            try:
                return act()
            except OperationalError as error:
                if not locks.gave_way(error):
                    raise

    return persist


def _let_through(rival: Future) -> None:
    """Wait until a rival is done, or waits for us."""
    while not rival.done() and not _waits_for_us():
        concurrent.futures.wait([rival], 0.02)


def _waits_for_us() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY (pg_blocking_pids(pid))"
        )
        [number] = cursor.fetchone()
    return bool(number)


def _by_own_connection(act: Act) -> typing.Any:
    try:
        return act()
    finally:
        connections.close_all()
