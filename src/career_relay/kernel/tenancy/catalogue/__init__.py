"""What the database itself says about the wall: read from the catalogue, so no code path can talk it round."""

from __future__ import annotations

import typing

from django.apps import apps
from django.conf import settings
from django.db import connection

from career_relay.kernel.tenancy import rows
from career_relay.kernel.tenancy.catalogue import gates, statements

if typing.TYPE_CHECKING:
    import collections.abc

    from django.db import models

_TABLES = """
    SELECT c.relname FROM pg_class c
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') ORDER BY 1
"""
_LOOSE_VIEWS = """
    SELECT c.relname FROM pg_class c
    WHERE c.relnamespace = 'public'::regnamespace AND (c.relkind = 'm' OR c.relkind = 'v'
      AND NOT coalesce('security_invoker=true' = ANY (c.reloptions), false)) ORDER BY 1
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
    """Return each way in which the database departs from what models and migrations declare; empty when the wall stands."""
    classed = {model._meta.db_table for model, _ in row_classes()} | settings.PLATFORM_TABLES
    declared = [constraint.create_statement(model) for model, constraint in _constraints()]
    return [
        *(
            f"Table {name} declares no row class and is not in PLATFORM_TABLES."
            for (name,) in _select(_TABLES)
            if name not in classed
        ),
        *(f"View {name} does not run as its reader (security_invoker)." for (name,) in _select(_LOOSE_VIEWS)),
        *statements.faults(declared, [statement for (statement,) in _select(statements.PRESENT)]),
        *gates.faults([gates.Function(*row) for row in _select(gates.PRESENT)]),
    ]


def row_classes() -> collections.abc.Iterator[tuple[type[models.Model], rows.RowSecurity]]:
    """Yield each model that declares a row class, with that class."""
    for model, constraint in _constraints():
        if isinstance(constraint, rows.RowSecurity):
            yield model, constraint


def _constraints() -> collections.abc.Iterator[tuple[type[models.Model], rows.CatalogueConstraint]]:
    for model in apps.get_models(include_auto_created=True):
        for constraint in model._meta.constraints:
            if isinstance(constraint, rows.CatalogueConstraint):
                yield model, constraint


def _select(sql: str) -> list[tuple[typing.Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return list(cursor.fetchall())
