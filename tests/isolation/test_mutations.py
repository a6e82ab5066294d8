"""The proof of the proof: take one piece of the wall away, and something notices. Every piece, in turn."""

from __future__ import annotations

import collections.abc
import typing

import psycopg
import pytest
from django.db import connections, transaction
from psycopg import sql

from career_relay.kernel.tenancy import catalogue
from tests.isolation import wall

MUTATIONS: typing.Final[dict[str, tuple[str, str]]] = {
    "drop policy": (
        "SELECT format('DROP POLICY %I ON %I', policyname, tablename) FROM pg_policies WHERE schemaname = 'public'",
        "wall",
    ),
    "open policy": (
        "SELECT format('ALTER POLICY %I ON %I USING (true)', policyname, tablename) FROM pg_policies"
        " WHERE schemaname = 'public'",
        "wall",
    ),
    "open check": (
        "SELECT format('ALTER POLICY %I ON %I WITH CHECK (true)', policyname, tablename) FROM pg_policies"
        " WHERE schemaname = 'public' AND with_check IS NOT NULL",
        "wall",
    ),
    "switch security off": (
        "SELECT format('ALTER TABLE %I DISABLE ROW LEVEL SECURITY', relname) FROM pg_class WHERE relrowsecurity",
        "wall",
    ),
    "no force": (
        "SELECT format('ALTER TABLE %I NO FORCE ROW LEVEL SECURITY', relname) FROM pg_class WHERE relforcerowsecurity",
        "wall",
    ),
    "bypass": ("SELECT 'ALTER ROLE relay_app BYPASSRLS'", "wall"),
    "open gate function": (
        "SELECT format('GRANT EXECUTE ON FUNCTION %s TO PUBLIC', oid::regprocedure) FROM pg_proc WHERE prosecdef"
        " AND pronamespace = 'gate'::regnamespace",
        "lint",
    ),
    "loose search path": (
        "SELECT format('ALTER FUNCTION %s RESET search_path', oid::regprocedure) FROM pg_proc WHERE prosecdef"
        " AND pronamespace = 'gate'::regnamespace",
        "lint",
    ),
    "give function to owner": (
        "SELECT format('ALTER FUNCTION %s OWNER TO relay_owner', oid::regprocedure) FROM pg_proc WHERE prosecdef"
        " AND pronamespace = 'gate'::regnamespace",
        "lint",
    ),
    "new definer function": (
        "SELECT 'CREATE FUNCTION gate.back_door() RETURNS bigint LANGUAGE sql SECURITY DEFINER AS"
        " ''SELECT count(*) FROM public.candidates_identity'''",
        "lint",
    ),
    "new table": ("SELECT 'CREATE TABLE public.loose (organization_id uuid)'", "lint"),
    "loose view": ("SELECT 'CREATE VIEW public.loose AS SELECT * FROM public.candidates_identity'", "lint"),
    "drop trigger": (
        "SELECT format('DROP TRIGGER %I ON %s', tgname, tgrelid::regclass) FROM pg_trigger"
        " WHERE NOT tgisinternal AND tgname NOT LIKE 'procrastinate%'",
        "lint",
    ),
    "grant change": (
        "SELECT format('GRANT UPDATE ON %s TO relay_app', tgrelid::regclass) FROM pg_trigger"
        " WHERE tgfoid = 'refuse_change()'::regprocedure",
        "lint",
    ),
    "drop tenant key": (
        "SELECT format('ALTER TABLE %s DROP CONSTRAINT %I', conrelid::regclass, conname) FROM pg_constraint"
        " WHERE contype = 'f' AND cardinality(conkey) = 2",
        "lint",
    ),
}


@pytest.mark.parametrize("name", MUTATIONS)
def test_each_missing_piece_is_noticed(name: str, superuser: None, fresh_database: dict[str, str]) -> None:
    query, watcher = MUTATIONS[name]
    with psycopg.connect(fresh_database["superuser"]) as connection:
        mutations = [statement for (statement,) in connection.execute(query).fetchall()]
        assert mutations
        is_noticed = _wall_notices if watcher == "wall" else _lint_notices
        unnoticed = [statement for statement in mutations if not is_noticed(connection, statement)]
    assert unnoticed == []


@pytest.fixture
def superuser(fresh_database: dict[str, str]) -> collections.abc.Iterator[None]:
    """Let Django's own connection change the catalogue for the time of the test."""
    settings = connections.settings["default"]
    before, settings["USER"] = settings["USER"], "postgres"
    yield
    settings["USER"] = before


def _wall_notices(connection: wall.Connection, mutation: str) -> bool:
    with wall.undone(connection):
        connection.execute(sql.SQL(mutation))
        return bool(wall.faults(connection, mutation))


def _lint_notices(connection: wall.Connection, mutation: str) -> bool:
    with transaction.atomic():
        with connections["default"].cursor() as cursor:
            cursor.execute(mutation)
        found = catalogue.lint()
        transaction.set_rollback(True)
    return bool(found)
