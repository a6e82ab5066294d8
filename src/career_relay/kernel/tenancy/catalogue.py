"""What the database itself says about the wall: read from the catalogue, so no code path can talk it round."""

from __future__ import annotations

import typing

from django.apps import apps
from django.conf import settings
from django.db import connection

from career_relay.kernel.tenancy import rows

if typing.TYPE_CHECKING:
    import collections.abc

    from django.db import models

_TABLES = """
    SELECT c.relname, c.relrowsecurity, c.relforcerowsecurity FROM pg_class c
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') ORDER BY 1
"""
_POLICIES = """
    SELECT tablename, policyname, cmd, qual IS NOT NULL, with_check IS NOT NULL FROM pg_policies
    WHERE schemaname = 'public' ORDER BY 1, 2
"""
_DEFINERS = """
    SELECT n.nspname || '.' || p.proname, pg_get_userbyid(p.proowner),
           coalesce(array_to_string(p.proconfig, ','), '') LIKE 'search_path=%%', has_function_privilege('public', p.oid, 'EXECUTE')
    FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
    WHERE p.prosecdef AND n.nspname NOT IN ('pg_catalog', 'information_schema') ORDER BY 1
"""
_LOOSE_VIEWS = """
    SELECT c.relname FROM pg_class c
    WHERE c.relnamespace = 'public'::regnamespace AND (c.relkind = 'm' OR c.relkind = 'v'
      AND NOT coalesce('security_invoker=true' = ANY (c.reloptions), false)) ORDER BY 1
"""
_CONSTRAINTS = """
    SELECT conname FROM pg_constraint WHERE connamespace = 'public'::regnamespace AND convalidated
    UNION SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled = 'O'
"""
_REWRITABLE = """
    SELECT c.relname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
    WHERE t.tgfoid = to_regprocedure('refuse_change()') AND (has_table_privilege('relay_app', c.oid, 'UPDATE')
      OR has_table_privilege('relay_app', c.oid, 'DELETE') OR has_table_privilege('relay_app', c.oid, 'TRUNCATE'))
"""
_ROLE = """
    SELECT r.rolname, r.rolsuper OR r.rolbypassrls,
           EXISTS (SELECT FROM pg_class c WHERE c.relowner = r.oid AND c.relnamespace = 'public'::regnamespace),
           EXISTS (SELECT FROM pg_roles o WHERE o.rolname IN ('relay_owner', 'relay_gate') AND pg_has_role(r.oid, o.oid, 'MEMBER'))
    FROM pg_roles r WHERE r.rolname = current_user
"""


def role_faults() -> list[str]:
    """Return why the role we are connected as must not serve: it owns tables, bypasses row security, or may become one who does."""
    [(name, bypasses, owns, may_become)] = _select(_ROLE)
    faults = []
    if bypasses:
        faults.append(f"Role {name} bypasses row level security. Connect as relay_app.")
    if owns:
        faults.append(f"Role {name} owns tables. Connect as relay_app and run migrations by DATABASE_OWNER_URL.")
    if may_become and not bypasses and not owns:
        faults.append(f"Role {name} is a member of relay_owner or relay_gate. Revoke that membership.")
    return faults


def lint() -> list[str]:
    """Return each way in which the database departs from the declared row classes; empty when the wall stands."""
    declared = {model._meta.db_table: security for model, security in row_classes()}
    policies: dict[str, set[tuple[str, str, bool, bool]]] = {}
    for table, name, command, using, check in _select(_POLICIES):
        policies.setdefault(table, set()).add((name, command, using, check))
    faults = []
    for table, enabled, forced in _select(_TABLES):
        if table not in settings.PLATFORM_TABLES:
            faults += [] if enabled and forced else [f"Table {table} has row level security not enabled or not forced."]
            faults += _policy_faults(table, declared.get(table), policies.get(table, set()))
    faults += [f"View {name} does not run as its reader (security_invoker)." for (name,) in _select(_LOOSE_VIEWS)]
    return faults + _definer_faults() + _constraint_faults()


def row_classes() -> collections.abc.Iterator[tuple[type[models.Model], rows.RowSecurity]]:
    """Yield each model that declares a row class, with that class."""
    for model in apps.get_models(include_auto_created=True):
        for constraint in model._meta.constraints:
            if isinstance(constraint, rows.RowSecurity):
                yield model, constraint


def _policy_faults(
    table: str, security: rows.RowSecurity | None, present: set[tuple[str, str, bool, bool]]
) -> list[str]:
    if security is None:
        return [f"Table {table} declares no row class and is not in PLATFORM_TABLES."]
    wanted = {(name, command, bool(using), bool(check)) for name, command, using, check in security.policies()}
    if present == wanted:
        return []
    return [f"Table {table} has policies {sorted(present)}, declared are {sorted(wanted)}."]


def _constraint_faults() -> list[str]:
    present = {name for (name,) in _select(_CONSTRAINTS)}
    faults = [f"Relation {name} is append-only, yet relay_app may change it." for (name,) in _select(_REWRITABLE)]
    for model in apps.get_models(include_auto_created=True):
        for constraint in model._meta.constraints:
            if isinstance(constraint, rows.CatalogueConstraint) and not isinstance(constraint, rows.RowSecurity):
                faults += [] if constraint.name in present else [f"{model._meta.db_table} lacks {constraint.name}."]
    return faults


def _definer_faults() -> list[str]:
    faults = []
    for name, owner, has_path, is_public in _select(_DEFINERS):
        if name.removeprefix("gate.") not in settings.GATE_FUNCTIONS:
            faults.append(f"Function {name} is SECURITY DEFINER but not in GATE_FUNCTIONS.")
        if owner != "relay_gate" or not has_path or is_public:
            faults.append(f"Function {name} must belong to relay_gate, fix its search_path and not be open to PUBLIC.")
    return faults


def _select(sql: str) -> list[tuple[typing.Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return list(cursor.fetchall())
