"""Look at every table from every side, as the catalogue lists them: what a principal may see and touch, and nothing more.

Everything happens on one superuser connection in one transaction: rows of two mirrored parties are planted with triggers
off, then `SET ROLE` and the three settings are tried in turn. So a mutation of the catalogue can be tried and rolled back.
"""

from __future__ import annotations

import contextlib
import dataclasses
import typing
import uuid

import psycopg
from psycopg import sql

from career_relay.kernel.tenancy import catalogue, rows

if typing.TYPE_CHECKING:
    import collections.abc

    from django.db import models

Connection = psycopg.Connection[typing.Any]
SIDES = ("a", "b")
FILLERS: dict[str, typing.Any] = {
    "int2": 1,
    "int4": 1,
    "int8": 1,
    "bool": False,
    "jsonb": "{}",
    "_text": "{}",
    "_varchar": "{}",
    "_uuid": "{}",
    "date": "2026-11-23",
    "time": "09:00",
    "timestamptz": "2026-11-23T00:00:00Z",
    "_timestamptz": "{2026-11-23T00:00:00Z}",
    "xid8": "1",
}
# Columns whose table has a CHECK that a plain filler would break.
FITTING: dict[str, dict[str, typing.Any]] = {
    "agencies_licence": {"state": "submitted", "decided_by": "", "reason": ""},
    "agreements_agreement": {"offered": 0},
    "candidates_candidate": {"state": "active"},
    "complaints_complaint": {"state": "received", "answer": ""},
    "consents_consent": {"purpose": "statistics", "organization_id": None},
    "consents_provisionrecord": {"side": "giver"},
    "credits_entry": {"kind": "count"},
    "credits_posting": {"account": "network", "unit": "referral"},
    "introductions_introduction": {"state": "proposed", "end_side": ""},
    "links_relaylink": {"mode": "static"},
    "notices_mailing": {"state": "draft"},
    "placements_check": {"answer": "", "answered_side": ""},
    "placements_feeentry": {"kind": "waived", "amount_yen": 0},
    "placements_feeterms": {"basis": "table", "fee_yen": 0},
    "placements_placement": {"state": "agreed", "end_reason": ""},
    "requests_call": {"state": "asked", "decline_reason": ""},
    "requests_request": {"state": "open", "close_reason": ""},
    "referrals_referral": {"state": "counted", "reason": "", "blocks_until": "2027-11-23T00:00:00Z"},
}


@dataclasses.dataclass(frozen=True)
class Planted:
    """A row of one party in one table."""

    table: str
    security: rows.RowSecurity
    principal: str
    column: str
    side: str
    key: typing.Any


def party(principal: str, side: str) -> uuid.UUID:
    """Return the id of one of two mirrored parties."""
    return uuid.uuid5(uuid.NAMESPACE_DNS, f"{principal}.{side}")


def faults(connection: Connection, only: str = "") -> collections.abc.Iterator[str]:
    """Yield every hole found (in the tables that the text `only` names, if any); leaves the transaction as it was."""
    with undone(connection):
        named = set(only.split())
        every = not only or "ALTER ROLE" in only
        classes = [one for one in catalogue.row_classes() if every or one[0]._meta.db_table in named]
        for row in [row for model, security in classes for row in plant(connection, model, security)]:
            for look in (_reads, _foreign_writes, _own_insert, _forgeries, _shares):
                yield from look(connection, row)


@contextlib.contextmanager
def undone(connection: Connection) -> collections.abc.Iterator[None]:
    """Run the block and roll back what it did, its settings and role included."""
    with connection.transaction(force_rollback=True):
        yield


def parties_of(security: rows.RowSecurity) -> dict[str, str]:
    """Return each column that names who may read a row of this class, with the principal it stands for."""
    if isinstance(security, rows.TenantRows):
        return {security.column: "organization"}
    if isinstance(security, rows.PersonRows):
        return {security.column: "candidate"}
    if isinstance(security, rows.PartyRows):
        return {f"{who}_id": rows.principal_of(who) for who in security.readers}
    raise AssertionError(security)


def plant(connection: Connection, model: type[models.Model], security: rows.RowSecurity) -> list[Planted]:
    """Insert one row for each principal and side, past triggers and foreign keys."""
    table, columns = model._meta.db_table, parties_of(security)
    connection.execute("SET LOCAL session_replication_role = replica")
    planted = []
    for column, principal in columns.items():
        for side in SIDES:
            values = _values(connection, table, set(columns))
            others = {name for name in columns if name != column and _is_nullable(connection, table, name)}
            values |= dict.fromkeys(others) | {column: party(principal, side)}
            _insert(connection, table, values)
            planted.append(Planted(table, security, principal, column, side, values[_key(connection, table)]))
    connection.execute("SET LOCAL session_replication_role = origin")
    return planted


def _reads(connection: Connection, row: Planted) -> list[str]:
    other = "b" if row.side == "a" else "a"
    contexts: dict[str, tuple[str | None, int]] = {
        "own": (str(party(row.principal, row.side)), 1),
        "foreign": (str(party(row.principal, other)), 0),
        "empty": ("", 0),
        "missing": (None, 0),
        "garbage": ("'; --", 0),
    }
    found = []
    for role in ("relay_app", "relay_owner"):
        for name, (value, wanted) in contexts.items():
            seen = _count(connection, row, role, {row.principal: value})
            if seen != wanted:
                found.append(
                    f"{row.table}: {role} sees {seen} instead of {wanted} rows in {name} {row.principal} context"
                )
    seen_by = [
        principal
        for principal in rows.PRINCIPALS
        if principal != row.principal
        and _count(connection, row, "relay_app", {principal: str(party(row.principal, row.side))})
    ]
    return found + [
        f"{row.table}: a {principal} of the same number as its {row.principal} sees it" for principal in seen_by
    ]


def _foreign_writes(connection: Connection, row: Planted) -> list[str]:
    other = "b" if row.side == "a" else "a"
    key = sql.Identifier(_key(connection, row.table))
    table = sql.Identifier(row.table)
    statements = {
        "UPDATE": sql.SQL("UPDATE {0} SET {1} = {1} WHERE {1} = %s").format(table, key),
        "DELETE": sql.SQL("DELETE FROM {0} WHERE {1} = %s").format(table, key),
    }
    found = []
    for context in (str(party(row.principal, other)), "", None, "x"):
        for verb, statement in statements.items():
            if _affected(connection, statement, [row.key], {row.principal: context}):
                found.append(f"{row.table}: {verb} reaches a foreign row in context {context!r}")
        values = _values(connection, row.table, set())
        column = row.column
        values[column] = party(row.principal, row.side)
        if column == _key(connection, row.table):
            values[column] = uuid.uuid4()
        if _inserts(connection, row.table, values, {row.principal: context}):
            found.append(f"{row.table}: INSERT for a foreign {row.principal} passes in context {context!r}")
    return found


def _own_insert(connection: Connection, row: Planted) -> list[str]:
    """A wall nobody can stand behind proves nothing: every table takes a row of its own principal, unless it is another's to write."""
    column = row.column
    security = row.security
    if isinstance(security, rows.PartyRows) and column.removesuffix("_id") not in security.writers:
        return []
    with undone(connection):
        connection.execute(
            sql.SQL("DELETE FROM {} WHERE {} = %s").format(sql.Identifier(row.table), sql.Identifier(column)),
            [party(row.principal, row.side)],
        ) if not _is_append_only(connection, row.table) else None
        values = _values(connection, row.table, set())
        for name in parties_of(security):
            if _is_nullable(connection, row.table, name) and name != column:
                values[name] = None
        values[column] = party(row.principal, row.side)
        if isinstance(security, rows.PartyRows) and security.signed_by:
            values[f"{security.signed_by}_id"] = party(row.principal, row.side)
        taken = _inserts(connection, row.table, values, {row.principal: str(party(row.principal, row.side))})
    return [] if taken else [f"{row.table}: its own {row.principal} cannot insert a row"]


def _forgeries(connection: Connection, row: Planted) -> list[str]:
    """A signed row is written by the one that signs it, and only among its parties."""
    if not isinstance(row.security, rows.PartyRows) or not row.security.signed_by:
        return []
    own, other = party("organization", row.side), party("organization", "b" if row.side == "a" else "a")
    cases = {"signed by another": (own, other), "in a matter of others": (other, own)}
    found = []
    for case, (concerned, signer) in cases.items():
        values = _values(connection, row.table, set())
        values |= {row.column: concerned, f"{row.security.signed_by}_id": signer}
        if _inserts(connection, row.table, values, {"organization": str(own)}):
            found.append(f"{row.table}: a row {case} passes")
    return found


def _shares(connection: Connection, row: Planted) -> list[str]:
    """A person's row opens to the organization that was given the right scope, as long as that lasts, and to no other."""
    if not isinstance(row.security, rows.PersonRows) or not row.security.shared_through:
        return []
    cases = [(scope, "2999-01-01T00:00:00Z", row.side, 1) for scope in row.security.scopes]
    cases += [(scope, "2000-01-01T00:00:00Z", row.side, 0) for scope in row.security.scopes]
    cases += [(scope, "2999-01-01T00:00:00Z", "b" if row.side == "a" else "a", 0) for scope in row.security.scopes]
    cases += [("elsewhere", "2999-01-01T00:00:00Z", row.side, 0)]
    found = []
    for scope, until, asking, wanted in cases:
        with undone(connection):
            connection.execute("SET LOCAL session_replication_role = replica")
            given = {"candidate_id": party("candidate", row.side), "organization_id": party("organization", row.side)}
            table = row.security.shared_through
            _insert(
                connection, table, _values(connection, table, set()) | given | {"scope": scope, "valid_until": until}
            )
            seen = _count(connection, row, "relay_app", {"organization": str(party("organization", asking))})
        if seen != wanted:
            found.append(f"{row.table}: access {scope} until {until[:4]} shows {seen} instead of {wanted} rows")
    return found


def _count(connection: Connection, row: Planted, role: str, context: dict[str, str | None]) -> int:
    query = sql.SQL("SELECT 1 FROM {} WHERE {} = %s").format(
        sql.Identifier(row.table), sql.Identifier(_key(connection, row.table))
    )
    with undone(connection):
        _become(connection, role, context)
        try:
            with connection.transaction():
                return len(connection.execute(query, [row.key]).fetchall())
        except (psycopg.errors.InvalidTextRepresentation, psycopg.errors.InsufficientPrivilege):
            return 0


def _affected(
    connection: Connection, statement: sql.Composed, arguments: list[typing.Any], context: dict[str, str | None]
) -> int:
    with undone(connection):
        _become(connection, "relay_app", context)
        try:
            with connection.transaction():
                return connection.execute(statement, arguments).rowcount
        except psycopg.errors.InsufficientPrivilege:
            return 0
        except psycopg.errors.InvalidTextRepresentation:
            return 0


def _inserts(connection: Connection, table: str, values: dict[str, typing.Any], context: dict[str, str | None]) -> bool:
    with undone(connection):
        _become(connection, "relay_app", context)
        try:
            with connection.transaction():
                _insert(connection, table, values)
        except (psycopg.errors.InsufficientPrivilege, psycopg.errors.InvalidTextRepresentation):
            return False
        except psycopg.errors.IntegrityError:
            return True
        return True


def _become(connection: Connection, role: str, context: dict[str, str | None]) -> None:
    for principal, value in context.items():
        if value is not None:
            connection.execute("SELECT set_config(%s, %s, true)", [f"app.{principal}", value])
    connection.execute(sql.SQL("SET LOCAL ROLE {}").format(sql.Identifier(role)))


def _insert(connection: Connection, table: str, values: dict[str, typing.Any]) -> None:
    connection.execute(
        sql.SQL("INSERT INTO {} ({}) VALUES ({})").format(
            sql.Identifier(table),
            sql.SQL(", ").join(map(sql.Identifier, values)),
            sql.SQL(", ").join([sql.Placeholder()] * len(values)),
        ),
        list(values.values()),
    )


_columns: dict[str, list[tuple[str, str, bool, int]]] = {}


def _columns_of(connection: Connection, table: str) -> list[tuple[str, str, bool, int]]:
    if table not in _columns:
        _columns[table] = connection.execute(
            "SELECT a.attname, t.typname, a.attnotnull, a.atttypmod - 4 FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid"
            " WHERE a.attrelid = %s::regclass AND a.attnum > 0 AND NOT a.attisdropped",
            [table],
        ).fetchall()
    return _columns[table]


def _values(connection: Connection, table: str, nullable: set[str]) -> dict[str, typing.Any]:
    values: dict[str, typing.Any] = {}
    for name, kind, is_required, length in _columns_of(connection, table):
        if not is_required and name not in nullable:
            continue
        if kind == "uuid":
            values[name] = uuid.uuid4()
        elif kind == "bytea":
            values[name] = uuid.uuid4().bytes * 2
        elif name == "id":
            values[name] = uuid.uuid4().int >> 66
        elif name == "sequence":
            continue
        else:
            values[name] = uuid.uuid4().hex[: max(length, 1)] if kind in {"varchar", "text"} else FILLERS[kind]
    return (
        values
        | FITTING.get(table, {})
        | ({"email_index": uuid.uuid4().bytes} if table == "candidates_candidate" else {})
    )


def _is_nullable(connection: Connection, table: str, column: str) -> bool:
    return not next(required for name, _, required, _ in _columns_of(connection, table) if name == column)


def _key(connection: Connection, table: str) -> str:
    names = {name for name, *_ in _columns_of(connection, table)}
    return next(name for name in ("id", "candidate_id", "organization_id") if name in names)


def _is_append_only(connection: Connection, table: str) -> bool:
    found = connection.execute(
        "SELECT 1 FROM pg_trigger WHERE tgrelid = %s::regclass AND tgfoid = to_regprocedure('refuse_change()')",
        [table],
    ).fetchone()
    return found is not None
