"""Crashes at any statement, and what is looked at after each: all that stands in the tables that a hire goes through."""

from __future__ import annotations

import contextlib
import typing

import psycopg
from django.db import connection

if typing.TYPE_CHECKING:
    import collections.abc

    Execute = collections.abc.Callable[..., typing.Any]
    Look = collections.abc.Callable[[], list[typing.Any]]

WRITTEN = """
    SELECT 'placement', id::text, to_jsonb(t)::text FROM placements_placement t
    UNION ALL SELECT 'fee terms', id::text, '' FROM placements_feeterms t
    UNION ALL SELECT 'entry', id::text, to_jsonb(t)::text FROM placements_feeentry t
    UNION ALL SELECT 'check', id::text, to_jsonb(t)::text FROM placements_check t
    UNION ALL SELECT 'introduction', id::text, to_jsonb(t)::text FROM introductions_introduction t
    UNION ALL SELECT 'step', id::text, '' FROM introductions_step t
    UNION ALL SELECT 'block', id::text, to_jsonb(t)::text FROM introductions_block t
    UNION ALL SELECT 'access', id::text, to_jsonb(t)::text FROM candidates_access t
    UNION ALL SELECT 'record', id::text, '' FROM consents_provisionrecord t
    UNION ALL SELECT 'slot', id::text, to_jsonb(t)::text FROM credits_slot t
    UNION ALL SELECT 'ledger', id::text, to_jsonb(t)::text FROM credits_entry t
    UNION ALL SELECT 'request', id::text, to_jsonb(t)::text FROM requests_request t
    UNION ALL SELECT 'call', id::text, to_jsonb(t)::text FROM requests_call t
    UNION ALL SELECT 'posting', id::text, to_jsonb(t)::text FROM postings_jobposting t
    UNION ALL SELECT 'mail', id::text, '' FROM messaging_message t
    UNION ALL SELECT 'fact', id::text, kind FROM facts_fact t
    ORDER BY 1, 2
"""


class Crash(Exception):
    """The server is gone."""


@contextlib.contextmanager
def looking(urls: dict[str, str]) -> collections.abc.Iterator[Look]:
    """Look at what is committed, from outside and past row security."""
    with psycopg.connect(urls["superuser"], autocommit=True) as outside:
        yield lambda: outside.execute(WRITTEN).fetchall()


def count(look: Look, *kinds: str) -> list[int]:
    """Return how many rows of these kinds are committed."""
    found = [kind for kind, *_rest in look()]
    return [found.count(kind) for kind in kinds]


def crashing_after(statements: int) -> Execute:
    left = statements

    def execute_or_crash(execute: Execute, *arguments: typing.Any) -> typing.Any:
        nonlocal left
        if left == 0:
            raise Crash
        left -= 1
        return execute(*arguments)

    return execute_or_crash


def crashes_until_done(step: Execute, look: Execute) -> int:
    """Try a step with a crash one statement later each time, and look after each; return how often it crashed."""
    before, crashes = look(), 0
    while True:
        try:
            with connection.execute_wrapper(crashing_after(crashes)):
                step()
        except Crash:
            assert look() == before
            crashes += 1
        else:
            return crashes
