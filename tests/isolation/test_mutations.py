"""The proof of the proof: take one piece of the wall away, and something notices. Every piece, in turn."""

from __future__ import annotations

import collections.abc
import typing

import psycopg
import pytest
from django.db import connections, transaction
from psycopg import sql

from career_relay.kernel.tenancy import catalogue
from tests import database
from tests.isolation import wall

if typing.TYPE_CHECKING:
    import pytest_django.plugin

_POLICIES = "FROM pg_policies WHERE schemaname = 'public'"
_GATE = "FROM pg_proc WHERE prosecdef AND pronamespace = 'gate'::regnamespace"
_TRIGGERS = "FROM pg_trigger WHERE NOT tgisinternal AND tgname NOT LIKE 'procrastinate%'"
_APPEND_ONLY = "FROM pg_trigger WHERE tgfoid = 'refuse_change()'::regprocedure"
_TENANT_KEYS = "FROM pg_constraint WHERE contype = 'f' AND cardinality(conkey) = 2"

# Each piece by the query that writes the statements which break it, and by who must notice.
MUTATIONS: typing.Final[dict[str, tuple[str, str]]] = {
    "drop policy": (f"SELECT format('DROP POLICY %I ON %I', policyname, tablename) {_POLICIES}", "wall, lint"),
    "open policy": (
        f"SELECT format('ALTER POLICY %I ON %I USING (true)', policyname, tablename) {_POLICIES}",
        "wall, lint",
    ),
    "open check": (
        f"SELECT format('ALTER POLICY %I ON %I WITH CHECK (true)', policyname, tablename) {_POLICIES}"
        " AND with_check IS NOT NULL",
        "wall, lint",
    ),
    "widen policy": (
        f"SELECT format('ALTER POLICY %I ON %I USING (%s OR now() IS NOT NULL)', policyname, tablename, qual) {_POLICIES}",
        "lint",
    ),
    "swap principals": (
        "SELECT format('ALTER POLICY %I ON %I USING (%s)', policyname, tablename, replace(replace(qual,"
        f" 'app.organization', 'app.user'), 'app.candidate', 'app.user')) {_POLICIES}",
        "lint",
    ),
    "share for ever": (
        "SELECT format('ALTER POLICY %I ON %I USING (%s)', policyname, tablename, replace(qual, '> now()', 'IS NOT NULL'))"
        f" {_POLICIES} AND qual LIKE '%now()%'",
        "wall, lint",
    ),
    "add policy": (f"SELECT format('CREATE POLICY more ON %I USING (true)', tablename) {_POLICIES}", "lint"),
    "policy for one role": (
        f"SELECT format('ALTER POLICY %I ON %I TO relay_app', policyname, tablename) {_POLICIES}",
        "lint",
    ),
    "restrictive policy": (
        "SELECT format('DROP POLICY %1$I ON %2$I; CREATE POLICY %1$I ON %2$I AS RESTRICTIVE FOR %3$s USING (%4$s) %5$s',"
        f" policyname, tablename, cmd, qual, 'WITH CHECK (' || with_check || ')') {_POLICIES}",
        "lint",
    ),
    "switch security off": (
        "SELECT format('ALTER TABLE %I DISABLE ROW LEVEL SECURITY', relname) FROM pg_class WHERE relrowsecurity",
        "wall, lint",
    ),
    "no force": (
        "SELECT format('ALTER TABLE %I NO FORCE ROW LEVEL SECURITY', relname) FROM pg_class WHERE relforcerowsecurity",
        "wall, lint",
    ),
    "bypass": ("SELECT 'ALTER ROLE relay_app BYPASSRLS'", "wall"),
    "open gate function": (
        f"SELECT format('GRANT EXECUTE ON FUNCTION %s TO PUBLIC', oid::regprocedure) {_GATE}",
        "lint",
    ),
    "loose search path": (
        f"SELECT format('ALTER FUNCTION %s RESET search_path', oid::regprocedure) {_GATE}",
        "lint",
    ),
    "other search path": (
        f"SELECT format('ALTER FUNCTION %s SET search_path = public, pg_catalog', oid::regprocedure) {_GATE}",
        "lint",
    ),
    "give function to owner": (
        f"SELECT format('ALTER FUNCTION %s OWNER TO relay_owner', oid::regprocedure) {_GATE}",
        "lint",
    ),
    "drop gate function": (f"SELECT format('DROP FUNCTION %s', oid::regprocedure) {_GATE}", "lint"),
    "replace gate function": (
        f"SELECT replace(pg_get_functiondef(oid), ' WHERE ', ' WHERE true OR ') {_GATE} AND prosrc LIKE '% WHERE %'",
        "lint",
    ),
    "new definer function": (
        "SELECT 'CREATE FUNCTION gate.back_door() RETURNS bigint LANGUAGE sql SECURITY DEFINER AS"
        " ''SELECT count(*) FROM public.candidates_identity'''",
        "lint",
    ),
    "new table": ("SELECT 'CREATE TABLE public.loose (organization_id uuid)'", "lint"),
    "loose view": ("SELECT 'CREATE VIEW public.loose AS SELECT * FROM public.candidates_identity'", "lint"),
    "drop trigger": (f"SELECT format('DROP TRIGGER %I ON %s', tgname, tgrelid::regclass) {_TRIGGERS}", "lint"),
    "disable trigger": (
        f"SELECT format('ALTER TABLE %s DISABLE TRIGGER %I', tgrelid::regclass, tgname) {_TRIGGERS}",
        "lint",
    ),
    "disable foreign keys": (
        f"SELECT format('ALTER TABLE %s DISABLE TRIGGER ALL', conrelid::regclass) {_TENANT_KEYS}",
        "lint",
    ),
    "empty trigger function": (
        "SELECT DISTINCT format('CREATE OR REPLACE FUNCTION %s RETURNS trigger LANGUAGE plpgsql AS"
        f" ''BEGIN RETURN NULL; END''', tgfoid::regprocedure) {_TRIGGERS}",
        "lint",
    ),
    "trigger on fewer events": (
        "SELECT format('DROP TRIGGER %1$I ON %2$s; CREATE TRIGGER %1$I BEFORE TRUNCATE ON %2$s FOR EACH STATEMENT"
        f" EXECUTE FUNCTION refuse_change()', tgname, tgrelid::regclass) {_APPEND_ONLY}",
        "lint",
    ),
    "grant change": (f"SELECT format('GRANT UPDATE ON %s TO relay_app', tgrelid::regclass) {_APPEND_ONLY}", "lint"),
    "grant change of a column": (
        f"SELECT format('GRANT UPDATE (id) ON %s TO relay_app', tgrelid::regclass) {_APPEND_ONLY}",
        "lint",
    ),
    "grant truncate": (
        "SELECT format('GRANT TRUNCATE ON %I TO relay_app', relname) FROM pg_class WHERE relrowsecurity",
        "lint",
    ),
    "drop tenant key": (
        f"SELECT format('ALTER TABLE %s DROP CONSTRAINT %I', conrelid::regclass, conname) {_TENANT_KEYS}",
        "lint",
    ),
    "tenant key without tenant": (
        "SELECT format('ALTER TABLE %1$s DROP CONSTRAINT %2$I, ADD CONSTRAINT %2$I FOREIGN KEY (%3$I) REFERENCES %4$s (id)',"
        " conrelid::regclass, conname, (SELECT attname FROM pg_attribute WHERE attrelid = conrelid AND attnum = conkey[2]),"
        f" confrelid::regclass) {_TENANT_KEYS}",
        "lint",
    ),
}
CASES = [(name, watcher) for name, (_, watchers) in MUTATIONS.items() for watcher in watchers.split(", ")]


@pytest.mark.parametrize(("name", "watcher"), CASES)
def test_each_missing_piece_is_noticed(name: str, watcher: str, superuser: str) -> None:
    query, _ = MUTATIONS[name]
    with psycopg.connect(superuser) as connection:
        mutations = [statement for (statement,) in connection.execute(query).fetchall()]
        connection.commit()
        assert mutations
        is_noticed = _wall_notices if watcher == "wall" else _lint_notices
        unnoticed = [statement for statement in mutations if not is_noticed(connection, statement)]
    assert unnoticed == []


@pytest.fixture(scope="module")
def superuser(
    django_db_setup: None, django_db_blocker: pytest_django.plugin.DjangoDbBlocker
) -> collections.abc.Iterator[str]:
    """Let Django's own connection change the catalogue of a database of its own; yields its address."""
    settings = connections.settings["default"]
    with django_db_blocker.unblock(), database.fresh() as urls:
        before, settings["USER"] = settings["USER"], "postgres"
        yield urls["superuser"]
        settings["USER"] = before


def _wall_notices(connection: wall.Connection, mutation: str) -> bool:
    with wall.undone(connection):
        connection.execute(sql.SQL(mutation))
        return any(wall.faults(connection, mutation))


def _lint_notices(connection: wall.Connection, mutation: str) -> bool:
    with transaction.atomic():
        with connections["default"].cursor() as cursor:
            cursor.execute(mutation)
        found = catalogue.lint()
        transaction.set_rollback(True)
    return bool(found)
